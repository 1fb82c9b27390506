"""What is hidden from somebody is in none of their answers: neither an occurrence, nor what is said of it elsewhere."""

from datetime import UTC, datetime

import pytest

from domain.actor import Actor
from domain.clock import SteppedClock
from domain.commands import RateCompliance
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from ledger.office import Office
from projections.casebook import Casebook
from projections.chronology import chronology
from projections.seen_by import SeenBy
from tests.projections.conftest import play

NOTICE = "lancashire-2016"
CONCERN = OccurrenceId(NOTICE, "referral-power", "concern-1")
LATER = datetime(2017, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
async def book(rehearsed):
    book = Casebook(await rehearsed("adviser-concern"))
    await book.catch_up()
    return book


async def test_a_concern_of_the_adviser_is_not_shown_to_the_council(book):
    council = SeenBy(book, "priya-nandra", LATER)
    with pytest.raises(NotFound):
        council.case(CONCERN)
    assert CONCERN not in {each.id for each in council.occurrences(NOTICE)}
    assert all(entry.occurrence != CONCERN for entry in council.history(NOTICE))
    (index, *_) = [entry.index for entry in book.history(CONCERN)]
    with pytest.raises(NotFound):
        council.event(index)


async def test_it_is_shown_to_those_who_answer_it(book):
    lead = SeenBy(book, "imogen-hartley", LATER)
    assert lead.case(CONCERN).occurrence.concern is not None
    assert lead.history(CONCERN) == book.history(CONCERN)


async def test_what_is_said_of_a_hidden_obligation_is_hidden_with_it():
    ledger = await play("happy-year")
    office = Office(ledger, SteppedClock(LATER))
    for obligation in ("adviser-report", "monthly-report"):
        await office.handle(
            RateCompliance(NOTICE, obligation, "full compliance", "All came."),
            Actor("person", "imogen-hartley"),
        )
    book = Casebook(ledger)
    await book.catch_up()

    def rated(person: str) -> list[str]:
        rows = chronology(SeenBy(book, person, LATER), NOTICE, per_page=10_000).rows
        return [row.sentence for row in rows if row.type == "compliance-rated.v1"]

    assert len(rated("imogen-hartley")) == 2
    (only,) = rated("priya-nandra")
    assert "Monthly report to the improvement board" in only
