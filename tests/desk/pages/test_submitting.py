"""Writing a report section by section, checking it, and sending it."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx2

from desk.app import create_app
from desk.ports import DeskPorts
from domain.identity import OccurrenceId
from ledger.drafts import PostgresDrafts
from ledger.postgres import PostgresLedger
from tests.desk.pages.year import CHAIR, DIRECTOR, OFFICER, Seat, Send, Year

Visitor = Callable[..., httpx2.AsyncClient]
SignIn = Callable[..., Awaitable[object]]
SECTIONS = ("data", "analysis", "recommendations", "impact", "slow-objectives", "contributions", "views")


def words_of(answer: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def write(client: httpx2.AsyncClient, send: Send, report: str, *sections: str) -> None:
    for each in sections:
        page = f"{report}/sections/{each}"
        text = f"What there is to say about {each}.\r\nIn two lines."
        assert (await send(client, page, page, text=text)).url.path == report


async def test_the_list_names_every_section_of_the_clauses(seat: Seat, september: OccurrenceId) -> None:
    officer = await seat(OFFICER)
    page = (await officer.get(f"/tasks/{september}/owed/submit")).text
    for section in SECTIONS:
        assert f'href="/tasks/{september}/owed/submit/sections/{section}"' in page
    for clause in ("Clause 6c", "Clause 6d", "Clause 6e"):
        assert clause in page
    assert "You have written 0 of 7 sections." in page


async def test_what_is_saved_is_there_on_another_device_and_for_nobody_else(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    report, before = f"/tasks/{september}/owed/submit", len(await year.events())
    await write(await seat(OFFICER), send, report, "data")
    at_home = await seat(OFFICER)
    assert "You have written 1 of 7 sections." in (await at_home.get(report)).text
    assert (
        "What there is to say about data.\nIn two lines."
        in (await at_home.get(f"{report}/sections/data")).text
    )
    director = await seat(DIRECTOR)
    assert "You have written 0 of 7 sections." in (await director.get(report)).text
    assert "What there is to say" not in (await director.get(f"{report}/sections/data")).text
    assert len(await year.events()) == before


async def test_drafts_on_postgresql_outlive_the_desk_that_took_them(
    ports: DeskPorts, app_dsn: str, send: Send, september: OccurrenceId, visitor: Visitor, sign_in: SignIn
) -> None:
    report = f"/tasks/{september}/owed/submit"
    async with PostgresLedger(app_dsn) as ledger:
        for answered in (1, 2):
            drafts = PostgresDrafts(ledger.database)
            officer = visitor(site=create_app(replace(ports, drafts=drafts)))
            await sign_in(officer, OFFICER)
            await write(officer, send, report, SECTIONS[answered - 1])
            assert f"You have written {answered} of 7 sections." in (await officer.get(report)).text
        await send(officer, f"{report}/check", report, incomplete="yes")
        assert await drafts.of(OFFICER, september) == {}


async def test_a_draft_can_be_deleted(seat: Seat, send: Send, september: OccurrenceId) -> None:
    officer, report = await seat(OFFICER), f"/tasks/{september}/owed/submit"
    await write(officer, send, report, "data", "views")
    answer = await send(officer, report, f"{report}/discard")
    assert "You have written 0 of 7 sections." in answer.text


async def test_a_section_is_begun_from_the_plan_and_counts_once_it_is_saved(
    seat: Seat, send: Send, september: OccurrenceId
) -> None:
    officer, report = await seat(OFFICER), f"/tasks/{september}/owed/submit"
    shown = await officer.get(f"{report}/sections/slow-objectives")
    assert "taken from the record of the plan" in shown.text
    assert "The pathway plans of care leavers are up to date" in words_of(shown)
    assert "Begun from the plan" in (await officer.get(report)).text
    await write(officer, send, report, "data")
    assert "Objectives that are slow to progress , clause 6d" in words_of(
        await officer.get(f"{report}/check")
    )


async def test_saying_something_and_that_there_is_nothing_is_a_contradiction(
    seat: Seat, send: Send, september: OccurrenceId
) -> None:
    officer, page = await seat(OFFICER), f"/tasks/{september}/owed/submit/sections/slow-objectives"
    answer = await send(officer, page, page, text="One <b>is slow", nil="yes")
    assert answer.status_code == 422
    assert "One &lt;b&gt;is slow" in answer.text
    assert 'href="#text"' in answer.text


async def test_a_whole_report_is_received_ends_the_escalation_and_gives_a_receipt(
    seat: Seat, send: Send, year: Year, ports: DeskPorts, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    report, before = f"/tasks/{september}/owed/submit", len(await year.events())
    await write(officer, send, report, *SECTIONS)
    assert "Every section that has to be there is there" in words_of(await officer.get(f"{report}/check"))
    answer = await send(officer, f"{report}/check", report)
    events = (await year.events())[before:]
    assert [event.type for event in events] == ["report-submitted.v1", "escalation-resolved.v1"]
    data = events[0].envelope.data
    assert [each["section"] for each in data["sections"]] == list(SECTIONS)
    assert data["sections"][0]["text"] == "What there is to say about data.\nIn two lines."
    assert data["missing"] == []
    assert answer.url.path == f"/receipts/{events[0].index}"
    words = words_of(answer)
    assert "Report received" in words
    assert events[0].leaf in words
    assert events[1].leaf in words
    assert await ports.drafts.of(OFFICER, september) == {}


async def test_what_will_be_flagged_is_what_is_then_recorded(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    report, before = f"/tasks/{september}/owed/submit", len(await year.events())
    await write(officer, send, report, "data", "analysis")
    nothing = f"{report}/sections/slow-objectives"
    await send(officer, nothing, nothing, nil="yes")
    words = words_of(await officer.get(f"{report}/check"))
    assert "It will be recorded that nothing is said under: Recommendations" in words
    assert "You will be asked: “Objectives that are slow to progress” says that there is none" in words
    refused = await send(officer, f"{report}/check", report)
    assert refused.status_code == 422
    assert 'href="#incomplete"' in refused.text
    assert len(await year.events()) == before
    await send(officer, f"{report}/check", report, incomplete="yes")
    submitted, *others = (await year.events())[before:]
    assert submitted.envelope.data["missing"] == ["recommendations", "impact", "contributions", "views"]
    assert "query-raised.v1" in [each.type for each in others]


async def test_an_empty_report_is_no_report_even_when_confirmed(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    report, before = f"/tasks/{september}/owed/submit", len(await year.events())
    answer = await send(officer, f"{report}/check", report, incomplete="yes")
    assert answer.status_code == 409
    assert "The report is empty." in answer.text
    assert len(await year.events()) == before


async def test_what_changed_on_another_device_is_not_sent_unread(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer, report = await seat(OFFICER), f"/tasks/{september}/owed/submit"
    await write(officer, send, report, *SECTIONS)
    shown = (await officer.get(f"{report}/check")).text
    hidden = {
        name: shown.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("form_token", "slip", "seen")
    }
    page, before = f"{report}/sections/data", len(await year.events())
    await send(await seat(OFFICER), page, page, text="Changed on the telephone.")
    answer = await officer.post(report, data=hidden)
    assert answer.status_code == 409
    assert "has changed since you opened this page" in answer.text
    assert "Changed on the telephone." in answer.text
    assert len(await year.events()) == before


async def test_somebody_else_s_report_is_read_and_not_written(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    chair, report = await seat(CHAIR), f"/tasks/{september}/owed/submit"
    before = len(await year.events())
    assert "only its people can write and send it" in (await chair.get(report)).text
    answer = await send(chair, report, f"{report}/sections/data", text="What the chair would say.")
    assert answer.status_code == 409
    assert "What the chair would say." in answer.text
    sent = await send(chair, report, report, incomplete="yes")
    assert sent.status_code == 409
    assert len(await year.events()) == before


async def test_an_outage_loses_nothing_and_the_same_form_is_then_recorded_once(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    director, report = await seat(DIRECTOR), f"/tasks/{september}/owed/submit"
    await write(director, send, report, *SECTIONS)
    shown = (await director.get(f"{report}/check")).text
    hidden = {
        name: shown.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("form_token", "slip", "seen")
    }
    year.ledger.reachable = False
    answer = await director.post(report, data=hidden)
    assert answer.status_code == 503
    assert "nothing was saved" in answer.text
    assert "What there is to say about impact." in answer.text
    assert hidden["slip"] in answer.text
    year.ledger.reachable = True
    before = len(await year.events())
    places = [(await director.post(report, data=hidden)).headers["location"] for _ in range(2)]
    assert [event.type for event in (await year.events())[before:]] == [
        "report-submitted.v1",
        "escalation-resolved.v1",
    ]
    assert places[0] == places[1]


async def test_a_further_version_starts_from_the_last_one(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer, report = await seat(OFFICER), f"/tasks/{september}/owed/submit"
    await write(officer, send, report, *SECTIONS)
    await send(officer, f"{report}/check", report)
    before = len(await year.events())
    assert "From the last version" in (await officer.get(report)).text
    page = f"{report}/sections/data"
    await send(officer, page, page, text="Corrected.")
    await send(officer, f"{report}/check", report)
    (event,) = (await year.events())[before:]
    assert event.envelope.data["version"] == 2
    assert [each["text"][:9] for each in event.envelope.data["sections"]][:2] == ["Corrected", "What ther"]


async def test_no_report_is_asked_for_where_a_review_is_owed(seat: Seat) -> None:
    officer = await seat("callum-reyes")
    assert (await officer.get("/tasks/lancashire-2016/department-review/1/owed/submit")).status_code == 404
