"""What the pages of acts have in common: nothing typed is lost, nobody is overtaken unawares, and only those who may see them."""

from __future__ import annotations

import html
import re
from datetime import date

import httpx2
import pytest

from desk.acts.every import ON_OCCURRENCE
from desk.acts.offered import on_event, on_notice, on_occurrence
from desk.acts.place import at_event, at_occurrence
from desk.ports import Persona
from domain.actor import Actor
from domain.commands import MakeRequest, MoveReview, NotifyReview, PlanReview
from domain.identity import OccurrenceId
from forthwith.notice_files.reading import read_notice
from forthwith.rehearsal.run import rehearse
from tests.desk.pages.year import (
    ADVISER,
    AUDITOR,
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    OFFICER,
    REVIEW_TEAM,
    Seat,
    Send,
    Year,
)
from tests.lives import NOTICES, scenario_named

NOTICE = "lancashire-2016"
REVIEW = OccurrenceId(NOTICE, "department-review", "1")
PLAN = OccurrenceId(NOTICE, "plan-kept-up-to-date", "plan")
TO_PLAN = f"/acts/{REVIEW}/plan-review"
TO_ASK = f"/acts/{NOTICE}/make-request"
NOVEMBER = date(2016, 11, 8)


def words_of(answer: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def planned(first: date = NOVEMBER, **other: str) -> dict[str, str]:
    return {
        **day("starts_on", first),
        **day("ends_on", first),
        "reviewers": "Ada Lund",
        "scope": "Progress",
        **other,
    }


def act(person: str) -> Actor:
    return Actor("person", person)


def still_there(page: str, name: str) -> str:
    return html.unescape(page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0])


async def test_what_will_come_of_it_is_told_before_anything_is_recorded(
    seat: Seat, send: Send, year: Year
) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    await year.office.handle(
        PlanReview(REVIEW, NOVEMBER, NOVEMBER, ("Ada Lund",), "Progress"), act(REVIEW_TEAM)
    )
    page = f"/acts/{REVIEW}/notify-review"
    assert "Officials or advisers from the Department will undertake reviews" in words_of(
        await leader.get(page)
    )
    checked = words_of(await send(leader, page, page))
    assert "What the record will say" in checked
    assert "Told at once: Helen Marsh (Director of children’s services), Priya Nandra" in checked
    assert len(await year.events()) == before + 1
    receipt = await send(leader, page, page, confirmed="yes")
    kinds = [each.type for each in (await year.events())[before + 1 :]]
    assert kinds[:3] == ["review-notified.v1", "occurrence-opened.v1", "occurrence-opened.v1"]
    assert "Notice of the review is given" in words_of(receipt)


async def test_days_that_move_are_shown_before_they_move(seat: Seat, send: Send, year: Year) -> None:
    for command in (PlanReview(REVIEW, NOVEMBER, NOVEMBER, ("Ada Lund",), "Progress"), NotifyReview(REVIEW)):
        await year.office.handle(command, act(REVIEW_TEAM))
    page, later = f"/acts/{REVIEW}/move-review", date(2016, 11, 15)
    leader = await seat(REVIEW_TEAM)
    assert 'value="8"' in (await leader.get(page)).text
    moved = {**day("starts_on", later), **day("ends_on", later), "reason": "The team is needed elsewhere."}
    checked = words_of(await send(leader, page, page, **moved))
    assert "It moves 2 due dates." in checked
    assert "8 November 2016 15 November 2016" in checked


async def test_a_mistake_is_named_at_its_field_and_nothing_is_lost(
    seat: Seat, send: Send, year: Year
) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    answer = await send(
        leader,
        TO_PLAN,
        TO_PLAN,
        **planned(reviewers=" ", **{"starts_on-month": "13", "themes-early help": "yes"}),
    )
    assert answer.status_code == 422
    assert 'href="#starts_on-day"' in answer.text
    assert 'href="#reviewers"' in answer.text
    assert "There is no such day in the calendar" in answer.text
    assert "Progress</textarea>" in answer.text
    assert re.search(r'name="themes-early help"[^>]*checked', answer.text)
    assert "<title>Error: " in answer.text
    assert len(await year.events()) == before


async def test_a_rule_refuses_with_its_own_sentence_before_the_check(
    seat: Seat, send: Send, year: Year
) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    answer = await send(leader, TO_PLAN, TO_PLAN, **planned(date(2016, 10, 3)))
    assert answer.status_code == 409
    assert "A review can begin today or later, not on 3 October 2016." in words_of(answer)
    assert "Ada Lund" in answer.text
    assert len(await year.events()) == before


async def test_what_was_checked_can_be_changed(seat: Seat, send: Send) -> None:
    leader = await seat(REVIEW_TEAM)
    checked = await send(leader, TO_PLAN, TO_PLAN, **planned(scope="Two words"))
    assert "Two words" in checked.text
    changed = await send(leader, TO_PLAN, TO_PLAN, **planned(scope="Two words"), confirmed="change")
    assert changed.status_code == 200
    assert "Two words</textarea>" in changed.text


