"""Signing in with a password that is kept here: for small installations."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Protocol

from desk.guesses import MINUTES, Guesses
from desk.passwords import Passwords, password_fault
from desk.sessions import Session

WRONG = "The sign-in name or the password is not right. Check both and try again"
TOO_OFTEN = f"There were too many tries. Wait {MINUTES} minutes and try again, or ask for a new link"
TOO_OFTEN_HERE = f"There were too many tries. Wait {MINUTES} minutes and try again"
OLD_WRONG = "This is not your password. Check it and try again"
NONE_HERE = "No password of yours is kept here"
THE_SAME = "Your new password must be another one than the old"
CHANGED_MEANWHILE = "Your password was changed meanwhile, from somewhere else. Nothing has been changed now"
SPENT = "This link has been used, has been replaced by another, or is too old"


class Account(Protocol):
    """Who may sign in; `password` is an argon2id digest, None while none was set."""

    @property
    def person(self) -> str: ...

    @property
    def login(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def roles(self) -> tuple[str, ...]: ...

    @property
    def password(self) -> str | None: ...

    @property
    def disabled(self) -> bool: ...


class Accounts(Protocol):
    """Where accounts are kept. A link is known there by its SHA-256 digest alone."""

    async def named(self, login: str) -> Account | None: ...

    async def of(self, person: str) -> Account | None: ...

    async def behind(self, link: bytes) -> Account | None:
        """The account whose password this link can set now."""
        ...

    async def set_password(self, link: bytes, password: str) -> str | None:
        """Use the link up; whose it was, or None."""
        ...

    async def strengthen(self, person: str, old: str, new: str) -> None: ...

    async def change_password(self, person: str, old: str, new: str, but: bytes) -> bool:
        """End every session of theirs but that with this digest; False where the old one is theirs no more."""
        ...


@dataclass(frozen=True)
class Refusal:
    """Why somebody was not let in, and the status of the page that says so."""

    status: int
    sentence: str


@dataclass(frozen=True)
class PasswordDoor:
    """Lets people in by password."""

    accounts: Accounts
    passwords: Passwords = field(default_factory=Passwords)
    guesses: Guesses = field(default_factory=Guesses)

    async def enter(self, login: str, password: str, address: str) -> Session | Refusal:
        """A session to begin, or a refusal that is the same for a wrong password and for a name nobody has.

        The work is the same too, so that the time it takes does not tell names apart.
        """
        login = login.strip().lower()
        if not await self.guesses.may_try(login, address):
            return Refusal(429, TOO_OFTEN)
        account = await self.accounts.named(login)
        digest = account.password if account and not account.disabled else None
        if not await self.passwords.matches(password, digest) or account is None or digest is None:
            return Refusal(422, WRONG)
        await self.guesses.forgive(login)
        if self.passwords.is_outdated(digest):
            await self.accounts.strengthen(account.person, digest, await self.passwords.digest(password))
        return session_of(account)

    async def invited(self, link: str) -> Account | None:
        """Whose password this link can set."""
        return await self.accounts.behind(_digest(link))

    async def set_password(self, link: str, password: str) -> Session | Refusal:
        """Use the link up and let its person in."""
        account = await self.invited(link)
        if account is None:
            return Refusal(410, SPENT)
        fault = password_fault(password, account.login, account.name)
        if fault:
            return Refusal(422, fault)
        digest = await self.passwords.digest(password)
        if await self.accounts.set_password(_digest(link), digest) is None:
            return Refusal(410, SPENT)
        await self.guesses.forgive(account.login)
        return session_of(account)

    async def change_password(
        self, person: str, old: str, new: str, session_id: str, address: str
    ) -> dict[str, Refusal]:
        """Nothing, once it is changed and every other session is over; else what is wrong, by field: `old` or `new`."""
        account = await self.accounts.of(person)
        digest = account.password if account and not account.disabled else None
        if account is None or digest is None:
            return {"old": Refusal(422, NONE_HERE)}
        if not await self.guesses.may_try(account.login, address):
            return {"old": Refusal(429, TOO_OFTEN_HERE)}
        if not await self.passwords.matches(old, digest):
            return {"old": Refusal(422, OLD_WRONG)}
        await self.guesses.forgive(account.login)
        fault = THE_SAME if new == old else password_fault(new, account.login, account.name)
        if fault:
            return {"new": Refusal(422, fault)}
        if not await self.accounts.change_password(
            person, digest, await self.passwords.digest(new), _digest(session_id)
        ):
            return {"old": Refusal(409, CHANGED_MEANWHILE)}
        return {}


def session_of(account: Account) -> Session:
    return Session(account.person, name=account.name, roles=account.roles, way="password")


def _digest(link: str) -> bytes:
    return sha256(link.encode()).digest()
