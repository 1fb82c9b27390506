"""The values of one flush as the append function wants them: sealed, column by column."""

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from typing import Any

from ledger import sql_files
from ledger.connection import Database
from ledger.privacy.sealing import Keyring, SubjectKey
from ledger.request import Request

PERSON, EVENT = "person/", "event/"


class People:
    """The keys of people, as far as this process knows them."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._known: dict[str, SubjectKey] = {}
        self._stored: set[str] = set()
        self._looking = asyncio.Lock()

    async def look_up(self, request: Request) -> None:
        """Know the key of everybody whom a command names, from the database or made for them."""
        for person in request.people - self._known.keys():
            async with self._looking:
                if person not in self._known:
                    self._known[person] = await self._find(person)

    def forget(self, request: Request) -> None:
        """The keys that this command used are others by now."""
        for person in request.people:
            self._known.pop(person, None)
            self._stored.discard(person)

    def stored(self, request: Request) -> None:
        """It was appended, so the keys that it used are in the database: if they are missing later, they were destroyed."""
        self._stored |= request.people

    def of(self, person: str) -> SubjectKey:
        return self._known[person]

    def is_fresh(self, person: str) -> bool:
        """Whether the key was made here and is not known to be in the database."""
        return person not in self._stored

    async def _find(self, person: str) -> SubjectKey:
        rows = await self._database.fetch(sql_files.query("subject_key"), PERSON + person)
        if not rows:
            return self._keyring.new()
        self._stored.add(person)
        return self._keyring.open(rows[0]["key"])


def value_arguments(batch: Sequence[Request], keyring: Keyring, people: People) -> list[list[Any]]:
    """Values (command, event, digest, subject, nonce, ciphertext) and keys (command, subject, key, fresh), in columns."""
    values: list[tuple[Any, ...]] = []
    keys: list[tuple[Any, ...]] = []
    for command, request in enumerate(batch, start=1):
        keys += (
            (command, PERSON + person, people.of(person).kept, people.is_fresh(person))
            for person in sorted(request.people)
        )
        for event, template in request.withholding:
            own = keyring.new()
            if any(each.person is None for each in template.withheld):
                keys.append((command, f"{EVENT}{event.id}", own.kept, True))
            for each in template.withheld:
                key = own if each.person is None else people.of(each.person)
                subject = f"{EVENT}{event.id}" if each.person is None else PERSON + each.person
                sealed = key.seal(each.content)
                digest = urlsafe_b64decode(each.digest + "=")
                values.append((command, event.id, digest, subject, sealed.nonce, sealed.ciphertext))
    return [*_columns(values, 6), *_columns(keys, 4)]


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
