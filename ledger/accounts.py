"""Who may sign in with a password, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from ledger import sql_files
from ledger.connection import Database


@dataclass(frozen=True, slots=True)
class Account:
    """What is looked at when somebody signs in. `password` is an argon2id digest, None while none was set."""

    person: str
    login: str
    name: str
    roles: tuple[str, ...]
    password: str | None
    disabled: bool


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account as the operator sees it. `link_until`: until when a link that was not used can set a password."""

    person: str
    login: str
    name: str
    roles: tuple[str, ...]
    disabled: bool
    created: datetime
    password_set: datetime | None
    link_until: datetime | None
    sessions: int


class PostgresAccounts:
    """The accounts of one database. A link is known here by its SHA-256 digest alone.

    What is done to somebody's account is noted in the access log in the same transaction: `by` is who does it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def named(self, login: str) -> Account | None:
        """The account with this login, whether or not it may be used."""
        return await self._one("account_of_login", login.lower())

    async def of(self, person: str) -> Account | None:
        """The account of a person, whether or not it may be used."""
        return await self._one("account_of_person", person)

    async def behind(self, link: bytes) -> Account | None:
        """The account for which a link can set a password now."""
        return await self._one("account_of_link", link)

    async def add(
        self,
        person: str,
        login: str,
        name: str,
        roles: Sequence[str],
        link: bytes,
        seconds: float,
        *,
        by: str,
    ) -> bool:
        """Whether it was added; False where the person or the login is taken."""
        account = (person, login.lower(), name, list(roles), link, seconds)
        return bool((await self._ask("add_account", *account, by, uuid4()))[0]["added"])

    async def reset(self, person: str, link: bytes, seconds: float, *, by: str) -> bool:
        """Exchange the password for a link; False where there is no such account."""
        return bool((await self._ask("reset_account", person, link, seconds, by, uuid4()))[0]["reset"])

    async def disable(self, person: str, *, by: str) -> int:
        """Shut a person out; returns how many sessions that ended."""
        return int((await self._ask("disable_account", person, by, uuid4()))[0]["ended"])

    async def remove(self, person: str, *, by: str) -> bool:
        """Forget their account and their sessions; False where there is no account (or it is gone already)."""
        return bool((await self._ask("remove_account", person, by, uuid4()))[0]["removed"])

    async def set_password(self, link: bytes, password: str) -> str | None:
        """Use the link up; returns whose it was, None where it is worth nothing."""
        found: str | None = (await self._ask("set_password", link, password))[0]["person"]
        return found

    async def change_password(self, person: str, old: str, new: str, but: bytes) -> bool:
        """Exchange one digest for another and end the sessions but one; False where it was changed meanwhile."""
        return bool((await self._ask("change_password", person, old, new, but))[0]["changed"])

    async def strengthen(self, person: str, old: str, new: str) -> None:
        """The same password with today's cost."""
        await self._ask("strengthen_password", person, old, new)

    async def all(self, idle_seconds: float, life_seconds: float) -> list[ListedAccount]:
        """Every account, by person."""
        rows = await self._ask("list_accounts", idle_seconds, life_seconds)
        return [ListedAccount(**{**row, "roles": tuple(row["roles"])}) for row in rows]

    async def _one(self, query: str, key: object) -> Account | None:
        rows = await self._ask(query, key)
        return Account(**{**rows[0], "roles": tuple(rows[0]["roles"])}) if rows else None

    async def _ask(self, query: str, *arguments: object) -> list[dict[str, Any]]:
        return [dict(row) for row in await self._database.fetch(sql_files.query(query), *arguments)]
