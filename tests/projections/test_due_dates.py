"""Entries of a calendar keep their names while their days move, and whoever reads them can tell which is newer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.due_dates import DueDate, due_dates
from projections.seen_by import SeenBy
from tests.projections.conftest import LedgerSoFar

NOTICE = "lancashire-2016"
AUTUMN = datetime(2016, 9, 20, 9, tzinfo=UTC)
SPRING = datetime(2017, 3, 1, 9, tzinfo=UTC)


def place(entry: DueDate) -> tuple[date, date, str]:
    return entry.first, entry.last, entry.surety


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scenario", "moves"),
    [("varied-mid-flight", 15), ("review-moved-forward", 15), ("new-bank-holiday", 15)],
)
async def test_whatever_moves_has_a_later_revision_and_none_goes_back(rehearsed, scenario, moves):
    events = await (await rehearsed(scenario)).read(limit=100_000)
    ledger = LedgerSoFar(events)
    book, last, moved = Casebook(ledger), {}, 0
    for ledger.shown in (*range(60, len(events), 15), len(events)):
        await book.catch_up()
        found = due_dates(book, events[ledger.shown - 1].recorded)
        assert len({each.name for each in found}) == len(found)
        for now in found:
            before = last.get(now.name, now)
            assert now.revision >= before.revision, now.name
            assert now.changed >= before.changed, now.name
            if place(now) != place(before):
                assert now.revision > before.revision, (now.name, before.first, now.first)
                moved += 1
        last |= {each.name: each for each in found}
    assert moved >= moves


async def test_nothing_changes_within_a_day_on_which_nothing_is_recorded(book_at):
    book = await book_at("two-reports-missed", AUTUMN)
    for person in (None, "helen-marsh", "ruth-pemberton"):
        morning, night = AUTUMN.replace(hour=0), AUTUMN.replace(hour=22)
        assert due_dates(book, morning, NOTICE, person) == due_dates(book, night, NOTICE, person)


async def test_a_report_that_moves_leaves_the_others_as_they_were(book_at):
    before = await book_at("extension-after-due", datetime(2016, 6, 1, tzinfo=UTC))
    after = await book_at("extension-after-due", SPRING)
    first = {each.name: each for each in due_dates(before, AUTUMN, NOTICE)}
    moved = [each for each in due_dates(after, SPRING, NOTICE) if "monthly-report" in each.name]
    extended = [each for each in moved if each.first != first[each.name].first]
    assert len(extended) == 1
    assert {each.revision for each in moved if each not in extended} == {0}
    assert extended[0].revision == 1


async def test_what_has_not_opened_goes_on_under_its_name_once_it_has(book_at):
    report = f"{OccurrenceId(NOTICE, 'monthly-report', '2016-10')}/due"
    early, late = [
        next(each for each in due_dates(book, at, NOTICE) if each.name == report)
        for at in (AUTUMN, SPRING)
        for book in [await book_at("happy-year", at)]
    ]
    assert (early.opened, early.met, late.opened, late.met) == (False, False, True, True)
    assert (early.first, early.title) == (late.first, late.title)
    assert [each.at for each in early.reminders][-1] == datetime(2016, 11, 11, 9, tzinfo=UTC)
    assert late.reminders == ()


async def test_a_day_that_depends_on_something_else_is_tentative(book_at):
    found = due_dates(await book_at("happy-year", datetime(2016, 6, 1, tzinfo=UTC)), AUTUMN, NOTICE)
    projected = [each for each in found if each.surety == "tentative"]
    assert {each.occurrence.obligation for each in projected} >= {"department-review"}
    assert all("depends on something that has not happened yet" in each.notes[0] for each in projected)
    assert all(each.reminders == () for each in projected)


async def test_what_another_instrument_takes_the_place_of_is_cancelled(book_at):
    found = due_dates(await book_at("superseded-by-direction", SPRING), SPRING, NOTICE)
    cancelled = [each for each in found if each.surety == "cancelled"]
    assert cancelled
    assert all("It was withdrawn on " in " ".join(each.notes) for each in cancelled)
    assert all(each.reminders == () for each in cancelled)


async def test_a_concern_of_the_adviser_stands_in_no_calendar_of_the_council(rehearsed):
    book, later = Casebook(await rehearsed("adviser-concern")), datetime(2017, 6, 1, 12, tzinfo=UTC)
    await book.catch_up()

    def concerns(person: str) -> list[DueDate]:
        found = due_dates(SeenBy(book, person, later), later, NOTICE, person, follows=True)
        return [each for each in found if "concern" in each.name]

    assert concerns("priya-nandra") == []
    assert len(concerns("imogen-hartley")) == 1


async def test_a_review_that_is_planned_has_its_own_days_and_its_last_day(book_at):
    book = await book_at("happy-year", SPRING)
    own, due = (
        next(
            each
            for each in due_dates(book, SPRING, NOTICE)
            if each.name == f"{NOTICE}/department-review/1/{kind}"
        )
        for kind in ("review", "due")
    )
    assert own.title == f"{due.title} takes place"
    assert own.last - own.first >= timedelta(0)
    assert own.last <= due.first
