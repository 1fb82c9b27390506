"""What is still to come is counted from what has really happened."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.events.owing import ReviewHeld
from projections.still_expected import still_expected

NOTICE = "lancashire-2016"


def reviews(expected):
    return [
        (each.id.period, each.due_on, each.projected)
        for each in expected
        if each.obligation.id == "department-review"
    ]


async def test_nothing_that_has_opened_is_still_expected(book_at):
    book = await book_at("happy-year", datetime(2016, 9, 20, 12, tzinfo=UTC))
    opened = book.occurrences(NOTICE)
    assert {each.id for each in opened}.isdisjoint(
        each.id for each in still_expected(book.notice(NOTICE), opened)
    )


async def test_a_review_held_early_brings_all_later_ones_forward(book_at):
    book = await book_at("happy-year", datetime(2016, 6, 1, 12, tzinfo=UTC))
    notice, opened = book.notice(NOTICE), book.occurrences(NOTICE)
    assert reviews(still_expected(notice, opened)) == [("2", date(2017, 5, 19), True)]
    first = next(each for each in opened if each.facts.obligation == "department-review")
    noon = datetime(2016, 5, 30, 12, tzinfo=UTC)
    early = replace(
        first, held=ReviewHeld(noon.date(), noon, "Held early.", "callum-reyes", "review-team", noon)
    )
    others = tuple(each for each in opened if each is not first)
    assert reviews(still_expected(notice, (*others, early))) == [
        ("2", date(2016, 11, 30), True),
        ("3", date(2017, 5, 30), True),
    ]


async def test_at_the_end_of_the_year_nothing_more_is_expected(book_at):
    book = await book_at("happy-year", datetime(2017, 6, 1, 12, tzinfo=UTC))
    assert still_expected(book.notice(NOTICE), book.occurrences(NOTICE)) == ()
