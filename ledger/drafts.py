"""Where reports that are being written are kept, on PostgreSQL beside the record, sealed with the key of whoever writes them."""

from collections.abc import Collection, Mapping

import asyncpg
import orjson

from domain.access import InTheNameOf
from domain.drafts import KEPT_DAYS, SectionDraft
from domain.identity import OccurrenceId
from domain.record import LedgerUnreachable
from ledger import sql_files
from ledger.connection import Database
from ledger.privacy.batch import PERSON
from ledger.privacy.sealing import Keyring

_ATTEMPTS = 4


class PostgresDrafts:
    """A `domain.drafts.Drafts` on an open database."""

    def __init__(
        self, database: Database, keyring: Keyring | None = None, kept_days: int = KEPT_DAYS
    ) -> None:
        self._database = database
        self._keyring = keyring or Keyring()
        self._kept_days = kept_days

    async def of(self, person: str, occurrence: OccurrenceId) -> Mapping[str, SectionDraft]:
        """By section; what was exchanged for something else is left out, and what nobody has touched for so many days is
        disposed of first. Raises LockedValues."""
        await dispose_of_drafts(self._database, (), only_count=False, kept_days=self._kept_days)
        rows = await self._database.fetch_for(
            InTheNameOf(person), sql_files.query("drafts_of"), person, str(occurrence)
        )
        found = {row["section"]: self._words(row, occurrence) for row in rows}
        return {
            row["section"]: SectionDraft(words, row["nil"], row["changed_at"])
            for row in rows
            if (words := found[row["section"]]) is not None
        }

    async def keep(
        self, person: str, occurrence: OccurrenceId, section: str, text: str, *, nil: bool
    ) -> None:
        # PostgreSQL held every character but this one, which no keyboard writes; a record holds none either.
        words = text.replace("\x00", "")
        content = orjson.dumps([str(occurrence), section, words])
        for _ in range(_ATTEMPTS):
            rows = await self._database.fetch(sql_files.query("subject_key"), PERSON + person)
            key = self._keyring.open(rows[0]["key"]) if rows else self._keyring.new()
            sealed = key.seal(content)
            (row,) = await self._database.fetch(
                sql_files.query("keep_draft"),
                person,
                str(occurrence),
                section,
                sealed.nonce,
                sealed.ciphertext,
                nil,
                key.kept,
                not rows,
            )
            if row["kept"]:
                return
        raise LedgerUnreachable("The key of this person was changed again and again meanwhile.")

    async def discard(self, person: str, occurrence: OccurrenceId) -> None:
        await self._database.fetch(sql_files.query("discard_draft"), person, str(occurrence))

    def _words(self, row: asyncpg.Record, occurrence: OccurrenceId) -> str | None:
        """What was sealed for this very section; `text` is from before drafts were sealed."""
        if row["text"] is not None:
            return str(row["text"])
        content = self._keyring.unseal(row["sealed"], row["key"]) if row["key"] else None
        if content is None:
            return None
        where, section, words = orjson.loads(content)
        return str(words) if (where, section) == (str(occurrence), row["section"]) else None


async def dispose_of_drafts(
    database: Database, ended: Collection[str], *, only_count: bool, kept_days: int = KEPT_DAYS
) -> int:
    """Drafts that nobody has touched for so long, and those under notices that have ended: how many sections."""
    (row,) = await database.fetch(sql_files.query("dispose_of_drafts"), kept_days, sorted(ended), only_count)
    return int(row["found"])
