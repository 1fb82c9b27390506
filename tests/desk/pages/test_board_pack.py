"""The pack of a meeting stays as it was at the meeting: later events and corrections change not a byte."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import httpx2
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser

from domain.actor import Actor
from domain.commands import ApproveCorrection, ProposeCorrection, SubmitReport
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from projections.board_pack.pack import Moment, board_pack, moment_of
from projections.board_pack.page import pack_file
from projections.past.lately import past_of
from projections.past.moments import Moments
from projections.state.digest import state_digest
from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.year import ADVISER, AUDITOR, CASE_LEAD, CHAIR, OFFICER, OPERATOR, Seat, Year

pytestmark = pytest.mark.slow

NOTICE = "lancashire-2016"
CHOICE = f"/notice/{NOTICE}/board-pack"
AUGUST = OccurrenceId(NOTICE, "monthly-report", "2016-08")
SEPTEMBER = OccurrenceId(NOTICE, "monthly-report", "2016-09")


def words_of(text: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


async def frozen(client: httpx2.AsyncClient, on: str) -> str:
    """The address of the pack of a day."""
    answer = await client.get(CHOICE, params={"on": on})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_it_shows_everything_as_at_the_day_of_the_papers(seat: Seat) -> None:
    chair = await seat(CHAIR)
    page = words_of((await chair.get(await frozen(chair, "2016-09-20"))).text)
    assert "Board pack as at Tuesday 20 September 2016, 23:59" in page
    assert "Monthly report to the improvement board, July 2016" in page
    assert "came after its day; nothing said under “Objectives that are slow to progress”" in page
    assert "61 % are up to date, and the objective is 95 %" in page
    assert "The pathway plans of care leavers are up to date" in page
    assert "Slow" in page
    assert "Referrals 701." in page
    assert "accepted version 1" in page
    assert "September 2016, 11:35" in page
    assert "The new pathway plan has been read by care leavers" not in page, "that was said a week later"


async def test_what_happens_later_and_what_is_corrected_later_changes_not_a_byte(
    seat: Seat, year: Year
) -> None:
    chair = await seat(CHAIR)
    addresses = [await frozen(chair, on) for on in ("2016-09-20", "2016-10-21")]
    before = [(await chair.get(f"{each}/file")).content for each in addresses]
    year.clock.advance_to(year.clock.now() + timedelta(days=3))
    report = SubmitReport(SEPTEMBER, (SectionAnswered("data", "Referrals 688."),))
    await year.office.handle(report, Actor("person", OFFICER))
    index = next(
        each for each in await year.events()
        if each.type == "report-submitted.v1" and each.envelope.occurrence == str(AUGUST)
    )  # fmt: skip
    wrong = ProposeCorrection(
        NOTICE, index.version, "received_at", "2016-09-12T09:00:00.000000Z", "It came by post.", AUGUST
    )
    await year.office.handle(wrong, Actor("person", OFFICER))
    await year.office.handle(ApproveCorrection(NOTICE, index.version, AUGUST), Actor("person", CASE_LEAD))
    after = [(await chair.get(f"{each}/file")).content for each in addresses]
    assert after == before
    now = (await chair.get(f"{await frozen(chair, '2016-10-24')}/file")).content
    assert b"Referrals 688." in now
    assert b"Referrals 688." not in after[1]
    assert "Monday 12 September 2016" in words_of(now.decode())


async def test_what_was_recorded_at_the_very_instant_and_later_is_not_in_it(seat: Seat, year: Year) -> None:
    """The clock of a demonstration can stand still while things are recorded."""
    chair = await seat(CHAIR)
    address = await frozen(chair, "2016-10-21")
    before = (await chair.get(f"{address}/file")).content
    await year.office.handle(
        SubmitReport(SEPTEMBER, (SectionAnswered("data", "Referrals 688."),)), Actor("person", OFFICER)
    )
    assert (await chair.get(f"{address}/file")).content == before
    assert await frozen(chair, "2016-10-21") != address


async def test_everybody_who_may_read_it_gets_the_same_bytes_and_nothing_hidden(
    seat: Seat, year: Year
) -> None:
    people = [await seat(who) for who in (CHAIR, OFFICER, CASE_LEAD, ADVISER, AUDITOR)]
    address = await frozen(people[0], "2016-10-21")
    contents = {(await each.get(f"{address}/file")).content for each in people}
    assert len(contents) == 1
    page = contents.pop().decode()
    assert "Report of the adviser" not in page
    assert "Management oversight in the north; whether the agency team" not in page
    assert "is left out" in page


async def test_nobody_else_reads_it(seat: Seat, year: Year) -> None:
    address = await frozen(await seat(CHAIR), "2016-10-21")
    assert (await (await seat(OPERATOR)).get(address)).status_code == 404


async def test_its_digest_is_the_one_that_a_replay_works_out(year: Year) -> None:
    await year.casebook.catch_up()
    moment = moment_of(year.casebook, year.clock.now())
    pack = board_pack(year.casebook, NOTICE, moment)
    then = past_of(year.casebook, Moments(moment.at, moment.at), NOTICE, moment.event)
    assert pack.digest == state_digest(then, NOTICE, moment.at)
    assert pack.leaf == year.casebook.event(pack.events).record.leaf
    text = pack_file(pack).decode()
    for proof in (pack.digest, pack.leaf, f"--to {moment.event}"):
        assert proof in text


async def test_the_page_tells_the_digest_of_the_very_file(seat: Seat) -> None:
    chair = await seat(CHAIR)
    address = await frozen(chair, "2016-10-21")
    page, file = await chair.get(address), await chair.get(f"{address}/file")
    assert sha256(file.content).hexdigest() in page.text
    assert file.headers["content-disposition"].startswith(
        'attachment; filename="board-pack-lancashire-2016-2016'
    )
    assert "<script" not in file.text
    assert "http" not in file.text.replace("https://", "", 0)
    assert "style-src" in file.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2017-01-01", "lies in the future"),
        ("soon", "it is a day such as"),
        ("2016-01-01", "had not been issued by that day"),
    ],
)
async def test_a_day_that_cannot_be_says_so_and_keeps_what_was_typed(seat: Seat, on: str, said: str) -> None:
    answer = await (await seat(CHAIR)).get(CHOICE, params={"on": on})
    assert (answer.status_code, said in answer.text, f'value="{on}"' in answer.text) == (422, True, True)


@pytest.mark.parametrize(
    "address",
    ["2016-09-20T22:59:59.999999Z/5", "2016-09-20T22:59:59.999999Z/100000", "2016-09-20T22:59:59/5", "never/5",
     "2017-09-20T22:59:59.999999Z/262", "2016-05-01T00:00:00Z/0"],
)  # fmt: skip
async def test_an_address_that_was_made_up_is_no_pack(seat: Seat, address: str) -> None:
    """Otherwise anybody could show papers of a moment that leave out what was known then."""
    assert (await (await seat(CHAIR)).get(f"{CHOICE}/{address}")).status_code == 404


async def test_a_pack_before_the_notice_is_none(year: Year) -> None:
    await year.casebook.catch_up()
    with pytest.raises(NotFound):
        board_pack(year.casebook, NOTICE, Moment(datetime(2016, 1, 1, tzinfo=UTC), 1))


async def test_what_somebody_wrote_is_text_in_the_file(year: Year, app: FastAPI) -> None:
    await year.casebook.catch_up()
    pack = board_pack(year.casebook, NOTICE, moment_of(year.casebook, year.clock.now()))
    unkind = replace(pack, title="<script>alert(1)</script>", summary="a & b")
    text = pack_file(unkind).decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "a &amp; b" in text


@NEEDS_CHROMIUM
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)], ids=str)
async def test_it_is_accessible_fits_and_prints(
    browser: Browser, served: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)
    await sit_down(page, served, "Margaret Oduya", CHOICE)
    for name, on in (("choice", None), ("faults", "soon"), ("pack", "2016-09-20")):
        if on:
            await page.get_by_label("Day of the papers").fill(on)
            await page.get_by_role("button", name="Show the pack").click()
            await page.wait_for_url(f"**{CHOICE}*{'' if on == 'soon' else '/*/*'}*")
        await picture(page, f"board-pack-{name}-{width}")
        looked_at = page if scripts else await the_same_without_scripts(page, browser)
        assert await accessibility_faults(looked_at) == [], name
        assert await fits_sideways(page), name
    assert await page.get_by_role("button", name="Download the pack").is_visible()
    if width == 1280:
        await page.emulate_media(media="print")
        assert not await page.get_by_role("button", name="Download the pack").is_visible()
        button = page.get_by_role("button", name="Download the pack", include_hidden=True)
        file = await page.request.get(f"{served}{await button.get_attribute('href')}")
        alone = await browser.new_page()
        await alone.set_content(await file.text())
        assert await accessibility_faults(alone) == []
    assert [each for each in complaints if "422" not in each] == []
