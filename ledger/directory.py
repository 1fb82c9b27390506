"""How people are reached, on PostgreSQL."""

from datetime import datetime

from domain.access import InTheNameOf
from ledger import sql_files
from ledger.connection import Database


class PostgresDirectory:
    """A `domain.ports.Directory` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def address_of(self, person: str) -> str | None:
        """Where a person is reached, or None."""
        rows = await self._database.fetch(sql_files.query("address_of"), person)
        return rows[0]["address"] if rows else None

    async def set_address(self, person: str, address: str, changed_at: datetime) -> None:
        """Remember an address, unless a newer one is known."""
        await self._database.fetch(sql_files.query("set_address"), person, address, changed_at)

    async def other_address_of(self, person: str) -> str | None:
        """Where else a person is reached, or None."""
        rows = await self._database.fetch(sql_files.query("other_address_of"), person)
        return rows[0]["address"] if rows else None

    async def set_other_address(self, person: str, address: str, changed_at: datetime) -> None:
        """Remember it, unless a newer one is known; an empty one is none."""
        await self._database.fetch(sql_files.query("set_other_address"), person, address, changed_at)

    async def wants_digest(self, person: str) -> bool:
        """Whether they chose one mail a day."""
        rows = await self._database.fetch_for(InTheNameOf(person), sql_files.query("message_wish"), person)
        return bool(rows and rows[0]["digest"])

    async def set_digest(self, person: str, wanted: bool, changed_at: datetime) -> None:
        """Remember their choice, unless a newer one is known."""
        await self._database.fetch(sql_files.query("set_message_wish"), person, wanted, changed_at)
