"""Erasing personal values: the rows go, the keys are destroyed, and an event says so, all in one transaction.

The log stays as it was hashed. What was erased reads ``[erased]`` from then on, and every digest that was erased stands in
a ``personal-data-erased.v1`` with the reason and the authority; a value that is missing without one is a finding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import asyncpg

from domain.actor import Actor
from domain.clock import Clock
from domain.events.of_the_record import ERASURES, PERSONAL_DATA_ERASED, RETENTION
from domain.record import Append, Conflict, Envelope, Receipt, StreamWrite
from domain.refusals import NotFound
from domain.values import tidy, write_instant
from ledger import flush, sql_files
from ledger.memory import MemoryLedger
from ledger.postgres import PostgresLedger
from ledger.privacy.batch import PERSON
from ledger.privacy.kept import KeptValue, kept_values
from ledger.privacy.retention import Retention, retention_of
from ledger.request import prepare

_ATTEMPTS = 8
_IN_ONE_EVENT = 1000


class ErasureRefused(Exception):
    """Nothing was erased; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Why:
    """Who erases, on what ground. The reason stands in the record for ever, so it names nobody."""

    by: str
    reason: str
    authority: str


class Eraser:
    """Erases in one record, on PostgreSQL or in memory; the latter knows no addresses."""

    def __init__(self, ledger: PostgresLedger | MemoryLedger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock

    async def of_event(self, index: int, why: Why) -> tuple[Receipt, ...]:
        """Everything that an event withholds; raises NotFound where nothing of it is kept."""
        return await self._erase(lambda: kept_values(self._ledger, index=index), None, why, f"event {index}")

    async def of_person(self, person: str, why: Why) -> tuple[Receipt, ...]:
        """Their name wherever it stands, their address, what they have begun to write, and the key; texts that they sent
        stay. Raises NotFound."""
        subject = PERSON + person
        return await self._erase(
            lambda: kept_values(self._ledger, subject=subject), person, why, f"“{person}”"
        )

    async def of_values(self, values: Sequence[KeptValue], why: Why) -> tuple[Receipt, ...]:
        """These values; what of them is gone by now is left out."""

        async def there() -> Sequence[KeptValue]:
            wanted = {(each.index, each.digest) for each in values}
            held = [
                await kept_values(self._ledger, index=index)
                for index in sorted({each.index for each in values})
            ]
            return [each for some in held for each in some if (each.index, each.digest) in wanted]

        return await self._erase(there, None, why, "these events")

    async def _erase(self, find: Any, person: str | None, why: Why, what: str) -> tuple[Receipt, ...]:
        for attempt in range(_ATTEMPTS):
            retention = await retention_of(self._ledger)
            # Before the values are looked for: whoever erases in between makes the version a conflict.
            version = (await self._ledger.streams(ERASURES)).get(ERASURES, 0)
            values = await find()
            if not values and not (person and await self._is_kept_beside(person)):
                raise NotFound(f"Nothing is kept of {what} that could be erased.")
            _refuse_if_held(values, retention)
            try:
                return await self._in_parts(values, person, why, (version, retention.version))
            except (Conflict, asyncpg.SerializationError):
                if attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    async def _in_parts(
        self, values: Sequence[KeptValue], person: str | None, why: Why, expected: tuple[int, int]
    ) -> tuple[Receipt, ...]:
        """`expected`: the versions of the erasures and of what is to be kept."""
        version, retention = expected
        starts = range(0, max(len(values), 1), _IN_ONE_EVENT)
        parts = [values[start : start + _IN_ONE_EVENT] for start in starts]
        receipts = []
        for number, part in enumerate(parts):
            now = self._clock.now()
            act = Append(
                uuid4(),
                (StreamWrite(ERASURES, version + number, (_event(part, person, why, now),)),),
                guards=((RETENTION, retention),),
                told=now if self._clock.simulated else None,
            )
            whole = person if part is parts[-1] else None
            receipts.append(await self._send(act, part, whole))
        return tuple(receipts)

    async def _send(self, act: Append, part: Sequence[KeptValue], whole: str | None) -> Receipt:
        if isinstance(self._ledger, MemoryLedger):
            return await self._ledger.erase(act, [(each.index, each.digest) for each in part])
        return await self._in_database(self._ledger, act, part, whole)

    async def _in_database(
        self, ledger: PostgresLedger, act: Append, part: Sequence[KeptValue], whole: str | None
    ) -> Receipt:
        request = prepare(act)
        rows = await ledger.database.fetch(
            sql_files.query("erase"),
            *flush.arguments([request]),
            [each.index for each in part],
            [each.stored_digest for each in part],
            [] if whole is None else [PERSON + whole],
        )
        (outcome,) = flush.outcomes([request], rows)
        if isinstance(outcome, Exception):
            raise outcome
        ledger.database.wakeups.erased()
        return outcome

    async def _is_kept_beside(self, person: str) -> bool:
        """Whether there is an address of theirs, or something that they have begun to write."""
        if isinstance(self._ledger, MemoryLedger):
            return False
        if await self._ledger.database.fetch(sql_files.query("address_of"), person):
            return True
        (row,) = await self._ledger.database.fetch(sql_files.query("count_drafts"), person)
        return bool(row["found"])


def _event(values: Sequence[KeptValue], person: str | None, why: Why, now: datetime) -> Envelope:
    data = {
        "digests": sorted(each.digest for each in values),
        "events": sorted({each.index for each in values}),
        "person": person,
        "reason": tidy(why.reason),
        "authority": tidy(why.authority),
        "erased_by": why.by,
        "erased_at": write_instant(now),
    }
    return Envelope(
        uuid4(), PERSONAL_DATA_ERASED, now, Actor("person", why.by), data, authority=tidy(why.authority)
    )


def _refuse_if_held(values: Sequence[KeptValue], retention: Retention) -> None:
    for notice in sorted({each.notice for each in values if each.notice}):
        if notice in retention.holds:
            raise ErasureRefused(
                f"Nothing of “{notice}” may be erased while it is held: {retention.holds[notice]} "
                "Lift the hold first with `forthwith privacy release`."
            )
