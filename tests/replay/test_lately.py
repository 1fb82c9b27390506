"""The past that was looked at lately is kept: it must be the one that going through the record again would give."""

import asyncio
from dataclasses import asdict, replace
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings

from projections.casebook import Casebook
from projections.past.book import PastBook
from projections.past.lately import MOST, past_of, past_of_all
from projections.past.moments import Moments
from projections.seen_by import SeenBy
from projections.tasks import tasks_of
from tests.projections.conftest import LedgerSoFar
from tests.replay.conftest import NOTICE
from tests.replay.test_two_moments import contents, moments, scenarios

OTHER = "another-notice"
OCTOBER = Moments(datetime(2016, 10, 1, tzinfo=UTC), datetime(2016, 11, 1, tzinfo=UTC))


def under_another(row):
    """The same event under another notice."""
    said = orjson.loads(orjson.dumps(asdict(row.envelope)).replace(NOTICE.encode(), OTHER.encode()))
    kept = {name: said[name] for name in ("data", "notice", "occurrence")}
    return replace(row, stream=row.stream.replace(NOTICE, OTHER), envelope=replace(row.envelope, **kept))


@pytest.fixture
async def two_notices(lived):
    """The same life under two notices at the same time; a ledger that shows as much of it as it is told."""
    ledger, _ = await lived("two-reports-missed")
    own = await ledger.read(limit=10_000)
    both = sorted((*own, *map(under_another, own)), key=lambda row: row.recorded)
    rows = [replace(row, index=place) for place, row in enumerate(both, start=1)]
    shown = next(
        place
        for place, row in enumerate(rows)
        if row.recorded > OCTOBER.known_at and row.envelope.notice == OTHER
    )
    growing = LedgerSoFar(rows, shown)
    book = Casebook(growing)
    await book.catch_up()
    return growing, book


@settings(max_examples=6, deadline=None)
@given(scenario=scenarios, as_at=moments, known_at=moments, later=moments)
async def test_it_is_the_past_that_a_book_of_its_own_would_hold(lived, scenario, as_at, known_at, later):
    """Read up to one instant and looked at, then read on to another and looked at again."""
    ledger, _ = await lived(scenario)
    growing = LedgerSoFar(await ledger.read(limit=10_000))
    book, wanted = Casebook(growing), Moments(as_at, known_at)
    for read_until in sorted((known_at, later)):
        growing.shown = sum(each.recorded <= read_until for each in growing.events)
        await book.catch_up()
        alone = PastBook(book.ledger, book.history(NOTICE), wanted)
        assert contents(past_of(book, wanted, NOTICE)) == contents(alone)
        assert contents(await past_of_all(book, wanted)) == contents(alone)


async def test_it_is_kept_until_something_happens_under_the_notice(two_notices):
    ledger, book = two_notices
    first, everything = past_of(book, OCTOBER, NOTICE), await past_of_all(book, OCTOBER)
    assert past_of(book, OCTOBER, NOTICE) is first
    assert await past_of_all(book, OCTOBER) is everything
    ledger.shown += 1
    await book.catch_up()
    assert past_of(book, OCTOBER, NOTICE) is first
    assert await past_of_all(book, OCTOBER) is not everything


async def test_another_instant_at_which_the_same_was_known_is_the_same_past(two_notices):
    _, book = two_notices
    last = book.event(book.position).recorded
    one = past_of(book, Moments(OCTOBER.as_at, last), NOTICE)
    assert past_of(book, Moments(OCTOBER.as_at, last.replace(year=2030)), NOTICE) is one


async def test_only_so_many_are_kept(two_notices):
    _, book = two_notices
    first = past_of(book, OCTOBER, NOTICE)
    for day in range(2, MOST + 2):
        past_of(book, replace(OCTOBER, as_at=datetime(2016, 10, day, tzinfo=UTC)), NOTICE)
    assert past_of(book, OCTOBER, NOTICE) is not first


async def test_what_was_erased_since_is_in_none_of_them(two_notices):
    ledger, book = two_notices
    first, everything = past_of(book, OCTOBER, NOTICE), await past_of_all(book, OCTOBER)
    ledger.erasures += 1
    await book.catch_up()
    assert past_of(book, OCTOBER, NOTICE) is not first
    assert await past_of_all(book, OCTOBER) is not everything


async def test_others_are_answered_between_one_notice_and_the_next(two_notices):
    ledger, book = two_notices
    ledger.shown = len(ledger.events)
    await book.catch_up()
    turns = 0

    async def somebody_else():
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(somebody_else())
    found = await past_of_all(book, OCTOBER)
    other.cancel()
    assert turns >= len(found.notices()) == 2


async def test_rights_are_those_of_today_also_in_a_past_that_is_kept(two_notices):
    """The same past for two people: each finds their own tasks in it."""
    _, book = two_notices
    now = book.event(book.position).recorded
    past = await past_of_all(book, OCTOBER)
    for person in ("helen-marsh", "priya-nandra", "a-stranger", "helen-marsh"):
        seen = SeenBy(past, person, now, book)
        alone = SeenBy(PastBook(book.ledger, book.everything(), OCTOBER), person, now, book)
        assert tasks_of(seen, person, OCTOBER.as_at) == tasks_of(alone, person, OCTOBER.as_at)
