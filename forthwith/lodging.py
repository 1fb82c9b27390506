"""How the desk takes files as evidence."""

from collections.abc import Collection
from uuid import UUID

from desk.ports import Lodge, UnavailableError, UnfitUploadError
from domain.actor import Actor
from domain.identity import OccurrenceId
from forthwith.settings import Settings, evidence_place
from ledger.evidence.examining import UnfitFile
from ledger.evidence.files import EvidenceFiles, EvidenceUnreachable
from ledger.evidence.lodging import Intake, lodge
from ledger.office import Handled, Office


def lodging(settings: Settings, office: Office) -> Lodge:
    """The place is opened when the first file comes."""

    async def take(
        content: bytes,
        name: str,
        occurrence: OccurrenceId,
        by: Actor,
        version: int | None,
        key: UUID | None,
        expected: Collection[int] | None = None,
    ) -> Handled:
        try:
            files = EvidenceFiles(evidence_place(settings))
            intake = Intake(files, settings.evidence_limit, settings.scan_command)
            _, handled = await lodge(office, intake, content, name, occurrence, by, version, key, expected)
        except UnfitFile as fault:
            raise UnfitUploadError(str(fault)) from fault
        except (EvidenceUnreachable, OSError) as fault:
            raise UnavailableError(str(fault)) from fault
        return handled

    return take
