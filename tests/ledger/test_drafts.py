"""Reports that are being written: each author's own, gone with the submission or after a time, and no part of the record."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from desk.drafts import MemoryDrafts
from domain.clock import LiveClock
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from ledger.directory import PostgresDirectory
from ledger.drafts import PostgresDrafts, dispose_of_drafts
from ledger.outside_links import PostgresOutsideLinks
from ledger.privacy.erasure import Eraser, Why
from ledger.privacy.reapplying import Reapplying, own_erasures
from ledger.privacy.sealing import Keyring, LockedValues
from tests.privacy.conftest import APPOINTED, NOTICE, say

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


WHY = Why("dana-price", "Asked for.", "UK GDPR, article 17(1)(a)")


async def stored(dsn, question, *values):
    owner = await asyncpg.connect(dsn)
    try:
        return await owner.fetchval(question, *values)
    finally:
        await owner.close()


async def test_nothing_that_somebody_writes_stands_in_the_database_as_it_was_typed(postgres_dsn, ledger):
    drafts = PostgresDrafts(ledger.database, Keyring(bytes(32)))
    await drafts.keep("priya", SEPTEMBER, "data", "seventy-one children", nil=False)
    row = await stored(
        postgres_dsn, "SELECT row(d.*, k.*)::text FROM forthwith.report_drafts d, forthwith.subject_keys k"
    )
    assert "priya" in row
    assert "seventy-one" not in row
    assert b"seventy-one".hex() not in row
    assert (await drafts.of("priya", SEPTEMBER))["data"].text == "seventy-one children"
    with pytest.raises(LockedValues):
        await PostgresDrafts(ledger.database).of("priya", SEPTEMBER)


async def test_words_moved_to_another_section_are_not_shown_as_if_they_had_been_written_there(
    postgres_dsn, ledger
):
    drafts = PostgresDrafts(ledger.database)
    await drafts.keep("priya", SEPTEMBER, "data", "figures", nil=False)
    await stored(postgres_dsn, "UPDATE forthwith.report_drafts SET section = 'views'")
    assert await drafts.of("priya", SEPTEMBER) == {}


async def test_what_was_kept_before_drafts_were_sealed_is_read_and_sealed_when_it_is_saved(
    postgres_dsn, ledger
):
    drafts = PostgresDrafts(ledger.database)
    await stored(
        postgres_dsn,
        "INSERT INTO forthwith.report_drafts (person, occurrence, section, text, nil) VALUES ($1, $2, $3, $4, false)",
        "priya", str(SEPTEMBER), "data", "from before",
    )  # fmt: skip
    assert (await drafts.of("priya", SEPTEMBER))["data"].text == "from before"
    await drafts.keep("priya", SEPTEMBER, "data", "from now", nil=False)
    assert (
        await stored(postgres_dsn, "SELECT count(*) FROM forthwith.report_drafts WHERE text IS NOT NULL") == 0
    )
    assert (await drafts.of("priya", SEPTEMBER))["data"].text == "from now"


async def test_erasing_a_person_reaches_what_they_were_writing_and_nobody_elses(postgres_dsn, ledger):
    drafts = PostgresDrafts(ledger.database)
    await drafts.keep("priya", SEPTEMBER, "data", "hers", nil=False)
    await drafts.keep("helen", SEPTEMBER, "data", "another's", nil=False)
    await Eraser(ledger, LiveClock()).of_person("priya", WHY)
    assert await drafts.of("priya", SEPTEMBER) == {}
    assert (
        await stored(postgres_dsn, "SELECT string_agg(person, ',') FROM forthwith.report_drafts") == "helen"
    )
    assert (
        await stored(postgres_dsn, "SELECT string_agg(subject, ',') FROM forthwith.subject_keys")
        == "person/helen"
    )
    with pytest.raises(NotFound):
        await Eraser(ledger, LiveClock()).of_person("priya", WHY)


async def test_somebody_of_whom_only_an_address_is_kept_loses_drafts_and_links_with_it(
    postgres_dsn, ledger, a_link
):
    directory, links = PostgresDirectory(ledger.database), PostgresOutsideLinks(ledger.database)
    await directory.set_address("priya", "priya@example.org", LiveClock().now())
    await links.make(a_link("priya"), bytes(32))
    await links.make(a_link("helen"), bytes(31) + b"1")
    await Eraser(ledger, LiveClock()).of_person("priya", WHY)
    assert (
        await stored(postgres_dsn, "SELECT string_agg(person, ',') FROM forthwith.outside_links") == "helen"
    )


async def test_somebody_who_writes_again_after_an_erasure_keeps_what_they_write(ledger):
    drafts = PostgresDrafts(ledger.database)
    await drafts.keep("priya", SEPTEMBER, "data", "old", nil=False)
    await Eraser(ledger, LiveClock()).of_person("priya", WHY)
    await drafts.keep("priya", SEPTEMBER, "data", "new", nil=False)
    again = Reapplying(ledger, LiveClock(), await own_erasures(ledger))
    assert await again.idle_keys(destroy=False) == 0
    assert await again.idle_keys(destroy=True) == 0
    assert (await drafts.of("priya", SEPTEMBER))["data"].text == "new"


async def test_a_name_that_is_recorded_and_a_draft_share_the_key_of_their_person(postgres_dsn, ledger):
    """Whichever came first: neither locks the other out."""
    drafts = PostgresDrafts(ledger.database)
    await drafts.keep("helen-marsh", SEPTEMBER, "data", "before", nil=False)
    await ledger.append(say(APPOINTED, NOTICE))
    await drafts.keep("helen-marsh", SEPTEMBER, "views", "after", nil=False)
    assert {each.text for each in (await drafts.of("helen-marsh", SEPTEMBER)).values()} == {"before", "after"}
    (recorded,) = await ledger.read()
    assert recorded.envelope.data["name"] == "Helen Marsh"


async def test_retention_disposes_of_old_drafts_and_of_those_under_a_notice_that_has_ended(
    postgres_dsn, ledger
):
    drafts = PostgresDrafts(ledger.database)
    ended = OccurrenceId("ended", "monthly-report", "2016-09")
    for occurrence, section in ((SEPTEMBER, "old"), (SEPTEMBER, "new"), (ended, "data")):
        await drafts.keep("priya", occurrence, section, "words", nil=False)
    await stored(
        postgres_dsn,
        "UPDATE forthwith.report_drafts SET changed_at = now() - interval '61 days' WHERE section = 'old'",
    )
    assert await dispose_of_drafts(ledger.database, ["ended"], only_count=True) == 2
    assert await dispose_of_drafts(ledger.database, ["ended"], only_count=False) == 2
    assert await dispose_of_drafts(ledger.database, ["ended"], only_count=False) == 0
    assert set(await drafts.of("priya", SEPTEMBER)) == {"new"}
