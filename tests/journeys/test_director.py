"""Helen Marsh, director of children’s services: the three things that she needs most."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import paths_in, words_of

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

DIRECTOR, CHIEF_EXECUTIVE = "helen-marsh", "duncan-ashworth"
NOTICE = "/notice/lancashire-2016"
SEPTEMBER = "/tasks/lancashire-2016/monthly-report/2016-09/director"


async def test_acknowledge_queue_from_a_mail_in_two_clicks_delegate_or_refuse_with_a_reason(
    walk_as: WalkAs,
) -> None:
    """She is not signed in when she opens the mail: whoever holds the link is taken to be its reader, for this one act."""
    walk = await walk_as(None, plain=True)
    brought = await walk.stack.letter_to(
        DIRECTOR, "September 2016", lambda letter: any("/acknowledge/" in each for each in paths_in(letter))
    )
    link = next(each for each in paths_in(brought) if each.startswith("/acknowledge/"))
    before = len(walk.stack.events())
    await walk.open(link)
    assert len(walk.stack.events()) == before, "opening it has changed nothing"
    await walk.press("Acknowledge as Helen Marsh")
    await walk.sees("Helen Marsh has acknowledged this task")
    await walk.picture("director-acknowledge-from-a-mail")
    await walk.open(link)
    await walk.sees("This link has been used and does nothing more.")

    at_the_desk = await walk_as(DIRECTOR, "/tasks")
    await at_the_desk.sees("Acknowledged by Helen Marsh")
    await at_the_desk.follow(re.compile("Monthly report to the improvement board, September 2016"))
    await at_the_desk.picture("director-queue")
    await at_the_desk.follow("Give this task to somebody else")
    await at_the_desk.check("Priya Nandra")
    await at_the_desk.fill("Why?", "She has the figures.")
    await at_the_desk.press("Give it to them")
    await at_the_desk.sees_heading("Given to somebody else")
    given = await at_the_desk.stack.letter_to("priya-nandra", "Now your task")
    assert "She has the figures" in words_of(given)

    officer = await walk_as("priya-nandra", SEPTEMBER)
    await officer.follow(re.compile("Say that you will not do it|Refuse"))
    await officer.press("Refuse this task")
    await officer.sees("Say why you will not do it")
    await officer.fill("Why will you not do it?", "The figures are with the data team.")
    await officer.press("Refuse this task")
    await officer.sees_heading("Refused")
    await officer.picture("director-refuse-with-a-reason")
    told = await officer.stack.letter_to(CHIEF_EXECUTIVE, "Task refused")
    assert "The figures are with the data team" in words_of(told)


async def test_where_we_are_exposed_late_deficient_slow_stale_next_rung_and_its_date(walk_as: WalkAs) -> None:
    walk = await walk_as(DIRECTOR, "/portfolio")
    await walk.follow(re.compile("Exposure: what is late"))
    await walk.sees_heading("Where we are exposed")
    said = await walk.text()
    assert "Lancashire County Council: 1 late" in said
    assert "Monthly report to the improvement board, September 2016" in said
    assert "Friday 21 October 2016, 9am: It is brought to Duncan Ashworth (Chief executive)" in said
    assert "The pathway plans of care leavers are up to date" in said, "rated slow"
    await walk.picture("director-exposure")
    returned = walk.stack.forthwith(
        "report", "return", "lancashire-2016/monthly-report/2016-08", "--section", "views",
        "--reasons", "Nobody was asked.", "--by", "margaret-oduya",
    )  # fmt: skip
    assert returned.code == 0, returned.err
    await walk.open(f"{NOTICE}/exposure")
    await walk.sees("Nobody was asked.")
    await walk.follow("1 deficient")
    await walk.follow("The independent chair of the improvement board")
    await walk.sees_heading("Where the independent chair of the improvement board is exposed")


async def test_absence_cover_with_a_conflict_check(walk_as: WalkAs) -> None:
    walk = await walk_as(CHIEF_EXECUTIVE, f"{NOTICE}/people/absence")
    await walk.day("Away from", date(2016, 10, 31))
    await walk.day("Away until", date(2016, 11, 11))
    await walk.check("Priya Nandra")
    await walk.fill("Why?", "On leave.")
    await walk.press("Check it")
    await walk.press("Record the absence")

    walk = await walk_as(DIRECTOR, f"{NOTICE}/people")
    await walk.press("Record an absence")
    await walk.day("Away from", date(2016, 10, 24))
    await walk.day("Away until", date(2016, 11, 4))
    await walk.check("Margaret Oduya")
    await walk.fill("Why?", "On leave.")
    await walk.press("Check it")
    await walk.sees("which conflicts with the role of Director of children’s services")
    await walk.check("Duncan Ashworth")
    await walk.press("Check it")
    await walk.sees("Duncan Ashworth is away too, from 31 October 2016 until 11 November 2016.")
    await walk.sees_heading("Where your tasks go")
    await walk.picture("director-absence-conflict-check")
    await walk.press("Change it")
    await walk.check("Priya Nandra")
    await walk.press("Check it")
    await walk.sees("No conflict was found")
    await walk.press("Record the absence")
    await walk.sees_heading("Delegated")
    await walk.open(f"{NOTICE}/people")
    row = walk.page.get_by_role("row").filter(has_text="Helen Marsh")
    assert "Priya Nandra" in await row.inner_text()
