"""A link for somebody without an account: one form, once, for one person, and nothing else by it."""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser

from activities.delivery.letter import Letter
from desk.outside.door import OutsideDoor
from desk.outside.secret_words import SecretWords
from domain.access import AccessesWanted, InTheNameOf
from domain.actor import Actor
from domain.commands import CommissionUpdate
from domain.identity import OccurrenceId
from domain.outside_links import OutsideLink
from domain.ports import ChannelFault
from ledger.memory import MemoryDirectory
from ledger.outside_links import MemoryOutsideLinks
from projections.exports.objects import object_log
from projections.exports.ocel_json import ocel_json
from projections.exports.prov import prov_json
from projections.exports.source import Source
from projections.exports.table import csv_table
from projections.exports.xes import xes
from tests.desk.browsing import (
    NEEDS_CHROMIUM,
    a_page,
    accessibility_faults,
    fits_sideways,
    picture,
    the_same_without_scripts,
)
from tests.desk.pages.test_in_a_browser import sit_down
from tests.desk.pages.year import ADVISER, AUDITOR, CASE_LEAD, CHAIR, OFFICER, Seat, Send, Year

pytestmark = pytest.mark.slow

NOTICE = "lancashire-2016"
LINKS = f"/notice/{NOTICE}/links"
SEPTEMBER = OccurrenceId(NOTICE, "monthly-report", "2016-09")
QUARTER = OccurrenceId(NOTICE, "chair-report", "2016-Q3")
CONCERN = OccurrenceId(NOTICE, "referral-power", "concern")
TO_THE_CHAIR = f"record-concern {CONCERN} 0 {CHAIR}"
Visitor = Callable[..., httpx2.AsyncClient]
TokenOn = Callable[[str], str]


@dataclass
class Postbox:
    """A way of sending that keeps what it is given, or refuses it."""

    sent: list[tuple[Letter, str]] = field(default_factory=list)
    refuses: bool = False

    async def hand_over(self, letter: Letter, address: str) -> object:
        if self.refuses:
            raise ChannelFault("The mail server could not be reached.", lasting=False)
        self.sent.append((letter, address))
        return None

    @property
    def path(self) -> str:
        """Where the newest mail leads."""
        found = re.search(r"https://desk\.example(/outside/\S+)", self.sent[-1][0].text)
        assert found is not None
        return found[1]


@pytest.fixture
def post() -> Postbox:
    return Postbox()


@pytest.fixture
def app(app: FastAPI, year: Year, post: Postbox) -> FastAPI:
    app.state.ports = replace(
        app.state.ports,
        outside=OutsideDoor(
            links=MemoryOutsideLinks(),
            words=SecretWords([b"a key for tests that is long enough"]),
            post=post,
            directory=MemoryDirectory(),
            base_url="https://desk.example",
            receipt_of=year.ledger.receipt_of,
        ),
    )
    return app


@pytest.fixture
async def known(app: FastAPI, year: Year) -> None:
    """The chair's address is on record, and the police were asked for an update."""
    await app.state.ports.outside.directory.set_address(CHAIR, "chair@example.org", year.clock.now())
    ask = CommissionUpdate(
        SEPTEMBER, "Lancashire Constabulary", "Referrals in September.", date(2016, 10, 28)
    )
    await year.office.handle(ask, Actor("person", OFFICER))


Give = Callable[..., Awaitable[httpx2.Response]]


@pytest.fixture
def give(seat: Seat, send: Send, known: None, post: Postbox) -> Give:
    """Somebody sends a link; what it is for is named by the beginning of its offer."""

    async def given(by: str, beginning: str, **fields: str) -> httpx2.Response:
        client = await seat(by)
        page = html.unescape((await client.get(LINKS)).text)
        offer = next(
            each
            for each in re.findall(r'name="offer"[^>]*value="([^"]+)"', page)
            if each.startswith(beginning)
        )
        return await send(client, LINKS, LINKS, offer=offer, **fields)

    return given


