"""Notices that are being drafted, in the memory of one process: for tests, and for a desk without a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.notice_drafts import KEPT_DAYS, LONGEST_TITLE, MOST, DraftInHand, NoticeDraft


class MemoryNoticeDrafts:
    """A `domain.notice_drafts.NoticeDrafts` that a restart forgets."""

    def __init__(
        self, now: Callable[[], datetime] = lambda: datetime.now(UTC), kept_days: int = KEPT_DAYS
    ) -> None:
        self._now = now
        self._kept_for = timedelta(days=kept_days)
        self._kept: dict[UUID, NoticeDraft] = {}

    async def of(self, owners: Collection[str]) -> Sequence[DraftInHand]:
        oldest = self._now() - self._kept_for
        self._kept = {name: each for name, each in self._kept.items() if each.changed_at >= oldest}
        found = [each for each in self._kept.values() if each.owner in owners]
        return sorted(found, key=lambda each: each.changed_at, reverse=True)

    async def one(self, draft: UUID, owners: Collection[str]) -> NoticeDraft | None:
        found = self._kept.get(draft)
        return found if found is not None and found.owner in owners else None

    async def keep(self, draft: UUID, owner: str, title: str, text: str, person: str) -> bool:
        kept = self._kept.get(draft)
        theirs = sum(each.owner == owner for each in self._kept.values())
        if (kept is None and theirs >= MOST) or (kept is not None and kept.owner != owner):
            return False
        words, named = text.replace("\x00", ""), title.replace("\x00", "")[:LONGEST_TITLE]
        self._kept[draft] = NoticeDraft(draft, owner, named, person, self._now(), words)
        return True

    async def discard(self, draft: UUID, owners: Collection[str]) -> None:
        if await self.one(draft, owners) is not None:
            del self._kept[draft]
