"""Files and events held against each other: files that no event names, and events whose file is gone or exchanged."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.events.evidence import EvidenceLodged
from domain.events.kinds import BY_SHAPE
from domain.events.of_the_record import ERASURES
from domain.ports import Ledger
from ledger.evidence.files import EvidenceFiles, EvidenceMismatch, EvidenceMissing, KeptFile

TOPIC = BY_SHAPE[EvidenceLodged].topic
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LodgedFile:
    """An event that lodged a file. `name` reads ``[erased]`` where it was."""

    index: int
    occurrence: str
    sha256: str
    name: str
    media_type: str
    size: int
    version: int | None
    lodged_by: str


async def lodged_files(ledger: Ledger, page: int = 5000) -> Sequence[LodgedFile]:
    """Every file that was ever lodged, in the order of the log."""
    found: list[LodgedFile] = []
    after = 0
    while events := await ledger.read(after, page):
        after = events[-1].index
        for each in events:
            if each.type == TOPIC:
                data = each.envelope.data
                found.append(
                    LodgedFile(
                        each.index, str(each.envelope.occurrence), data["sha256"], data["name"], data["media_type"],
                        data["size"], data["version"], data["lodged_by"],
                    )
                )  # fmt: skip
    return found


async def erased_events(ledger: Ledger) -> frozenset[int]:
    """The positions of events of which something was erased."""
    return frozenset(
        index for each in await ledger.read_stream(ERASURES) for index in each.envelope.data.get("events", ())
    )


def still_named(lodged: Iterable[LodgedFile], erased: frozenset[int]) -> set[str]:
    """The hashes that some event names whose evidence was not erased."""
    return {each.sha256 for each in lodged if each.index not in erased}


async def orphans(files: EvidenceFiles, named: set[str], now: datetime) -> Sequence[KeptFile]:
    """Files that nothing names and that are older than a day: whoever is lodging one just now is not disturbed."""
    return [each async for each in files.all() if each.sha256 not in named and now - each.written > A_DAY]


async def mismatches(
    files: EvidenceFiles, lodged: Iterable[LodgedFile], erased: frozenset[int]
) -> AsyncIterator[tuple[int, str]]:
    """The position and a sentence for each file that is not what was lodged (EVIDENCE_MISMATCH)."""
    wanted = {each.index: each.sha256 for each in lodged if each.index not in erased}
    async for fault in unlike(files, wanted):
        yield fault


async def unlike(files: EvidenceFiles, wanted: Mapping[int, str]) -> AsyncIterator[tuple[int, str]]:
    """The same; `wanted`: SHA-256 by event. A file that several events name is read once."""
    by_file: dict[str, list[int]] = {}
    for index, digest in wanted.items():
        by_file.setdefault(digest, []).append(index)
    for digest, indexes in by_file.items():
        sentence = await _fault_of(files, digest)
        for index in indexes if sentence else ():
            yield index, sentence.format(index)


async def _fault_of(files: EvidenceFiles, digest: str) -> str:
    """What is wrong with a file, in words with a place for the event; nothing where it is what was lodged."""
    try:
        await files.get(digest)
    except EvidenceMissing:
        return "The file that event {} names is not kept, and nothing says that it was erased."
    except EvidenceMismatch:
        return "The file that is kept for event {} is not the one that was lodged."
    return ""
