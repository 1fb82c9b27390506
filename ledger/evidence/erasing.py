"""Evidence is erased like any passage: its name with the event, and then the file, unless another event needs it."""

from collections.abc import Collection, Sequence

from domain.ports import Ledger
from ledger.evidence.files import EvidenceFiles
from ledger.evidence.sweeping import erased_events, lodged_files, still_named


async def back_again(ledger: Ledger, files: EvidenceFiles) -> Sequence[str]:
    """The hashes of files that are kept although every event that lodged them was erased."""
    lodged = await lodged_files(ledger)
    erased = await erased_events(ledger)
    gone = {each.sha256 for each in lodged} - still_named(lodged, erased)
    return sorted([each.sha256 async for each in files.all() if each.sha256 in gone]) if gone else []


async def remove_erased(ledger: Ledger, files: EvidenceFiles, indexes: Collection[int]) -> Sequence[str]:
    """Delete the files of events that were erased; returns the hashes. A crash before leaves them to the next sweep."""
    lodged = await lodged_files(ledger)
    erased = await erased_events(ledger)
    needed = still_named(lodged, erased)
    gone = sorted({each.sha256 for each in lodged if each.index in erased and each.index in indexes} - needed)
    for digest in gone:
        await files.remove(digest)
    return gone
