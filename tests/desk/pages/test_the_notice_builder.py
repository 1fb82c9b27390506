"""Drafting, checking, rehearsing and issuing a notice at the desk."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI

from desk.notice_drafts import MemoryNoticeDrafts
from desk.ports import DeskPorts
from domain.events.instrument import NoticeIssued
from domain.events.tending import NoticeSuperseded, NoticeVaried
from domain.record import LedgerUnreachable
from tests.desk.pages.year import ADVISER, AUDITOR, CASE_LEAD, DIRECTOR, Seat, Send, Year

pytestmark = pytest.mark.slow

NOTICES = Path(__file__).parents[3] / "notices"
LATER = (NOTICES / "lancashire-direction-2017.yaml").read_text(encoding="utf-8")
DIRECTION = LATER.replace("2016-12-15", "2016-10-14")  # a week ago
BROKEN = DIRECTION.replace("runs_until: 2017-12-31", "runs_until: 2017-12-41").replace(
    "obligor: council", "obligor: counsil"
)
THIRD_OF_NOVEMBER = {"decided_on-day": "20", "decided_on-month": "10", "decided_on-year": "2016"}


def words(answer: httpx2.Response) -> str:
    """What a page says, without its marks."""
    shown = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


async def begun(client: httpx2.AsyncClient, send: Send, text: str = DIRECTION) -> str:
    """The address of a draft that has just been begun."""
    answer = await send(client, "/build", "/build", text=text)
    assert answer.status_code == 200
    return answer.url.path


async def test_every_fault_is_named_with_its_place_and_nothing_is_lost(seat: Seat, send: Send) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send, BROKEN)
    page = await lead.get(draft)
    said = words(page)
    assert "1 fault." in said
    assert "41 is not" in said or "does not exist" in said
    assert "notice.runs_until" in said
    assert "runs_until: 2017-12-41" in said
    assert html.escape("counsil") in page.text
    mended = await send(lead, draft, draft, text=BROKEN.replace("2017-12-41", "2017-12-31"))
    said = words(mended)
    assert "There is no party called “counsil”; did you mean “council”?" in said
    assert "obligor: counsil" in said
    mended = await send(lead, draft, draft, text=DIRECTION)
    assert "Nothing is wrong with this file." in words(mended)


async def test_a_file_is_taken_as_well_and_what_is_too_long_is_given_back(seat: Seat, send: Send) -> None:
    lead = await seat(CASE_LEAD)
    page = (await lead.get("/build")).text
    token = page.split('name="form_token" value="')[1].split('"')[0]
    answer = await lead.post(
        "/build",
        data={"form_token": token, "text": ""},
        files={"file": ("direction.yaml", DIRECTION.encode())},
        follow_redirects=True,
    )
    assert "Nothing is wrong with this file." in words(answer)
    long = f"title: far too long\n# {'x' * 256_000}"
    refused = await send(lead, "/build", "/build", text=long)
    assert refused.status_code == 422
    assert long in html.unescape(refused.text)
    nothing = await send(lead, "/build", "/build", text="  ")
    assert nothing.status_code == 422
    assert words(await lead.get("/build")).count("Saved by Imogen Hartley") == 1


async def test_a_draft_is_nobody_elses(seat: Seat, send: Send) -> None:
    draft = await begun(await seat(CASE_LEAD), send)
    for person, status in ((DIRECTOR, 403), (ADVISER, 403), (AUDITOR, 403)):
        other = await seat(person)
        assert (await other.get(draft)).status_code == status
        assert "Notice builder" not in (await other.get("/tasks")).text
    lead = await seat(CASE_LEAD)
    assert (await lead.get(draft)).status_code == 200
    assert (await lead.get(draft.replace(draft[-4:], "0000"))).status_code == 404


async def test_two_who_save_at_once_both_keep_what_they_typed(seat: Seat, send: Send) -> None:
    lead, twin = await seat(CASE_LEAD), await seat(CASE_LEAD)
    draft = await begun(lead, send)
    first, second = DIRECTION.replace("Gives", "Makes"), DIRECTION.replace("Gives", "Writes")
    shown = (await twin.get(draft)).text
    assert "Saved." in words(await send(lead, draft, draft, text=first))
    token, seen = (shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("form_token", "seen"))
    answer = await twin.post(
        draft, data={"form_token": token, "seen": seen, "text": second}, follow_redirects=True
    )
    assert answer.url.path != draft
    assert "saved this draft while you had it open" in words(answer)
    assert "Writes" in answer.text
    assert "Makes" in (await lead.get(draft)).text


async def test_what_it_asks_for_its_weeks_and_its_clashes(seat: Seat, send: Send) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send)
    asks = words(await lead.get(f"{draft}/asks"))
    assert "What falls due in the first year" in asks
    assert "Friday 31 March 2017" in asks
    weeks = await lead.get(f"{draft}/weeks")
    assert "fall due, in" in words(weeks)
    assert '<svg class="app-picture__svg load"' in weeks.text
    assert "Due beside a bank holiday" in words(weeks)
    wrong = await lead.get(f"{draft}/weeks?apart=99")
    assert wrong.status_code == 422
    assert "Enter a number of working days from 1 to 20" in words(wrong)


async def test_it_is_rehearsed_and_the_outcome_said_in_words(seat: Seat, send: Send) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send)
    nobody = words(await lead.get(f"{draft}/rehearse?story=nobody-acts"))
    assert "Nobody does anything." in nobody
    assert "The first to go up a ladder is" in nobody
    assert re.search(r"referred for consideration, the first on \w+day \d", nobody)
    everybody = words(await lead.get(f"{draft}/rehearse?story=everybody-in-time"))
    assert "and 0 never." in everybody
    assert "Nobody is told that anything is late." in everybody
    assert (await lead.get(f"{draft}/rehearse?story=somebody")).status_code == 422


async def test_it_is_issued_once_however_often_it_is_sent(seat: Seat, send: Send, year: Year) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send)
    before = len(await year.events())
    check = await send(lead, f"{draft}/issue", f"{draft}/issue", chase="now")
    assert "Check before you issue it" in words(check)
    assert len(await year.events()) == before
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', check.text)
    }
    fields["confirmed"] = "yes"
    done = await lead.post(f"{draft}/issue", data=fields, follow_redirects=True)
    assert done.url.path == "/notice/lancashire-direction-2017"
    assert "is in force. Recorded as" in words(done)
    events = await year.events()
    assert len(events) > before
    again = await lead.post(f"{draft}/issue", data=fields, follow_redirects=True)
    assert again.url.path == "/notice/lancashire-direction-2017"
    assert len(await year.events()) == len(events)
    issued = year.casebook.history("lancashire-direction-2017")
    assert isinstance(issued[0].event, NoticeIssued)
    assert issued[0].event.issued_by == CASE_LEAD
    assert (await lead.get(f"{draft}/issue", follow_redirects=True)).url.path == f"{draft}/vary"


async def test_whoever_would_not_be_able_to_open_it_is_told_so_before(seat: Seat, send: Send) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send, LATER)
    check = words(await send(lead, f"{draft}/issue", f"{draft}/issue", chase="now"))
    assert "You hold no role under this notice today." in check
    assert "The day of the instrument, Thursday 15 December 2016, is still to come." in check
    done = await send(lead, f"{draft}/issue", f"{draft}/issue", chase="now", confirmed="yes")
    assert done.url.path == "/build"
    assert "is in force. Recorded as" in words(done)


async def test_a_notice_in_force_is_varied_from_the_builder(seat: Seat, send: Send, year: Year) -> None:
    lead = await seat(CASE_LEAD)
    started = await send(lead, "/build", "/build", notice="lancashire-2016")
    assert "Nothing is wrong with this file." in words(started)
    draft = started.url.path
    text = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", started.text, re.DOTALL)[1])  # type: ignore[index]
    same = words(await lead.get(f"{draft}/compare?with=lancashire-2016"))
    assert "Nothing is different." in same
    longer = text.replace("runs_until: 2017-05-31", "runs_until: 2017-08-31")
    await send(lead, draft, draft, text=longer)
    assert "Due days that move" in words(await lead.get(f"{draft}/compare?with=lancashire-2016"))
    given = {"variation": "Variation of October", "reason": "More time is needed.", **THIRD_OF_NOVEMBER}
    given |= {name.replace("decided", "effective"): day for name, day in THIRD_OF_NOVEMBER.items()}
    check = await send(lead, f"{draft}/vary", f"{draft}/vary", **given)
    assert "Check before you vary it" in words(check)
    assert "due dates" in words(check)
    done = await send(lead, f"{draft}/vary", f"{draft}/vary", confirmed="yes", **given)
    assert done.url.path == "/notice/lancashire-2016"
    varied = [each.event for each in year.casebook.history("lancashire-2016")]
    assert [each.variation for each in varied if isinstance(each, NoticeVaried)] == ["Variation of October"]


async def test_the_issued_notice_takes_the_place_of_another(seat: Seat, send: Send, year: Year) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send)
    assert "Issue it first" in words(await lead.get(f"{draft}/supersede"))
    await send(lead, f"{draft}/issue", f"{draft}/issue", chase="now", confirmed="yes")
    given = {"superseded": "lancashire-2016", "reason": "The council was directed.", **THIRD_OF_NOVEMBER}
    check = await send(lead, f"{draft}/supersede", f"{draft}/supersede", **given)
    assert "Check before you end the other notice" in words(check)
    done = await send(lead, f"{draft}/supersede", f"{draft}/supersede", confirmed="yes", **given)
    assert done.url.path == "/notice/lancashire-2016"
    events = [each.event for each in year.casebook.history("lancashire-2016")]
    assert any(isinstance(each, NoticeSuperseded) for each in events)


async def test_what_is_refused_keeps_what_was_typed(seat: Seat, send: Send) -> None:
    lead = await seat(CASE_LEAD)
    started = await send(lead, "/build", "/build", notice="lancashire-2016")
    draft = started.url.path
    given = {"variation": "None", "reason": "No reason & all", **THIRD_OF_NOVEMBER}
    given |= {name.replace("decided", "effective"): day for name, day in THIRD_OF_NOVEMBER.items()}
    refused = await send(lead, f"{draft}/vary", f"{draft}/vary", **given)
    assert refused.status_code == 409
    assert "reads like that already" in words(refused)
    assert "No reason &amp; all" in refused.text


class CutOffDrafts(MemoryNoticeDrafts):
    """Nothing can be kept any more."""

    async def keep(self, draft: UUID, owner: str, title: str, text: str, person: str) -> bool:
        raise LedgerUnreachable(f"The database does not keep “{title}” of {owner} for {person}: {draft}.")


async def test_when_nothing_can_be_kept_the_text_is_given_back(
    seat: Seat, send: Send, app: FastAPI, ports: DeskPorts
) -> None:
    lead = await seat(CASE_LEAD)
    draft = await begun(lead, send)
    cut_off = CutOffDrafts()
    cut_off._kept = ports.notice_drafts._kept  # type: ignore[attr-defined]
    app.state.ports = replace(app.state.ports, notice_drafts=cut_off)
    for page in (draft, "/build"):
        answer = await send(lead, page, page, text=BROKEN)
        assert answer.status_code == 503
        assert "nothing was saved" in words(answer)
        assert "counsil" in answer.text
