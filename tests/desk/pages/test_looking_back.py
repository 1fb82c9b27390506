"""Any page that reads the record can be read as at one day and as known on another."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from desk.looking_back import Look, keep_looking_back
from domain.actor import Actor
from domain.commands import EndAppointment
from domain.identity import OccurrenceId
from projections.past.lately import past_of
from projections.past.moments import END_OF_TIME, Moments
from projections.seen_by import NotOpenToThem, SeenBy
from tests.desk.pages.test_reading import NOTICE, PAGES
from tests.desk.pages.test_the_notice import words_of
from tests.desk.pages.year import CASE_LEAD, DIRECTOR, REVIEW_TEAM, Seat, Send, Year

pytestmark = pytest.mark.slow

TASK = "/tasks/lancashire-2016/monthly-report/2016-09/director"
BACK = "as_at=2016-10-13&known_at=2016-10-14"
EVERY_PAGE = (
    *PAGES,
    "/tasks",
    TASK.replace("director", "owed"),
    NOTICE,
    f"{NOTICE}/occurrences/monthly-report/2016-09",
    "/history/lancashire-2016",
    "/events/1",
)


async def test_every_page_says_from_when_it_is_and_keeps_that_on_its_links(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    for page in EVERY_PAGE:
        answer = await director.get(f"{page}{'&' if '?' in page else '?'}{BACK}")
        assert answer.status_code == 200, page
        shown = answer.text
        assert (
            "This page is as at Thursday 13 October 2016, 11:59pm, as known on Friday 14 October 2016, 11:59pm."
            in words_of(shown)
        ), page
        forms = [form for form in re.findall(r"<form[^>]*>", shown) if 'method="post"' in form]
        assert len(forms) == 1, page
        assert "/sign-out" in forms[0]
        links = re.findall(r'<a\b[^>]*href="(/[^"]*)"[^>]*>', shown)
        leaving = [link for link in links if "as_at=2016-10-13" not in link]
        outside = ("/mailbox", "/operator", "/log/", "/audit/bag.zip", "/my-calendar")
        here = page.split("?")[0]
        assert all(link.startswith(outside) or link.split("?")[0] == here for link in leaving), (
            page,
            leaving,
        )


async def test_what_was_so_then_is_shown_and_not_what_is_so_now(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    page = f"{NOTICE}/occurrences/monthly-report/2016-09"
    assert "Critically overdue" in (await director.get(page)).text
    then = (await director.get(f"{page}?as_at=2016-10-14")).text
    assert "Due soon" in then
    assert "Critically overdue" not in then
    assert (await director.get(f"{TASK}?as_at=2016-10-14")).status_code == 404
    assert (await director.get(f"{NOTICE}?as_at=2016-01-01")).status_code == 404


async def test_what_was_written_down_later_was_not_known_then(seat: Seat, send: Send, year: Year) -> None:
    director = await seat(DIRECTOR)
    await send(director, TASK, f"{TASK}/acknowledge")
    index = (await year.events())[-1].index
    assert (await director.get(f"/events/{index}?as_at=2016-10-21")).status_code == 200
    assert (await director.get(f"/events/{index}?known_at=2016-10-20")).status_code == 404


async def test_redirects_stay_in_the_past(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    assert (await director.get(f"/?{BACK}")).headers["location"] == f"/tasks?{BACK}"
    assert (await director.get(f"/notice?{BACK}")).headers["location"] == f"{NOTICE}?{BACK}"


@pytest.mark.parametrize(
    "asked", ["as_at=nonsense", "as_at=2031-01-01", "known_at=2016-02-30", "as_at=0001-01-01"]
)
async def test_what_is_no_moment_of_the_past_is_said_plainly(seat: Seat, asked: str) -> None:
    answer = await (await seat(DIRECTOR)).get(f"/tasks?{asked}")
    assert answer.status_code == 400
    assert "cannot be" in answer.text
    assert "You are looking back" not in answer.text


async def test_nothing_can_be_signed_in_the_past(seat: Seat, send: Send, year: Year) -> None:
    director = await seat(DIRECTOR)
    before = len(await year.events())
    answer = await send(director, TASK, f"{TASK}/acknowledge?{BACK}")
    assert answer.status_code == 409
    assert "What you sent was not recorded" in answer.text
    assert len(await year.events()) == before


async def test_who_has_changed_sides_since_does_not_see_what_they_saw_then(
    year: Year, september: OccurrenceId
) -> None:
    """The rights are those of today, also where the notice of that day names others."""
    await year.casebook.catch_up()
    notice, today = year.casebook.notice(september.notice), date(2016, 10, 21)
    (role,) = notice.roles_of(REVIEW_TEAM, today)
    end = EndAppointment(september.notice, role, REVIEW_TEAM, date(2016, 10, 20), "He has moved on.")
    then = past_of(year.casebook, Moments(END_OF_TIME, year.clock.now()), september.notice)
    before = SeenBy(then, REVIEW_TEAM, year.clock.now(), year.casebook)
    assert before.notice(september.notice).find_obligation("adviser-report") is not None
    await year.office.handle(end, Actor("person", CASE_LEAD))
    await year.casebook.catch_up()
    after = SeenBy(then, REVIEW_TEAM, year.clock.now(), year.casebook)
    with pytest.raises(NotOpenToThem):
        after.notice(september.notice)
    assert not after.hides_nothing(september.notice)


def test_a_form_that_changes_something_is_taken_out_whatever_its_template_forgot() -> None:
    then = datetime(2016, 10, 1, tzinfo=UTC)
    look = Look(then, Moments(then, then), (("as_at", "2016-10-01"),))
    page = (
        '<form class="x" method="post" action="/a"><input></form><form method="post" action="/sign-out">out</form>'
        '<form method="get" action="/b"><p></p></form><a href="/c?d=1&amp;e=2#f">c</a><a data-now href="/g">g</a>'
    )
    assert keep_looking_back(page, look) == (
        '<form method="post" action="/sign-out">out</form>'
        '<form method="get" action="/b"><input type="hidden" name="as_at" value="2016-10-01"><p></p></form>'
        '<a href="/c?d=1&amp;e=2&amp;as_at=2016-10-01#f">c</a><a data-now href="/g">g</a>'
    )