async def test_sent_twice_it_is_recorded_once(seat: Seat, year: Year) -> None:
    leader, before = await seat(REVIEW_TEAM), len(await year.events())
    form = (await leader.get(TO_PLAN)).text
    hidden = {name: still_there(form, name) for name in ("form_token", "slip", "seen")}
    sent = {**hidden, **planned(), "confirmed": "yes"}
    first = await leader.post(TO_PLAN, data=sent)
    second = await leader.post(TO_PLAN, data=sent)
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"] == f"/receipts/{before + 1}"
    assert len(await year.events()) == before + 1


async def test_what_one_did_oneself_overtakes_nobody(seat: Seat, year: Year) -> None:
    await year.office.handle(PlanReview(REVIEW, NOVEMBER, NOVEMBER, ("Ada",), "Progress"), act(REVIEW_TEAM))
    leader, page = await seat(REVIEW_TEAM), f"/acts/{REVIEW}/move-review"
    form = (await leader.get(page)).text
    hidden = {name: still_there(form, name) for name in ("form_token", "slip", "seen")}
    meanwhile = MoveReview(REVIEW, date(2016, 11, 10), date(2016, 11, 10), "A strike.")
    await year.office.handle(meanwhile, act(REVIEW_TEAM))
    days = {**day("starts_on", NOVEMBER), **day("ends_on", NOVEMBER)}
    checked = await leader.post(page, data={**hidden, **days, "reason": "It is over."})
    assert checked.status_code == 200


async def test_somebody_was_faster(seat: Seat, year: Year) -> None:
    request = OccurrenceId(NOTICE, "work-with-adviser", "request-1")
    wanted = date(2016, 11, 4)
    await year.office.handle(MakeRequest(NOTICE, "work-with-adviser", "The caseloads", wanted), act(ADVISER))
    page = f"/acts/{request}/record-non-cooperation"
    adviser = await seat(ADVISER)
    form = (await adviser.get(page)).text
    hidden = {name: still_there(form, name) for name in ("form_token", "slip", "seen")}
    director, answer = await seat(DIRECTOR), f"/acts/{request}/answer-request"
    theirs = (await director.get(answer)).text
    given = {name: still_there(theirs, name) for name in ("form_token", "slip", "seen")}
    await director.post(answer, data={**given, "answer": "Twenty each.", "confirmed": "yes"})
    before = len(await year.events())

    late = await adviser.post(page, data={**hidden, "account": "Nothing came.", "confirmed": "yes"})
    assert late.status_code == 409
    assert "Somebody was faster. While this page was open: Helen Marsh" in words_of(late)
    assert "Nothing came.</textarea>" in late.text
    assert len(await year.events()) == before
    again = {name: still_there(late.text, name) for name in ("form_token", "slip", "seen")}
    done = await adviser.post(page, data={**again, "account": "Not by team.", "confirmed": "yes"})
    assert done.status_code == 303


async def test_what_cannot_be_done_now_says_why_and_shows_no_form(seat: Seat) -> None:
    leader = await seat(REVIEW_TEAM)
    page = await leader.get(f"/acts/{REVIEW}/notify-review")
    assert "This cannot be done now. This review has not been planned yet. Plan it first." in words_of(page)
    assert "<textarea" not in page.text
    assert "No finding is open here." in words_of(await leader.get(f"/acts/{REVIEW}/follow-up-finding"))


@pytest.mark.parametrize(
    ("person", "page", "status"),
    [
        (OFFICER, TO_PLAN, 403),
        (OFFICER, TO_ASK, 403),
        (AUDITOR, TO_ASK, 403),
        (REVIEW_TEAM, f"/acts/{NOTICE}/department-review/9/plan-review", 404),
        (ADVISER, "/acts/elsewhere-2016/make-request", 404),
        (CASE_LEAD, f"/acts/{NOTICE}/events/999999/approve-correction", 404),
    ],
)
async def test_by_the_table_of_permissions(seat: Seat, person: str, page: str, status: int) -> None:
    assert (await (await seat(person)).get(page)).status_code == status


async def test_links_are_there_only_for_those_who_may(seat: Seat) -> None:
    links = {
        who: set(re.findall(r'href="(/acts/[^"?]+)', (await (await seat(who)).get(f"/notice/{NOTICE}")).text))
        for who in (ADVISER, OFFICER, CASE_LEAD, AUDITOR)
    }
    assert {TO_ASK, f"/acts/{NOTICE}/require-diagnostic-review"} <= links[ADVISER]
    assert TO_ASK not in links[OFFICER]
    assert f"/acts/{NOTICE}/proclaim-holiday" in links[CASE_LEAD]
    assert links[AUDITOR] == set()
    past = await (await seat(ADVISER)).get(f"/notice/{NOTICE}?as_at=2016-09-01")
    assert "/acts/" not in past.text


async def test_a_link_chooses_what_it_is_about(seat: Seat, year: Year) -> None:
    for command in (PlanReview(REVIEW, NOVEMBER, NOVEMBER, ("Ada Lund",), "Progress"), NotifyReview(REVIEW)):
        await year.office.handle(command, act(REVIEW_TEAM))
    leader = await seat(REVIEW_TEAM)
    page = (await leader.get(f"/notice/{NOTICE}/requests")).text
    href = html.unescape(re.search(r'href="(/acts/[^"]+confirm-item\?item=facilities)"', page)[1])
    assert re.search(r'value="facilities"[^>]*checked', (await leader.get(href)).text)


