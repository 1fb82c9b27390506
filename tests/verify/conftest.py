"""States of the world: a sound record of twelve events on PostgreSQL, restored for each test that tampers with it."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import asyncpg
import pytest

from domain.actor import ENGINE, Actor
from domain.clock import SteppedClock
from domain.record import Append, Envelope, Receipt, StreamWrite
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.script import start_of
from forthwith.rehearsal.stage import RehearsedMail, issue_on_stage
from ledger.instance import set_instance
from ledger.memory import MemoryLedger, MemoryOutbox
from ledger.migrations import migrate
from ledger.office import Office
from ledger.postgres import PostgresLedger
from ledger.privileges import provision, with_login
from tests.lives import the_notice
from tests.rehearsal.conftest import scenario_named

PASSWORD = "an application's password"
RECORD = "a_sound_record"
TABLES = ("events", "receipts", "streams", "head", "checkpoints")
NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)
NOTICE, FIRST, SECOND = (
    "notice/lancashire-2016",
    "occ/lancashire-2016/report/1",
    "occ/lancashire-2016/report/2",
)
COMMANDS = (
    ((NOTICE, 0, 2),),
    ((FIRST, 0, 1),),
    ((SECOND, 0, 1),),
    ((FIRST, 1, 1), (SECOND, 1, 1)),
    ((NOTICE, 2, 1),),
    ((FIRST, 2, 3),),
    ((SECOND, 2, 1),),
    ((NOTICE, 3, 1),),
)


def an_event(stream: str, number: int) -> Envelope:
    return Envelope(
        uuid4(),
        "report-submitted.v1",
        NOON,
        ENGINE if number % 2 else Actor("person", "helen-marsh"),
        {
            "text": f"Überblick {number}",
            "sections": [{"id": "6c", "nil": False, "count": number}],
            "none": None,
        },
        notice="lancashire-2016",
        occurrence=None if stream == NOTICE else stream.removeprefix("occ/"),
        rung="reminder" if number % 3 else None,
        reason="as asked" if number % 2 else None,
    )


def act_on(*claims: tuple[str, int, int]) -> Append:
    writes = (
        StreamWrite(stream, expected, tuple(an_event(stream, expected + each) for each in range(count)))
        for stream, expected, count in claims
    )
    return Append(uuid4(), tuple(writes))


@pytest.fixture(scope="session")
def an_act() -> Callable[..., Append]:
    """One command, from claims of a stream, its version, and how many events it gets."""
    return act_on


@pytest.fixture(scope="session")
async def sound_record(postgres: EmbeddedPostgres) -> str:
    """The name of a database with twelve events in eight commands and three streams."""
    dsn = await postgres.create_database(RECORD)
    await migrate(dsn)
    async with PostgresLedger(await provision(dsn, PASSWORD), connections=1) as ledger:
        for claims in COMMANDS:
            await ledger.append(act_on(*claims))
    return RECORD


@pytest.fixture(scope="session")
async def tamperable(postgres: EmbeddedPostgres, sound_record: str) -> AsyncIterator[SimpleNamespace]:
    """The record with its triggers off and a copy of every table: `dsn` of the application, and the `superuser`."""
    superuser = await asyncpg.connect(f"{postgres.superuser_dsn.rpartition('/')[0]}/{sound_record}")
    await superuser.execute("CREATE SCHEMA kept")
    for table in TABLES:
        await superuser.execute(f"ALTER TABLE forthwith.{table} DISABLE TRIGGER ALL")
        await superuser.execute(f"CREATE TABLE kept.{table} AS TABLE forthwith.{table}")
    owner = postgres.dsn.replace("/forthwith?", f"/{sound_record}?")
    yield SimpleNamespace(dsn=with_login(owner, "forthwith_app", PASSWORD), superuser=superuser)
    await superuser.close()


@pytest.fixture
async def record(tamperable: SimpleNamespace) -> SimpleNamespace:
    """The sound record, as it was before the test before."""
    for table in TABLES:
        await tamperable.superuser.execute(f"DELETE FROM forthwith.{table}")
        await tamperable.superuser.execute(f"INSERT INTO forthwith.{table} TABLE kept.{table}")
    return tamperable


class RememberedActs(MemoryLedger):
    def __init__(self) -> None:
        super().__init__(simulated=True)
        self.acts: list[Append] = []

    async def append(self, act: Append) -> Receipt:
        self.acts.append(act)
        return await super().append(act)


@pytest.fixture(scope="session")
async def acts() -> list[Append]:
    """Everything that is recorded in the scenario, act by act."""
    terms = the_notice()
    clock, ledger = SteppedClock(start_of(terms.notice.issued, terms.notice.zone)), RememberedActs()
    office, outbox = Office(ledger, clock), MemoryOutbox(ledger)
    scenario = scenario_named("newest-events-deleted")
    until = start_of(terms.notice.issued.replace(month=6, day=15), terms.notice.zone)
    mail = RehearsedMail(office, outbox)
    stage = await issue_on_stage(terms, scenario, office, outbox, clock, mail.deliver)
    await PureEngine(stage, lambda _: None, until=until).run()
    assert stage.refused == []
    return ledger.acts


@pytest.fixture
async def receipts(acts: list[Append], postgres_dsn: str, app_dsn: str) -> list[Receipt]:
    """The same year on a real database, with the receipt that everybody was given."""
    await set_instance(postgres_dsn, "simulated")
    async with PostgresLedger(app_dsn, connections=1) as ledger:
        return [await ledger.append(act) for act in acts]
