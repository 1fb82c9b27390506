"""Ruth Pemberton, adviser appointed by the Secretary of State: the three things that she needs most."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import Stack, words_of

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

ADVISER, DIRECTOR, CASE_LEAD, OFFICER = "ruth-pemberton", "helen-marsh", "imogen-hartley", "priya-nandra"
NOTICE = "lancashire-2016"
REQUESTS = f"/notice/{NOTICE}/requests"
REPORT = f"/tasks/{NOTICE}/adviser-report/2016-Q3/owed"
REVIEW = f"/notice/{NOTICE}/occurrences/diagnostic-review/1"


async def test_requests_and_access_log(walk_as: WalkAs) -> None:
    adviser = await walk_as(ADVISER, f"/notice/{NOTICE}")
    await adviser.follow("Requests")
    await adviser.follow("Make a request")
    await adviser.press("Continue")
    await adviser.sees("Say what you ask for")
    await adviser.fill("What do you ask for?", "The caseloads of every team, by social worker.")
    await adviser.day("By which day is it wanted?", date(2016, 10, 28))
    await adviser.press("Continue")
    await adviser.sees_heading("What the record will say")
    await adviser.press("Ask for it")
    await adviser.sees_heading("Asked for")

    director = await walk_as(DIRECTOR, REQUESTS, plain=True)
    await director.follow("Answer what was asked for")
    await director.sees("The caseloads of every team, by social worker.")
    await director.fill("The answer", "Twenty each, on average.")
    await director.press("Continue")
    await director.sees("Told at once: Ruth Pemberton (Adviser)")
    await director.press("Answer")
    await director.sees_heading("Answered")

    await adviser.open(REQUESTS)
    await adviser.sees("Twenty each, on average.")
    await adviser.follow("Record that it was refused, or not given as it should be")
    await adviser.fill("What was refused, or what is wanting?", "An average, and not by social worker.")
    await adviser.press("Continue")
    await adviser.press("Record it")
    await adviser.sees_heading("Recorded as not given")
    await adviser.open(REQUESTS)
    await adviser.sees("An average, and not by social worker.")
    await adviser.picture("adviser-requests-and-access")
    letter = await adviser.stack.letter_to(CASE_LEAD, "equest")
    assert "An average, and not by social worker" in words_of(letter)


async def test_report_progress_or_concern(walk_as: WalkAs) -> None:
    adviser = await walk_as(ADVISER, plain=True)
    await adviser.open(REPORT)
    await adviser.press("Write the report")
    for section, text in (
        ("Progress", "Case recording is steadier in the teams of the east."),
        ("Concern", "Caseloads in the north are too high to be safe."),
    ):
        await adviser.follow(section)
        await adviser.fill("What the report says under", text)
        await adviser.press("Save and go back to the list")
    await adviser.sees("You have written 2 of 2 sections.")
    await adviser.open(f"{REPORT}/submit/check")
    await adviser.sees("Caseloads in the north are too high to be safe.")
    await adviser.picture("adviser-report")
    await adviser.press("Send the report")
    await adviser.sees_heading("Report received")

    await adviser.open(f"/notice/{NOTICE}")
    await adviser.follow("Raise a concern")
    await adviser.fill("What is the concern?", "Caseloads in the north are too high to be safe.")
    await adviser.fill("Which clauses is it about?", "5b")
    await adviser.press("Raise the concern")
    await adviser.sees_heading("Concern recorded")
    letter = await adviser.stack.letter_to(CASE_LEAD, "oncern")
    assert "Caseloads in the north are too high to be safe" in words_of(letter)

    officer = await walk_as(OFFICER)
    await officer.open(REPORT)
    await officer.sees_heading("Page not found")


async def test_require_a_diagnostic_review(walk_as: WalkAs, demonstration: Stack) -> None:
    adviser = await walk_as(ADVISER, f"/notice/{NOTICE}/reviews")
    await adviser.follow("Require a diagnostic review")
    await adviser.sees("undertaken by a local authority or other party agreed with the Department")
    await adviser.fill("Which service area is to be reviewed?", "Services for care leavers")
    await adviser.day("By which day shall it be done?", date(2017, 1, 31))
    await adviser.press("Continue")
    await adviser.sees_heading("What the record will say")
    await adviser.picture("adviser-diagnostic-review")
    await adviser.press("Require it")
    await adviser.sees_heading("Asked for")
    await adviser.open(REVIEW)
    await adviser.does_not_see("Agree who conducts it")

    lead = await walk_as(CASE_LEAD)
    await lead.follow(re.compile("Services for care leavers"))
    await lead.press("Agree who conducts it")
    await lead.fill("Who conducts it?", "Example Borough Council")
    await lead.press("Continue")
    await lead.sees("Told at once: Ruth Pemberton (Adviser)")
    await lead.press("Agree")
    await lead.sees_heading("Agreed")

    await adviser.open(REVIEW)
    await adviser.follow("Plan the review")
    await adviser.day("The first day", date(2016, 12, 6))
    await adviser.day("The last day", date(2016, 12, 8))
    await adviser.fill("Who conducts it?", "Two officers of Example Borough Council")
    await adviser.fill("What is it about?", "Pathway plans, and who knows of them.")
    await adviser.press("Continue")
    await adviser.press("Plan it")
    await adviser.sees_heading("The review is planned")
    await adviser.open(REVIEW)
    await adviser.follow("Give notice of it to those who are reviewed")
    await adviser.press("Continue")
    await adviser.sees("Told at once: Helen Marsh")
    await adviser.press("Give notice")
    await adviser.sees_heading("Notice of the review is given")

    await adviser.open(REQUESTS)
    await adviser.follow(re.compile("Record that it was not.*case files"))
    await adviser.fill("What was asked for, and what was said?", "Twelve files; the register is locked.")
    await adviser.press("Continue")
    await adviser.press("Record it")
    await adviser.sees_heading("Recorded as not provided")
    await adviser.open(REQUESTS)
    await adviser.sees("Twelve files; the register is locked.")
    await adviser.picture("adviser-requests-and-access")
    kinds = [each["type"] for each in demonstration.events()]
    assert {"party-agreed.v1", "review-planned.v1", "review-notified.v1", "item-refused.v1"} <= set(kinds)
