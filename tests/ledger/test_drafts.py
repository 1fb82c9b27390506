"""Reports that are being written: each author's own, gone with the submission or after a time, and no part of the record."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from desk.drafts import MemoryDrafts
from domain.identity import OccurrenceId
from ledger.drafts import PostgresDrafts

SEPTEMBER, OCTOBER = (OccurrenceId("n", "monthly-report", period) for period in ("2016-09", "2016-10"))


@pytest.fixture(params=["memory", "postgresql"])
def drafts(request):
    if request.param == "memory":
        return MemoryDrafts()
    return PostgresDrafts(request.getfixturevalue("ledger").database)


async def test_each_author_has_their_own_and_a_section_is_written_over(drafts):
    await drafts.keep("priya", SEPTEMBER, "data", "first", nil=False)
    await drafts.keep("priya", SEPTEMBER, "data", "second\x00", nil=False)
    await drafts.keep("priya", SEPTEMBER, "views", "", nil=True)
    await drafts.keep("helen", SEPTEMBER, "data", "hers", nil=False)
    await drafts.keep("priya", OCTOBER, "data", "later", nil=False)
    found = await drafts.of("priya", SEPTEMBER)
    assert {name: (each.text, each.nil) for name, each in found.items()} == {
        "data": ("second", False),
        "views": ("", True),
    }
    await drafts.discard("priya", SEPTEMBER)
    assert await drafts.of("priya", SEPTEMBER) == {}
    assert set(await drafts.of("helen", SEPTEMBER)) == set(await drafts.of("priya", OCTOBER)) == {"data"}


async def test_what_nobody_touches_is_forgotten_whoever_asks(postgres_dsn, ledger):
    drafts = PostgresDrafts(ledger.database, kept_days=60)
    await drafts.keep("priya", SEPTEMBER, "data", "old", nil=False)
    await drafts.keep("priya", SEPTEMBER, "views", "new", nil=False)
    owner = await asyncpg.connect(postgres_dsn)
    await owner.execute(
        "UPDATE forthwith.report_drafts SET changed_at = now() - interval '61 days' WHERE section = 'data'"
    )
    assert await drafts.of("helen", OCTOBER) == {}
    assert await owner.fetchval("SELECT string_agg(section, ',') FROM forthwith.report_drafts") == "views"
    await owner.close()


async def test_in_memory_it_is_forgotten_as_well():
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    times = iter((begin, begin + timedelta(days=61)))
    drafts = MemoryDrafts(now=times.__next__, kept_days=60)
    await drafts.keep("priya", SEPTEMBER, "data", "old", nil=False)
    assert await drafts.of("priya", SEPTEMBER) == {}


async def test_the_application_cannot_look_over_all_of_them(app_dsn):
    login = await asyncpg.connect(app_dsn)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await login.fetch("SELECT * FROM forthwith.report_drafts")
    await login.close()
