"""The bag: everything that an outsider needs to verify the record and to read it, from one signed checkpoint.

What can be read in it is made from the events of the bag and what they disclose there, and from nothing else: a passage that
is withheld is withheld from every file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from ledger.export.events import ReadOnce, event_lines, json_lines
from ledger.export.withholding import Disclosure, Exemption, Withheld, as_told, divide
from ledger.log.stamps import Stamp
from projections.casebook import Casebook
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


async def bag_files(
    material: Material, on_file: OnFile = lambda _name, _done: None
) -> Iterator[tuple[str, bytes]]:
    """Every file of the payload. Raises UnfitCheckpoint, NothingToWithhold, EvidenceMixedUp, NotFound."""
    stated = read_stated(material.checkpoint)
    if len(material.events) != stated.size:
        raise UnfitCheckpoint(
            f"The checkpoint covers {stated.size} events, and {len(material.events)} were given."
        )
    leaves = [sha256(b"\x00" + each.canonical).digest() for each in material.events]
    require_root(stated, leaves)
    require_stamped(material.stamps, leaves)
    kept, withheld = divide(material.disclosures, material.exemptions)
    told = as_told(material.events, kept, withheld)
    book = await book_of(told)
    source = source_of(book, told, material.notice)
    if material.notice is not None:
        book.notice(material.notice)
    return _each(material, leaves, kept, withheld, source, told, on_file)


async def book_of(events: Sequence[Recorded]) -> Casebook:
    """These events as a book: one state of the record, whatever is recorded meanwhile."""
    book = Casebook(cast("Ledger", ReadOnce(events)))  # a casebook only reads
    await book.catch_up()
    return book


def _each(
    material: Material,
    leaves: Sequence[bytes],
    kept: Sequence[Disclosure],
    withheld: Sequence[Withheld],
    source: Source,
    told: Sequence[Recorded],
    on_file: OnFile,
) -> Iterator[tuple[str, bytes]]:
    parts = chain(
        _verifiable(material, kept, withheld),
        tiles(leaves),
        _evidence(material.evidence),
        _readable(source, told),
        _standalone(),
    )
    for number, (name, content) in enumerate(parts, start=1):
        on_file(name, number)
        yield name, content


def _verifiable(
    material: Material, kept: Sequence[Disclosure], withheld: Sequence[Withheld]
) -> Iterator[tuple[str, bytes]]:
    yield "READ-ME.txt", (files("forthwith") / "bag_read_me.txt").read_bytes()
    yield "checkpoint", material.checkpoint
    yield "disclosures.jsonl", json_lines(each.line() for each in kept)
    yield "events.jsonl", event_lines(material.events)
    yield "keys.txt", material.keys
    if material.policy is not None:
        yield "policy", material.policy
    for each in material.stamps:
        yield f"timestamps/{each.size}.checkpoint", each.checkpoint
        yield f"timestamps/{each.size}.tsr", each.token
    yield "withheld.jsonl", json_lines(each.line() for each in withheld)


def _evidence(evidence: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(evidence):
        if sha256(evidence[name]).hexdigest() != name:
            raise EvidenceMixedUp(f"The evidence “{name}” does not have that hash.")
        yield f"evidence/sha256/{name[:2]}/{name}", evidence[name]


def _readable(source: Source, told: Sequence[Recorded]) -> Iterator[tuple[str, bytes]]:
    log = object_log(source)
    notices = [each.terms.id for each in source.book.notices() if source.notice in (None, each.terms.id)]
    yield "conformance.json", conformance_json(_judged(told, notices))
    yield "events.csv", csv_table(log)
    yield "history.html", history_page(source)
    yield "log.xes", xes(log)
    yield "ocel.json", ocel_json(log)
    yield "ocel.sqlite", ocel_sqlite(log)
    yield "prov.json", prov_json(source, log)


def _judged(told: Sequence[Recorded], notices: Sequence[str]) -> Iterator[Conformance]:
    """Each notice as at the newest event of the whole record, be that another notice's."""
    by_notice: dict[str, list[Recorded]] = {each: [] for each in notices}
    for event in told:
        if event.envelope.notice in by_notice:
            by_notice[event.envelope.notice].append(event)
    for notice, events in by_notice.items():
        yield conformance(events, notice, told[-1].recorded)


def _standalone() -> Iterator[tuple[str, bytes]]:
    """The verifiers that need nothing of ours."""
    for name in STANDALONE:
        yield name, (files("ledger") / "standalone" / name).read_bytes()
