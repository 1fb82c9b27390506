"""Acting at the desk in a real browser: handing a task on, more time, a report in sections, a decision by two people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from domain.actor import Actor
from domain.commands import OpenConsideration
from domain.identity import OccurrenceId
from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    PICTURES,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.year import Year

pytestmark = NEEDS_CHROMIUM

TASK = "/tasks/lancashire-2016/monthly-report/2016-09"
SEPTEMBER = OccurrenceId("lancashire-2016", "monthly-report", "2016-09")
CONSIDERATION = "/considerations/lancashire-2016/referral-power/1"
WIDE, NARROW = (1280, True), (320, False)
REFUSED = "Failed to load resource: the server responded with a status of 4"


def screens(screen: tuple[int, bool]) -> pytest.MarkDecorator:
    """Each journey is made at one screen; where pictures are asked for, at both."""
    at = [WIDE, NARROW] if PICTURES else [screen]
    return pytest.mark.parametrize(("width", "scripts"), at, ids=str)


def not_meant(complaints: list[str]) -> list[str]:
    """A form that is refused is a 4xx on purpose, and the browser says so."""
    return [each for each in complaints if not each.startswith(REFUSED)]


class Journey:
    """One person at one screen; `look` holds the page to what every page is held to."""

    def __init__(self, browser: Browser, served: str, page: Page, width: int, *, scripts: bool) -> None:
        self.browser, self.served, self.page, self.width, self.scripts = browser, served, page, width, scripts

    async def look(self, name: str) -> None:
        await picture(self.page, f"{name}-{self.width}")
        looked_at = self.page if self.scripts else await the_same_without_scripts(self.page, self.browser)
        assert await accessibility_faults(looked_at) == [], name
        assert await fits_sideways(self.page), name

    async def press(self, name: str) -> None:
        await self.page.get_by_role("button", name=name, exact=True).click()

    async def follow(self, name: str) -> None:
        await self.page.get_by_role("link", name=name, exact=True).click()

    async def day(self, group: str, day: int, month: int, year: int) -> None:
        fields = self.page.get_by_role("group", name=group)
        for label, value in (("Day", day), ("Month", month), ("Year", year)):
            await fields.get_by_label(label).fill(str(value))

    async def heading(self, name: str) -> None:
        await self.page.get_by_role("heading", name=name).first.wait_for()


async def begin(
    browser: Browser, served: str, name: str, at: str, width: int, scripts: bool
) -> tuple[Journey, list[str]]:
    page, complaints = await a_page(browser, width, scripts)
    await sit_down(page, served, name, at)
    return Journey(browser, served, page, width, scripts=scripts), complaints


async def newest(year: Year, kind: str):
    return next(each for each in reversed(await year.events()) if each.type == kind)


@screens(NARROW)
async def test_the_director_lets_somebody_act_for_her_and_sees_whose_roles_conflict(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Helen Marsh", f"{TASK}/director", width, scripts)
    await here.look("task")
    await here.follow("Let somebody act for you on some days")
    await here.page.get_by_text("Acts as Independent chair").wait_for()
    await here.look("delegate")
    await here.page.get_by_label("Margaret Oduya").check()
    await here.day("Until", 4, 11, 2016)
    await here.page.get_by_label("Why?").fill("On leave.")
    await here.press("Let them act for me")
    await here.page.get_by_text("which conflicts with the role of").wait_for()
    assert await here.page.get_by_label("Why?").input_value() == "On leave."
    await here.look("delegate-refused")
    await here.page.get_by_label("Duncan Ashworth").check()
    await here.press("Let them act for me")
    await here.heading("Delegated")
    event = await newest(year, "role-delegated.v1")
    assert (event.envelope.data["to"], event.envelope.data["until"]) == ("duncan-ashworth", "2016-11-04")
    assert await here.page.get_by_text(event.leaf).is_visible()
    await here.look("receipt")
    assert not_meant(complaints) == []


@screens(WIDE)
async def test_the_officer_sees_what_more_time_would_do_before_she_asks_for_it(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Priya Nandra", f"{TASK}/owed", width, scripts)
    before = len(await year.events())
    await here.follow("Ask for more time")
    await here.press("See what it would do")
    await here.page.get_by_role("link", name="Enter the day until which more time is needed").wait_for()
    await here.look("extension-error")
    await here.day("Until which day do you need?", 4, 11, 2016)
    await here.page.get_by_label("Why is more time needed?").fill("The audit of October is not finished.")
    await here.press("See what it would do")
    await here.heading("What more time would do")
    assert await here.page.get_by_text("It moves 1 due date").is_visible()
    assert len(await year.events()) == before
    await here.look("extension")
    await here.press("Ask for it")
    await here.heading("More time asked for")
    event = await newest(year, "extension-requested.v1")
    assert event.envelope.data["until"] == "2016-11-04"
    assert not_meant(complaints) == []


@screens(NARROW)
async def test_the_report_is_written_section_by_section_with_evidence_and_sent(
    browser: Browser, served: str, year: Year, tmp_path: Path, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Priya Nandra", f"{TASK}/owed", width, scripts)
    await here.press("Write the report")
    await here.follow("Data")
    await here.page.get_by_label("What the report says under").fill("Referrals 801, of which 29 % repeat.")
    await here.look("report-section")
    await here.press("Save and go back to the list")
    await here.page.get_by_text("You have written 1 of 7 sections.").wait_for()
    await here.look("report-sections")
    await here.follow("Evidence")
    file = tmp_path / "audit.pdf"
    file.write_bytes(b"%PDF-1.7\nAudit of 40 cases.\n%%EOF\n")
    await here.page.get_by_label("Lodge a file").set_input_files(file)
    await here.press("Lodge this file")
    await here.page.get_by_text("Lodged: audit.pdf.").wait_for()
    await here.look("report-evidence")
    await here.page.goto(f"{served}{TASK}/owed/submit/check")
    await here.page.get_by_text("It will be recorded that nothing is said under:").wait_for()
    await here.look("report-check")
    await here.press("Send the report")
    await here.page.get_by_role("link", name="Fill in what is missing").wait_for()
    await here.page.get_by_label("Send it all the same, without these").check()
    await here.press("Send the report")
    await here.heading("Report received")
    submitted = await newest(year, "report-submitted.v1")
    assert [each["section"] for each in submitted.envelope.data["sections"]] == ["data"]
    assert await here.page.get_by_text(submitted.leaf).is_visible()
    await here.look("report-receipt")
    assert not_meant(complaints) == []


@screens(WIDE)
async def test_two_people_decide_not_to_escalate_and_the_sheet_is_one_page_of_paper(
    browser: Browser, served: str, year: Year, width: int, scripts: bool
) -> None:
    here, complaints = await begin(browser, served, "Fiona Laidlaw", "/escalations", width, scripts)
    await here.look("escalations")
    await here.press("Open a consideration")
    await here.page.get_by_label("Why is it considered?").fill("A monthly report has not come.")
    await here.page.get_by_label("September 2016").check()
    await here.look("consider")
    await here.press("Open the consideration")
    await here.heading("Consideration opened")
    await here.follow("The consideration")
    await here.heading("The papers")
    await here.look("consideration")
    await here.press("Propose a decision")
    await here.page.get_by_label("Do not escalate").check()
    await here.page.get_by_label("The reasons").fill(
        "The reports of five months came, one of them late. " * 20
    )
    await here.look("propose")
    await here.press("Propose it and sign it")
    await here.heading("Proposed and signed")
    await here.page.goto(f"{served}{CONSIDERATION}/sign")
    await here.page.get_by_text("You cannot sign this: Fiona Laidlaw signed first.").wait_for()
    await here.page.context.close()

    second, also = await begin(browser, served, "David Achebe", f"{CONSIDERATION}/sign", width, scripts)
    await second.press("Sign the decision")
    await second.page.get_by_role("link", name="Confirm that you have read").wait_for()
    await second.page.get_by_label("I have read the papers and the reasons").check()
    await second.look("sign")
    await second.press("Sign the decision")
    await second.heading("Decided")
    made = await newest(year, "decision-made.v1")
    assert [each["person"] for each in made.envelope.data["signatories"]] == ["fiona-laidlaw", "david-achebe"]
    await second.page.goto(f"{served}{CONSIDERATION}/sheet")
    await second.look("sheet")
    paper = await second.page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    assert not_meant([*complaints, *also]) == []


async def test_the_body_concerned_is_heard_and_answered(browser: Browser, served: str, year: Year) -> None:
    opened = OpenConsideration("lancashire-2016", "referral-power", "A report has not come.", (SEPTEMBER,))
    await year.office.handle(opened, Actor("person", "fiona-laidlaw"))
    lead, _ = await begin(browser, served, "Imogen Hartley", CONSIDERATION, 1280, scripts=True)
    await lead.follow("Invite representations")
    await lead.day("Until which day are they waited for?", 28, 10, 2016)
    await lead.look("invite")
    await lead.press("Invite them")
    await lead.heading("Representations invited")
    council, _ = await begin(browser, served, "Duncan Ashworth", CONSIDERATION, 320, scripts=False)
    await council.press("Make representations")
    await council.page.get_by_label("What do you have to say?").fill("The team stood empty over the summer.")
    await council.look("represent")
    await council.press("Send it")
    await council.heading("Representations received")
    await lead.page.goto(f"{served}{CONSIDERATION}")
    await lead.follow("Answer representations 1")
    await lead.page.get_by_label("The answer, with reasons").fill("That has been taken into account.")
    await lead.press("Answer")
    await lead.heading("Representations answered")
    event = await newest(year, "representations-answered.v1")
    assert event.envelope.data["number"] == 1
