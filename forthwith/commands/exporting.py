"""`forthwith export`: the record in the formats of others, and the bag that holds everything."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import cyclopts
from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from domain.record import Recorded
from forthwith.bag_evidence import evidence_for
from forthwith.bagging import EvidenceMixedUp, Material, about, bag_files, book_of
from forthwith.commands.opening import must_exist, notice_named, the_world
from forthwith.commands.withhold_file import read_schedule
from forthwith.exits import IntegrityFailure, UsageFault
from forthwith.log_places import log_places
from forthwith.output import print_json, talk
from forthwith.settings import Settings, evidence_place
from forthwith.world import World
from ledger.evidence.files import EvidenceFiles, EvidenceMismatch, EvidenceMissing
from ledger.export.bagit import BagInTheWay, write_folder, write_zip
from ledger.export.checkpoint import UnfitCheckpoint, read_stated
from ledger.export.events import TooFewEvents, read_into
from ledger.export.on_disk import EventsOnDisk
from ledger.export.withholding import Disclosure, NothingToWithhold
from ledger.log.published import PublishedLog
from ledger.log.stamps import kept_stamps
from ledger.privacy.disclosing import disclosures_for
from projections.exports.model import ObjectLog
from projections.exports.objects import object_log
from projections.exports.ocel_json import ocel_json
from projections.exports.ocel_sqlite import ocel_sqlite
from projections.exports.prov import prov_json
from projections.exports.source import Source, source_of
from projections.exports.spool import Spool
from projections.exports.table import csv_table
from projections.exports.xes import xes

app = cyclopts.App(
    name="export", help="The record in the formats of others, and the bag that holds everything."
)

OneNotice = Annotated[str | None, Parameter(help="Only this notice, for example lancashire-2016.")]
To = Annotated[Path, Parameter(help="Where it is written; nothing may be there yet.")]
Summary = Annotated[bool, Parameter(help="Print one JSON object that says what was written.")]
Made = Callable[[Source, ObjectLog], Iterator[bytes]]


@app.command
def bag(
    notice: OneNotice = None,
    *,
    to: To,
    checkpoint: Path | None = None,
    keys: Path | None = None,
    policy: Path | None = None,
    withhold: Path | None = None,
    zip: bool = False,
    json: Summary = False,
) -> None:
    """Write everything that an outsider needs to verify the record and to read it, as a BagIt bag.

    The events are always all of them, because they verify only whole; with NOTICE, what is for reading keeps to that notice.
    The same checkpoint gives the same bytes.

    Parameters
    ----------
    checkpoint
        A signed checkpoint of this record; the newest that was published, if left out.
    keys
        The public keys of the log, one a line; those that were published, if left out.
    policy
        Which witnesses a checkpoint needs; that of FORTHWITH_LOG_POLICY, if left out.
    withhold
        A YAML file of passages that are kept out: each with its event, the exemption, and why.
    zip
        Write one zip file instead of a folder.
    """
    asyncio.run(_bag(_Bag(notice, to, checkpoint, keys, policy, withhold, zip, json)))


@app.command
def events(*, to: To, json: Summary = False) -> None:
    """Write every event of the record, one a line, exactly as it was hashed (CloudEvents 1.0)."""
    asyncio.run(_events(to, json=json))


@app.command
def ocel(
    notice: OneNotice = None,
    *,
    to: To,
    form: Annotated[Literal["json", "sqlite"], Parameter(name="--as")] = "json",
    json: Summary = False,
) -> None:
    """Write an object-centric event log (OCEL 2.0) for process mining.

    Parameters
    ----------
    form
        json or sqlite.
    """
    write = {"json": ocel_json, "sqlite": ocel_sqlite}[form]
    asyncio.run(_one_file(notice, to, f"OCEL 2.0 ({form})", lambda _, log: write(log), json=json))


@app.command(name="xes")
def xes_(notice: OneNotice = None, *, to: To, json: Summary = False) -> None:
    """Write an event log (IEEE XES), a trace for each occurrence."""
    asyncio.run(_one_file(notice, to, "XES", lambda _, log: xes(log), json=json))


@app.command
def prov(notice: OneNotice = None, *, to: To, json: Summary = False) -> None:
    """Write who brought about what, and what it rested on (W3C PROV-JSON)."""
    asyncio.run(_one_file(notice, to, "PROV-JSON", prov_json, json=json))


@app.command
def csv(notice: OneNotice = None, *, to: To, json: Summary = False) -> None:
    """Write a table for a spreadsheet: one row an event, with its sentence and both times."""
    asyncio.run(_one_file(notice, to, "CSV", lambda _, log: csv_table(log), json=json))


app.command(
    "forthwith.commands.export_ics:ics", name="ics", help="Write the due dates as a calendar (RFC 5545)."
)
app.command(
    "forthwith.commands.export_board_pack:board_pack_",
    name="board-pack",
    help="Write the papers of a board as at one moment, as one file that prints.",
)


app.command(
    "forthwith.commands.export_pdf:pdf",
    name="pdf",
    help="Write the year of a notice, or a decision, on one page.",
)


class _Bag:
    def __init__(
        self,
        notice: str | None,
        to: Path,
        checkpoint: Path | None,
        keys: Path | None,
        policy: Path | None,
        withhold: Path | None,
        zipped: bool,
        json: bool,
    ) -> None:
        places = log_places(Settings())
        published = PublishedLog(places.folder)
        self.notice = notice_named(notice) if notice else None
        self.to, self.zipped, self.json = to, zipped, json
        self.checkpoint = (
            must_exist(checkpoint).read_bytes() if checkpoint else str(published.newest()).encode()
        )
        self.keys = must_exist(keys).read_bytes() if keys else published.keys().encode()
        known = policy or places.policy
        self.folder = places.folder
        self.policy = must_exist(known).read_bytes() if known else None
        self.exemptions = read_schedule(must_exist(withhold)) if withhold else ()

    def material(
        self, events: EventsOnDisk, disclosures: list[Disclosure], evidence: Mapping[str, bytes]
    ) -> Material:
        return Material(
            events=events,
            checkpoint=self.checkpoint,
            keys=self.keys,
            policy=self.policy,
            disclosures=disclosures,
            evidence=evidence,
            exemptions=self.exemptions,
            notice=self.notice,
            stamps=kept_stamps(self.folder, len(events)),
        )


async def _bag(asked: _Bag) -> None:
    with faults_in_words():
        size = read_stated(asked.checkpoint).size
        async with the_world() as world:
            with _progress("Reading") as on_progress:
                events = EventsOnDisk()
                await read_into(events, world.ledger, size, on_progress)
            files = EvidenceFiles(evidence_place(Settings()))
            evidence = await evidence_for(world.ledger, files, events, asked.exemptions)
            material = asked.material(events, await _disclosed(world, events), evidence)
        with _progress("Writing") as on_file:
            made = await bag_files(material, lambda _name, done: on_file(done, max(done, _FILES_AT_LEAST)))
            write = write_zip if asked.zipped else write_folder
            octets = write(made, about(material), asked.to)
    _tell(asked.to, "bag", len(material.events), octets, json=asked.json)


async def _disclosed(world: World, events: EventsOnDisk) -> list[Disclosure]:
    found: list[Disclosure] = []
    async for each in disclosures_for(world.ledger):
        if each["index"] > len(events):
            break
        found.append(Disclosure(each["index"], each["disclosure"]))
    return found


_FILES_AT_LEAST = 17


async def _events(to: Path, *, json: bool) -> None:
    with faults_in_words():
        async with the_world() as world:
            with _progress("Reading") as on_progress:
                found = EventsOnDisk()
                await read_into(found, world.ledger, None, on_progress)
        octets = write_new(to, found.lines())
    _tell(to, "events", len(found), octets, json=json)


async def _one_file(notice: str | None, to: Path, what: str, make: Made, *, json: bool) -> None:
    with faults_in_words():
        async with the_world() as world:
            with _progress("Reading") as on_progress:
                found = Spool[Recorded]()
                await read_into(found, world.ledger, None, on_progress)
        source = source_of(book_of(found), notice_named(notice) if notice else None)
        with _progress("Writing") as on_progress:
            log = object_log(source, on_progress)
            octets = write_new(to, make(source, log))
    _tell(to, what, len(log.events), octets, json=json)


def write_new(to: Path, parts: Iterator[bytes]) -> int:
    """Whole or not at all, and never over what is there; returns how many bytes."""
    if to.exists():
        raise BagInTheWay(f"“{to}” is there already; an export never writes over anything.")
    beside = to.with_name(f".{to.name}.unfinished")
    try:
        with beside.open("wb") as file:
            file.writelines(parts)
            octets = file.tell()
        beside.rename(to)
    finally:
        beside.unlink(missing_ok=True)
    return octets


def _tell(to: Path, what: str, events: int, octets: int, *, json: bool) -> None:
    if json:
        print_json({"to": str(to), "format": what, "events": events, "bytes": octets})
    else:
        talk.print(f"{events:,} events were written to {to} ({octets:,} bytes).", markup=False)


@contextmanager
def faults_in_words() -> Iterator[None]:
    try:
        yield
    except (TooFewEvents, EvidenceMixedUp, EvidenceMissing, EvidenceMismatch) as fault:
        raise IntegrityFailure(str(fault)) from None
    except (BagInTheWay, UnfitCheckpoint, NothingToWithhold, IsADirectoryError, NotADirectoryError) as fault:
        raise UsageFault(str(fault)) from None
    except FileNotFoundError as fault:
        if fault.filename is None:
            raise
        raise UsageFault(f"It cannot be written to “{fault.filename}”: there is no such folder.") from None
    except PermissionError as fault:
        raise UsageFault(f"“{fault.filename}” may not be written.") from None


@contextmanager
def _progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=talk, transient=True) as shown:
        task = shown.add_task(doing, total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)
