"""Somebody's dates in their own calendar program, which cannot sign in: the address, and what is read there."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import httpx2
import icalendar
import pytest
import recurring_ical_events

from domain.actor import Actor
from domain.commands import EndAppointment, GrantExtension, MoveReview, PlanReview, WaiveOccurrence
from domain.identity import OccurrenceId
from tests.desk.pages.year import ADVISER, CASE_LEAD, CHAIR, DIRECTOR, OFFICER, REVIEW_TEAM, Seat, Send, Year

pytestmark = pytest.mark.slow

NOTICE = "lancashire-2016"
OCTOBER = OccurrenceId(NOTICE, "monthly-report", "2016-10")
REVIEW = OccurrenceId(NOTICE, "department-review", "1")
ADDRESS = re.compile(r'value="(https://desk\.example/feeds/[\w-]{43}\.ics)"')

MakeAddress = Callable[..., Awaitable[str]]
Entries = dict[str, icalendar.Event]


@pytest.fixture
def make(seat: Seat, send: Send) -> MakeAddress:
    """Somebody makes an address on their page, and copies it from there."""

    async def make_address(person: str, notice: str = "") -> str:
        client = await seat(person)
        made = await send(client, "/my-calendar", "/my-calendar/make", notice=notice)
        assert made.status_code == 200
        (address,) = ADDRESS.findall(made.text)
        return str(address)

    return make_address


@pytest.fixture
def read(visitor: Callable[..., httpx2.AsyncClient]) -> Callable[[str], Awaitable[Entries]]:
    """A calendar program reads an address, knowing nothing but that."""

    async def read_address(address: str) -> Entries:
        answer = await visitor().get(address)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        found = icalendar.Calendar.from_ical(answer.content)
        return {str(each["UID"]).removesuffix("@forthwith"): each for each in found.walk("VEVENT")}

    return read_address


def day_of(event: icalendar.Event) -> date:
    found: date = event["DTSTART"].dt
    return found


async def test_an_address_is_shown_once_and_read_without_signing_in(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]], seat: Seat
) -> None:
    address = await make(OFFICER)
    secret = address.rpartition("/")[2]
    page = (await (await seat(OFFICER)).get("/my-calendar")).text
    assert secret.removesuffix(".ics") not in page
    assert "An address is in force. It was made on Friday 21 October 2016" in page
    october = (await read(address))[f"{OCTOBER}/due"]
    assert day_of(october) == date(2016, 11, 14)
    assert october["SUMMARY"] == "Due: Monthly report to the improvement board, October 2016"
    assert october["STATUS"] == "CONFIRMED"


async def test_an_entry_says_why_in_the_words_of_the_clause_and_leads_to_the_task(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]], september: OccurrenceId
) -> None:
    event = (await read(await make(DIRECTOR)))[f"{september}/due"]
    words = str(event["DESCRIPTION"])
    assert "Under clause 6b, Lancashire County Council must provide the monthly report" in words
    assert "the matter was brought to the Director of children’s services" in words
    assert "Clause 6b says: the council must report monthly to the improvement board" in words
    assert event["URL"] == f"https://desk.example/tasks/{september}/director"
    assert words.endswith(event["URL"])


async def test_it_reminds_when_the_ladder_does_and_only_those_whom_it_reminds(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]]
) -> None:
    of_officer = (await read(await make(OFFICER)))[f"{OCTOBER}/due"]
    alarms = [each["TRIGGER"].dt for each in of_officer.walk("VALARM")]
    acknowledge, in_five_days, tomorrow = (datetime(2016, 11, day, 9, tzinfo=UTC) for day in (4, 7, 11))
    assert alarms == [acknowledge, in_five_days, tomorrow]
    of_chair = (await read(await make(CHAIR, NOTICE)))[f"{OCTOBER}/due"]
    assert of_chair.walk("VALARM") == []


async def test_an_extension_moves_the_same_entry_and_tells_of_the_first_day(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]], year: Year, september: OccurrenceId
) -> None:
    address = await make(OFFICER)
    before = (await read(address))[f"{september}/due"]
    year.clock.advance_to(year.clock.now() + timedelta(hours=1))
    until = date(2016, 10, 28)
    await year.office.handle(
        GrantExtension(september, until, "Two posts are vacant."), Actor("person", CASE_LEAD)
    )
    after = (await read(address))[f"{september}/due"]
    assert (day_of(before), day_of(after)) == (date(2016, 10, 14), until)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    assert "It was due on 14 October 2016 at first." in after["DESCRIPTION"]


async def test_a_waived_report_is_cancelled_and_not_gone(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]], year: Year, september: OccurrenceId
) -> None:
    address = await make(OFFICER)
    before = (await read(address))[f"{september}/due"]
    await year.office.handle(WaiveOccurrence(september, "It is in the next one."), Actor("person", CASE_LEAD))
    after = (await read(address))[f"{september}/due"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["SUMMARY"].startswith("Owed no more: Monthly report")
    assert after.walk("VALARM") == []


async def test_a_review_that_moves_takes_its_days_and_what_hangs_on_it_along(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]], year: Year
) -> None:
    address, lead = await make(CASE_LEAD, NOTICE), Actor("person", REVIEW_TEAM)
    assert f"{REVIEW}/review" not in await read(address)
    first, last = date(2016, 11, 7), date(2016, 11, 8)
    await year.office.handle(PlanReview(REVIEW, first, last, ("Callum Reyes",), "All areas."), lead)
    planned = (await read(address))[f"{REVIEW}/review"]
    await year.office.handle(MoveReview(REVIEW, date(2016, 11, 10), date(2016, 11, 11), "A strike."), lead)
    moved = (await read(address))[f"{REVIEW}/review"]
    assert (planned["DTSTART"].dt, planned["DTEND"].dt) == (first, last + timedelta(days=1))
    assert (moved["DTSTART"].dt, moved["DTEND"].dt) == (date(2016, 11, 10), date(2016, 11, 12))
    assert moved["UID"] == planned["UID"]
    assert moved["SEQUENCE"] > planned["SEQUENCE"]


async def test_the_council_is_not_shown_what_the_adviser_owes(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]]
) -> None:
    def hidden(entries: Entries) -> set[str]:
        return {name for name in entries if "adviser-report" in name}

    of_council = await read(await make(OFFICER, NOTICE))
    of_adviser = await read(await make(ADVISER, NOTICE))
    assert hidden(of_council) == set()
    assert len(hidden(of_adviser)) >= 3
    assert set(of_adviser) - hidden(of_adviser) == set(of_council)
    assert "report of the adviser" not in " ".join(str(each["DESCRIPTION"]) for each in of_council.values())


async def test_it_holds_what_is_ones_own_or_the_whole_notice(
    make: MakeAddress, read: Callable[[str], Awaitable[Entries]]
) -> None:
    own, whole = await read(await make(OFFICER)), await read(await make(OFFICER, NOTICE))
    assert set(own) < set(whole)
    assert {name.split("/")[1] for name in own} >= {"monthly-report", "plan-kept-up-to-date"}
    assert not any("chair-report" in name for name in own)


async def test_an_independent_reader_finds_each_day_where_the_record_has_it(
    make: MakeAddress, visitor: Callable[..., httpx2.AsyncClient], year: Year
) -> None:
    content = (await visitor().get(await make(CASE_LEAD, NOTICE))).content
    found = icalendar.Calendar.from_ical(content)
    assert icalendar.Calendar.from_ical(found.to_ical()).to_ical() == found.to_ical()
    assert [each.errors for each in found.walk() if getattr(each, "errors", None)] == []
    assert max(map(len, content.split(b"\r\n"))) <= 75
    november = recurring_ical_events.of(found).between((2016, 11, 1), (2016, 12, 1))
    told = {(str(each["UID"]).split("/due@")[0], day_of(each)) for each in november}
    await year.casebook.catch_up()
    owed = {
        (str(each.id), each.facts.due_on)
        for each in year.casebook.occurrences(NOTICE)
        if each.facts.due_on.month == 11
    }
    assert owed
    assert owed <= told
    assert (str(OCTOBER), date(2016, 11, 14)) in told


async def test_who_has_the_newest_version_is_sent_nothing(
    make: MakeAddress, visitor: Callable[..., httpx2.AsyncClient], year: Year, september: OccurrenceId
) -> None:
    address, program = await make(OFFICER), visitor()
    first = await program.get(address)
    assert first.headers["cache-control"] == "private, no-cache"
    tag, changed = first.headers["etag"], first.headers["last-modified"]
    for asked in ({"if-none-match": f'"other", W/{tag}'}, {"if-modified-since": changed}):
        again = await program.get(address, headers=asked)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    looked = await program.head(address)
    assert (looked.status_code, looked.headers["etag"]) == (200, tag)
    year.clock.advance_to(year.clock.now() + timedelta(minutes=5))
    await year.office.handle(WaiveOccurrence(september, "It is in the next one."), Actor("person", CASE_LEAD))
    year.clock.advance_to(year.clock.now() + timedelta(minutes=5))
    asked = {"if-none-match": tag}
    assert (await program.get(address, headers=asked)).status_code == 200
    newer = await program.get(address, headers={"if-modified-since": changed})
    assert newer.status_code == 200
    assert newer.headers["last-modified"] != changed
    assert (await program.get(address, headers={"if-modified-since": "soon"})).status_code == 200


async def test_a_wrong_a_revoked_and_an_abandoned_address_are_alike(
    make: MakeAddress,
    visitor: Callable[..., httpx2.AsyncClient],
    seat: Seat,
    send: Send,
    year: Year,
) -> None:
    program = visitor()
    wrong = await program.get("/feeds/" + "x" * 43 + ".ics")
    replaced = await make(OFFICER)
    officer = await seat(OFFICER)
    page = (await officer.get("/my-calendar")).text
    (feed,) = re.findall(r'name="feed" value="([^"]+)"', page)
    again = await send(officer, "/my-calendar", "/my-calendar/make", notice="", replacing=feed)
    (in_force,) = ADDRESS.findall(again.text)
    of_director = await make(DIRECTOR)
    ended = EndAppointment(NOTICE, "director", DIRECTOR, date(2016, 10, 21), "She retires.")
    await year.office.handle(ended, Actor("person", CASE_LEAD))
    assert (await program.get(of_director)).status_code == 200
    year.clock.advance_to(year.clock.now() + timedelta(days=1))
    assert (await program.get(in_force)).status_code == 200
    answers = [wrong, *[await program.get(each) for each in (replaced, of_director, "/feeds/a.ics")]]
    (feed,) = re.findall(r'name="feed" value="([^"]+)"', (await officer.get("/my-calendar")).text)
    told = await send(officer, "/my-calendar", "/my-calendar/revoke", feed=feed)
    assert "The address is revoked." in told.text
    answers.append(await program.get(in_force))
    assert {each.status_code for each in answers} == {404}
    bodies = {
        re.sub(
            r'nonce="[^"]+"|href="/feeds/[^"]+"|[0-9A-F]{4}-[0-9A-F]{4}|clock reads.*|21 October|22 October',
            "",
            each.text,
        )
        for each in answers
    }
    assert len(bodies) == 1


async def test_nobody_revokes_the_address_of_somebody_else(
    make: MakeAddress, visitor: Callable[..., httpx2.AsyncClient], seat: Seat, send: Send
) -> None:
    address = await make(OFFICER)
    page = (await (await seat(OFFICER)).get("/my-calendar")).text
    (feed,) = re.findall(r'name="feed" value="([^"]+)"', page)
    await send(await seat(DIRECTOR), "/my-calendar", "/my-calendar/revoke", feed=feed)
    assert (await visitor().get(address)).status_code == 200


async def test_sending_the_form_again_makes_no_second_address(
    make: MakeAddress, visitor: Callable[..., httpx2.AsyncClient], seat: Seat, send: Send
) -> None:
    address = await make(OFFICER)
    again = await send(await seat(OFFICER), "/my-calendar", "/my-calendar/make", notice="", replacing="")
    assert again.status_code == 409
    assert "An address for this was made meanwhile" in again.text
    assert ADDRESS.findall(again.text) == []
    assert (await visitor().get(address)).status_code == 200


async def test_an_address_is_made_by_ones_own_form_and_for_ones_own_notice_only(
    visitor: Callable[..., httpx2.AsyncClient], seat: Seat, send: Send
) -> None:
    assert (await visitor().get("/my-calendar")).status_code == 303
    officer = await seat(OFFICER)
    assert (await officer.post("/my-calendar/make", data={"notice": ""})).status_code == 403
    foreign = await send(officer, "/my-calendar", "/my-calendar/make", notice="another-notice")
    assert foreign.status_code == 404


async def test_making_an_address_leaves_no_trace_in_the_events(make: MakeAddress, year: Year) -> None:
    before = len(await year.events())
    await make(OFFICER)
    assert len(await year.events()) == before


async def test_a_fault_does_not_write_the_secret_into_the_log(
    make: MakeAddress,
    visitor: Callable[..., httpx2.AsyncClient],
    year: Year,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    address = await make(OFFICER)

    async def fail() -> int:
        raise RuntimeError("a fault")

    monkeypatch.setattr(year.casebook, "catch_up", fail)
    assert (await visitor().get(address)).status_code == 500
    assert "unforeseen error at GET /feeds/…" in caplog.text
    assert address.rpartition("/")[2].removesuffix(".ics") not in caplog.text


async def test_while_the_record_cannot_be_reached_the_program_is_asked_to_come_back(
    make: MakeAddress, visitor: Callable[..., httpx2.AsyncClient], year: Year
) -> None:
    address = await make(OFFICER)
    year.ledger.reachable = False
    assert (await visitor().get(address)).status_code == 503
