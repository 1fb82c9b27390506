"""`forthwith verify`: is the record what it was when it was written?"""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from forthwith.exits import Exit, UsageFault
from forthwith.output import print_json, talk
from forthwith.settings import Settings, application_url
from ledger.verify.kept import KeptReceipt, UnreadableReceipt, read_receipts
from ledger.verify.verdict import Verdict
from ledger.verify.verify import verify as examine

if TYPE_CHECKING:
    from ledger.bridge.deep import DeepVerdict


def verify(*, deep: bool = False, receipts: Path | None = None, json: bool = False) -> int:
    """Verify the record: every stored event is hashed again and compared with everything that is kept beside it.

    Ends with 0 when the record is sound, and with 3 when there is a finding; the first finding is the first fault.

    Parameters
    ----------
    deep
        Also rebuild every notice and occurrence a second time, by the eventsourcing library, and compare.
    receipts
        A folder of receipts that were kept, as acts print them with --json. They show what nothing inside the database
        can show: that its newest events were removed.
    json
        Print one JSON object.
    """
    kept = _kept(receipts)
    where = application_url(Settings())
    with _progress("Verifying") as on_progress:
        verdict = asyncio.run(examine(where, on_progress, kept))
    rebuilt = _rebuild_twice(where) if deep and verdict.sound else None
    if json:
        print_json(asdict(verdict) | ({"rebuilt": asdict(rebuilt)} if rebuilt else {}))
    else:
        _tell(verdict)
        _tell_rebuilt(rebuilt)
    return Exit.OK if verdict.sound and (rebuilt is None or rebuilt.same) else Exit.INTEGRITY


def _kept(folder: Path | None) -> tuple[KeptReceipt, ...]:
    if folder is None:
        return ()
    if not folder.is_dir():
        raise FileNotFoundError(f"There is no folder “{folder}”.")
    try:
        return read_receipts(folder)
    except UnreadableReceipt as fault:
        raise UsageFault(str(fault)) from None


def _rebuild_twice(where: str) -> "DeepVerdict":
    # Imported only here: on import the library changes the standard library's dataclasses for the whole process.
    from ledger.bridge.deep import deep_verify

    with _progress("Rebuilding") as on_progress:
        return deep_verify(where, on_progress)


def _tell_rebuilt(rebuilt: "DeepVerdict | None") -> None:
    if rebuilt is None:
        return
    sys.stdout.write(f"{rebuilt.events:,} events in {rebuilt.streams:,} streams rebuilt twice\n")
    if rebuilt.same:
        sys.stdout.write("Both ways give the same.\n")
    for each in rebuilt.differences:
        sys.stdout.write(f"{each.stream}: {each.sentence}\n")


def _tell(verdict: Verdict) -> None:
    sys.stdout.write(f"{verdict.size:,} events in {verdict.streams:,} streams\nroot {verdict.root}\n")
    if verdict.sound:
        sys.stdout.write("The record is sound: no finding.\n")
        return
    for finding in verdict.findings:
        place = "" if finding.index is None else f" at event {finding.index}"
        sys.stdout.write(f"{finding.code}{place}: {finding.sentence}\n")
    if verdict.unlisted:
        sys.stdout.write(f"{verdict.unlisted:,} more findings are not listed.\n")
    talk.print(
        "The record is not what it was when it was written. The first finding is the first fault.",
        style="red",
    )


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar over the log, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=talk, transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
