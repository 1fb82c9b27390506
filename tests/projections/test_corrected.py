"""What was recorded and what it says now stand side by side, in every view."""

from datetime import UTC, datetime

import pytest

from domain.identity import OccurrenceId
from projections.casebook import Casebook
from projections.chronology import chronology
from projections.why import why_it_stands

NOTICE = "lancashire-2016"
REVIEW = OccurrenceId(NOTICE, "department-review", "1")
LATER = datetime(2017, 3, 1, 12, tzinfo=UTC)
RECORDED = "recorded that the first review of progress by the Department was held on Tuesday 1 November 2016."
NOW_SAYS = (
    "This was corrected on Tuesday 15 November 2016: “held on” says “10 November 2016” and no longer "
    "“1 November 2016”. Imogen Hartley (Case lead for the notice) approved it, because “The first day of the month was "
    "written by mistake”."
)


@pytest.fixture
async def book(rehearsed):
    book = Casebook(await rehearsed("wrong-date-corrected"))
    await book.catch_up()
    return book


async def test_the_chronology_tells_both(book):
    rows = chronology(book, NOTICE, REVIEW, per_page=1000).rows
    (held,) = [row for row in rows if row.type == "review-held.v1"]
    assert RECORDED in held.sentence
    assert NOW_SAYS in held.sentence


async def test_the_chain_of_reasons_tells_both(book):
    said = [each.sentence for each in why_it_stands(book, REVIEW, LATER)]
    assert any(RECORDED in each and NOW_SAYS in each for each in said)


async def test_before_it_was_corrected_it_is_told_as_it_was_recorded(book):
    then = await book.as_known_at(datetime(2016, 11, 12, 12, tzinfo=UTC))
    rows = chronology(then, NOTICE, REVIEW, per_page=1000).rows
    assert not any("This was corrected" in row.sentence for row in rows)


async def test_the_correction_itself_names_both_people(book):
    rows = chronology(book, NOTICE, REVIEW, per_page=1000).rows
    sentences = [row.sentence for row in rows if row.type == "event-corrected.v1"]
    assert any("Imogen Hartley" in each and "Callum Reyes" in each for each in sentences)