async def test_the_plan_is_adopted_whole_with_room_for_one_more(seat: Seat, send: Send, year: Year) -> None:
    officer, page = await seat(OFFICER), f"/acts/{PLAN}/adopt-plan"
    shown = (await officer.get(page)).text
    count = int(still_there(shown, "objectives-count"))
    kept = dict(re.findall(r'<input[^>]*? name="(objectives-[^"]+)"[^>]*? value="([^"]*)"', shown))
    assert kept["objectives-1-title"]
    more = await send(officer, page, page, **kept, more="objectives")
    assert int(still_there(more.text, "objectives-count")) == count + 1
    assert f'id="objectives-{count + 1}"' in more.text
    assert kept["objectives-1-title"] in more.text


async def test_a_plan_keeps_what_was_said_of_what_stays_in_it(seat: Seat, send: Send, year: Year) -> None:
    before = (await year.office.case(PLAN)).occurrence.plan
    officer, page = await seat(OFFICER), f"/acts/{PLAN}/adopt-plan"
    await year.casebook.catch_up()
    place = at_occurrence(year.casebook, PLAN, OFFICER, year.clock.now())
    typed = ON_OCCURRENCE["adopt-plan"].begun(place)
    number = len(before.objectives) + 1
    added = {
        "objectives-count": str(number),
        f"objectives-{number}-title": "A new objective",
        f"objectives-{number}-owner": "director",
        f"objectives-{number}-actions-count": "1",
    }
    receipt = await send(officer, page, page, **{**typed, **added}, confirmed="yes")
    assert "The plan is adopted" in words_of(receipt)
    adopted = next(each for each in reversed(await year.events()) if each.type == "plan-adopted.v1")
    names = [each["id"] for each in adopted.envelope.data["objectives"]]
    assert names == [*(each.id for each in before.objectives), "a-new-objective"]
    assert (await year.office.case(PLAN)).occurrence.plan.updates == before.updates


async def test_an_unheard_of_plan_is_refused_at_its_row(seat: Seat, send: Send) -> None:
    officer, page = await seat(OFFICER), f"/acts/{PLAN}/adopt-plan"
    answer = await send(
        officer,
        page,
        page,
        **{"objectives-count": "2", "objectives-2-sources": "The report", "objectives-1-title": ""},
    )
    assert answer.status_code == 422
    assert 'href="#objectives-2-title"' in answer.text
    assert 'href="#objectives-2-owner"' in answer.text
    assert 'href="#objectives-1-title"' not in answer.text


async def test_requests_and_access_tell_what_came_of_each(seat: Seat, year: Year, send: Send) -> None:
    adviser = await seat(ADVISER)
    asked = {
        "obligation": "work-with-adviser",
        "asked": "The caseloads",
        **day("wanted_by", date(2016, 11, 4)),
    }
    await send(adviser, TO_ASK, TO_ASK, **asked, confirmed="yes")
    log = f"/notice/{NOTICE}/requests"
    assert "The caseloads" in words_of(await adviser.get(log))
    request = OccurrenceId(NOTICE, "work-with-adviser", "request-1")
    director, answer = await seat(DIRECTOR), f"/acts/{request}/answer-request"
    assert answer in (await director.get(log)).text
    await send(director, answer, answer, answer="Twenty each.", confirmed="yes")
    refuse = f"/acts/{request}/record-non-cooperation"
    await send(adviser, refuse, refuse, account="Not by team.", confirmed="yes")
    told = words_of(await adviser.get(log))
    assert "Answer Twenty each." in told
    assert "The caseloads Not given" in told
    assert "Recorded as not given Not by team. (Ruth Pemberton (Adviser), Friday 21 October 2016" in told
    chair = await seat(CHAIR)
    assert "/acts/" not in (await chair.get(log)).text


@pytest.mark.parametrize(
    ("notice", "scenario"),
    [
        ("care-quality-warning", "care-quality-warning/registration-cancelled"),
        ("consent-decree", "consent-decree/late-on-two-tracks"),
    ],
)
async def test_what_is_offered_under_another_regime_is_what_its_rules_allow(
    notice: str, scenario: str
) -> None:
    book = (await rehearse(read_notice(NOTICES / f"{notice}.yaml"), scenario_named(scenario), "pure")).book
    now = book.everything()[-1].recorded
    people = [Persona(name, name, (), "") for name in book.notices()[0].names]
    offered: set[str] = set()
    for who in people:
        offered |= set(on_notice(book, book.notices()[0].terms.id, who, now))
        for each in book.occurrences(book.notices()[0].terms.id):
            offered |= set(on_occurrence(book, each.id, who, now))
    for entry in book.history(book.notices()[0].terms.id)[::7]:
        place = at_event(book, book.notices()[0].terms.id, entry.index, people[0].id, now)
        offered |= set(on_event(place, entry.index))
    assert "propose-correction" in offered
    assert "plan-review" not in offered
