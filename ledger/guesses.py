"""Tries at passwords, on PostgreSQL: counted for all engines together."""

from hashlib import sha256

from ledger import sql_files
from ledger.connection import Database


class PostgresCounts:
    """A `desk.guesses.Counts` on an open database. Only digests of names and places are kept there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hit(self, about: str, at_most: int, seconds: float) -> bool:
        rows = await self._database.fetch(sql_files.query("count_guess"), _digest(about), at_most, seconds)
        return bool(rows[0]["counted"])

    async def clear(self, about: str) -> None:
        await self._database.fetch(sql_files.query("forget_guesses"), _digest(about))


def _digest(about: str) -> bytes:
    return sha256(about.encode()).digest()
