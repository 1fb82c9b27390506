"""`forthwith verify`: is the record what it was when it was written?"""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from forthwith.exits import Exit
from forthwith.output import print_json, talk
from forthwith.settings import Settings, application_url
from ledger.verify.verdict import Verdict
from ledger.verify.verify import verify as examine


def verify(*, json: bool = False) -> int:
    """Verify the record: every stored event is hashed again and compared with everything that is kept beside it.

    Ends with 0 when the record is sound, and with 3 when there is a finding; the first finding is the first fault.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    where = application_url(Settings())
    with _progress() as on_progress:
        verdict = asyncio.run(examine(where, on_progress))
    if json:
        print_json(asdict(verdict))
    else:
        _tell(verdict)
    return Exit.OK if verdict.sound else Exit.INTEGRITY


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
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar over the log, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    columns = (TextColumn("Verifying"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=talk, transient=True) as bar:
        task = bar.add_task("Verifying", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
