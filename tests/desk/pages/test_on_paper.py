"""What is printed or kept as PDF: one page where one page is promised, nothing of the desk around it, the same bytes each time."""

from __future__ import annotations

import re
import zlib

import pytest
from playwright.async_api import Browser

from desk.paper import installed, printing
from desk.static_files import FOLDER
from domain.actor import Actor
from domain.commands import OpenConsideration
from domain.identity import OccurrenceId
from tests.desk.browsing import NEEDS_CHROMIUM, a_page, accessibility_faults, fits_sideways, picture
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.year import CASE_LEAD, DIRECTOR, Seat, Year
from tests.desk.pango import NEEDS_PANGO

pytestmark = pytest.mark.slow

NOTICE = "/notice/lancashire-2016"
YEAR = f"{NOTICE}/year"


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", unpacked(pdf)))


def unpacked(pdf: bytes) -> bytes:
    """The file with its compressed streams, in which newer PDF keeps its objects, laid open."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(_inflated(each) for each in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@NEEDS_CHROMIUM
async def test_the_year_of_the_shipped_notice_is_one_page(browser: Browser, served: str) -> None:
    for width, scripts in ((1280, True), (320, False)):
        page, complaints = await a_page(browser, width, scripts)
        await sit_down(page, served, "Fiona Laidlaw", YEAR)
        await picture(page, f"year-{width}")
        assert await fits_sideways(page)
        if scripts:
            assert await accessibility_faults(page) == []
        paper = await page.pdf(prefer_css_page_size=True)
        assert pages_of(paper) == 1
        assert re.search(rb"/MediaBox\s*\[0 0 841\.\d+ 59[45]\.\d+\]", unpacked(paper))
        assert complaints == []
        await page.context.close()


@NEEDS_PANGO
async def test_the_year_as_pdf_is_one_tagged_page_and_the_same_bytes_each_time(seat: Seat) -> None:
    director = await seat(DIRECTOR)
    first, again, then = [await director.get(f"{YEAR}.pdf{each}") for each in ("", "", "?as_at=2016-08-01")]
    assert (first.status_code, first.headers["content-type"]) == (200, "application/pdf")
    assert first.headers["content-disposition"] == 'inline; filename="year-lancashire-2016.pdf"'
    assert first.content.startswith(b"%PDF")
    assert first.content == again.content != then.content
    whole = unpacked(first.content)
    assert pages_of(first.content) == 1
    for wanted in (b"/Lang", b"/MarkInfo", b"/StructTreeRoot", b"pdfuaid:part"):
        assert wanted in whole


@NEEDS_PANGO
async def test_the_decision_sheet_as_pdf_is_one_page(seat: Seat, year: Year) -> None:
    september = OccurrenceId("lancashire-2016", "monthly-report", "2016-09")
    opened = OpenConsideration("lancashire-2016", "referral-power", "A report has not come.", (september,))
    await year.office.handle(opened, Actor("person", "fiona-laidlaw"))
    sheet = await (await seat(CASE_LEAD)).get("/considerations/lancashire-2016/referral-power/1/sheet.pdf")
    assert (sheet.status_code, pages_of(sheet.content)) == (200, 1)
    assert sheet.headers["content-disposition"] == 'inline; filename="decision-referral-power-1.pdf"'


@NEEDS_PANGO
async def test_a_receipt_is_kept_as_pdf_by_whoever_may_see_it(seat: Seat) -> None:
    case_lead = await seat(CASE_LEAD)
    receipt = await case_lead.get("/receipts/2/receipt.pdf")
    assert receipt.status_code == 200
    assert pages_of(receipt.content) >= 1
    assert (await case_lead.get("/receipts/99999/receipt.pdf")).status_code == 404


@NEEDS_PANGO
def test_a_drawing_is_given_its_colours() -> None:
    from desk.paper.weasy import drawing_rules

    rules = drawing_rules((FOLDER / "forthwith.css").read_text())
    assert ".year__mark--accepted { fill: #1e6b4a; }" in rules
    assert "var(" not in rules


async def test_without_the_extra_the_page_says_how_to_print(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda _: None)
    director = await seat(DIRECTOR)
    page = (await director.get(YEAR)).text
    assert "To keep it, print this page" in page
    assert ".pdf" not in page
    answer = await director.get(f"{YEAR}.pdf")
    assert (answer.status_code, "print it" in answer.text) == (404, True)


async def test_a_setter_that_fails_is_said_plainly(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing.sys, "executable", "/bin/false")
    answer = await (await seat(DIRECTOR)).get(f"{YEAR}.pdf")
    assert (answer.status_code, "The PDF could not be made" in answer.text) == (503, True)
