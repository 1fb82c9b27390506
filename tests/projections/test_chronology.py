"""The history of a notice, page by page, in either order."""

from datetime import UTC, datetime

import pytest

from domain.identity import OccurrenceId
from domain.refusals import NotFound
from projections.chronology import chronology

NOTICE = "lancashire-2016"
JULY = OccurrenceId(NOTICE, "monthly-report", "2016-07")
SEPTEMBER = datetime(2016, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
async def book(book_at):
    return await book_at("two-reports-missed", SEPTEMBER)


async def test_all_pages_together_are_the_whole_history_each_event_once(book):
    first = chronology(book, NOTICE, per_page=7)
    rows = [
        row
        for page in range(1, first.pages + 1)
        for row in chronology(book, NOTICE, page=page, per_page=7).rows
    ]
    assert [row.index for row in rows] == list(range(1, book.position + 1))
    assert first.total == book.position


async def test_newest_first_is_the_same_turned_round(book):
    forwards = chronology(book, NOTICE, per_page=1000).rows
    backwards = chronology(book, NOTICE, per_page=1000, newest_first=True).rows
    assert backwards == forwards[::-1]


async def test_one_occurrence_has_its_own_events_only(book):
    page = chronology(book, NOTICE, JULY)
    assert {row.occurrence for row in page.rows} == {JULY}
    assert page.rows[0].sentence == (
        "The monthly report to the improvement board for July 2016 opened; "
        "it is due by the end of Friday 12 August 2016."
    )
    assert page.rows[0].occurrence_title == "Monthly report to the improvement board, July 2016"


async def test_each_row_names_the_doer_and_carries_the_hash_of_its_leaf(book):
    rows = chronology(book, NOTICE, JULY).rows
    assert rows[0].actor == "Forthwith"
    acknowledged = next(row for row in rows if row.type == "task-acknowledged.v1")
    assert acknowledged.actor == "Helen Marsh"
    assert acknowledged.leaf == book.event(acknowledged.index).record.leaf
    assert chronology(book, NOTICE).rows[0].actor == "Forthwith"


async def test_a_page_that_is_not_there_is_the_nearest_one(book):
    assert chronology(book, NOTICE, page=999).page == chronology(book, NOTICE).pages
    assert chronology(book, NOTICE, page=-3).page == 1


async def test_the_history_of_what_never_opened_is_not_found(book):
    with pytest.raises(NotFound):
        chronology(book, NOTICE, OccurrenceId(NOTICE, "monthly-report", "2017-04"))
