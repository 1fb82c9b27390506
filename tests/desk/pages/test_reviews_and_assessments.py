"""Recording a review that was held, and the final assessment."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from fastapi import FastAPI

from desk.ports import Persona
from domain.clock import SteppedClock
from domain.commands import TakeDueStep
from domain.identity import OccurrenceId
from domain.record import Append, StreamWrite
from forthwith.desk_ports import personas_of_book
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.run import rehearse
from ledger.memory import MemoryLedger
from ledger.office import Office
from projections.casebook import Casebook
from tests.desk.pages.year import DIRECTOR, REVIEW_TEAM, Seat, Send, Year
from tests.lives import NOTICES, scenario_named

REVIEW = "/tasks/lancashire-2016/department-review/1/owed"
DEADLINE = "/tasks/lancashire-2016/plan-delivered/2017-05-31/owed"


def held(day: str, month: str, year: str, summary: str = "Practice is steadier.") -> dict[str, str]:
    return {"held_on-day": day, "held_on-month": month, "held_on-year": year, "summary": summary}


async def test_a_review_is_recorded_and_the_next_one_opens(seat: Seat, send: Send, year: Year) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    answer = await send(leader, REVIEW, f"{REVIEW}/review", **held("17", "10", "2016"))
    events = (await year.events())[before:]
    assert [event.type for event in events] == ["review-held.v1", "occurrence-opened.v1"]
    assert events[0].envelope.data["held_on"] == "2016-10-17"
    assert events[1].envelope.data["due_on"] == "2017-04-17"
    assert "The review is recorded as held" in answer.text
    assert "Practice is steadier." in (await leader.get(REVIEW)).text


async def test_the_themes_that_were_covered_are_recorded(seat: Seat, send: Send, year: Year) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    themes = {"themes": "early help"}
    again = await send(leader, REVIEW, f"{REVIEW}/review", **held("17", "", "2016"), **themes)
    assert re.search(r'value="early help"[^>]*checked', again.text)
    await send(leader, REVIEW, f"{REVIEW}/review", **held("17", "10", "2016"), **themes)
    assert (await year.events())[before].envelope.data["themes"] == ["early help"]


async def test_a_judgement_that_is_owed_says_whether_it_is_met(seat: Seat, send: Send, app: FastAPI) -> None:
    """Under the warning notice of another regime, shortly before somebody determined it."""
    terms = read_notice(NOTICES / "care-quality-warning.yaml")
    scenario = scenario_named("care-quality-warning/every-requirement-met")
    lived = await rehearse(terms, scenario, "pure")
    events = [each.record for each in lived.book.everything()]
    determined = next(each for each in events if each.type == "delivery-assessed.v1")
    ledger, clock = MemoryLedger(simulated=True), SteppedClock(determined.recorded)
    for each in events[: determined.index - 1]:
        write = StreamWrite(each.stream, each.version - 1, (each.envelope,))
        await ledger.append(Append(uuid4(), (write,), told=each.recorded))
    book = Casebook(ledger)
    await book.catch_up()
    personas = await personas_of_book(book, clock.now())

    async def people() -> tuple[Persona, ...]:
        return personas

    app.state.ports = replace(
        app.state.ports,
        casebook=book,
        office=Office(ledger, clock),
        clock_now=clock.now,
        personas=people,
    )
    page = f"/tasks/{determined.envelope.occurrence}/owed"
    inspector = await seat(determined.envelope.data["assessed_by"])
    wanting = await send(inspector, page, f"{page}/assess", finding="Medicines are managed safely.")
    assert wanting.status_code == 422
    assert "Choose whether it is met" in wanting.text
    assert "Medicines are managed safely." in wanting.text
    done = await send(inspector, page, f"{page}/assess", finding="They are.", outcome="partly met")
    assert "The assessment is recorded" in " ".join(done.text.split())
    recorded = (await ledger.read(limit=100_000))[determined.index - 1]
    assert recorded.envelope.data["outcome"] == "partly met"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (held("", "", ""), "Enter the day on which it was held"),
        (held("3", "", "2016"), "The date must have a month"),
        (held("31", "2", "2016"), "There is no such day in the calendar"),
        (held("first", "2", "2016"), "Enter the date in numbers"),
        (held("1", "2", "16"), "The year must have four digits"),
        (held("17", "10", "2016", " "), "Say in a few sentences what the review found"),
    ],
)
async def test_a_mistake_is_named_at_its_field_and_nothing_is_lost(
    seat: Seat, send: Send, year: Year, fields: dict[str, str], sentence: str
) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    answer = await send(leader, REVIEW, f"{REVIEW}/review", **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert fields["summary"].strip() in answer.text
    assert f'value="{fields["held_on-year"]}"' in answer.text or not fields["held_on-year"]
    assert len(await year.events()) == before


async def test_a_review_in_the_future_is_refused_with_the_words_kept(
    seat: Seat, send: Send, year: Year
) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    answer = await send(leader, REVIEW, f"{REVIEW}/review", **held("1", "12", "2016"))
    assert answer.status_code == 409
    assert "only once it has been held" in answer.text
    assert "Practice is steadier." in answer.text
    assert 'value="12"' in answer.text
    assert len(await year.events()) == before


async def test_the_director_cannot_assess_what_the_council_delivered(
    seat: Seat, send: Send, year: Year
) -> None:
    director, before = await seat(DIRECTOR), len(await year.events())
    assert "/assess" not in (await director.get(DEADLINE)).text
    answer = await send(director, DEADLINE, f"{DEADLINE}/assess", finding="All of it.")
    assert answer.status_code == 403
    assert "those who are asked to assess to record an assessment" in answer.text
    assert len(await year.events()) == before


async def test_whoever_is_asked_for_the_final_assessment_records_it(
    seat: Seat, send: Send, year: Year
) -> None:
    deadline = OccurrenceId("lancashire-2016", "plan-delivered", "2017-05-31")
    year.clock.advance_to(datetime(2017, 6, 1, 9, tzinfo=UTC))
    while not any(each.type == "assessment-requested.v1" for each in await year.events()):
        await year.office.handle(TakeDueStep(deadline))
        await year.deliver()
    asked = next(each for each in await year.events() if each.type == "assessment-requested.v1")
    (message,) = asked.envelope.data["messages"]
    page = f"/tasks/{deadline}/{asked.envelope.rung}"
    assessor, before = await seat(message["person"]), len(await year.events())
    answer = await send(assessor, page, f"{page}/assess", finding=" ")
    assert answer.status_code == 422
    assert "Say what was found" in answer.text
    assert len(await year.events()) == before
    answer = await send(assessor, page, f"{page}/assess", finding="Nine of the eleven actions.")
    event = (await year.events())[before]
    assert (event.type, event.envelope.data["finding"]) == (
        "delivery-assessed.v1",
        "Nine of the eleven actions.",
    )
    assert "The assessment is recorded" in " ".join(answer.text.split())
