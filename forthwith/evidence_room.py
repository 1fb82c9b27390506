"""The desk's way to the evidence: the same intake as `forthwith evidence lodge`, opened when the first file comes."""

from functools import cached_property
from uuid import UUID

from desk.ports import FileNotFound, FileNotTaken
from domain.actor import Actor
from domain.identity import OccurrenceId
from domain.record import Receipt
from forthwith.settings import Settings, evidence_place
from ledger.evidence.examining import UnfitFile
from ledger.evidence.files import EvidenceFiles, EvidenceMismatch, EvidenceMissing, EvidenceUnreachable
from ledger.evidence.lodging import Intake, lodge
from ledger.office import Office


class LedgerEvidence:
    """A `desk.ports.EvidenceRoom` over the settings' place for evidence."""

    def __init__(self, settings: Settings, office: Office) -> None:
        self._settings = settings
        self._office = office

    @property
    def largest(self) -> int:
        return self._settings.evidence_limit

    async def lodge(
        self, content: bytes, name: str, occurrence: OccurrenceId, by: Actor, key: UUID | None
    ) -> Receipt:
        try:
            _, handled = await lodge(self._office, self._intake, content, name, occurrence, by, key=key)
        except (UnfitFile, EvidenceUnreachable, EvidenceMismatch) as fault:
            raise FileNotTaken(str(fault)) from fault
        assert handled.receipt is not None  # lodging always records an event
        return handled.receipt

    async def read(self, sha256: str) -> bytes:
        try:
            return await self._intake.files.get(sha256)
        except (EvidenceMissing, EvidenceMismatch, EvidenceUnreachable) as fault:
            raise FileNotFound(str(fault)) from fault

    @cached_property
    def _intake(self) -> Intake:
        files = EvidenceFiles(evidence_place(self._settings))
        return Intake(files, self._settings.evidence_limit, self._settings.scan_command)
