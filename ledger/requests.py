"""What programs have sent with which key, on PostgreSQL."""

from uuid import UUID

from domain.requests import REMEMBERED_DAYS
from ledger import sql_files
from ledger.connection import Database


class PostgresRequests:
    """A `domain.requests.Requests` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, command: UUID, digest: bytes, *, recorded: bool = False) -> bytes | None:
        (row,) = await self._database.fetch(
            sql_files.query("keep_request"), command, digest, recorded, REMEMBERED_DAYS
        )
        found: bytes | None = row["digest"]
        return found
