"""Who sits at the desk, on PostgreSQL: sessions that outlive the process and can be ended from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import orjson

from domain.access import InTheNameOf
from ledger import sql_files
from ledger.connection import Database


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Seconds after which a session is over: without use, and at all."""

    idle: float
    whole: float


@dataclass(frozen=True, slots=True)
class Sitting:
    """What is kept of a session. `flashes` is JSON; `id_token` and below are None where a password was used."""

    person: str
    name: str
    roles: tuple[str, ...]
    way: str
    device: str
    flashes: Any = ()
    id_token: str | None = None
    subject: str | None = None
    provider_session: str | None = None


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A session as it is shown; its digest tells nobody the cookie."""

    digest: bytes
    person: str
    way: str
    device: str
    opened: datetime
    seen: datetime


def digest_of(secret: str) -> bytes:
    """What is kept of a cookie or a link."""
    return sha256(secret.encode()).digest()


class PostgresSessions:
    """The sessions of one database. Time is the database's own, never a simulated one."""

    def __init__(self, database: Database, lifetime: Lifetime) -> None:
        self._database, self._lifetime = database, lifetime

    async def open(self, digest: bytes, sitting: Sitting) -> bool:
        """Begin one; False where the person was shut out."""
        each = sitting
        arguments = (each.person, each.name, list(each.roles), each.way, each.device)
        from_provider = (each.id_token, each.subject, each.provider_session)
        rows = await self._ask("open_session", digest, *arguments, *from_provider, *self._seconds())
        return bool(rows[0]["opened"])

    async def use(self, digest: bytes) -> Sitting | None:
        """The session, which is thereby seen; None where it is over."""
        rows = await self._ask("use_session", digest, *self._seconds())
        if not rows:
            return None
        row = dict(rows[0])
        return Sitting(**{**row, "roles": tuple(row["roles"]), "flashes": orjson.loads(row["flashes"])})

    async def set_flashes(self, digest: bytes, flashes: Any) -> None:
        await self._ask("set_flashes", digest, orjson.dumps(flashes).decode())

    async def end(
        self,
        *,
        person: str | None = None,
        beginning: bytes | None = None,
        but: bytes | None = None,
        subject: str | None = None,
        provider_session: str | None = None,
    ) -> int:
        """End those for which all that is given holds, except `but`; returns how many that were."""
        rows = await self._ask("end_sessions", person, beginning, but, subject, provider_session)
        return int(rows[0]["ended"])

    async def put_out(self, person: str | None, beginning: bytes | None, *, by: str) -> int:
        """An operator ends those of a person, those whose digest begins so, or those of which both is true; it is noted."""
        return int((await self._ask("put_out", person, beginning, by, uuid4()))[0]["ended"])

    async def all(self, person: str | None = None) -> list[ListedSession]:
        """Those that are not over, newest first: of one person, read in their name, or of everybody."""
        asked = (sql_files.query("list_sessions"), person, *self._seconds())
        if person is None:
            rows = await self._database.fetch(*asked)
        else:
            rows = await self._database.fetch_for(InTheNameOf(person), *asked)
        return [ListedSession(**dict(row)) for row in rows]

    def _seconds(self) -> tuple[float, float]:
        return self._lifetime.idle, self._lifetime.whole

    async def _ask(self, query: str, *arguments: object) -> Sequence[Any]:
        return await self._database.fetch(sql_files.query(query), *arguments)
