"""Passwords: which may be used, and how they are kept.

The rules follow the National Cyber Security Centre: length, and a list of what everybody tries first; nobody is asked for
capitals, digits or signs, and no password grows old. They are kept as argon2id digests with the second recommended
option of RFC 9106 (64 MiB, three passes).
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Protocol

SHORTEST, LONGEST = 12, 256
AT_A_TIME = 2
"""Each check takes 64 MiB: a crowd that guesses must wait in line instead of filling the memory."""


class Hasher(Protocol):
    """What we use of `argon2.PasswordHasher`."""

    def hash(self, password: str) -> str: ...

    def verify(self, hash: str, password: str) -> bool: ...

    def check_needs_rehash(self, hash: str) -> bool: ...


class Passwords:
    """Makes and checks digests, away from the loop and a few at a time."""

    def __init__(self, hasher: Callable[[], Hasher] | None = None) -> None:
        self._hasher = cache(hasher or _argon2id)
        self._turn = asyncio.Semaphore(AT_A_TIME)
        self._nobodys: str | None = None

    async def digest(self, password: str) -> str:
        async with self._turn:
            return await asyncio.to_thread(self._hasher().hash, _normal(password))

    async def matches(self, password: str, digest: str | None) -> bool:
        """Whether it is the password; without a digest the work is done all the same, and the answer is no."""
        if self._nobodys is None:
            self._nobodys = await self.digest("nobody's")
        async with self._turn:
            found = await asyncio.to_thread(self._verified, digest or self._nobodys, _normal(password))
        return found and digest is not None

    def is_outdated(self, digest: str) -> bool:
        """Whether it was made at another cost than today's."""
        return self._hasher().check_needs_rehash(digest)

    def _verified(self, digest: str, password: str) -> bool:
        from argon2.exceptions import VerificationError

        if len(password) > LONGEST:
            password = ""
        try:
            return self._hasher().verify(digest, password)
        except VerificationError:
            return False


def password_fault(password: str, login: str, name: str) -> str | None:
    """Why this may not be the password of this person, or None."""
    if len(password) < SHORTEST:
        return f"Your password must be {SHORTEST} characters or more; three random words do well"
    if len(password) > LONGEST:
        return f"Your password must be {LONGEST} characters or fewer"
    plain = _normal(password).casefold()
    if plain in _denied() or _stem(plain) in _denied() or _is_pattern(plain):
        return "This password is one of those that are tried first. Choose another"
    if _is_about(plain, (login, *re.findall(r"\w+", name), "forthwith")):
        return "Your password must not be made of your name or the name of this service"
    return None


def _argon2id() -> Hasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _denied() -> frozenset[str]:
    text = (files("desk") / "denied" / "passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def _normal(password: str) -> str:
    """The same for every keyboard: what looks the same is the same."""
    return unicodedata.normalize("NFKC", password)


def _stem(plain: str) -> str:
    """Without the digits and signs that people put at either end."""
    return re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)


def _is_pattern(plain: str) -> bool:
    """One piece said again and again, or characters that follow each other, as in `abcdefghijkl`."""
    steps = {(ord(after) - ord(before)) % 10 for before, after in pairwise(plain)}
    return plain in (plain + plain)[1:-1] or (len(steps) == 1 and steps <= {0, 1, 9})


def _is_about(plain: str, words: tuple[str, ...]) -> bool:
    """Whether little is left of it without these words."""
    left = plain
    for word in words:
        if len(word) >= 4:
            left = left.replace(word.casefold(), "")
    return left != plain and len(left) < 8
