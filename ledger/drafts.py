"""Where reports that are being written are kept, on PostgreSQL beside the record."""

from collections.abc import Mapping

from domain.drafts import KEPT_DAYS, SectionDraft
from domain.identity import OccurrenceId
from ledger import sql_files
from ledger.connection import Database


class PostgresDrafts:
    """A `domain.drafts.Drafts` on an open database."""

    def __init__(self, database: Database, kept_days: int = KEPT_DAYS) -> None:
        self._database = database
        self._kept_days = kept_days

    async def of(self, person: str, occurrence: OccurrenceId) -> Mapping[str, SectionDraft]:
        rows = await self._database.fetch(
            sql_files.query("drafts_of"), person, str(occurrence), self._kept_days
        )
        return {row["section"]: SectionDraft(row["text"], row["nil"], row["changed_at"]) for row in rows}

    async def keep(
        self, person: str, occurrence: OccurrenceId, section: str, text: str, *, nil: bool
    ) -> None:
        # PostgreSQL holds every character but this one, which no keyboard writes.
        words = text.replace("\x00", "")
        await self._database.fetch(
            sql_files.query("keep_draft"), person, str(occurrence), section, words, nil
        )

    async def discard(self, person: str, occurrence: OccurrenceId) -> None:
        await self._database.fetch(sql_files.query("discard_draft"), person, str(occurrence))
