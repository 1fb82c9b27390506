"""Reports that are being written, in the memory of one process: for tests, and for a desk without a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from domain.drafts import KEPT_DAYS, SectionDraft
from domain.identity import OccurrenceId


class MemoryDrafts:
    """A `domain.drafts.Drafts` that a restart forgets."""

    def __init__(
        self, now: Callable[[], datetime] = lambda: datetime.now(UTC), kept_days: int = KEPT_DAYS
    ) -> None:
        self._now = now
        self._kept_for = timedelta(days=kept_days)
        self._kept: dict[tuple[str, OccurrenceId, str], SectionDraft] = {}

    async def of(self, person: str, occurrence: OccurrenceId) -> Mapping[str, SectionDraft]:
        oldest = self._now() - self._kept_for
        self._kept = {key: each for key, each in self._kept.items() if each.changed_at >= oldest}
        return {key[2]: each for key, each in self._kept.items() if key[:2] == (person, occurrence)}

    async def keep(
        self, person: str, occurrence: OccurrenceId, section: str, text: str, *, nil: bool
    ) -> None:
        self._kept[person, occurrence, section] = SectionDraft(text.replace("\x00", ""), nil, self._now())

    async def discard(self, person: str, occurrence: OccurrenceId) -> None:
        self._kept = {key: each for key, each in self._kept.items() if key[:2] != (person, occurrence)}
