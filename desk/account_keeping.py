"""What the operator's page of accounts asks of whoever keeps them; the front door answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class KeptAccount:
    """Somebody who may sign in with a password, or was shut out. `standing` is in words; `sessions` how many are open."""

    person: str
    login: str
    name: str
    roles: tuple[str, ...]
    standing: str
    disabled: bool
    sessions: int


@dataclass(frozen=True)
class KeptSession:
    """A session that is not over. `name` tells sessions apart and opens none; times are real ones, in UTC."""

    name: str
    person: str
    way: str
    device: str
    since: datetime
    seen: datetime


@dataclass(frozen=True)
class PasswordLink:
    """What is handed to a person, once: with it they set their password, until `until` (UTC)."""

    address: str
    login: str
    until: datetime


class AccountKeeping(Protocol):
    """Accounts and sessions of real people. `secret` makes the link of a request, the same however often that is sent.

    Nothing is done without a line in the access log: `by` is who does it.
    """

    async def accounts(self) -> Sequence[KeptAccount]:
        """By person."""
        ...

    async def sessions(self, person: str | None = None) -> Sequence[KeptSession]:
        """Of one person, or of everybody; newest first."""
        ...

    async def add(
        self, person: str, login: str, name: str, roles: Sequence[str], secret: str, *, by: str
    ) -> PasswordLink | None:
        """None where the person or the login is taken."""
        ...

    async def renew(self, person: str, secret: str, *, by: str) -> PasswordLink | None:
        """A link in the place of the password; their sessions end. None where there is no such account."""
        ...

    async def shut_out(self, person: str, *, by: str) -> int:
        """Whichever way they sign in; how many sessions that ended."""
        ...

    async def end(self, person: str, session: str | None = None, *, by: str) -> int:
        """One session by its name, or all of them; how many were ended."""
        ...
