"""Two clicks from a mail: opening the link changes nothing, the button acts once, and for one person and one task."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser

from activities.delivery.call import Call
from activities.delivery.facts import facts_for
from activities.delivery.passes import LIFE, PATH, Pass, Passes
from activities.delivery.samples import Sampler
from domain.identity import OccurrenceId
from forthwith.letter_samples import RecordedLetters
from forthwith.mail_passes import RecordedPasses
from ledger.memory import MemoryDirectory
from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.test_in_a_browser import SCREENS, sit_down
from tests.desk.pages.year import DIRECTOR, OFFICER, Seat, Year

pytestmark = pytest.mark.slow

SEPTEMBER = OccurrenceId("lancashire-2016", "monthly-report", "2016-09")
PASSES = Passes([b"a key for tests that is long enough"])
Visitor = Callable[..., httpx2.AsyncClient]


@pytest.fixture
def app(app: FastAPI, year: Year) -> FastAPI:
    app.state.ports = replace(
        app.state.ports,
        mail_passes=RecordedPasses(PASSES, year.ledger),
        letters=RecordedLetters(year.ledger, "https://desk.example"),
        directory=MemoryDirectory(),
    )
    return app


@pytest.fixture
def given(year: Year) -> Pass:
    """What stands in the letter by which the overdue report was brought to the director."""
    return Pass(f"{SEPTEMBER}#director:{DIRECTOR}", DIRECTOR, SEPTEMBER, "director", year.clock.now() + LIFE)


@pytest.fixture
def link(given: Pass) -> str:
    return f"{PATH}/{PASSES.written(given)}"


async def acknowledgements(year: Year) -> list[str]:
    return [each.envelope.actor.id for each in await year.events() if each.type == "task-acknowledged.v1"
            and each.envelope.occurrence == str(SEPTEMBER)]  # fmt: skip


async def test_the_letter_to_the_director_holds_such_a_link(year: Year, given: Pass, link: str) -> None:
    await year.casebook.catch_up()
    case = year.casebook.case(SEPTEMBER)
    call = Call(given.message, SEPTEMBER, "director", DIRECTOR, "director", "escalation-raised")
    facts = facts_for(case, call, "https://desk.example", PASSES)
    words = (facts.acknowledge or "").removeprefix(f"https://desk.example{PATH}/")
    read = PASSES.read(words, year.clock.now())
    assert (read.person, read.occurrence, read.task) == (given.person, given.occurrence, given.task)


async def test_a_program_that_opens_every_link_changes_nothing(
    visitor: Visitor, year: Year, link: str
) -> None:
    before = len(await year.events())
    scanner = visitor()
    for _ in range(3):
        assert (await scanner.get(link)).status_code == 200
    assert (await scanner.head(link)).status_code in {200, 405}
    assert (await visitor().post(link)).status_code == 403
    assert (await visitor().post(link, data={"form_token": "guessed"})).status_code == 403
    assert len(await year.events()) == before


async def test_two_clicks_acknowledge_once_and_in_the_name_of_its_reader(
    visitor: Visitor, token_on: Callable[[str], str], year: Year, link: str
) -> None:
    client = visitor()
    page = (await client.get(link)).text
    assert "Acknowledge as Helen Marsh" in page
    answer = await client.post(link, data={"form_token": token_on(page)})
    assert (answer.status_code, answer.headers["location"]) == (303, link)
    page = (await client.get(link)).text
    assert "Helen Marsh has acknowledged this task" in page
    assert "<form" not in page.split("<main")[1]
    [acknowledged] = [each for each in await year.events() if each.envelope.actor.id == DIRECTOR
                      and each.type == "task-acknowledged.v1"][-1:]  # fmt: skip
    assert acknowledged.leaf in page
    assert (await acknowledgements(year))[-1] == DIRECTOR


async def test_a_link_that_was_used_does_nothing_more_however_often_it_is_sent(
    visitor: Visitor, token_on: Callable[[str], str], year: Year, link: str
) -> None:
    client = visitor()
    token = token_on((await client.get(link)).text)
    await client.post(link, data={"form_token": token})
    after = len(await year.events())
    for _ in range(2):
        assert (await client.post(link, data={"form_token": token})).status_code == 303
    assert len(await year.events()) == after


async def test_a_pass_of_somebody_who_does_not_hold_the_task_is_refused(
    visitor: Visitor, token_on: Callable[[str], str], year: Year, given: Pass
) -> None:
    client, link = visitor(), f"{PATH}/{PASSES.written(replace(given, person='duncan-ashworth'))}"
    token = token_on((await client.get(link)).text)
    answer = await client.post(link, data={"form_token": token})
    assert answer.status_code == 409
    assert "does not hold that role today" in answer.text
    assert DIRECTOR not in await acknowledgements(year)


async def test_a_second_letter_about_a_task_says_that_it_has_been_acknowledged(
    visitor: Visitor, token_on: Callable[[str], str], given: Pass, link: str
) -> None:
    client = visitor()
    await client.post(link, data={"form_token": token_on((await client.get(link)).text)})
    other = f"{PATH}/{PASSES.written(replace(given, message='another letter'))}"
    page = await client.get(other)
    assert "Helen Marsh acknowledged this task on" in page.text
    assert "<form" not in page.text.split("<main")[1]


@pytest.mark.parametrize("change", ["cut off", "expired", "nonsense"])
async def test_a_link_that_does_not_work_says_so_and_changes_nothing(
    visitor: Visitor, year: Year, given: Pass, change: str
) -> None:
    late = replace(given, until=year.clock.now().replace(year=2015))
    words = {"cut off": PASSES.written(given)[:-5], "expired": PASSES.written(late), "nonsense": "x" * 500}[
        change
    ]
    page = await visitor().get(f"{PATH}/{words}")
    assert page.status_code == 410
    assert "Nothing has been changed" in page.text


async def test_it_needs_neither_a_session_nor_gives_one(
    visitor: Visitor, token_on: Callable[[str], str], link: str
) -> None:
    client = visitor()
    await client.post(link, data={"form_token": token_on((await client.get(link)).text)})
    assert (await client.get("/tasks")).status_code == 303
    page = (await client.get(link)).text
    assert "Sign out" not in page


async def test_without_passes_there_is_no_such_page(visitor: Visitor, app: FastAPI, link: str) -> None:
    app.state.ports = replace(app.state.ports, mail_passes=None)
    assert (await visitor().get(link)).status_code == 404


async def test_every_kind_of_message_can_be_looked_at(seat: Seat, year: Year) -> None:
    officer = await seat(OFFICER)
    page = (await officer.get("/messages")).text
    topics = re.findall(r'href="/messages/([a-z-]+)"', page)
    assert {"reminder-issued", "overdue-notice-issued", "escalation-raised", "task-acknowledged"} <= set(
        topics
    )
    for topic in topics:
        shown = await officer.get(f"/messages/{topic}")
        raw = await officer.get(f"/messages/{topic}/html")
        assert (shown.status_code, raw.status_code) == (200, 200)
        assert "sandbox" in raw.headers["content-security-policy"]
        assert "script-src" not in raw.headers["content-security-policy"]
    assert (await officer.get("/messages/nothing")).status_code == 404


async def test_a_pass_that_is_shown_as_an_example_opens_nothing(visitor: Visitor, year: Year) -> None:
    sampler = Sampler("https://desk.example", RecordedLetters(year.ledger, "")._sampler._passes)
    sampler.take(await year.events())
    links = [link for each in sampler.samples() for link in re.findall(r"/acknowledge/\S+", each.letter.text)]
    assert links
    assert {(await visitor().get(link)).status_code for link in links} == {410}


async def test_somebody_chooses_one_mail_a_day_and_changes_their_mind(
    seat: Seat, app: FastAPI, token_on: Callable[[str], str]
) -> None:
    wishes = MemoryDirectory()
    app.state.ports = replace(app.state.ports, directory=wishes)
    officer = await seat(OFFICER)
    for how, wanted in (("digest", True), ("each", False)):
        token = token_on((await officer.get("/my-messages")).text)
        assert (await officer.post("/my-messages", data={"form_token": token, "how": how})).status_code == 303
        assert await wishes.wants_digest(OFFICER) is wanted
        page = (await officer.get("/my-messages")).text
        assert re.search(rf'value="{how}" checked', page)
    answer = await officer.post("/my-messages", data={"form_token": token, "how": "never"})
    assert (answer.status_code, "Choose how you want" in answer.text) == (422, True)
    assert not await wishes.wants_digest(DIRECTOR)
    chosen = {"form_token": token, "how": "each", "language": "cy"}
    assert (await officer.post("/my-messages", data=chosen)).status_code == 303
    assert re.search(r'value="cy" checked', (await officer.get("/my-messages")).text)
    assert '<html lang="cy"' in (await officer.get("/tasks")).text


@NEEDS_CHROMIUM
@SCREENS
async def test_the_pages_are_accessible_fit_and_work_without_scripts(
    browser: Browser, served: str, year: Year, link: str, width: int, scripts: bool
) -> None:
    page, complaints = await a_page(browser, width, scripts)
    await page.goto(f"{served}{link}")
    await picture(page, f"acknowledge-{width}")
    looked_at = page if scripts else await the_same_without_scripts(page, browser)
    assert await accessibility_faults(looked_at) == []
    assert await fits_sideways(page)
    await page.get_by_role("button", name="Acknowledge as Helen Marsh").click()
    await page.get_by_role("heading", name="Helen Marsh has acknowledged this task").wait_for()
    await picture(page, f"acknowledged-{width}")
    looked_at = page if scripts else await the_same_without_scripts(page, browser)
    assert await accessibility_faults(looked_at) == []
    assert await fits_sideways(page)
    assert DIRECTOR in await acknowledgements(year)
    for path in ("/messages", "/messages/escalation-raised", "/my-messages"):
        await sit_down(page, served, "Helen Marsh", path)
        await picture(page, f"{path.strip('/').replace('/', '-')}-{width}")
        looked_at = page if scripts else await the_same_without_scripts(page, browser)
        assert await accessibility_faults(looked_at) == [], path
        assert await fits_sideways(page), path
    assert complaints == []


@NEEDS_CHROMIUM
async def test_the_html_of_letters_is_accessible_and_fits(browser: Browser, year: Year) -> None:
    sampler = Sampler("https://desk.example", PASSES)
    sampler.take(await year.events())
    page, complaints = await a_page(browser, 320, scripts=True)
    for sample in sampler.samples()[::2]:
        await page.set_content(sample.letter.html or "")
        assert await accessibility_faults(page) == [], sample.topic
        assert await fits_sideways(page), sample.topic
    assert complaints == []
