"""What lies before somebody is worked out once until something happens; that must never show."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from projections import inbox as inboxes
from projections.casebook import Casebook
from projections.inbox import inbox, inbox_in_turns, work_out_beforehand
from projections.portfolio import portfolio
from projections.seen_by import SeenBy
from projections.tasks import tasks_of
from tests.projections.conftest import LedgerSoFar

NOTICE = "lancashire-2016"
PEOPLE = ("helen-marsh", "imogen-hartley", "ruth-pemberton")
HALF_A_DAY = timedelta(hours=12)


def seen(book, person, now):
    return SeenBy(book, person, now)


def whole(book, _person, _now):
    return book


async def a_growing_book(rehearsed, scenario):
    """A book over a ledger that is shown piece by piece, and a way to have it read up to an instant."""
    ledger = LedgerSoFar(await (await rehearsed(scenario)).read(limit=10_000))
    book = Casebook(ledger)

    async def live_until(now):
        ledger.shown = sum(each.recorded <= now for each in ledger.events)
        await book.catch_up()

    return book, live_until


@pytest.mark.parametrize(
    ("scenario", "view"),
    [("adviser-concern", seen), ("delegate-approves-own", seen), ("wrong-date-corrected", whole)],
)
async def test_what_is_kept_is_what_somebody_who_reads_it_anew_would_find(rehearsed, scenario, view):
    book, live_until = await a_growing_book(rehearsed, scenario)
    now, end = datetime(2016, 8, 10, 20, tzinfo=UTC), datetime(2016, 11, 20, tzinfo=UTC)
    while now < end:
        await live_until(now)
        afresh = await book.as_known_at(now)
        for person in PEOPLE:
            kept, anew = view(book, person, now), view(afresh, person, now)
            assert tasks_of(kept, person, now) == tasks_of(anew, person, now)
            found, expected = inbox(kept, person, now).under, inbox(anew, person, now).under
            assert [each.others_overdue for each in found] == [each.others_overdue for each in expected]
            assert portfolio(kept, now) == portfolio(anew, now)
        now += 7 * HALF_A_DAY


async def test_nothing_is_worked_out_twice_while_nothing_happens(rehearsed):
    book, live_until = await a_growing_book(rehearsed, "two-reports-missed")
    now = datetime(2016, 9, 20, 12, tzinfo=UTC)
    await live_until(now)
    work_out_beforehand(book, now)
    before = inbox(seen(book, "helen-marsh", now), "helen-marsh", now)
    later = now + timedelta(minutes=1)
    assert inbox(seen(book, "helen-marsh", later), "helen-marsh", later) is before


async def test_the_inbox_of_somebody_with_many_notices_is_worked_out_beforehand(rehearsed, monkeypatch):
    book, live_until = await a_growing_book(rehearsed, "two-reports-missed")
    now = datetime(2016, 9, 20, 12, tzinfo=UTC)
    await live_until(now)
    monkeypatch.setattr(inboxes, "_MANY", 1)
    work_out_beforehand(book, now)
    monkeypatch.setattr(inboxes, "_inbox", None)
    later = now + timedelta(minutes=1)
    assert inbox(seen(book, "helen-marsh", later), "helen-marsh", later).under


async def test_whoever_asks_meanwhile_waits_for_the_same_and_it_is_the_same_in_turns(rehearsed):
    book, live_until = await a_growing_book(rehearsed, "adviser-concern")
    now = datetime(2016, 10, 13, 12, tzinfo=UTC)
    await live_until(now)
    view = seen(book, "helen-marsh", now)
    found = await asyncio.gather(*(inbox_in_turns(view, "helen-marsh", now) for _ in range(3)))
    assert found[0] is found[1] is found[2]
    afresh = seen(await book.as_known_at(now), "helen-marsh", now)
    assert found[0] == inbox(afresh, "helen-marsh", now)


async def test_what_happens_while_it_is_worked_out_is_in_it(rehearsed):
    book, live_until = await a_growing_book(rehearsed, "two-reports-missed")
    before, after = datetime(2016, 8, 1, 12, tzinfo=UTC), datetime(2016, 9, 20, 12, tzinfo=UTC)
    await live_until(before)
    asking = asyncio.create_task(inbox_in_turns(book, "helen-marsh", after))
    await asyncio.sleep(0)
    position = book.position
    await live_until(after)
    assert book.position > position
    assert not asking.done()
    afresh = await book.as_known_at(after)
    assert await asking == inbox(afresh, "helen-marsh", after)


async def test_it_is_not_kept_past_the_instant_at_which_time_alone_changes_it(rehearsed):
    book, live_until = await a_growing_book(rehearsed, "two-reports-missed")
    due = datetime(2016, 8, 12, 22, 59, 59, tzinfo=UTC)
    await live_until(due - timedelta(seconds=1))
    urgencies = [
        inbox(book, "priya-nandra", due + timedelta(microseconds=late)).tasks[0].urgency
        for late in (-1, 0, 1)
    ]
    assert urgencies == ["due soon", "due soon", "overdue"]


async def test_nobody_is_given_what_was_worked_out_for_somebody_else(rehearsed):
    book, live_until = await a_growing_book(rehearsed, "adviser-concern")
    now = datetime(2016, 10, 13, 12, tzinfo=UTC)
    await live_until(now)
    of_the_adviser = {
        each.case.occurrence.id
        for each in inbox(seen(book, "ruth-pemberton", now), "ruth-pemberton", now).tasks
    }
    hidden = {each for each in of_the_adviser if each.obligation == "adviser-report"}
    assert hidden
    council = inbox(seen(book, "helen-marsh", now), "helen-marsh", now)
    obligations = {each.id for notice in council.under for each in notice.notice.obligations}
    assert "adviser-report" not in obligations
    assert not hidden & {each.case.occurrence.id for each in council.tasks}


async def test_whoever_holds_no_role_has_nothing_and_hears_of_nothing(rehearsed):
    book, live_until = await a_growing_book(rehearsed, "two-reports-missed")
    now = datetime(2016, 9, 20, 12, tzinfo=UTC)
    await live_until(now)
    assert inbox(seen(book, "a-stranger", now), "a-stranger", now).under == ()
    assert book.notices_naming("a-stranger") == ()
    assert [each.terms.id for each in book.notices_naming("helen-marsh")] == [NOTICE]
