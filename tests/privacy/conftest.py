"""States of the world: a ledger, empty or with a report and an appointment in it, on PostgreSQL and in memory."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.actor import Actor
from domain.events.instrument import PersonAppointed
from domain.events.kinds import kind_of, to_data
from domain.events.owing import ReportSubmitted, SectionAnswered
from domain.record import Append, Envelope, StreamWrite
from domain.terms.parties import Appointment
from ledger.memory import MemoryLedger
from ledger.postgres import PostgresLedger
from ledger.privacy.sealing import Keyring

NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)
NOTICES = Path(__file__).parents[2] / "notices"
REPORT = "occ/lancashire-2016/monthly-report/2016-06"
NOTICE = "notice/lancashire-2016"
SUBMITTED = ReportSubmitted(
    1, (SectionAnswered("6c", "Two visits to the Ribble team."), SectionAnswered("6d", "Nothing is slow.")), (), "helen-marsh",
    "reporting-officer", NOON,
)  # fmt: skip
APPOINTED = PersonAppointed(
    Appointment(role="reporting-officer", person="helen-marsh", since=date(2016, 6, 1)), "Helen Marsh", NOON
)

Say = Callable[..., Append]


@pytest.fixture
async def ledger(app_dsn: str) -> AsyncIterator[PostgresLedger]:
    async with PostgresLedger(app_dsn) as ledger:
        yield ledger


@pytest.fixture
async def locked_ledger(app_dsn: str) -> AsyncIterator[PostgresLedger]:
    async with PostgresLedger(app_dsn, keyring=Keyring(bytes(32))) as ledger:
        yield ledger


@pytest.fixture(params=["memory", "postgresql"])
def either(request: pytest.FixtureRequest) -> PostgresLedger | MemoryLedger:
    if request.param == "memory":
        return MemoryLedger()
    found: PostgresLedger = request.getfixturevalue("ledger")
    return found


@pytest.fixture
async def superuser(postgres_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgres_dsn)
    yield connection
    await connection.close()


def envelope(event: Any, by: str = "helen-marsh", **changed: Any) -> Envelope:
    return replace(
        Envelope(uuid4(), kind_of(event).topic, NOON, Actor("person", by), to_data(event), "lancashire-2016"),
        **changed,
    )


def say(
    event: Any, stream: str = REPORT, expected: int = 0, command: UUID | None = None, **changed: Any
) -> Append:
    """A command that records one event."""
    return Append(command or uuid4(), (StreamWrite(stream, expected, (envelope(event, **changed),)),))
