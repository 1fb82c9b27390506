"""The desk's sessions on PostgreSQL."""

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from desk.sessions import NAME_DIGITS, Flash, OpenSession, Session
from domain.record import LedgerUnreachable
from ledger.sessions import PostgresSessions, Sitting, digest_of

REMEMBERED_SECONDS = 300
REMEMBERED = 1000


class DeskSessions:
    """A `desk.sessions.SessionStore` on the database.

    While the database cannot be reached, whoever was seen in the last five minutes is taken to sit there still, so that
    their words come back to them instead of an empty error page. Nothing can be signed meanwhile.
    """

    def __init__(self, sessions: PostgresSessions, now: Callable[[], float] = time.monotonic) -> None:
        self._sessions, self._now = sessions, now
        self._seen: dict[bytes, tuple[float, Session]] = {}

    async def find(self, session_id: str) -> Session | None:
        digest = digest_of(session_id)
        try:
            found = await self._sessions.use(digest)
        except LedgerUnreachable:
            return self._as_last_seen(digest)
        self._seen.pop(digest, None)
        if found is None:
            return None
        session = _session(found)
        self._remember(digest, session)
        return session

    async def begin(self, session_id: str, session: Session) -> bool:
        sitting = Sitting(
            session.persona_id,
            session.name,
            session.roles,
            session.way,
            session.device,
            id_token=session.id_token,
            subject=session.subject,
            provider_session=session.provider_session,
        )
        return await self._sessions.open(digest_of(session_id), sitting)

    async def keep(self, session_id: str, session: Session) -> None:
        await self._sessions.set_flashes(digest_of(session_id), [asdict(each) for each in session.flashes])

    async def forget(self, session_id: str) -> None:
        self._seen.clear()
        await self._sessions.end(beginning=digest_of(session_id))

    async def listed(self, persona_id: str) -> tuple[OpenSession, ...]:
        rows = await self._sessions.all(persona_id)
        return tuple(
            OpenSession(row.digest.hex()[:NAME_DIGITS], row.device, row.opened, row.seen) for row in rows
        )

    async def end(self, persona_id: str, name: str) -> None:
        try:
            beginning = bytes.fromhex(name)
        except ValueError:
            return
        if 2 * len(beginning) == NAME_DIGITS:
            self._seen.clear()
            await self._sessions.end(person=persona_id, beginning=beginning)

    async def forget_persona(self, persona_id: str, but: str | None = None) -> None:
        self._seen.clear()
        await self._sessions.end(person=persona_id, but=digest_of(but) if but else None)

    async def end_at_provider(self, subject: str | None, provider_session: str | None) -> None:
        if subject or provider_session:
            self._seen.clear()
            await self._sessions.end(subject=subject, provider_session=provider_session)

    def _remember(self, digest: bytes, session: Session) -> None:
        self._seen[digest] = (self._now(), session)
        if len(self._seen) > REMEMBERED:
            del self._seen[next(iter(self._seen))]

    def _as_last_seen(self, digest: bytes) -> Session | None:
        """Raises LedgerUnreachable where nobody was seen: nobody may be signed out by an outage."""
        seen, session = self._seen.get(digest, (-REMEMBERED_SECONDS, None))
        if session is None or self._now() - seen >= REMEMBERED_SECONDS:
            raise LedgerUnreachable("Who sits there cannot be looked up.")
        return session


def _session(found: Sitting) -> Session:
    return Session(
        found.person,
        tuple(_flash(each) for each in found.flashes),
        found.name,
        found.roles,
        found.way,
        found.device,
        found.id_token,
    )


def _flash(kept: Mapping[str, Any]) -> Flash:
    return Flash(kept["text"], kept["kind"], tuple((index, leaf) for index, leaf in kept["receipt"]))
