"""The evidence that goes into a bag: every file that one of its events lodged, as it was lodged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.ports import Ledger
from ledger.evidence.files import EvidenceFiles
from ledger.evidence.sweeping import TOPIC, erased_events, lodged_files, still_named
from ledger.export.on_disk import EventsOnDisk
from ledger.export.withholding import Exemption


class Lodged(Mapping[str, bytes]):
    """Content by SHA-256. Each file is read when it is asked for, so that they are never in memory together."""

    def __init__(self, files: EvidenceFiles, digests: Iterable[str]) -> None:
        self._files = files
        self._digests = frozenset(digests)

    def __getitem__(self, digest: str) -> bytes:
        if digest not in self._digests:
            raise KeyError(digest)
        return self._files.read(digest)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._digests))

    def __len__(self) -> int:
        return len(self._digests)


async def evidence_for(
    ledger: Ledger, files: EvidenceFiles, events: EventsOnDisk, exemptions: Sequence[Exemption]
) -> Lodged:
    """What was erased is left out, and so is what only withheld events name. Every file is looked at before any is given.

    Raises EvidenceMissing, EvidenceMismatch and EvidenceUnreachable: a bag does not keep silent about a file that is gone.
    """
    withheld = {each.event for each in exemptions}
    names = {each.envelope.data["sha256"] for each in events.of_type(TOPIC) if each.index not in withheld}
    kept = names & still_named(await lodged_files(ledger), await erased_events(ledger)) if names else names
    for digest in sorted(kept):
        await files.get(digest)
    return Lodged(files, kept)
