"""Imogen Hartley, case lead of the Department: the three things that she needs most."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.walking import Walk

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

LEAD = "imogen-hartley"
NOTICES = Path(__file__).parents[2] / "notices"
DIRECTION = (
    (NOTICES / "lancashire-direction-2017.yaml").read_text("utf-8").replace("2016-12-15", "2016-10-14")
)


async def test_portfolio_next_due_overdue_by_obligor_rung_days_left_in_the_review_gap(
    walk_as: WalkAs,
) -> None:
    walk = await walk_as(LEAD, "/tasks")
    await walk.follow("Portfolio")
    await walk.sees("Next due:")
    said = await walk.text()
    assert "Report of the adviser" in said
    assert re.search(r"Overdue Lancashire County Council: \d", said)
    assert re.search(r"Furthest step taken \w", said)
    assert re.search(r"Left until the next review \d+ days, until \w+day \d+ November 2016", said)
    await walk.picture("department-case-lead-portfolio")
    await walk.follow(re.compile("^Improvement Notice to Lancashire"))
    await walk.sees("Nobody’s lateness counts against another.")
    await walk.follow("Monthly report to the improvement board, September 2016")
    await walk.sees("critically overdue")


async def test_escalation_file_why_chain_options_including_do_not_escalate(walk_as: WalkAs) -> None:
    walk = await walk_as(LEAD, "/escalations")
    await walk.follow("Monthly report to the improvement board, September 2016")
    await walk.sees_heading(re.compile("Why"))
    await walk.open("/notice/lancashire-2016/occurrences/monthly-report/2016-09/why")
    chain = await walk.text()
    assert "6b" in chain
    assert "Friday 14 October 2016" in chain
    await walk.picture("department-case-lead-why")
    await walk.open("/escalations")
    await walk.press("Open a consideration")
    await walk.fill("Why is it considered?", "Two reports out of five came late or not at all.")
    await walk.check("September 2016")
    await walk.press("Open the consideration")
    await walk.follow("The consideration")
    await walk.sees("Do not escalate")
    await walk.sees("The papers")
    await walk.sees("Two reports out of five came late or not at all.")
    await walk.picture("department-case-lead-escalation")


async def test_notice_builder_and_rehearsal_issue_vary_supersede(walk_as: WalkAs) -> None:
    walk = await walk_as(LEAD, "/build")
    await walk.fill(
        "Paste the text of a notice file", DIRECTION.replace("obligor: council", "obligor: counsil")
    )
    await walk.press("Keep it and check it")
    await walk.sees("There is no party called “counsil”; did you mean “council”?")
    await walk.picture("department-case-lead-builder-faults")
    await walk.fill("The text of the notice file", DIRECTION)
    await walk.press("Save and check")
    await walk.sees("Nothing is wrong with this file.")
    await walk.follow("What it asks for")
    await walk.sees("What falls due in the first year")
    await walk.follow("Weeks and clashes")
    await walk.sees("Due beside a bank holiday")
    await walk.picture("department-case-lead-builder-weeks")
    await walk.follow("Rehearse")
    await walk.check("Everybody does what they owe, in time")
    await walk.page.get_by_label("Where everybody acts: but for this").select_option("monthly-report")
    await walk.press("Rehearse it")
    await walk.sees("but nobody sees to “Monthly report to the commissioner”")
    await walk.sees(re.compile("referred for consideration, the first on"))
    await walk.picture("department-case-lead-builder")

    await walk.follow("Issue")
    await walk.press("Check before you issue it")
    await walk.sees("It goes into the record for good")
    await walk.press("Issue it")
    await walk.sees("is in force. Recorded as")
    issued = walk.stack.events("lancashire-direction-2017")[0]
    assert (issued["type"], issued["actor"]) == ("notice-issued.v1", f"person:{LEAD}")

    await vary(walk)
    await supersede(walk)
    types = [each["type"] for each in walk.stack.events()]
    assert types.index("notice-varied.v1") < types.index("notice-superseded.v1")


async def vary(walk: Walk) -> None:
    """The notice of May, from how it reads now."""
    await walk.open("/build")
    await walk.page.get_by_label("Begin from a notice in force").select_option("lancashire-2016")
    await walk.press("Begin from this notice")
    box = walk.page.get_by_label("The text of the notice file")
    await box.fill((await box.input_value()).replace("runs_until: 2017-05-31", "runs_until: 2017-08-31"))
    await walk.press("Save and check")
    await walk.follow("Vary")
    await walk.fill("What is the variation called?", "Variation of 21 October 2016")
    await walk.fill("Why is the notice varied?", "The council needs the summer of 2017.")
    await walk.press("See what it would do")
    await walk.sees(re.compile(r"It moves \d+ due dates"))
    await walk.picture("department-case-lead-builder-vary")
    await walk.press("Vary it")
    await walk.sees("is varied. Recorded as")


async def supersede(walk: Walk) -> None:
    """The direction takes the place of the notice of May."""
    await walk.open("/build")
    await walk.follow(re.compile("^Direction to Lancashire"))
    await walk.follow("Supersede")
    await walk.check("Improvement Notice to Lancashire")
    await walk.fill("Why does another instrument take its place?", "Progress is too slow.")
    await walk.press("See what it would do")
    await walk.sees("Open now, and owed no more then")
    await walk.press("Let it take its place")
    await walk.sees("has taken its place. Recorded as")
