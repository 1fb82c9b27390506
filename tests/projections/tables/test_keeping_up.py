"""Tables answer what the same questions answer in memory, however the events come."""

import random
from copy import deepcopy
from dataclasses import replace

import asyncpg
import pytest

from domain.events.correcting import EventCorrected
from domain.events.kinds import plan_for
from domain.events.withheld import KEPT_APART, restored
from domain.occurrence.standing import standing, was_late
from ledger.privacy.commitments import withhold
from projections.case_tasks import tasks_in
from projections.casebook import Casebook
from projections.deliveries import deliveries
from projections.tables.digest import digest_of_tables
from projections.tables.projector import Projector
from projections.tables.sql_files import query
from projections.telling import tell

MANY_SIDED = ("two-reports-missed", "wrong-date-corrected", "reminder-bounces", "varied-mid-flight")


@pytest.fixture(params=MANY_SIDED)
async def year(request, rehearsed):
    ledger = await rehearsed(request.param)
    return await ledger.read(limit=100_000)


@pytest.fixture
async def book(year, ledger_so_far):
    book = Casebook(ledger_so_far([kept_apart(event) for event in year], len(year)))
    await book.catch_up()
    return book


def kept_apart(event):
    """An event without names and free text: tables hold neither."""
    plan, data = plan_for(event.type), deepcopy(event.envelope.data)
    if plan is not None:
        data = restored(withhold(data, plan)[0], {}, plan, KEPT_APART)
    return replace(event, envelope=replace(event.envelope, data=data))


async def test_tables_say_what_the_book_says(year, book, record, projector, owner, table):
    await record(year)
    await Projector(page=97).catch_up(projector)
    cases = [case for notice in book.notices() for case in book.cases(notice.terms.id)]

    assert await told_at(owner, book, year[-1].recorded) == {
        str(case.occurrence.id): str(standing(case.occurrence, year[-1].recorded)) for case in cases
    }
    middle = year[len(year) // 2].recorded
    assert await told_at(owner, book, middle) == {
        str(case.occurrence.id): str(standing(case.occurrence, middle)) for case in cases
    }
    assert {row["occurrence"] for row in await table("standing") if row["came_late"]} == {
        str(case.occurrence.id) for case in cases if was_late(case.occurrence)
    }
    assert {(row["occurrence"], row["task"], row["is_open"]) for row in await table("tasks")} == {
        (str(case.occurrence.id), task.id, task.is_open) for case in cases for task in tasks_in(case)
    }
    assert {(r["message"], r["delivery"], r["settled_at"]) for r in await table("deliveries")} == {
        (each.id, each.delivery, each.settled_at)
        for case in cases
        for each in deliveries(case, book.history(case.occurrence.id))
    }
    assert {row["occurrence"] for row in await table("considerations")} == {
        str(case.occurrence.id) for case in cases if case.occurrence.consideration
    }
    rows = {row["index"]: row for row in await table("chronology")}
    assert list(rows) == [event.index for event in year]
    for entry in (book.event(index) for index in rows):
        corrects = entry.event.version if isinstance(entry.event, EventCorrected) else None
        assert rows[entry.index]["corrects"] == corrects
    last = book.event(year[-1].index)
    about = book.case(last.occurrence).occurrence if last.occurrence else None
    notice = book.notice(last.record.envelope.notice)
    assert rows[last.index]["sentence"] == tell(last.event, notice, about)


async def told_at(owner, book, moment):
    rows = [
        row
        for notice in book.notices()
        for row in await owner.fetch(query("standing_at"), notice.terms.id, moment)
    ]
    return {row["occurrence"]: row["standing"] for row in rows}


async def test_the_size_of_pages_and_restarts_in_between_make_no_difference(
    rehearsed, record, projector, owner
):
    year = await (await rehearsed("two-reports-missed")).read(limit=100_000)
    await record(year)
    by_chance, digests = random.Random(4), []
    for room, pages in ((200_000, (5000,)), (1, (1, 7, 41, 500)), (300, (3, 60))):
        await owner.execute("UPDATE forthwith_read.positions SET position = 0")
        for name in ("standing", "tasks", "deliveries", "chronology", "considerations", "rights", "secrecy"):
            await owner.execute(f"TRUNCATE forthwith_read.{name}")
        taken = 1
        while taken:
            keeper = Projector(page=by_chance.choice(pages), room=room)
            for _ in range(by_chance.randint(1, 9)):
                taken = await keeper.advance(projector)
        async with owner.transaction():
            digests.append(await digest_of_tables(owner))
    assert digests[0] == digests[1] == digests[2]
    assert len(set(digests[0].values())) == 7


async def test_each_event_counts_once_when_two_projectors_run(
    rehearsed, record, projector, projector_dsn, table
):
    year = await (await rehearsed("happy-year")).read(limit=100_000)
    await record(year)
    other = await asyncpg.connect(projector_dsn)
    one, two = Projector(page=10), Projector(page=13)
    for _ in range(12):
        await one.advance(projector)
        await two.advance(other)
    await one.catch_up(projector)
    await other.close()
    assert [row["index"] for row in await table("chronology")] == [event.index for event in year]


async def test_the_projector_can_change_read_models_and_nothing_else(projector):
    for statement in (
        "UPDATE forthwith.head SET size = 0",
        "INSERT INTO forthwith.streams VALUES ('notice/x', 1)",
        "SELECT * FROM forthwith.directory",
        "SELECT * FROM forthwith.outbox",
        "CREATE TABLE forthwith.mine ()",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await projector.execute(statement)


async def test_the_application_reads_the_tables_and_changes_none(app_dsn):
    connection = await asyncpg.connect(app_dsn)
    assert await connection.fetchval("SELECT count(*) FROM forthwith_read.positions") == 6
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("DELETE FROM forthwith_read.standing")
    await connection.close()


async def test_a_hole_in_the_record_is_an_alarm(rehearsed, record, projector, owner):
    year = await (await rehearsed("happy-year")).read(limit=100_000)
    await record([*year[:20], *year[21:40]])
    await Projector(page=10).catch_up(projector)
    row = await owner.fetchrow("SELECT * FROM forthwith_read.positions WHERE projection = 'tasks'")
    assert row["position"] == 20
    assert "Event 21 is missing from the record" in row["alarm"]
