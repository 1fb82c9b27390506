"""Priya Nandra, improvement reporting officer of the council: the three things that she needs most."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import httpx2
import icalendar
import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import words_of

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

OFFICER = "priya-nandra"
NAMED = "lancashire-2016/monthly-report/2016-09"
SEPTEMBER = f"/tasks/{NAMED}/owed"
SECTIONS = {
    "Data": "Referrals 744. Nine children have no allocated social worker.",
    "Analysis": "Caseloads have come down to 20 on average.",
    "Recommendations": "Keep the two posts in the north until March.",
    "Evidence of impact": "Audits of 40 cases: 17 good, 19 requiring improvement, 4 inadequate.",
    "Views of": "A survey of 61 care leavers: two of three know their plan.",
}


async def test_my_week_due_to_acknowledge_partner_updates_outstanding_ics(walk_as: WalkAs) -> None:
    walk = await walk_as(OFFICER)
    asked = ("--partner", "the police", "--asked", "Missing from home in September.")
    how = ("--wanted-by", "2016-10-24", "--by", OFFICER)
    assert walk.stack.forthwith("report", "commission", NAMED, *asked, *how).code == 0
    await walk.follow("My week on one page")
    week = await walk.text()
    assert "From today, Friday 21 October 2016, to Sunday 23 October 2016" in week
    due, acknowledge, updates = (
        week.index(each) for each in ("Due (", "To acknowledge (", "Partner updates")
    )
    assert "Monthly report to the improvement board, September 2016" in week[due:acknowledge]
    assert "The improvement plan and the record of progress" in week[acknowledge:updates]
    assert "Partner updates outstanding (1) The police Missing from home in September." in week
    await walk.picture("council-officer-my-week")
    await walk.follow("Have these dates in your own calendar program")
    await walk.press("Make an address", walk.page.get_by_role("region", name="What is mine"))
    address = await walk.page.get_by_label("The address of this calendar").input_value()
    calendar = icalendar.Calendar.from_ical(httpx2.get(address).raise_for_status().content)
    assert f"{NAMED}/due@forthwith" in {str(event["UID"]) for event in calendar.walk("VEVENT")}


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

    await walk.open(SEPTEMBER)
    await walk.follow("Report a blocker, and bring it to the next in line now")
    row = walk.page.get_by_role("row", name="It is brought to Duncan Ashworth")
    planned, now = await row.locator("td").all_inner_texts()
    assert planned == "Friday 21 October 2016, 9am"
    assert now.startswith("Friday 21 October 2016, 8")
    await walk.picture("council-officer-blocker")
    await walk.press("Bring it up now")
    await walk.sees("Say why this cannot wait")
    await walk.fill(
        "What stands in the way, and why can it not wait?", "The case system has been down for a week."
    )
    await walk.press("Bring it up now")
    brought = await walk.stack.letter_to("duncan-ashworth", "Brought to you")
    told = (
        "Priya Nandra brought “Monthly report to the improvement board, September 2016” to you before its day"
    )
    assert f"{told}: “The case system has been down for a week”" in words_of(brought)


async def test_submit_the_report_with_the_6c_6e_checklist_evidence_receipt(
    walk_as: WalkAs, tmp_path: Path
) -> None:
    """On her telephone, without scripts."""
    walk = await walk_as(OFFICER, SEPTEMBER, plain=True)
    await walk.press("Write the report")
    for title, text in SECTIONS.items():
        await walk.follow(_beginning(title))
        await walk.fill("What the report says under", text)
        await walk.press("Save and go back to the list")
    await walk.sees("You have written 5 of 7 sections.")
    await walk.follow(_beginning("Objectives that are slow"))
    assert "pathway plan" in await walk.page.get_by_label("What the report says under").input_value()
    await walk.press("Save and go back to the list")
    await walk.follow(_beginning("Where contributions"))
    await walk.page.get_by_label("What the report says under").fill("")
    await walk.check("There is nothing to report here")
    await walk.press("Save and go back to the list")
    await walk.sees("You have written 7 of 7 sections.")
    await walk.follow("Evidence")
    file = tmp_path / "audit.pdf"
    file.write_bytes(b"%PDF-1.7\nAudit of 40 cases.\n%%EOF\n")
    await walk.page.get_by_label("Lodge a file").set_input_files(file)
    await walk.press("Lodge this file")
    await walk.sees("Lodged: audit.pdf.")
    await walk.open(f"{SEPTEMBER}/submit/check")
    said = await walk.text()
    assert all(f"clause 6{letter}" in said for letter in "cde")
    await walk.picture("council-officer-submit")
    await walk.press("Send the report")
    await walk.sees_heading("Report received")
    sent = next(each for each in reversed(walk.stack.events()) if each["type"] == "report-submitted.v1")
    await walk.sees(f"Event {sent['index']}")
    assert sent["actor"] == f"person:{OFFICER}"
    receipt = await walk.stack.letter_to(OFFICER, "eceived")
    assert "September 2016" in words_of(receipt)


def _beginning(title: str) -> re.Pattern[str]:
    return re.compile(f"^{title}")
