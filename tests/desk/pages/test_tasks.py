"""The inbox, and taking on what is in it."""

from __future__ import annotations

import re

import pytest

from desk.pages import my_week, tasks
from domain.identity import OccurrenceId
from tests.desk.pages.year import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    OFFICER,
    Seat,
    Send,
    Year,
)


async def test_the_director_finds_the_critically_overdue_report_first(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    page = (await director.get("/tasks")).text
    groups = re.findall(r'id="group-\d+">([^<]+?) <', page)
    assert groups == ["Critically overdue", "Not due yet"]
    first = page.split('class="app-task__title"')[1]
    assert "September 2016" in first
    assert "/tasks/lancashire-2016/monthly-report/2016-09/director" in first
    assert "was due on Friday 14 October 2016" in first
    assert "Acknowledge that you have seen it, then see to it that the report is sent" in first
    assert "Clause 6b" in first


async def test_whoever_has_nothing_to_do_is_told_so_and_shown_where_others_are_late(seat: Seat) -> None:
    chief_executive = await seat(CHIEF_EXECUTIVE)
    page = (await chief_executive.get("/tasks")).text
    assert "Nothing is waiting for you." in page
    assert "1 more thing that is not yours is overdue" in " ".join(page.split())
    assert 'href="/notice/lancashire-2016#overdue"' in page


async def test_more_than_a_page_holds_is_on_further_pages(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "PER_PAGE", 1)
    director = await seat(DIRECTOR)
    first = (await director.get("/tasks")).text
    assert first.count('class="app-task__title"') == 1
    assert 'href="?page=2"' in first
    assert 'aria-label="Pages of the tasks"' in first
    second = (await director.get("/tasks?page=2")).text
    assert "Critically overdue" not in second.split('id="group-1"')[1].split("</h2>")[0]
    assert (await director.get("/tasks?page=99")).text.count('aria-current="page"') == second.count(
        'aria-current="page"'
    )
    kept = (await director.get("/tasks?notice=lancashire-2016")).text
    assert 'href="?notice=lancashire-2016&amp;page=2"' in kept


async def test_where_there_are_many_notices_one_is_found_by_words_of_its_title(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MOST_CHOICES", 0)
    monkeypatch.setattr(tasks, "MOST_ELSEWHERE", 0)
    director = await seat(DIRECTOR)
    page = (await director.get("/tasks?notice=LANCASHIRE")).text
    assert 'name="notice" type="text" value="LANCASHIRE"' in page
    assert "September 2016" in page
    words = " ".join((await director.get("/tasks?notice=no+such+title")).text.split())
    assert "Nothing of what waits for you is like that." in words
    chief = " ".join((await (await seat(CHIEF_EXECUTIVE)).get("/tasks")).text.split())
    assert (
        '1 more thing that is not yours is overdue under 1 notice: see the <a class="govuk-link" href="/portfolio">'
        in chief
    )


@pytest.mark.parametrize("address", ["/tasks", "/my-week"])
async def test_of_several_notices_each_task_says_under_which_it_is(
    seat: Seat, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    title = '<span class="app-task__fact">Improvement Notice to Lancashire County Council, 19 May 2016</span>'
    officer = await seat(OFFICER)
    of_one = (await officer.get(address)).text
    assert of_one.count('class="app-task__title"') > 0
    assert title not in of_one
    monkeypatch.setattr(tasks, "_with_tasks", lambda found: [each.notice.terms for each in 2 * found.under])
    monkeypatch.setattr(my_week, "_are_of_several_notices", lambda _rows: True)
    of_several = (await officer.get(address)).text
    assert of_several.count(title) == of_several.count('class="app-task__title"') > 0


async def test_a_task_says_why_whose_when_and_what_happens_next(seat: Seat, september: OccurrenceId) -> None:
    director = await seat(DIRECTOR)
    page = " ".join((await director.get(f"/tasks/{september}/director")).text.split())
    assert "the council must report monthly to the improvement board" in page
    assert "Lancashire County Council" in page
    assert "By the end of Friday 14 October 2016" in page
    assert "It is brought to Duncan Ashworth (Chief executive)" in page
    assert "Friday 21 October 2016, 9am" in page
    assert "Priya Nandra, Improvement reporting officer" in page


async def test_acknowledging_records_one_event_and_hands_over_its_receipt(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    before = len(await year.events())
    director = await seat(DIRECTOR)
    page = await send(director, f"/tasks/{september}/director", f"/tasks/{september}/director/acknowledge")
    (event,) = (await year.events())[before:]
    assert (event.type, event.stream) == ("task-acknowledged.v1", september.stream)
    assert event.envelope.data["acknowledged_by"] == DIRECTOR
    assert event.envelope.data["task"] == "director"
    words = " ".join(page.text.split())
    assert page.url.path == f"/receipts/{event.index}"
    assert "Acknowledged" in words
    assert f'href="/events/{event.index}"' in page.text
    assert event.leaf in page.text
    assert "The chase goes on until the report has been received." in words
    again = (await director.get(f"/tasks/{september}/director")).text
    assert "Acknowledged by Helen Marsh." in again
    assert "/director/acknowledge" not in again


async def test_the_same_form_sent_twice_is_one_act(
    seat: Seat, token_on: object, year: Year, september: OccurrenceId
) -> None:
    director = await seat(DIRECTOR)
    page = f"/tasks/{september}/director"
    shown = (await director.get(page)).text
    fields = {name: shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_token", "slip")}
    before = len(await year.events())
    first = await director.post(f"{page}/acknowledge", data=fields, follow_redirects=True)
    second = await director.post(f"{page}/acknowledge", data=fields, follow_redirects=True)
    assert first.status_code == second.status_code == 200
    assert len(await year.events()) == before + 1
    assert second.url == first.url


async def test_a_second_acknowledgement_is_refused_on_the_same_page(
    seat: Seat, token_on: object, year: Year, september: OccurrenceId
) -> None:
    director = await seat(DIRECTOR)
    page = f"/tasks/{september}/director"
    shown = (await director.get(page)).text
    token = shown.split('name="form_token" value="')[1].split('"')[0]
    await director.post(f"{page}/acknowledge", data={"form_token": token, "slip": "one"})
    before = len(await year.events())
    answer = await director.post(f"{page}/acknowledge", data={"form_token": token, "slip": "two"})
    assert answer.status_code == 409
    assert "This was not recorded" in answer.text
    assert "acknowledged this task on 21 October 2016" in answer.text
    assert len(await year.events()) == before


async def test_somebody_else_reads_the_task_and_is_refused_when_they_sign_it(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    chair = await seat(CHAIR)
    page = f"/tasks/{september}/director"
    shown = (await chair.get(page)).text
    assert "You can read it, but not sign it." in shown
    assert f"{page}/acknowledge" not in shown
    before = len(await year.events())
    answer = await send(chair, page, f"{page}/acknowledge")
    assert answer.status_code == 409
    assert "This task belongs to" in answer.text
    assert len(await year.events()) == before


async def test_while_the_record_is_away_nothing_is_saved_and_the_page_says_so(
    seat: Seat, year: Year, september: OccurrenceId
) -> None:
    director = await seat(DIRECTOR)
    page = f"/tasks/{september}/director"
    shown = (await director.get(page)).text
    fields = {name: shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_token", "slip")}
    before = len(await year.events())
    year.ledger.reachable = False
    answer = await director.post(f"{page}/acknowledge", data=fields)
    assert answer.status_code == 503
    assert "nothing was saved" in answer.text
    assert fields["slip"] in answer.text
    assert (await director.get("/tasks")).status_code == 503
    year.ledger.reachable = True
    assert len(await year.events()) == before
    again = await director.post(f"{page}/acknowledge", data=fields, follow_redirects=True)
    assert again.url.path.startswith("/receipts/")


async def test_what_does_not_exist_is_not_found(seat: Seat, september: OccurrenceId) -> None:
    officer = await seat(OFFICER)
    for page in (
        f"/tasks/{september}/nobody",
        "/tasks/lancashire-2016/monthly-report/2099-01/owed",
        "/tasks/x/y/z/owed",
    ):
        assert (await officer.get(page)).status_code == 404


async def test_the_adviser_s_report_is_hidden_from_the_council(seat: Seat, send: Send, year: Year) -> None:
    page = "/tasks/lancashire-2016/adviser-report/2016-Q3/owed"
    for person in (ADVISER, CASE_LEAD, CHAIR):
        assert (await (await seat(person)).get(page)).status_code == 200
    for person in (OFFICER, DIRECTOR, CHIEF_EXECUTIVE):
        client = await seat(person)
        assert (await client.get(page)).status_code == 404
        before = len(await year.events())
        answer = await send(client, "/tasks", f"{page}/acknowledge")
        assert answer.status_code == 404
        assert len(await year.events()) == before


async def test_the_chair_accepts_a_report(seat: Seat, send: Send, year: Year) -> None:
    page = "/tasks/lancashire-2016/monthly-report/2016-08/acceptance"
    chair = await seat(CHAIR)
    before = len(await year.events())
    answer = await send(chair, page, f"{page}/accept")
    (event,) = (await year.events())[before:]
    assert event.type == "report-accepted.v1"
    words = " ".join(answer.text.split())
    assert "Report accepted" in words
    assert event.leaf in words
    assert "This task is over." in (await chair.get(page)).text
