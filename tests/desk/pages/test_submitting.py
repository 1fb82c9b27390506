"""Writing a report, section by section."""

from __future__ import annotations

from domain.identity import OccurrenceId
from tests.desk.pages.year import CHAIR, DIRECTOR, OFFICER, Seat, Send, Year

SECTIONS = ("data", "analysis", "recommendations", "impact", "slow-objectives", "contributions", "views")
WHOLE = {f"section-{each}": f"What there is to say about {each}.\r\nIn two lines." for each in SECTIONS}


async def test_the_form_asks_for_every_section_of_the_clauses(seat: Seat, september: OccurrenceId) -> None:
    officer = await seat(OFFICER)
    page = (await officer.get(f"/tasks/{september}/owed/submit")).text
    for section in SECTIONS:
        assert f'name="section-{section}"' in page
    for clause in ("Clause 6c.", "Clause 6d.", "Clause 6e."):
        assert clause in page
    assert page.count('type="checkbox"') == 2
    assert "What will be recorded as missing" not in page


async def test_a_whole_report_is_received_ends_the_escalation_and_gives_a_receipt(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    page, before = f"/tasks/{september}/owed", len(await year.events())
    answer = await send(officer, f"{page}/submit", f"{page}/submit", **WHOLE)
    events = (await year.events())[before:]
    assert [event.type for event in events] == ["report-submitted.v1", "escalation-resolved.v1"]
    data = events[0].envelope.data
    assert [each["section"] for each in data["sections"]] == list(SECTIONS)
    assert data["sections"][0]["text"] == "What there is to say about data.\nIn two lines."
    assert data["missing"] == []
    words = " ".join(answer.text.split())
    assert f"Receipt: event {events[0].index}" in words
    assert events[0].leaf in words
    assert events[1].leaf in words
    assert "Version 1, received Friday 21 October 2016, 8:58am" in words


async def test_what_is_missing_is_named_before_it_is_sent_and_nothing_typed_is_lost(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    page, before = f"/tasks/{september}/owed/submit", len(await year.events())
    fields = {"section-data": "Referrals 801 <b>&", "nil-slow-objectives": "yes"}
    answer = await send(officer, page, page, **fields)
    assert answer.status_code == 422
    assert len(await year.events()) == before
    words = " ".join(answer.text.split())
    assert "What will be recorded as missing" in words
    assert "Referrals 801 &lt;b&gt;&amp;" in words
    assert 'href="#section-views"' in words
    assert 'href="#section-data"' not in words
    assert 'href="#section-slow-objectives"' not in words
    ticked = words.split('name="nil-slow-objectives"')[1].split(">")[0]
    assert "checked" in ticked


async def test_a_hollow_report_is_received_when_that_is_confirmed_and_flagged(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    page, before = f"/tasks/{september}/owed/submit", len(await year.events())
    answer = await send(officer, page, page, **{"section-data": "Referrals 801.", "incomplete": "yes"})
    event = (await year.events())[before]
    assert event.envelope.data["missing"] == [
        "analysis",
        "recommendations",
        "impact",
        "slow-objectives",
        "contributions",
        "views",
    ]
    assert "Nothing was said under:" in answer.text


async def test_something_and_nothing_at_once_is_a_mistake_at_its_field(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    page, before = f"/tasks/{september}/owed/submit", len(await year.events())
    answer = await send(officer, page, page, **WHOLE, **{"nil-contributions": "yes"})
    assert answer.status_code == 422
    assert "either write something or tick that there is nothing to report" in answer.text
    assert "What there is to say about views." in answer.text
    assert len(await year.events()) == before


async def test_an_empty_report_is_no_report_even_when_confirmed(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    page, before = f"/tasks/{september}/owed/submit", len(await year.events())
    answer = await send(officer, page, page, **{"section-data": "  ", "incomplete": "yes"})
    assert answer.status_code == 422
    assert "The report is empty." in answer.text
    assert len(await year.events()) == before


async def test_a_refusal_keeps_every_word(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    chair = await seat(CHAIR)
    page, before = f"/tasks/{september}/owed/submit", len(await year.events())
    assert 'name="section-data"' not in (await chair.get(page)).text
    answer = await send(chair, page, page, **WHOLE)
    assert answer.status_code == 409
    assert "is owed by Lancashire County Council" in answer.text
    assert "What there is to say about views." in answer.text
    assert len(await year.events()) == before


async def test_an_outage_keeps_every_word_and_the_same_form_is_then_recorded_once(
    seat: Seat, year: Year, september: OccurrenceId
) -> None:
    director = await seat(DIRECTOR)
    page = f"/tasks/{september}/owed/submit"
    shown = (await director.get(page)).text
    fields = {name: shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_token", "slip")}
    year.ledger.reachable = False
    answer = await director.post(page, data={**fields, **WHOLE})
    assert answer.status_code == 503
    assert "nothing was saved" in answer.text
    assert "What there is to say about impact." in answer.text
    assert fields["slip"] in answer.text
    year.ledger.reachable = True
    before = len(await year.events())
    for _ in range(2):
        assert (await director.post(page, data={**fields, **WHOLE})).status_code == 303
    assert [event.type for event in (await year.events())[before:]] == [
        "report-submitted.v1",
        "escalation-resolved.v1",
    ]


async def test_a_form_changed_after_it_was_sent_is_a_new_version(
    seat: Seat, year: Year, september: OccurrenceId
) -> None:
    officer = await seat(OFFICER)
    page = f"/tasks/{september}/owed/submit"
    shown = (await officer.get(page)).text
    fields = {name: shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_token", "slip")}
    await officer.post(page, data={**fields, **WHOLE})
    before = len(await year.events())
    await officer.post(page, data={**fields, **WHOLE, "section-data": "Corrected."})
    (event,) = (await year.events())[before:]
    assert event.envelope.data["version"] == 2


async def test_no_report_is_asked_for_where_a_review_is_owed(seat: Seat) -> None:
    officer = await seat("callum-reyes")
    assert (await officer.get("/tasks/lancashire-2016/department-review/1/owed/submit")).status_code == 404
