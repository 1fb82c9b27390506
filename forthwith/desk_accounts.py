"""The desk's accounts and sessions, as the operator keeps them: the same as `forthwith users` does."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desk.account_keeping import KeptAccount, KeptSession, PasswordLink
from desk.sessions import NAME_DIGITS
from forthwith.account_words import standing_of
from ledger.accounts import PostgresAccounts
from ledger.connection import Database
from ledger.sessions import Lifetime, PostgresSessions, digest_of

LINK_HOURS = 72


class DeskAccounts:
    """A `desk.account_keeping.AccountKeeping` on the database. `desk_url` is where links lead."""

    def __init__(self, database: Database, lifetime: Lifetime, desk_url: str) -> None:
        self._accounts, self._sessions = PostgresAccounts(database), PostgresSessions(database, lifetime)
        self._lifetime, self._desk_url = lifetime, desk_url.rstrip("/")

    async def accounts(self) -> Sequence[KeptAccount]:
        return [
            KeptAccount(
                each.person,
                each.login,
                each.name,
                each.roles,
                standing_of(each),
                each.disabled,
                each.sessions,
            )
            for each in await self._accounts.all(self._lifetime.idle, self._lifetime.whole)
        ]

    async def sessions(self, person: str | None = None) -> Sequence[KeptSession]:
        return [
            KeptSession(
                each.digest.hex()[:NAME_DIGITS], each.person, each.way, each.device, each.opened, each.seen
            )
            for each in await self._sessions.all(person)
        ]

    async def add(
        self, person: str, login: str, name: str, roles: Sequence[str], secret: str, *, by: str
    ) -> PasswordLink | None:
        seconds = LINK_HOURS * 3600.0
        if not await self._accounts.add(person, login, name, roles, digest_of(secret), seconds, by=by):
            return None
        return self._link(login.lower(), secret)

    async def renew(self, person: str, secret: str, *, by: str) -> PasswordLink | None:
        if not await self._accounts.reset(person, digest_of(secret), LINK_HOURS * 3600.0, by=by):
            return None
        account = await self._accounts.of(person)
        return self._link(account.login, secret) if account else None

    async def shut_out(self, person: str, *, by: str) -> int:
        return await self._accounts.disable(person, by=by)

    async def end(self, person: str, session: str | None = None, *, by: str) -> int:
        if session is None:
            return await self._sessions.put_out(person, None, by=by)
        try:
            beginning = bytes.fromhex(session)
        except ValueError:
            return 0
        if 2 * len(beginning) != NAME_DIGITS:
            return 0
        return await self._sessions.put_out(person, beginning, by=by)

    def _link(self, login: str, secret: str) -> PasswordLink:
        until = datetime.now(UTC) + timedelta(hours=LINK_HOURS)
        return PasswordLink(f"{self._desk_url}/sign-in/link/{secret}", login, until)
