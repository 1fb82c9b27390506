"""The evidence that goes into a bag: every file that one of its events lodged, as it was lodged."""

from collections.abc import Sequence

from domain.ports import Ledger
from domain.record import Recorded
from ledger.evidence.files import EvidenceFiles
from ledger.evidence.sweeping import TOPIC, erased_events, lodged_files, still_named
from ledger.export.withholding import Exemption


async def evidence_for(
    ledger: Ledger, files: EvidenceFiles, events: Sequence[Recorded], exemptions: Sequence[Exemption]
) -> dict[str, bytes]:
    """Content by SHA-256. What was erased is left out, and so is what only withheld events name.

    Raises EvidenceMissing, EvidenceMismatch and EvidenceUnreachable: a bag does not keep silent about a file that is gone.
    """
    withheld = {each.event for each in exemptions}
    names = {
        each.envelope.data["sha256"] for each in events if each.type == TOPIC and each.index not in withheld
    }
    if not names:
        return {}
    kept = still_named(await lodged_files(ledger), await erased_events(ledger))
    return {digest: await files.get(digest) for digest in sorted(names & kept)}
