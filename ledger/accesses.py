"""The access log, on PostgreSQL: a table that can only be added to."""

from collections.abc import Sequence
from uuid import uuid4

from domain.access import Access, AccessesWanted, InTheNameOf, NotedAccess
from ledger import sql_files
from ledger.connection import Database


class PostgresAccesses:
    """The desk's access log on an open database. Both methods raise LedgerUnreachable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, access: Access) -> None:
        """Write a line; it is kept when this returns."""
        await self._database.fetch(
            sql_files.query("note_access"),
            uuid4(),
            access.at,
            access.person,
            access.kind,
            access.act,
            access.notice,
            access.about,
            access.sentence,
        )

    async def newest(self, wanted: AccessesWanted, whom: InTheNameOf) -> Sequence[NotedAccess]:
        rows = await self._database.fetch_for(
            whom,
            sql_files.query("newest_accesses"),
            wanted.kind,
            wanted.notice,
            wanted.person,
            wanted.before,
            wanted.limit,
        )
        return [NotedAccess(row["number"], Access(*tuple(row)[1:])) for row in rows]
