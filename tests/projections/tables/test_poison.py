"""An event that a read model cannot take is put aside; everything that it does not touch goes on."""

import pytest

from projections.tables.digest import digest_of_tables
from projections.tables.health import health
from projections.tables.models.all import BY_NAME, PROJECTIONS
from projections.tables.models.tasks import TasksOfEach
from projections.tables.projector import Projector, retry

OVERDUE = "overdue-notice-issued.v1"


class Stumbles(TasksOfEach):
    """Cannot take what is recorded of one stream, nor tell the tasks of it, from one event on."""

    def __init__(self, stream, kind):
        self.stream, self.kind = stream, kind

    def tell(self, happened, case):
        if happened.subject == self.stream and happened.type == self.kind:
            raise KeyError("the rung has no name")
        return ()


@pytest.fixture
async def year(rehearsed):
    return await (await rehearsed("two-reports-missed")).read(limit=100_000)


@pytest.fixture
def poisoned(year):
    """The stream of the first thing that fell overdue."""
    return next(each.stream for each in year if each.type == OVERDUE)


def with_stumbling(kind, stream):
    return [Stumbles(stream, kind) if each.name == "tasks" else each for each in PROJECTIONS]


async def digests(owner):
    async with owner.transaction():
        return await digest_of_tables(owner)


async def test_one_read_model_stands_still_at_one_stream_and_nothing_else_does(
    year, poisoned, record, projector, owner, table
):
    await record(year)
    await Projector(page=50).catch_up(projector)
    whole, sound = {row["occurrence"]: row for row in await table("tasks")}, await digests(owner)
    for name in sound:
        await owner.execute(f"TRUNCATE forthwith_read.{name}")
    await owner.execute("UPDATE forthwith_read.positions SET position = 0")

    await Projector(with_stumbling(OVERDUE, poisoned), page=50).catch_up(projector)

    told = {each.projection: each for each in await health(projector)}
    assert [name for name, each in told.items() if not each.is_well] == ["tasks"]
    (poison,) = told["tasks"].poison
    behind = [each.index for each in year if each.stream == poisoned and each.index >= poison.index]
    assert (poison.stream, poison.fault) == (poisoned, "KeyError: 'the rung has no name'")
    assert poison.index == behind[0]
    parked = await owner.fetch("SELECT index FROM forthwith_read.parked ORDER BY index")
    assert [row["index"] for row in parked] == behind
    assert all(each.behind == 0 for each in told.values())

    after = await digests(owner)
    assert {name for name in sound if sound[name] != after[name]} == {"tasks"}
    others = {row["occurrence"]: row for row in await table("tasks")}
    assert whole.keys() == others.keys()
    assert {name for name in whole if whole[name] != others[name]} <= {poisoned.removeprefix("occ/")}

    still = await retry(projector, Stumbles(poisoned, OVERDUE))
    assert [each.index for each in still] == behind
    assert await digests(owner) == after

    assert await retry(projector, BY_NAME["tasks"]) == []
    assert await digests(owner) == sound
    assert all(each.is_well for each in await health(projector))


async def test_what_happens_to_a_notice_holds_up_all_that_is_under_it(year, record, projector, owner):
    await record(year)
    keeper = Projector(with_stumbling("ladder-set.v1", "notice/lancashire-2016"), page=50)
    await keeper.catch_up(projector)
    (poison,) = next(each.poison for each in await health(projector) if each.projection == "tasks")
    assert await owner.fetchval("SELECT count(*) FROM forthwith_read.tasks") == 0
    parked = await owner.fetchval("SELECT count(*) FROM forthwith_read.parked")
    assert parked == len(year) - poison.index + 1
    await retry(projector, BY_NAME["tasks"])
    assert await owner.fetchval("SELECT count(*) FROM forthwith_read.tasks") > 0


async def test_bytes_that_mean_nothing_are_parked_by_whoever_reads_them(year, record, projector, owner):
    """As if a later version had recorded a kind that this one does not know."""
    await record(year)
    await owner.execute("ALTER TABLE forthwith.events DISABLE TRIGGER ALL")
    await owner.execute(
        "UPDATE forthwith.events SET canonical = convert_to(replace(convert_from(canonical, 'UTF8'), "
        "'report-submitted.v1', 'report-shredded.v1'), 'UTF8') WHERE index = "
        "(SELECT min(index) FROM forthwith.events WHERE type = 'report-submitted.v1')"
    )
    await Projector(page=50).catch_up(projector)
    told = {each.projection: each for each in await health(projector)}
    assert {name for name, each in told.items() if "report-shredded.v1" in each.poison[0].fault} == set(told)
    assert all(each.behind == 0 for each in told.values())


async def test_rows_that_the_database_refuses_stop_that_read_model_alone(year, record, projector, owner):
    await owner.execute("ALTER TABLE forthwith_read.tasks ADD CHECK (task <> 'chair')")
    await record(year)
    await Projector(page=50).catch_up(projector)
    told = {each.projection: each for each in await health(projector)}
    assert [name for name, each in told.items() if each.alarm] == ["tasks"]
    assert "refused its rows" in told["tasks"].alarm
    assert [each.behind for each in told.values() if each.projection != "tasks"] == [0] * 5
    assert 0 < told["tasks"].behind < len(year)
