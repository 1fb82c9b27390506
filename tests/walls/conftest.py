"""Two notices in one record on PostgreSQL with their read models, and people who have logins of their own to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import asyncpg
import pytest

from domain.record import Recorded
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS
from ledger.instance import set_instance
from ledger.migrations import migrate
from ledger.privileges import provision
from ledger.readers import bind_reader
from projections.casebook import Casebook
from projections.tables.projector import Projector
from tests.conftest import PASSWORD
from tests.lives import NOTICES, life
from tests.projections.conftest import LedgerSoFar
from tests.projections.tables.conftest import show_record

MINE, FOREIGN = "lancashire-2016", "care-quality-warning"
AUDITOR = "grace-adeyemi"
RECEIPTS = """
    INSERT INTO forthwith.receipts (command_id, digest, first_index, last_index, recorded)
    SELECT command_id, sha256('words'), min(index), max(index), min(recorded) FROM forthwith.events GROUP BY command_id
"""
# The eight people of `features.md`, by who they are in the notice of 2016; the auditor and the operator hold no role.
EIGHT = {
    "council officer": "priya-nandra",
    "director": "helen-marsh",
    "chair": "margaret-oduya",
    "case lead": "imogen-hartley",
    "adviser": "ruth-pemberton",
    "minister's office": "fiona-laidlaw",
    "auditor": AUDITOR,
    "operator": "owen-castell",
}


@dataclass(frozen=True)
class Walled:
    """`owner` is the way in past every wall, `book` what the record says, `now` when it was recorded last."""

    owner: str
    book: Casebook
    now: datetime
    login: Callable[..., Awaitable[asyncpg.Connection]]


@pytest.fixture(scope="session")
async def both() -> list[Recorded]:
    """What was recorded of either notice, in the order of time."""
    other = await rehearse(read_notice(NOTICES / "care-quality-warning.yaml"), NOBODY_ACTS, "pure")
    lives = [
        await book.ledger.read(limit=100_000) for book in ((await life("adviser-concern")).book, other.book)
    ]
    events = sorted((event for each in lives for event in each), key=lambda event: event.recorded)
    return [replace(event, index=place) for place, event in enumerate(events, start=1)]


@pytest.fixture(scope="session")
async def walled(postgres: EmbeddedPostgres, both: Sequence[Recorded]) -> AsyncIterator[Walled]:
    dsn = await postgres.create_database("walled")
    await migrate(dsn)
    await provision(dsn, PASSWORD, projector_password=PASSWORD)
    await set_instance(dsn, "simulated")
    owner = await asyncpg.connect(dsn)
    await show_record(owner, both)
    await owner.execute(RECEIPTS)
    await Projector().catch_up(owner)
    await owner.close()
    book = Casebook(LedgerSoFar(both, len(both)))
    await book.catch_up()
    opened: dict[str, asyncpg.Connection] = {}

    async def login(person: str, *, everything: bool = False) -> asyncpg.Connection:
        name = f"walls_{person.replace('-', '_')}"
        if name not in opened:
            way_in = await bind_reader(dsn, name, PASSWORD, person, everything=everything)
            opened[name] = await asyncpg.connect(way_in)
        return opened[name]

    yield Walled(dsn, book, both[-1].recorded, login)
    for connection in opened.values():
        await connection.close()
    await postgres.drop_database("walled")
