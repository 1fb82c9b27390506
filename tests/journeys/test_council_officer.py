"""Priya Nandra, improvement reporting officer of the council: the three things that she needs most."""

from __future__ import annotations

from datetime import date

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import words_of

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

OFFICER = "priya-nandra"
SEPTEMBER = "/tasks/lancashire-2016/monthly-report/2016-09/owed"


async def test_ask_for_an_extension_report_a_blocker_seeing_its_effect_on_the_ladder(walk_as: WalkAs) -> None:
    walk = await walk_as(OFFICER, SEPTEMBER)
    await walk.follow("Ask for more time")
    await walk.press("See what it would do")
    await walk.sees("Enter the day until which more time is needed")
    await walk.day("Until which day do you need?", date(2016, 11, 4))
    await walk.fill("Why is more time needed?", "The audit of October is not finished.")
    await walk.press("See what it would do")
    await walk.sees_heading("What more time would do")
    await walk.sees("It moves 1 due date")
    await walk.picture("council-officer-more-time")
    await walk.press("Ask for it")
    await walk.sees_heading("More time asked for")
    letter = await walk.stack.letter_to("imogen-hartley", "ore time")
    assert "“The audit of October is not finished”" in words_of(letter)
