"""A report that somebody is writing: kept from one visit to the next, for its author alone, and no part of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identity import OccurrenceId

KEPT_DAYS = 60


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """`nil`: that there is nothing to report. `changed_at` is the machine's own time, never a simulated one."""

    text: str
    nil: bool
    changed_at: datetime


class Drafts(Protocol):
    """Each author's own. What has not been touched for `KEPT_DAYS` is forgotten. Raises LedgerUnreachable."""

    async def of(self, person: str, occurrence: OccurrenceId) -> Mapping[str, SectionDraft]:
        """By section."""
        ...

    async def keep(
        self, person: str, occurrence: OccurrenceId, section: str, text: str, *, nil: bool
    ) -> None: ...

    async def discard(self, person: str, occurrence: OccurrenceId) -> None: ...
