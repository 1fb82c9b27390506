"""The notice page, its occurrences, its history, its events and the mailbox."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import replace
from uuid import uuid4

from domain.actor import Actor
from domain.events.of_the_record import LOG_KEY_ROTATED, LOG_KEYS
from domain.identity import OccurrenceId
from domain.record import Append, Envelope, StreamWrite
from tests.desk.pages.year import ADVISER, CASE_LEAD, CHIEF_EXECUTIVE, DIRECTOR, OFFICER, Seat, Send, Year

NOTICE = "/notice/lancashire-2016"


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


async def test_one_notice_is_opened_straight_away(seat: Seat) -> None:
    officer = await seat(OFFICER)
    assert (await officer.get("/notice")).headers["location"] == NOTICE
    assert (await officer.get("/history")).headers["location"] == "/history/lancashire-2016"
    assert (await officer.get("/notice/another")).status_code == 404
    assert (await officer.get("/history/another")).status_code == 404


async def test_the_notice_says_where_each_clause_stands_beside_its_words(seat: Seat) -> None:
    page = (await (await seat(OFFICER)).get(NOTICE)).text
    clause = page.split('id="clause-6b"')[1].split("</li>")[0]
    assert "the council must report monthly to the improvement board" in clause
    assert "Critically overdue" in clause
    assert "/occurrences/monthly-report/2016-09" in clause


async def test_lateness_stands_with_whoever_owes(seat: Seat) -> None:
    page = words_of((await (await seat(CASE_LEAD)).get(NOTICE)).text)
    council = page.split("What is overdue, and whose it is")[1].split("The independent chair")[0]
    assert "Monthly report to the improvement board, September 2016" in council
    assert "5 working days ago" in council
    chair = page.split("The independent chair of the improvement board Nothing is overdue")[1]
    assert chair


async def test_the_year_is_a_picture_and_the_same_table(seat: Seat) -> None:
    page = (await (await seat(OFFICER)).get(NOTICE)).text
    assert page.count("<figure") == 1
    table = page.split("<table")[1].split("</table>")[0]
    picture = page.split('<svg class="app-picture__svg')[1].split("</svg>")[0]
    assert table.count("<tr") - 1 == picture.count('class="year__mark ') == 24
    row = next(row for row in table.split("<tr") if "monthly-report/2016-09" in row)
    assert "Friday 14 October 2016" in row
    assert "Critically overdue" in row
    assert "the escalation to Helen Marsh" in row
    assert 'href="/notice/lancashire-2016/occurrences/monthly-report/2016-09"' in row


async def test_how_the_notice_is_read_stands_with_question_ruling_and_basis(seat: Seat) -> None:
    page = words_of((await (await seat(OFFICER)).get(NOTICE)).text)
    assert "The council must report monthly. On which day of the month is the report due?" in page
    assert "By the tenth working day of the month after the month reported on." in page
    assert "The notice names no day." in page


async def test_an_occurrence_says_why_it_stands_as_it_does(seat: Seat, september: OccurrenceId) -> None:
    director = await seat(DIRECTOR)
    page = (await director.get(f"{NOTICE}/occurrences/monthly-report/2016-09")).text
    chain = page.split('class="app-why__chain"')[1].split("</ol>")[0]
    assert "due by the end of Friday 14 October 2016" in chain
    assert "is critically overdue" in chain
    links = re.findall(r'href="(/events/\d+)"', chain)
    assert len(links) > 5
    for link in links:
        assert (await director.get(link)).status_code == 200
    assert (await director.get(f"{NOTICE}/occurrences/monthly-report/2031-09")).status_code == 404


async def test_history_is_told_newest_first_or_oldest_first_in_pages(seat: Seat, year: Year) -> None:
    case_lead = await seat(CASE_LEAD)
    newest = (await case_lead.get("/history/lancashire-2016")).text
    events = await year.events()
    assert newest.count('class="moj-timeline__item"') == 50
    assert newest.index(f'id="event-{events[-1].index}"') < newest.index(f'id="event-{events[-2].index}"')
    oldest = (await case_lead.get("/history/lancashire-2016?order=oldest")).text
    assert 'id="event-1"' in oldest
    assert "issued the Improvement Notice" in words_of(oldest)
    last = (await case_lead.get("/history/lancashire-2016?page=99")).text
    assert 'id="event-1"' in last
    one = (await case_lead.get("/history/lancashire-2016?occurrence=monthly-report/2016-09")).text
    assert "Everything" in one
    assert 'id="event-1"' not in one
    assert (await case_lead.get("/history/lancashire-2016?occurrence=nonsense")).status_code == 404
    assert (await case_lead.get("/history/lancashire-2016?page=x")).status_code == 422


async def test_every_event_can_be_opened_and_its_hash_checked(seat: Seat, year: Year) -> None:
    case_lead = await seat(CASE_LEAD)
    for event in await year.events():
        page = (await case_lead.get(f"/events/{event.index}")).text
        shown = html.unescape(page.split('<pre class="app-bytes">')[1].split("</pre>")[0])
        assert hashlib.sha256(b"\x00" + shown.encode()).hexdigest() == event.leaf
        assert event.leaf in page
        assert str(event.command_id) in page
    assert (await case_lead.get(f"/events/{len(await year.events()) + 1}")).status_code == 404
    assert (await case_lead.get("/events/0")).status_code == 404


async def test_an_event_says_who_when_and_on_what_authority(seat: Seat, send: Send, year: Year) -> None:
    director = await seat(DIRECTOR)
    task = "/tasks/lancashire-2016/monthly-report/2016-09/director"
    await send(director, task, f"{task}/acknowledge")
    index = (await year.events())[-1].index
    page = words_of((await director.get(f"/events/{index}")).text)
    assert "Who Helen Marsh" in page
    assert "True from Friday 21 October 2016, 8:58am" in page
    assert "On the authority of clause 6b" in page
    assert "Acknowledged by Helen Marsh (helen-marsh)" in page
    assert "occ/lancashire-2016/monthly-report/2016-09, version" in page


async def test_what_happened_to_the_record_itself_can_be_opened_too(seat: Seat, year: Year) -> None:
    key = {
        "key": "a.example+2222+BB",
        "replaces": "a.example+1111+AA",
        "overlap_until": "2026-07-01T12:00:00Z",
    }
    now = year.clock.now()
    event = Envelope(uuid4(), LOG_KEY_ROTATED, now, Actor("person", DIRECTOR), key)
    for stream in (LOG_KEYS, "es/another/application"):
        await year.ledger.append(
            Append(uuid4(), (StreamWrite(stream, 0, (replace(event, id=uuid4()),)),), told=now)
        )
    *_, ours, theirs = await year.events()
    client = await seat(CASE_LEAD)
    page = (await client.get(f"/events/{ours.index}")).text
    told = words_of(page)
    assert "The key “a.example+2222” of the log took the place of “a.example+1111”; both sign until" in told
    assert "This happened to the record itself, under no notice." in told
    assert "Who helen-marsh" in told
    assert ours.leaf in page
    assert (await client.get(f"/events/{theirs.index}")).status_code == 404


async def test_the_adviser_s_reports_are_nowhere_to_be_seen_for_the_council(seat: Seat, year: Year) -> None:
    hidden = [event.index for event in await year.events() if event.envelope.obligation == "adviser-report"]
    assert len(hidden) > 5
    for person in (OFFICER, DIRECTOR, CHIEF_EXECUTIVE):
        client = await seat(person)
        for page in (NOTICE, "/history/lancashire-2016", "/history/lancashire-2016?page=2", "/tasks"):
            shown = (await client.get(page)).text
            assert "adviser-report/" not in shown
            assert "Report of the adviser on progress or concern, " not in shown
            assert not [index for index in hidden if f'id="event-{index}"' in shown]
        for index in hidden:
            assert (await client.get(f"/events/{index}")).status_code == 404
        for place in (
            f"{NOTICE}/occurrences/adviser-report/2016-Q2",
            "/history/lancashire-2016?occurrence=adviser-report/2016-Q2",
        ):
            assert (await client.get(place)).status_code == 404
    for person in (ADVISER, CASE_LEAD):
        client = await seat(person)
        assert (await client.get(f"{NOTICE}/occurrences/adviser-report/2016-Q2")).status_code == 200
        assert "adviser-report/2016-Q2" in (await client.get(NOTICE)).text


async def test_caught_mail_can_be_read_and_leads_back_to_the_desk(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    page = (await director.get("/mailbox")).text
    subjects = re.findall(r'app-mailbox__subject" href="(/mailbox/[0-9a-f]{32})">([^<]+)<', page)
    assert len(subjects) > 20
    assert any("September 2016" in subject for _, subject in subjects[:5])
    brought = next(
        link for link, subject in subjects if "brought to you" in subject and "September" in subject
    )
    letter = (await director.get(brought)).text
    assert "Dear Helen Marsh" in letter
    assert 'href="http://127.0.0.1:8000/tasks/lancashire-2016/monthly-report/2016-09/director"' in letter
    assert (await director.get("/mailbox/" + "0" * 32)).status_code == 404
    assert (await director.get("/mailbox/..%2Fsecret")).status_code == 404


async def test_a_letter_that_is_hidden_is_hidden_as_html_too(seat: Seat) -> None:
    adviser, director = await seat(ADVISER), await seat(DIRECTOR)
    page = (await adviser.get("/mailbox")).text
    letters = re.findall(r'app-mailbox__subject" href="(/mailbox/[0-9a-f]{32})">', page)
    about_the_adviser = [each for each in letters if "adviser-report" in (await adviser.get(each)).text]
    assert about_the_adviser
    for letter in about_the_adviser:
        assert (await adviser.get(f"{letter}/html")).status_code == 200
        assert (await director.get(letter)).status_code == 404
        assert (await director.get(f"{letter}/html")).status_code == 404


async def test_where_no_mail_is_caught_there_is_no_mailbox(seat: Seat, app: object) -> None:
    from dataclasses import replace

    app.state.ports = replace(app.state.ports, mailbox=None)  # type: ignore[attr-defined]
    director = await seat(DIRECTOR)
    assert (await director.get("/mailbox")).status_code == 404
    assert 'href="/mailbox"' not in (await director.get("/tasks")).text


async def test_every_page_is_for_signed_in_people(visitor: object) -> None:
    stranger = visitor()  # type: ignore[operator]
    for page in (
        "/tasks",
        NOTICE,
        "/history/lancashire-2016",
        "/events/1",
        "/mailbox",
        f"{NOTICE}/occurrences/monthly-report/2016-09",
    ):
        answer = await stranger.get(page)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")