def words_of(answer: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def main_of(answer: httpx2.Response) -> str:
    return answer.text.split("<main")[1]


async def fill(
    client: httpx2.AsyncClient, token_on: TokenOn, path: str, do: str, **fields: str
) -> httpx2.Response:
    """What a browser sends with one of the buttons."""
    token = token_on((await client.get(path)).text)
    files = {"file": ("", b"")}
    return await client.post(
        path, data={"form_token": token, "do": do, **fields}, files=files, follow_redirects=True
    )


async def check_and_send(
    client: httpx2.AsyncClient, token_on: TokenOn, path: str, **fields: str
) -> httpx2.Response:
    checked = await fill(client, token_on, path, "check", **fields)
    seen = checked.text.split('name="seen" value="')[1].split('"')[0]
    data = {"form_token": token_on(checked.text), "do": "send", "seen": seen}
    return await client.post(path, data=data, follow_redirects=True)


async def test_the_case_lead_sends_the_chair_a_link_and_is_not_shown_it(
    give: Give, post: Postbox, app: FastAPI
) -> None:
    answer = await give(CASE_LEAD, TO_THE_CHAIR)
    assert "A link was sent to Margaret Oduya, to raise one concern under the notice" in words_of(answer)
    [(letter, address)] = post.sent
    assert address == "chair@example.org"
    assert "Imogen Hartley (Case lead for the notice) asks you to raise one concern" in " ".join(
        letter.text.split()
    )
    assert post.path not in answer.text
    assert letter.html
    assert post.path in letter.html
    [link] = await app.state.ports.outside.links.of_notice(NOTICE)
    assert link.person == CHAIR


async def test_by_the_link_one_concern_is_raised_in_the_name_of_its_holder_and_no_second_one(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client, before = visitor(), len(await year.events())
    shown = await client.get(post.path)
    assert "Raise one concern under the notice" in words_of(shown)
    assert len(await year.events()) == before
    receipt = await check_and_send(
        client, token_on, post.path, concern="The board has no deputy.", clauses="3a"
    )
    recorded = [each for each in await year.events() if each.type == "concern-recorded.v1"]
    assert [each.envelope.actor.id for each in recorded] == [CHAIR]
    assert recorded[0].envelope.data["concern"] == "The board has no deputy."
    assert "It has been received" in words_of(receipt)
    assert recorded[0].leaf in receipt.text
    after = len(await year.events())
    again = await visitor().get(post.path)
    assert "It has been received" in words_of(again)
    assert "The board has no deputy" not in again.text
    assert "<form" not in main_of(again)
    token = token_on((await client.get("/sign-in")).text)
    data = {"form_token": token, "do": "send", "seen": "whatever", "concern": "Another."}
    assert (await client.post(post.path, data=data)).status_code == 200
    assert len(await year.events()) == after


async def test_a_report_is_written_over_several_visits_and_sent_as_it_was_checked(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year, app: FastAPI
) -> None:
    await app.state.ports.outside.directory.set_address(OFFICER, "priya@example.org", year.clock.now())
    await give(CASE_LEAD, f"submit-report {SEPTEMBER} 0 {OFFICER}")
    await fill(visitor(), token_on, post.path, "save", data="Referrals 688.", views="Two forums.")
    client = visitor()
    page = (await client.get(post.path)).text
    assert "Referrals 688." in page
    both = await fill(
        client, token_on, post.path, "check", **{"slow-objectives": "One.", "slow-objectives-nil": "yes"}
    )
    assert (both.status_code, "Either write something or tick" in words_of(both)) == (422, True)
    checked = await fill(client, token_on, post.path, "check", data="Referrals 688.", views="Two forums.")
    assert "It will be recorded that nothing is said under" in words_of(checked)
    seen = checked.text.split('name="seen" value="')[1].split('"')[0]
    sent = {"form_token": token_on(checked.text), "do": "send", "seen": seen}
    lacking = await client.post(post.path, data=sent)
    assert (lacking.status_code, "tick that the report is to be sent without it" in words_of(lacking)) == (
        422,
        True,
    )
    await client.post(post.path, data={**sent, "incomplete": "yes"})
    [report] = [each for each in await year.events() if each.type == "report-submitted.v1"
                and each.envelope.occurrence == str(SEPTEMBER)]  # fmt: skip
    assert report.envelope.actor == Actor("person", OFFICER)
    assert await app.state.ports.drafts.of(OFFICER, SEPTEMBER) == {}


async def test_somebody_of_whom_no_address_is_known_gets_no_link(
    give: Give, post: Postbox, app: FastAPI
) -> None:
    answer = await give(CASE_LEAD, f"submit-report {SEPTEMBER} 0 {OFFICER}")
    assert "No mail address is known for Priya Nandra" in words_of(answer)
    assert post.sent == []
    assert await app.state.ports.outside.links.of_notice(NOTICE) == []


async def test_a_partner_answers_and_the_record_says_who_spoke(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    assert post.sent[0][1] == "desk@police.example"
    assert "Referrals in September." in post.sent[0][0].text
    client = visitor()
    page = await client.get(post.path)
    assert "Lancashire Constabulary" in words_of(page)
    assert "has not been received" not in words_of(page)
    saved = await fill(client, token_on, post.path, "save", received_from="", text="1,204 referrals.")
    assert "Saved." in words_of(saved)
    elsewhere = visitor()
    assert "1,204 referrals." in (await elsewhere.get(post.path)).text
    lacking = await fill(elsewhere, token_on, post.path, "check", received_from="", text="1,204 referrals.")
    assert (lacking.status_code, "Fill in: Who answers" in words_of(lacking)) == (422, True)
    receipt = await check_and_send(
        elsewhere, token_on, post.path, received_from="A chief inspector", text="1,204 referrals."
    )
    assert "as from Lancashire Constabulary" in words_of(receipt)
    [received] = [each for each in await year.events() if each.type == "update-received.v1"]
    assert received.envelope.actor.kind == "outside"
    assert received.envelope.data["recorded_as"] == "outside"
    await year.casebook.catch_up()
    assert year.casebook.case(SEPTEMBER).occurrence.updates[-1].received is not None


async def test_the_history_says_that_the_partner_came_by_a_link(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, seat: Seat
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    await check_and_send(
        visitor(), token_on, post.path, received_from="A chief inspector", text="1,204 referrals."
    )
    officer = await seat(OFFICER)
    history = words_of(await officer.get(f"/notice/{NOTICE}/occurrences/monthly-report/2016-09"))
    told = "“A chief inspector” gave the update of Lancashire Constabulary by a link that was sent to them"
    assert told in history


async def test_every_export_names_the_partner_as_the_one_who_answered(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    await check_and_send(visitor(), token_on, post.path, received_from="A chief inspector", text="1,204.")
    await year.casebook.catch_up()
    source = Source(year.casebook, NOTICE)
    log = object_log(source)
    [told] = [each for each in log.events if each.type == "update-received.v1"]
    assert told.actor.startswith("outside-")
    assert told.actor_name == "a partner without an account"
    assert f"person/{told.actor}" in {each.object for each in told.relations}
    for written in (ocel_json(log), prov_json(source, log), xes(log), csv_table(log)):
        assert told.actor.encode() in b"".join(written)


async def test_a_partner_lodges_a_file_and_keeps_what_was_typed(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(OFFICER, "record-update", address="desk@police.example")
    client = visitor()
    token = token_on((await client.get(post.path)).text)
    answer = await client.post(
        post.path,
        data={"form_token": token, "do": "lodge", "received_from": "A chief inspector", "text": "Half a sen"},
        files={"file": ("C:\\figures.txt", b"1,204\n")},
        follow_redirects=True,
    )
    assert "The file is lodged." in words_of(answer)
    assert "figures.txt" in answer.text
    assert "Half a sen" in answer.text
    assert "/evidence/" not in main_of(answer)
    [lodged] = [each for each in await year.events() if each.type == "evidence-lodged.v1"]
    assert lodged.envelope.actor.kind == "outside"
    nothing = await fill(client, token_on, post.path, "lodge", received_from="", text="Half a sen")
    assert (nothing.status_code, "Choose a file" in words_of(nothing)) == (422, True)


@pytest.mark.parametrize("words", ["nonsense", "x" * 500, "a.b.c"])
async def test_words_that_we_never_gave_say_so_and_whom_to_ask(
    visitor: Visitor, app: FastAPI, year: Year, words: str
) -> None:
    answer = await visitor().get(f"/outside/{words}")
    assert answer.status_code == 410
    assert "not one that Forthwith gave" in words_of(answer)
    assert "ask whoever sent it to you for a new one" in words_of(answer)


async def test_a_link_that_was_taken_back_opens_nothing_and_names_whom_to_ask(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, seat: Seat, year: Year
) -> None:
    answer = await give(CASE_LEAD, TO_THE_CHAIR)
    client = visitor()
    token = token_on((await client.get(post.path)).text)
    [revoke] = re.findall(rf'action="({LINKS}/[0-9a-f-]+/revoke)"', answer.text)
    case_lead = await seat(CASE_LEAD)
    page = (await case_lead.get(LINKS)).text
    taken = await case_lead.post(revoke, data={"form_token": token_on(page)}, follow_redirects=True)
    assert "The link was taken back" in words_of(taken)
    before = len(await year.events())
    for refused in (
        await client.get(post.path),
        await client.post(post.path, data={"form_token": token, "do": "send", "concern": "Still."}),
        await client.post(f"{post.path}/again", data={"form_token": token}),
    ):
        assert refused.status_code == 410
        assert "ask Imogen Hartley (Case lead for the notice) for a new one" in words_of(refused)
    assert len(await year.events()) == before


async def test_a_link_whose_time_is_over_sends_a_new_one_to_the_address_on_record_alone(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR, days="1")
    old, client = post.path, visitor()
    await fill(client, token_on, old, "save", concern="What I had begun.")
    year.clock.advance_to(year.clock.now() + timedelta(days=2))
    over = await client.get(old)
    assert over.status_code == 410
    assert "The time of this link ended on Saturday 22 October 2016" in words_of(over)
    asked = await client.post(
        f"{old}/again", data={"form_token": token_on(over.text), "address": "me@example.com"}
    )
    assert "It was sent to the address that is on record for Margaret Oduya" in words_of(asked)
    assert "chair@example.org" not in asked.text
    assert [address for _, address in post.sent] == ["chair@example.org"] * 2
    assert post.path != old
    assert "<form" in main_of(await client.get(post.path))
    assert "another was sent in its place" in words_of(await client.get(old))


async def test_a_new_link_is_not_sent_again_and_again(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year, app: FastAPI
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR, days="1")
    door, client = app.state.ports.outside, visitor()
    for _ in range(3):
        assert await door.pace.may_ask_anew(CHAIR)
    year.clock.advance_to(year.clock.now() + timedelta(days=2))
    token = token_on((await client.get(post.path)).text)
    refused = await client.post(f"{post.path}/again", data={"form_token": token})
    assert (refused.status_code, len(post.sent)) == (429, 1)


async def test_whoever_tries_addresses_is_slowed_down(visitor: Visitor, app: FastAPI) -> None:
    client = visitor()
    answers = [(await client.get(f"/outside/{number}")).status_code for number in range(121)]
    assert answers[:120] == [410] * 120
    assert answers[120] == 429


async def test_looking_back_never_shows_the_form(give: Give, post: Postbox, visitor: Visitor) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    for question in ("as_at=2016-10-01", "known_at=2016-10-01"):
        answer = await visitor().get(f"{post.path}?{question}")
        assert answer.status_code == 400
        assert "<form" not in main_of(answer)


async def test_a_link_opens_no_other_page(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client = visitor()
    await check_and_send(client, token_on, post.path, concern="The board has no deputy.")
    for page in ("/tasks", f"/notice/{NOTICE}", LINKS, "/receipts/300"):
        assert (await client.get(page)).status_code == 303
    assert "Sign out" not in (await client.get(post.path)).text


async def test_a_program_that_opens_every_link_changes_nothing(
    give: Give, post: Postbox, visitor: Visitor, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    before = len(await year.events())
    assert (await visitor().get(post.path)).status_code == 200
    assert (await visitor().post(post.path)).status_code == 403
    assert (await visitor().post(post.path, data={"form_token": "guessed", "do": "send"})).status_code == 403
    assert len(await year.events()) == before


async def test_what_a_rule_refuses_is_said_and_the_link_stays_good(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client = visitor()
    refused = await check_and_send(client, token_on, post.path, concern="Something.", clauses="99z")
    assert refused.status_code == 409
    assert "This was not recorded" in words_of(refused)
    good = await check_and_send(client, token_on, post.path, concern="Something.", clauses="3a")
    assert "It has been received" in words_of(good)


async def test_what_was_changed_since_it_was_checked_is_not_sent(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, year: Year
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    client, before = visitor(), len(await year.events())
    checked = await fill(client, token_on, post.path, "check", concern="First.")
    await fill(visitor(), token_on, post.path, "save", concern="Second.")
    seen = checked.text.split('name="seen" value="')[1].split('"')[0]
    data = {"form_token": token_on(checked.text), "do": "send", "seen": seen}
    refused = await client.post(post.path, data=data)
    assert (refused.status_code, "Second." in refused.text) == (409, True)
    assert len(await year.events()) == before


async def test_a_mail_that_cannot_be_sent_gives_no_link(give: Give, post: Postbox, app: FastAPI) -> None:
    post.refuses = True
    answer = await give(CASE_LEAD, TO_THE_CHAIR)
    assert "The mail could not be sent, so no link was given" in words_of(answer)
    assert all(each.revoked for each in await app.state.ports.outside.links.of_notice(NOTICE))


async def test_only_those_who_keep_the_notice_or_owe_the_report_send_links_and_only_for_it(
    seat: Seat, known: None
) -> None:
    offered = {
        who: set(
            re.findall(r'name="offer"[^>]*value="([a-z-]+ [^ ]+)', (await (await seat(who)).get(LINKS)).text)
        )
        for who in (CASE_LEAD, OFFICER, CHAIR, ADVISER)
    }
    assert f"submit-report {SEPTEMBER}" in offered[OFFICER]
    assert not any(
        "adviser-report" in each or "chair-report" in each or "concern" in each for each in offered[OFFICER]
    )
    assert any("adviser-report" in each for each in offered[CASE_LEAD])
    assert f"record-concern {CONCERN}" in offered[CASE_LEAD]
    assert offered[CHAIR] == set(), "what the chair owed for the quarter has been sent"
    assert all("adviser-report" in each for each in offered[ADVISER])
    assert (await (await seat(AUDITOR)).get(LINKS)).status_code == 403
    assert LINKS not in (await (await seat(AUDITOR)).get(f"/notice/{NOTICE}")).text


async def test_who_gave_and_who_came_by_a_link_stands_in_the_access_log(
    give: Give, post: Postbox, visitor: Visitor, token_on: TokenOn, app: FastAPI
) -> None:
    await give(CASE_LEAD, TO_THE_CHAIR)
    await check_and_send(visitor(), token_on, post.path, concern="The board has no deputy.")
    noted = [
        each.access
        for each in await app.state.ports.accesses.newest(
            AccessesWanted(kind="link"), InTheNameOf(AUDITOR, everything=True)
        )
    ]
    assert {(each.person, each.act) for each in noted} == {
        (CASE_LEAD, "send-link"),
        (CHAIR, "record-concern"),
    }
    told = " ".join(each.sentence for each in noted)
    assert "Gave a link to margaret-oduya" in told
    assert "Sent the form; the link is used up." in told
    assert post.path not in f"{noted}"


async def test_sending_the_page_twice_gives_one_link(
    seat: Seat, token_on: TokenOn, known: None, post: Postbox
) -> None:
    client = await seat(CASE_LEAD)
    page = html.unescape((await client.get(LINKS)).text)
    data = {
        "form_token": token_on(page),
        "slip": page.split('name="slip" value="')[1].split('"')[0],
        "offer": TO_THE_CHAIR,
        "days": "14",
    }
    for _ in range(2):
        assert (await client.post(LINKS, data=data)).status_code == 303
    assert len(post.sent) == 1


@pytest.mark.parametrize(("field", "value", "said"), [("offer", "", "Choose what the link is for"),
    ("days", "0", "Enter a number of days from 1 to 60"), ("days", "many", "from 1 to 60"),
    ("address", "not an address", "Enter a mail address in the usual form")])  # fmt: skip
async def test_what_is_wrong_with_the_form_is_said_and_nothing_is_lost(
    give: Give, seat: Seat, send: Send, post: Postbox, field: str, value: str, said: str
) -> None:
    if field == "offer":
        answer = await send(await seat(CASE_LEAD), LINKS, LINKS, days="21")
        assert 'value="21"' in answer.text
    else:
        answer = await give(CASE_LEAD, "record-update", **{"address": "a@example.org", field: value})
        assert f'value="{value}"' in answer.text
    assert (answer.status_code, said in words_of(answer)) == (422, True)
    assert post.sent == []


async def test_without_a_way_of_sending_there_is_no_such_page(
    visitor: Visitor, seat: Seat, app: FastAPI
) -> None:
    app.state.ports = replace(app.state.ports, outside=None)
    assert (await visitor().get("/outside/words")).status_code == 404
    assert (await (await seat(CASE_LEAD)).get(LINKS)).status_code == 404


def test_a_link_of_somebody_who_holds_a_role_acts_as_that_person(year: Year) -> None:
    now = year.clock.now()
    link = OutsideLink(uuid4(), CHAIR, "submit-report", QUARTER, None, CASE_LEAD, now, now)
    assert link.actor == Actor("person", CHAIR)
    assert replace(link, person="outside-1").actor == Actor("outside", "outside-1")


@NEEDS_CHROMIUM
@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (320, False)], ids=str)
async def test_the_pages_are_accessible_fit_and_work_without_scripts(
    browser: Browser,
    served: str,
    year: Year,
    give: Give,
    post: Postbox,
    width: int,
    scripts: bool,
) -> None:
    page, complaints = await a_page(browser, width, scripts)

    async def look(name: str) -> None:
        await picture(page, f"outside-{name}-{width}")
        looked_at = page if scripts else await the_same_without_scripts(page, browser)
        assert await accessibility_faults(looked_at) == [], name
        assert await fits_sideways(page), name

    await give(OFFICER, "record-update", address="desk@police.example")
    await page.goto(f"{served}{post.path}")
    await look("form")
    await page.get_by_role("button", name="Check it and send it").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()
    await look("form-with-faults")
    await page.get_by_label("Who answers").fill("A chief inspector")
    await page.get_by_label("The update").fill("1,204 referrals in September, by district.")
    await page.get_by_role("button", name="Check it and send it").click()
    await page.get_by_role("heading", name="Check it before you send it").wait_for()
    await look("check")
    await page.get_by_role("button", name="Send it").click()
    await page.get_by_role("heading", name="It has been received").wait_for()
    await look("receipt")
    await page.goto(f"{served}/outside/words-that-nobody-gave")
    await look("refused")
    await sit_down(page, served, "Imogen Hartley", LINKS)
    await look("links")
    await page.get_by_role("button", name="Send the link").click()
    await page.get_by_role("heading", name="There is a problem").wait_for()
    await look("links-with-faults")
    assert [each for each in complaints if "410" not in each and "422" not in each] == []
