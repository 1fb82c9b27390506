"""The bag: everything that an outsider needs to verify the record and to read it, from one signed checkpoint.

What can be read in it is made from the events of the bag and what they disclose there, and from nothing else: a passage that
is withheld is withheld from every file.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import chain
from typing import cast

from domain.ports import Ledger
from domain.record import Recorded
from ledger.export.bagit import About
from ledger.export.checkpoint import UnfitCheckpoint, read_stated, require_root, require_stamped, tiles
from ledger.export.events import ReadOnce, json_lines
from ledger.export.on_disk import EventsOnDisk
from ledger.export.withholding import Disclosure, Exemption, Telling, Withheld, divide
from ledger.log.stamps import Stamp
from projections.exports.book import BookOnDisk
from projections.exports.conformance.verdict import Conformance, conformance, conformance_json
from projections.exports.objects import object_log
from projections.exports.ocel_json import ocel_json
from projections.exports.ocel_sqlite import ocel_sqlite
from projections.exports.page import history_page
from projections.exports.prov import prov_json
from projections.exports.source import Source, source_of
from projections.exports.table import csv_table
from projections.exports.xes import xes

OnFile = Callable[[str, int], None]
File = tuple[str, bytes | Iterable[bytes]]
STANDALONE = ("verify.py", "verify.html")


@dataclass(frozen=True, slots=True)
class Material:
    """What a bag is made of. `events` are the first ones of the record, exactly as many as the checkpoint covers.

    `keys` and `policy` are texts in the formats of C2SP; `evidence` is by SHA-256 in hex; `stamps` are over this checkpoint
    and earlier ones.
    """

    events: Sequence[Recorded]
    checkpoint: bytes
    keys: bytes
    policy: bytes | None = None
    disclosures: Sequence[Disclosure] = ()
    exemptions: Sequence[Exemption] = ()
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    notice: str | None = None
    stamps: Sequence[Stamp] = ()


class EvidenceMixedUp(ValueError):
    """A piece of evidence does not have the hash by which it is named."""


def about(material: Material) -> About:
    """Dated by the newest event, so that the same checkpoint gives the same bag on every day."""
    stated = read_stated(material.checkpoint)
    what = f"The record of “{stated.origin}”, events 1 to {stated.size}"
    if material.notice:
        what += f"; what is for reading keeps to {material.notice}"
    newest = material.events[-1].recorded.date()
    return About(newest, f"{stated.origin}/{stated.size}", what, f"forthwith {version('forthwith')}")


async def bag_files(material: Material, on_file: OnFile = lambda _name, _done: None) -> Iterator[File]:
    """Every file of the payload, in parts, so that memory does not grow with the bag. Raises UnfitCheckpoint, NothingToWithhold, EvidenceMixedUp, NotFound."""
    stated = read_stated(material.checkpoint)
    if len(material.events) != stated.size:
        raise UnfitCheckpoint(
            f"The checkpoint covers {stated.size} events, and {len(material.events)} were given."
        )
    stored = material.events if isinstance(material.events, EventsOnDisk) else EventsOnDisk(material.events)
    require_root(stated, stored.leaves)
    require_stamped(material.stamps, stored.leaves)
    kept, withheld = divide(material.disclosures, material.exemptions)
    told = stored.telling(Telling(kept, withheld))
    book = book_of(told)
    if material.notice is not None:
        book.notice(material.notice)
    return _each(material, stored, kept, withheld, book, source_of(book, material.notice), on_file)


def book_of(events: Sequence[Recorded]) -> BookOnDisk:
    """These events as a book: one state of the record, whatever is recorded meanwhile."""
    return BookOnDisk(cast("Ledger", ReadOnce(events)), events)  # a book only reads


def _each(
    material: Material,
    stored: EventsOnDisk,
    kept: Sequence[Disclosure],
    withheld: Sequence[Withheld],
    book: BookOnDisk,
    source: Source,
    on_file: OnFile,
) -> Iterator[File]:
    parts = chain(
        _verifiable(material, stored, kept, withheld),
        tiles(stored.leaves),
        _evidence(material.evidence),
        _readable(book, source),
        _standalone(),
    )
    for number, (name, content) in enumerate(parts, start=1):
        on_file(name, number)
        yield name, content


def _verifiable(
    material: Material, stored: EventsOnDisk, kept: Sequence[Disclosure], withheld: Sequence[Withheld]
) -> Iterator[File]:
    yield "READ-ME.txt", (files("forthwith") / "bag_read_me.txt").read_bytes()
    yield "checkpoint", material.checkpoint
    yield "disclosures.jsonl", json_lines(each.line() for each in kept)
    yield "events.jsonl", stored.lines()
    yield "keys.txt", material.keys
    if material.policy is not None:
        yield "policy", material.policy
    for each in material.stamps:
        yield f"timestamps/{each.size}.checkpoint", each.checkpoint
        yield f"timestamps/{each.size}.tsr", each.token
    yield "withheld.jsonl", json_lines(each.line() for each in withheld)


def _evidence(evidence: Mapping[str, bytes]) -> Iterator[File]:
    for name in sorted(evidence):
        content = evidence[name]
        if sha256(content).hexdigest() != name:
            raise EvidenceMixedUp(f"The evidence “{name}” does not have that hash.")
        yield f"evidence/sha256/{name[:2]}/{name}", content


def _readable(book: BookOnDisk, source: Source) -> Iterator[File]:
    log = object_log(source)
    yield "conformance.json", conformance_json(_judged(book, source.notice))
    yield "events.csv", csv_table(log)
    yield "history.html", history_page(source)
    yield "log.xes", xes(log)
    yield "ocel.json", ocel_json(log)
    yield "ocel.sqlite", ocel_sqlite(log)
    yield "prov.json", prov_json(source, log)


def _judged(book: BookOnDisk, only: str | None) -> Iterator[Conformance]:
    """Each notice as at the newest event of the whole record, be that another notice's."""
    for notice in [each.terms.id for each in book.notices()]:
        if only in (None, notice):
            yield conformance([*book.recorded_of(notice)], notice, book.ends)


def _standalone() -> Iterator[File]:
    """The verifiers that need nothing of ours."""
    for name in STANDALONE:
        yield name, (files("ledger") / "standalone" / name).read_bytes()
