"""Fiona Laidlaw and David Achebe of the minister's private office: the three things that they need most."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.walking import Walk

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

HEAD, SECOND = "fiona-laidlaw", "david-achebe"
NOTICE = "/notice/lancashire-2016"
REASONS = "The reports of five months came, one of them late, and each said what had become better for whom. "


async def pages_of_paper(walk: Walk) -> int:
    paper = await walk.page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", paper))


async def opened(walk: Walk, why: str, about: str | None = None) -> str:
    """Opens a consideration; where it is."""
    await walk.press("Open a consideration")
    await walk.fill("Why is it considered?", why)
    if about:
        await walk.check(about)
    await walk.press("Open the consideration")
    await walk.sees_heading("Consideration opened")
    await walk.follow("The consideration")
    await walk.sees_heading("The papers")
    return walk.page.url.removeprefix(walk.stack.desk)


async def test_decision_sheet_on_one_page(walk_as: WalkAs) -> None:
    walk = await walk_as(HEAD, "/escalations")
    await opened(walk, "A monthly report has not come.", about="September 2016")
    await walk.follow("The decision sheet, on one page")
    said = await walk.text()
    assert "497A" in said
    assert "Monthly report to the improvement board, September 2016" in said
    assert all(option in said for option in ("Do not escalate", "Not signed yet", "Decided not yet"))
    await walk.picture("ministers-office-decision-sheet")
    assert await pages_of_paper(walk) == 1


async def test_record_a_decision_reasons_signatories_dates_confirmed_by_two_people(walk_as: WalkAs) -> None:
    walk = await walk_as(HEAD, "/escalations")
    here = await opened(walk, "Whether the powers are to be used.")
    await walk.press("Propose a decision")
    await walk.press("Propose it and sign it")
    await walk.sees("There is a problem")
    await walk.check("Do not escalate")
    await walk.fill("The reasons", REASONS)
    await walk.press("Propose it and sign it")
    await walk.sees_heading("Proposed and signed")
    await walk.open(f"{here}/sign")
    await walk.sees("You cannot sign this: Fiona Laidlaw signed first.")

    second = await walk_as(SECOND, here, plain=True)
    await second.press("Read it and sign it")
    await second.sees(REASONS.strip())
    await second.press("Sign the decision")
    await second.sees("Confirm that you have read")
    await second.check("I have read the papers and the reasons")
    await second.press("Sign the decision")
    await second.sees_heading("Decided")

    await walk.open(here)
    for done in ("issued", "published"):
        await walk.press(f"Record that it was {done}")
        await walk.day(f"On which day was it {done}?", date(2016, 10, 21))
        await walk.press("Record it")
        await walk.follow("The consideration")
    await walk.follow("The decision sheet, on one page")
    said = await walk.text()
    assert "Do not escalate (chosen)" in said
    assert "Fiona Laidlaw" in said
    assert "David Achebe" in said
    assert "Issued 21 October 2016 Published 21 October 2016" in said
    await walk.picture("ministers-office-decision")
    assert await pages_of_paper(walk) == 1
    (made,) = [each for each in walk.stack.events() if each["type"] == "decision-made.v1"]
    assert f"/events/{made['index']}" in await walk.page.content()


async def test_the_notices_year_on_one_page_printable(walk_as: WalkAs) -> None:
    walk = await walk_as(HEAD, NOTICE)
    await walk.follow("The year on one page, to be printed")
    said = await walk.text()
    assert "Improvement Notice to Lancashire County Council, 19 May 2016: the year" in said
    assert "September 2016, critically overdue" in said
    await walk.picture("ministers-office-year")
    assert await pages_of_paper(walk) == 1
