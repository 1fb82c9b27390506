"""Erasures that have to be done again: after an older backup was restored, what they erased is back.

Which they were is told by the record itself, or by a bag that was made of the newer record. A value is known by its digest, which
no other value has; so it does not matter what was recorded since the backup, there or here.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from domain.clock import Clock
from domain.events.of_the_record import ERASURES, PERSONAL_DATA_ERASED
from domain.record import Receipt
from ledger import sql_files
from ledger.postgres import PostgresLedger
from ledger.privacy.batch import PERSON
from ledger.privacy.erasure import Eraser, Why
from ledger.privacy.kept import KeptValue, kept_values
from ledger.verify.bag import Bag

_EVENTS = "data/events.jsonl"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an event says that it erased. `index`: of that event, in the record or in the bag; `person`: of whom everything."""

    index: int
    digests: frozenset[str]
    person: str | None
    reason: str
    authority: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Back:
    """What is there although it was erased. `address`: so is the address of the person whom the erasure names.

    `new`: more was recorded of that person since, or another address; it stays, and so does their key.
    """

    erasure: Erasure
    values: tuple[KeptValue, ...]
    address: bool
    new: bool

    def __bool__(self) -> bool:
        return bool(self.values) or self.address


async def own_erasures(ledger: PostgresLedger) -> list[Erasure]:
    """Those that the record itself tells."""
    return [_erasure(each.index, each.envelope.data) for each in await ledger.read_stream(ERASURES)]


def erasures_in(bag: Path) -> list[Erasure]:
    """Those that a bag tells, which has been verified before. Raises NoBag."""
    with Bag(bag) as opened:
        return list(_told(opened))


class Reapplying:
    """Erases again in one record what `erasures` name."""

    def __init__(self, ledger: PostgresLedger, clock: Clock, erasures: Iterable[Erasure]) -> None:
        self._ledger = ledger
        self._eraser = Eraser(ledger, clock)
        # The record and a bag of it tell the same erasure, up to where they part.
        self._erasures = list({(each.digests, each.person, each.at): each for each in erasures}.values())
        self._digests = frozenset[str]().union(*(each.digests for each in self._erasures))

    async def back(self) -> list[Back]:
        """What is back of each; a value that several name is told once."""
        found: list[Back] = []
        places, told = await self._places(self._digests), set[str]()
        for erasure in self._erasures:
            here = {digest: places[digest] for digest in (erasure.digests & places.keys()) - told}
            told.update(here)
            back = await self._look(erasure, here)
            found += [back] if back else []
        return found

    async def erase(self, back: Back, by: str) -> tuple[Receipt, ...]:
        """Erase it again, and record that, with the reason and the authority of then; () where it has gone by now.

        Raises ErasureRefused.
        """
        of = back.erasure
        why = Why(by, f"Erased again, because an older copy had brought it back: {of.reason}", of.authority)
        there = await self._look(of, await self._places(of.digests))
        if there and of.person is not None and not there.new:
            return await self._eraser.of_person(of.person, why)
        return await self._eraser.of_values(there.values, why) if there.values else ()

    async def idle_keys(self, *, destroy: bool) -> int:
        """How many keys are there that seal nothing, of events and of people who were erased; they go, if it is said."""
        people = sorted({PERSON + each.person for each in self._erasures if each.person})
        query = sql_files.query("destroy_idle_keys" if destroy else "idle_keys")
        rows = await self._ledger.database.fetch(query, people)
        return int(rows[0][0])

    async def _places(self, digests: frozenset[str]) -> dict[str, int]:
        """Beside which event each of these is kept that is kept at all."""
        stored = [urlsafe_b64decode(each + "=") for each in sorted(digests)]
        rows = await self._ledger.database.fetch(sql_files.query("values_named"), stored)
        return {urlsafe_b64encode(row["digest"]).rstrip(b"=").decode(): row["index"] for row in rows}

    async def _look(self, erasure: Erasure, places: dict[str, int]) -> Back:
        values = [
            each
            for index in sorted(set(places.values()))
            for each in await kept_values(self._ledger, index=index)
            if places.get(each.digest) == index
        ]
        if erasure.person is None:
            return Back(erasure, tuple(values), address=False, new=False)
        rows = await self._ledger.database.fetch(sql_files.query("address_changed"), erasure.person)
        # An address that was set since is another one.
        old = [row["changed_at"] <= erasure.at for row in rows]
        theirs = await kept_values(self._ledger, subject=PERSON + erasure.person)
        more = {each.digest for each in theirs} - self._digests
        return Back(erasure, tuple(values), any(old), bool(more) or not all(old))


def _told(bag: Bag) -> Iterator[Erasure]:
    # In canonical bytes the type of an event stands last.
    ending = f',"type":"{PERSONAL_DATA_ERASED}"}}'.encode()
    for index, line in enumerate(bag.lines(_EVENTS), start=1):
        if line.endswith(ending):
            yield _erasure(index, orjson.loads(line)["data"])


def _erasure(index: int, data: dict[str, Any]) -> Erasure:
    return Erasure(
        index,
        frozenset(data["digests"]),
        data.get("person"),
        data["reason"],
        data["authority"],
        datetime.fromisoformat(data["erased_at"]),
    )
