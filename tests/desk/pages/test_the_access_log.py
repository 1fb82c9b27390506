"""What is hidden from some, who reads it, and what the auditor learns of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import FastAPI

from desk.access_in_memory import MemoryAccesses
from domain.access import Access, AccessesWanted, InTheNameOf
from domain.identity import OccurrenceId
from domain.record import LedgerUnreachable
from tests.desk.pages.test_handing_on import day
from tests.desk.pages.test_the_notice import words_of
from tests.desk.pages.year import (
    ADVISER,
    AUDITOR,
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    OFFICER,
    OPERATOR,
    Seat,
    Send,
    Year,
)

THE_AUDITOR = InTheNameOf("grace-adeyemi", everything=True)

pytestmark = pytest.mark.slow
REPORT = "/notice/lancashire-2016/occurrences/adviser-report/2016-Q2"


@pytest.fixture
def accesses(app: FastAPI) -> MemoryAccesses:
    found = app.state.ports.accesses
    assert isinstance(found, MemoryAccesses)
    return found


async def noted(accesses: MemoryAccesses) -> list[Access]:
    return [each.access for each in await accesses.newest(AccessesWanted(limit=1000), THE_AUDITOR)]


async def test_what_a_rule_refuses_is_noted_with_the_words_that_were_said(
    seat: Seat, send: Send, accesses: MemoryAccesses, september: OccurrenceId
) -> None:
    page = f"/tasks/{september}/director"
    await send(await seat(CHAIR), page, f"{page}/acknowledge")
    (access,) = await noted(accesses)
    assert (access.kind, access.act, access.person) == ("refused", "acknowledge-task", CHAIR)
    assert access.about == str(september)
    assert access.sentence.startswith("This task belongs to Director of children’s services")


async def test_so_is_what_is_refused_when_it_is_checked_before_it_is_recorded(
    seat: Seat, send: Send, accesses: MemoryAccesses
) -> None:
    page = "/notice/lancashire-2016/people/absence"
    away = day("since", 24, 10, 2016) | day("until", 4, 11, 2016)
    await send(await seat(DIRECTOR), page, page, role="director", to=CHAIR, reason="On leave.", **away)
    (access,) = await noted(accesses)
    assert (access.kind, access.act, access.person) == ("refused", "delegate-role", DIRECTOR)
    assert "which conflicts with the role of Director" in access.sentence


async def test_what_somebody_asks_for_and_may_not_see_is_noted(
    seat: Seat, year: Year, accesses: MemoryAccesses
) -> None:
    director = await seat(DIRECTOR)
    hidden = next(each.index for each in await year.events() if each.envelope.obligation == "adviser-report")
    for page in (REPORT, f"/events/{hidden}"):
        assert (await director.get(page)).status_code == 404
        access = (await noted(accesses))[0]
        assert (access.kind, access.person, access.about) == ("hidden", DIRECTOR, page)


async def test_opening_what_is_hidden_from_some_is_noted_and_nothing_else_is(
    seat: Seat, accesses: MemoryAccesses, september: OccurrenceId
) -> None:
    lead = await seat(CASE_LEAD)
    for page in ("/tasks", "/notice/lancashire-2016", f"/tasks/{september}/owed", "/events/1"):
        assert (await lead.get(page)).status_code == 200
    assert await noted(accesses) == []
    for person, page in (
        (CASE_LEAD, REPORT),
        (ADVISER, "/tasks/lancashire-2016/adviser-report/2016-Q2/owed"),
    ):
        assert (await (await seat(person)).get(page)).status_code == 200
        access = (await noted(accesses))[0]
        assert (access.kind, access.person, access.about) == ("opened", person, page)
        assert "lancashire-2016/adviser-report/2016-Q2" in access.sentence
    assert len(await noted(accesses)) == 2


async def test_a_history_that_tells_of_it_is_one_note(seat: Seat, accesses: MemoryAccesses) -> None:
    lead = await seat(CASE_LEAD)
    await lead.get("/history/lancashire-2016?occurrence=adviser-report/2016-Q2")
    (access,) = await noted(accesses)
    assert (access.act, access.about) == ("read-history", "/history/lancashire-2016")


async def test_what_cannot_be_noted_is_not_shown(seat: Seat, app: FastAPI) -> None:
    class Away(MemoryAccesses):
        async def note(self, access: Access) -> None:
            raise LedgerUnreachable(f"no line about {access.person}")

    lead = await seat(CASE_LEAD)
    shown = await lead.get(REPORT)
    assert shown.status_code == 200
    app.state.ports = replace(app.state.ports, accesses=Away())
    answer = await lead.get(REPORT)
    assert answer.status_code == 503
    assert "whoever opens it is written down" in answer.text
    assert "Ruth Pemberton" not in answer.text
    assert answer.headers["content-security-policy"]
    assert (await lead.get("/tasks")).status_code == 200
    assert (await lead.get("/access")).status_code == 503


async def test_the_auditor_reads_everything_and_changes_nothing(
    seat: Seat, send: Send, year: Year, september: OccurrenceId
) -> None:
    auditor, before = await seat(AUDITOR), await year.events()
    assert (await auditor.get(REPORT)).status_code == 200
    history = (await auditor.get("/history/lancashire-2016")).text
    assert f"{len(before)} events" in history
    for event in before[:: len(before) // 40]:
        assert (await auditor.get(f"/events/{event.index}")).status_code == 200
    page = f"/tasks/{september}/director"
    assert f"{page}/acknowledge" not in (await auditor.get(page)).text
    assert (await send(auditor, "/tasks", f"{page}/acknowledge")).status_code == 403
    assert len(await year.events()) == len(before)


async def test_the_auditor_reads_who_tried_what_when_and_why_not(
    seat: Seat, send: Send, september: OccurrenceId
) -> None:
    page = f"/tasks/{september}/director"
    await send(await seat(CHAIR), page, f"{page}/acknowledge")
    await (await seat(OFFICER)).get(REPORT)
    auditor = await seat(AUDITOR)
    shown = words_of((await auditor.get("/access")).text)
    assert "Margaret Oduya (margaret-oduya) Friday 21 October 2016, 8:58am" in shown
    assert "Refused: Acknowledge a task." in shown
    assert "This task belongs to Director of children’s services" in shown
    assert "Asked for what is not open to them" in shown
    assert REPORT in shown
    only = words_of((await auditor.get("/access?kind=hidden")).text)
    assert "Priya Nandra" in only
    assert "Margaret Oduya" not in only
    nobody = words_of((await auditor.get("/access?person=nobody")).text)
    assert "Nothing of that kind has been noted." in nobody
    assert (await auditor.get("/access?before=x")).status_code == 422
    assert 'href="/access"' in (await auditor.get("/tasks")).text


async def test_a_long_access_log_comes_in_pages(seat: Seat, accesses: MemoryAccesses, year: Year) -> None:
    for number in range(120):
        about = f"/number/{number}."
        await accesses.note(Access(year.clock.now(), DIRECTOR, "refused", "read-event", None, about, "No."))
    auditor, address, seen = await seat(AUDITOR), "/access?kind=refused", []
    while address:
        page = (await auditor.get(address)).text
        seen += [each for each in range(120) if f"/number/{each}." in page]
        older = page.split(">Older</a>")[0].rsplit('href="', 1) if ">Older</a>" in page else None
        address = f"/access{older[1].rstrip(chr(34)).replace('&amp;', '&')}" if older else ""
    assert sorted(seen) == list(range(120))


@pytest.mark.parametrize("person", [DIRECTOR, CASE_LEAD, ADVISER, OPERATOR])
async def test_the_access_log_is_for_the_auditor_alone(seat: Seat, person: str) -> None:
    client = await seat(person)
    answer = await client.get("/access")
    assert answer.status_code == 403
    assert (
        "It is for the auditor to read who was refused what, who opened what, and what was done to accounts."
        in answer.text
    )
    assert 'href="/access"' not in answer.text


async def test_letters_about_what_is_hidden_are_not_shown_and_opening_one_is_noted(
    seat: Seat, accesses: MemoryAccesses
) -> None:
    adviser, director = await seat(ADVISER), await seat(DIRECTOR)
    of_the_adviser = set(_letters((await adviser.get("/mailbox")).text))
    of_the_council = set(_letters((await director.get("/mailbox")).text))
    hidden = of_the_adviser - of_the_council
    assert hidden
    assert of_the_council < of_the_adviser
    for letter in hidden:
        assert "adviser-report" in (await adviser.get(letter)).text
        access = (await noted(accesses))[0]
        assert (access.kind, access.act, access.about) == ("opened", "read-letters", letter)
        assert (await director.get(letter)).status_code == 404
        assert (await noted(accesses))[0].kind == "hidden"


async def test_the_operator_reads_no_notice(seat: Seat) -> None:
    operator = await seat(OPERATOR)
    for page in ("/tasks", "/notice", "/history"):
        answer = await operator.get(page)
        assert answer.status_code == 200
        assert "lancashire-2016" not in answer.text
    for page in ("/notice/lancashire-2016", "/history/lancashire-2016", "/events/1", REPORT):
        assert (await operator.get(page)).status_code == 404


def _letters(page: str) -> list[str]:
    return [each.split('"')[0] for each in page.split('app-mailbox__subject" href="')[1:]]
