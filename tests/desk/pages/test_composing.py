"""The chair's quarterly report begins with what the three monthly ones said, and what changed between them."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

import httpx2
import pytest

from desk.writing import writing
from domain.actor import Actor
from domain.commands import OpenOccurrences, SubmitReport
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.time.zones import at_local
from projections.composed import composed
from projections.past.lately import past_of
from projections.past.moments import END_OF_TIME, Moments
from tests.desk.pages.year import CHAIR, OFFICER, Seat, Send, Year

pytestmark = pytest.mark.slow
NOTICE = "lancashire-2016"
QUARTER = OccurrenceId(NOTICE, "chair-report", "2016-Q3")
FOURTH = OccurrenceId(NOTICE, "chair-report", "2016-Q4")
LONDON = "Europe/London"


def words_of(answer: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.fixture
async def book(year: Year):
    await year.casebook.catch_up()
    return year.casebook


async def test_each_month_stands_with_its_words_and_a_missing_one_is_named(book, year: Year) -> None:
    found = composed(book, QUARTER, year.clock.now())
    assert found is not None
    assert [(each.period, each.version, each.late) for each in found.sources] == [
        ("July 2016", 1, True),
        ("August 2016", 1, False),
        ("September 2016", None, False),
    ]
    [missing] = found.missing
    assert (
        missing.why_missing == "It was due by the end of Friday 14 October 2016, and has not been received."
    )
    text = found.texts["progress"]
    assert "From “Monthly report to the improvement board” for July 2016 and August 2016." in text
    assert "The report for July 2016 came after its day." in text
    assert "The report for September 2016 is missing." in text
    assert "August 2016: Referrals 701. 18 children have no allocated social worker." in text
    assert "September 2016: no report." in text


async def test_what_changed_between_them_is_said(book, year: Year) -> None:
    text = composed(book, QUARTER, year.clock.now()).texts["progress"]
    assert "“Referrals …”: 790 in July 2016, 701 in August 2016" in text
    assert "“… children have no allocated social worker”: 41 in July 2016, 18 in August 2016" in text
    views = text.split("VIEWS OF FRONTLINE STAFF")[1]
    assert "July 2016: Nothing was said." in views
    assert "something is said again for August 2016" in views


async def test_other_reports_rest_on_nothing_shorter(book, year: Year) -> None:
    now = year.clock.now()
    assert composed(book, OccurrenceId(NOTICE, "monthly-report", "2016-09"), now) is None
    assert composed(book, OccurrenceId(NOTICE, "adviser-report", "2016-Q3"), now) is None


async def test_nothing_of_it_is_sent_until_it_is_saved(year: Year, book) -> None:
    """Before the chair had reported: the form was full, and the report was empty."""
    before = past_of(
        book,
        Moments(
            END_OF_TIME, at_local(year.clock.now().date().replace(day=13), year.clock.now().time(), LONDON)
        ),
        NOTICE,
    )
    report = writing(before, QUARTER, {}, before.moments.known_at)
    [part] = report.parts
    assert (part.source, part.status, part.is_answered) == ("reports", "Begun from the reports", False)
    assert "Referrals 701" in part.text
    assert report.answers == ()


async def test_the_chair_writes_from_it_and_still_sees_what_it_was(
    seat: Seat, send: Send, year: Year
) -> None:
    year.clock.advance_to(datetime(2017, 1, 3, 10, tzinfo=UTC))
    await year.office.handle(OpenOccurrences(NOTICE))
    for month, referrals in (("2016-10", 688), ("2016-11", 655)):
        report = SubmitReport(
            OccurrenceId(NOTICE, "monthly-report", month),
            (SectionAnswered("data", f"Referrals {referrals}."),),
        )
        await year.office.handle(report, Actor("person", OFFICER))
    chair, page = await seat(CHAIR), f"/tasks/{FOURTH}/owed/submit"
    listed = words_of(await chair.get(page))
    assert "The reports it rests on" in listed
    assert "Monthly report to the improvement board, December 2016 : missing." in listed
    assert "Begun from the reports" in listed
    section = f"{page}/sections/progress"
    assert "“Referrals …”: 688 in October 2016, 655 in November 2016" in words_of(await chair.get(section))
    check = words_of(await chair.get(f"{page}/check"))
    assert "Nothing is said here yet." in check
    assert "Referrals 688" not in check
    await send(chair, section, section, text="Referrals fall; the board is not content with December.")
    again = words_of(await chair.get(section))
    assert "What the shorter reports of this time said" in again
    assert "Referrals fall; the board is not content with December." in words_of(
        await chair.get(f"{page}/check")
    )
    anew = (await chair.get(f"{section}?begin=reports")).text
    assert "Referrals 688" in anew.split("<textarea")[1].split("</textarea>")[0]
    assert "Referrals 688" not in words_of(await chair.get(f"{page}/check")), "opening it changes nothing"
