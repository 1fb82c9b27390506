"""Notice files that are checked and rehearsed over the API."""

from __future__ import annotations

import pytest

from tests.desk.pages.api.conftest import Program
from tests.desk.pages.test_the_notice_builder import BROKEN, DIRECTION
from tests.desk.pages.year import AUDITOR, CASE_LEAD, OFFICER, Year

pytestmark = pytest.mark.slow


async def test_a_file_is_checked_and_nothing_is_recorded(program: Program, year: Year) -> None:
    before = len(await year.events())
    lead = await program(CASE_LEAD)
    sound = (await lead.post("/notice-files/check", json={"text": DIRECTION})).json()
    assert sound["sound"] is True
    assert sound["notice"] == "lancashire-direction-2017"
    assert {"occurrence": "monthly-report/2017-03", "due_on": "2017-04-18"}.items() <= next(
        each for each in sound["due"] if each["occurrence"] == "monthly-report/2017-03"
    ).items()
    assert "beside-holiday" in {each["kind"] for each in sound["clashes"]}
    broken = (await lead.post("/notice-files/check", json={"text": BROKEN})).json()
    assert broken["sound"] is False
    assert broken["due"] == []
    assert [(each["line"], each["place"]) for each in broken["faults"]] == [(18, "notice.runs_until")]
    assert len(await year.events()) == before


async def test_it_is_rehearsed(program: Program) -> None:
    lead = await program(CASE_LEAD)
    played = (await lead.post("/notice-files/rehearse", json={"text": DIRECTION})).json()
    assert played["story"] == "nobody-acts"
    first = played["fates"][0]
    assert first["met_at"] is None
    assert [step["do"] for step in first["steps"]][-1] == "refer"
    asked = {"text": DIRECTION, "story": "everybody-in-time", "undone": "monthly-report"}
    but = (await lead.post("/notice-files/rehearse", json=asked)).json()
    missing = {each["title"].partition(",")[0] for each in but["fates"] if each["met_at"] is None}
    assert missing == {"Monthly report to the commissioner"}
    refused = await lead.post("/notice-files/rehearse", json={**asked, "undone": "yearly-report"})
    assert (refused.status_code, refused.json()["name"]) == (422, "NotUnderstood")
    unsound = await lead.post("/notice-files/rehearse", json={"text": BROKEN})
    assert (unsound.status_code, unsound.json()["name"]) == (422, "NoticeUnsound")
    assert "41 December 2017 does not exist." in unsound.json()["faults"][0]


@pytest.mark.parametrize("person", [OFFICER, AUDITOR])
async def test_it_is_for_those_who_keep_a_notice(program: Program, person: str) -> None:
    scopes = ("read", "audit") if person == AUDITOR else ("read",)
    answer = await (await program(person, *scopes)).post("/notice-files/check", json={"text": DIRECTION})
    assert answer.status_code == 403


@pytest.mark.parametrize("text", ["", "\ud800", "a: [", "{}"], ids=["empty", "half", "open", "nothing"])
async def test_whatever_is_sent_is_answered(program: Program, text: str) -> None:
    lead = await program(CASE_LEAD)
    answer = await lead.post(
        "/notice-files/check",
        content=f'{{"text": {ascii(text)[1:-1].join(chr(34) * 2)}}}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code in {200, 422}
    if answer.status_code == 200:
        assert answer.json()["sound"] is False
