"""Notices that are being drafted: kept from one visit to the next, for those who hold their role, and no part of the record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

KEPT_DAYS = 180
MOST = 40
LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class DraftInHand:
    """`owner`: the role whose it is, written notice/role. `changed_at` is the machine's own time, never a simulated one."""

    id: UUID
    owner: str
    title: str
    changed_by: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class NoticeDraft(DraftInHand):
    """The same with the text of the file, whatever state it is in."""

    text: str


class NoticeDrafts(Protocol):
    """Each role's own. What has not been touched for `KEPT_DAYS` is forgotten. Raises LedgerUnreachable."""

    async def of(self, owners: Collection[str]) -> Sequence[DraftInHand]:
        """Newest first."""
        ...

    async def one(self, draft: UUID, owners: Collection[str]) -> NoticeDraft | None:
        """None also where it is another role's."""
        ...

    async def keep(self, draft: UUID, owner: str, title: str, text: str, person: str) -> bool:
        """False where the role has `MOST` of them already."""
        ...

    async def discard(self, draft: UUID, owners: Collection[str]) -> None: ...
