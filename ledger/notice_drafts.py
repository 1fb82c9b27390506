"""Where notices that are being drafted are kept, on PostgreSQL beside the record."""

from collections.abc import Collection, Sequence
from uuid import UUID

from domain.access import InTheNameOf
from domain.notice_drafts import KEPT_DAYS, LONGEST_TITLE, MOST, DraftInHand, NoticeDraft
from ledger import sql_files
from ledger.connection import Database


class PostgresNoticeDrafts:
    """A `domain.notice_drafts.NoticeDrafts` on an open database."""

    def __init__(self, database: Database, kept_days: int = KEPT_DAYS) -> None:
        self._database = database
        self._kept_days = kept_days

    async def of(self, owners: Collection[str]) -> Sequence[DraftInHand]:
        await self._database.fetch(sql_files.query("dispose_of_notice_drafts"), self._kept_days)
        rows = await self._database.fetch_for(
            _whoever_holds(owners), sql_files.query("notice_drafts_of"), list(owners)
        )
        return [
            DraftInHand(row["draft"], row["owner"], row["title"], row["changed_by"], row["changed_at"])
            for row in rows
        ]

    async def one(self, draft: UUID, owners: Collection[str]) -> NoticeDraft | None:
        rows = await self._database.fetch_for(
            _whoever_holds(owners), sql_files.query("notice_draft"), draft, list(owners)
        )
        for row in rows:
            return NoticeDraft(
                row["draft"], row["owner"], row["title"], row["changed_by"], row["changed_at"], row["text"]
            )
        return None

    async def keep(self, draft: UUID, owner: str, title: str, text: str, person: str) -> bool:
        # PostgreSQL holds every character but this one, which no keyboard writes.
        words, named = text.replace("\x00", ""), title.replace("\x00", "")[:LONGEST_TITLE]
        (row,) = await self._database.fetch(
            sql_files.query("keep_notice_draft"), draft, owner, named, words, person, MOST
        )
        return bool(row["kept"])

    async def discard(self, draft: UUID, owners: Collection[str]) -> None:
        await self._database.fetch(sql_files.query("discard_notice_draft"), draft, list(owners))


def _whoever_holds(owners: Collection[str]) -> InTheNameOf:
    """A draft belongs to a role: who it is that holds it does not matter to the walls."""
    return InTheNameOf("", roles=tuple(owners))
