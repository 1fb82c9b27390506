"""What programs may ask of the past, of evidence, of the access log, and of what is their person's own."""

from __future__ import annotations

import base64
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi import FastAPI

from desk.app import create_app
from desk.auditing import Verified
from desk.ports import DeskPorts
from desk.sessions import MemorySessions, Session
from domain.identity import OccurrenceId
from forthwith.lodging import lodging
from forthwith.settings import Settings
from ledger.memory import MemoryDirectory
from ledger.tokens import MemoryTokens
from projections.corrections import corrections
from projections.differences import View, differences
from projections.past.lately import past_of
from projections.past.moments import EVERYTHING
from projections.past.naming import moments_named
from projections.replaying import replay_steps
from projections.seen_by import SeenBy
from projections.state.digest import state_digest
from projections.state.spelling import plain
from tests.desk.pages.api.conftest import NOTICE, SEPTEMBER, Program
from tests.desk.pages.year import AUDITOR, CASE_LEAD, CHAIR, DIRECTOR, OFFICER, Year

pytestmark = pytest.mark.slow
MINUTES = b"Minutes of the improvement board.\n"
HERE = f"/notices/{NOTICE}"


class Kept:
    """An audit of a record that has been looked at, and that can be taken away."""

    last: Verified | None = None

    async def verify(self) -> Verified:
        raise AssertionError

    async def bag(self) -> object:
        raise AssertionError


@pytest.fixture
def sessions() -> MemorySessions:
    return MemorySessions()


@pytest.fixture
def app(
    ports: DeskPorts,
    year: Year,
    tokens: MemoryTokens,
    directory: MemoryDirectory,
    sessions: MemorySessions,
    tmp_path: Path,
) -> FastAPI:
    """With files, and with sessions that can be looked at."""
    kept = Settings(evidence=str(tmp_path / "evidence"), evidence_limit=2_000_000)
    wired = replace(
        ports, record=year.ledger, tokens=tokens, directory=directory, lodge=lodging(kept, year.office)
    )
    return create_app(wired, sessions=sessions)


@pytest.mark.parametrize("person", [OFFICER, CASE_LEAD])
async def test_the_difference_of_two_moments_is_that_of_the_projection(
    program: Program, year: Year, person: str
) -> None:
    await year.casebook.catch_up()
    sides = [
        moments_named(day, None, "Europe/London", year.clock.now()) for day in ("2016-09-01", "2016-10-20")
    ]
    views = [
        View(
            SeenBy(past_of(year.casebook, each, NOTICE), person, year.clock.now(), year.casebook), each.as_at
        )
        for each in sides
    ]
    expected = [plain(each) for each in differences(*views, NOTICE)]
    client, found, cursor = await program(person), [], None
    while True:
        query = {"since": "2016-09-01", "until": "2016-10-20", "limit": "7"} | (
            {"cursor": cursor} if cursor else {}
        )
        page = (await client.get(f"{HERE}/diff", params=query)).json()
        found += page["items"]
        if (cursor := page["next"]) is None:
            break
    assert found == expected
    assert len(found) > 7
    backwards = await client.get(f"{HERE}/diff", params={"since": "2016-10-20", "until": "2016-09-01"})
    assert (backwards.status_code, backwards.json()["name"]) == (422, "NotUnderstood")


async def test_the_state_at_an_event_has_the_digest_of_replay(program: Program, year: Year) -> None:
    await year.casebook.catch_up()
    lead = await program(CASE_LEAD)
    answer = (await lead.get(f"{HERE}/state", params={"to": 120})).json()
    book = past_of(year.casebook, EVERYTHING, NOTICE, 120)
    last = book.history(NOTICE)[-1]
    assert (answer["event"], answer["digest"]) == (last.index, state_digest(book, NOTICE, last.recorded))
    officer = (await (await program(OFFICER)).get(f"{HERE}/state", params={"to": 120})).json()
    assert officer["digest"] is None
    assert (await lead.get(f"{HERE}/state", params={"to": 100_000})).status_code == 404


async def test_the_history_is_told_again_step_by_step_and_without_what_is_hidden(
    program: Program, year: Year
) -> None:
    await year.casebook.catch_up()
    seen = SeenBy(past_of(year.casebook, EVERYTHING, NOTICE, 150), OFFICER, year.clock.now(), year.casebook)
    expected = [plain(each) for each in replay_steps(seen, NOTICE)]
    answer = await (await program(OFFICER)).get(f"{HERE}/replay", params={"to": 150, "limit": 200})
    assert answer.json()["items"] == expected
    assert len(expected) < 150 or expected


async def test_corrections_readings_escalations_and_decisions_are_answered(
    program: Program, year: Year
) -> None:
    client = await program(OFFICER)
    sent = await client.post(
        f"{SEPTEMBER}/acts/submit-report", json={"sections": [{"section": "data", "text": "18."}]}
    )
    wrong = {"event": sent.json()["receipt"]["first_index"], "field": "received_at",
             "now": "2016-10-20T08:00:00.000000Z", "reason": "By post."}  # fmt: skip
    assert (await client.post(f"{HERE}/acts/propose-correction", json=wrong)).status_code == 201
    assert (await (await program(CHAIR)).post(f"{SEPTEMBER}/acts/accept-report", json={})).status_code == 201
    await year.casebook.catch_up()
    (row,) = (await client.get(f"{HERE}/corrections")).json()["items"]
    assert row == plain(next(corrections(year.casebook, NOTICE)))
    assert row["standing"] == "proposed"
    readings = (await client.get(f"{HERE}/interpretations")).json()
    assert {each["id"] for each in readings} == {
        each.id for each in year.casebook.notice(NOTICE).interpretations
    }
    raised = (await client.get(f"{HERE}/escalations")).json()
    assert set(raised) == {"brought_up", "considered", "powers"}
    judged = (await client.get(f"{HERE}/decisions")).json()["items"]
    assert judged[0]["about"] == f"{NOTICE}/monthly-report/2016-09"
    (decision,) = (await client.get(f"{SEPTEMBER}/decisions")).json()
    assert (decision["by"], decision["digest"]) == (CHAIR, None)
    (whole,) = (await (await program(CASE_LEAD)).get(f"{SEPTEMBER}/decisions")).json()
    assert len(whole["digest"]) == 64


async def test_a_file_comes_back_as_it_was_lodged(program: Program) -> None:
    client = await program(OFFICER)
    told = {"name": "minutes.txt", "content": base64.b64encode(MINUTES).decode()}
    lodged = await client.post(
        f"{SEPTEMBER}/acts/lodge-evidence", json=told, headers={"idempotency-key": "file"}
    )
    assert lodged.status_code == 201, lodged.text
    again = await client.post(
        f"{SEPTEMBER}/acts/lodge-evidence", json=told, headers={"idempotency-key": "file"}
    )
    assert (again.status_code, again.json()["receipt"]["repeated"]) == (200, True)
    other = {**told, "content": base64.b64encode(b"Other minutes.\n").decode()}
    reused = await client.post(
        f"{SEPTEMBER}/acts/lodge-evidence", json=other, headers={"idempotency-key": "file"}
    )
    assert (reused.status_code, reused.json()["name"]) == (422, "IdempotencyKeyReused")
    (row,) = (await client.get(f"{SEPTEMBER}/evidence")).json()
    assert (row["name"], row["sha256"], row["size"]) == (
        "minutes.txt",
        sha256(MINUTES).hexdigest(),
        len(MINUTES),
    )
    file = await client.get(f"{SEPTEMBER}/evidence/{row['sha256']}")
    assert (file.content, file.headers["content-type"]) == (MINUTES, "application/octet-stream")
    assert file.headers["content-disposition"].startswith("attachment")
    assert (await client.get(f"{SEPTEMBER}/evidence/{'0' * 64}")).status_code == 404
    elsewhere = SEPTEMBER.replace("2016-09", "2016-08")
    assert (await client.get(f"{elsewhere}/evidence/{row['sha256']}")).status_code == 404


async def test_a_file_may_be_longer_than_anything_else_that_is_sent(program: Program, year: Year) -> None:
    client = await program(OFFICER)
    long = {"name": "minutes.txt", "content": base64.b64encode(b"a" * 1_500_000).decode()}
    taken = await client.post(f"{SEPTEMBER}/acts/lodge-evidence", json=long)
    assert taken.status_code == 201, taken.text
    size, longer = len(await year.events()), {**long, "content": base64.b64encode(b"a" * 4_000_000).decode()}
    refused = await client.post(f"{SEPTEMBER}/acts/lodge-evidence", json=longer)
    assert (refused.status_code, refused.json()["name"]) == (413, "ContentTooLarge")
    assert len(await year.events()) == size


async def test_a_file_for_what_has_moved_on_is_neither_recorded_nor_kept(
    program: Program, year: Year, tmp_path: Path
) -> None:
    client = await program(OFFICER)
    tag = (await client.get(SEPTEMBER)).headers["etag"]
    assert (await client.post(f"{SEPTEMBER}/acts/acknowledge-task", json={})).status_code == 201
    size, told = (
        len(await year.events()),
        {"name": "minutes.txt", "content": base64.b64encode(MINUTES).decode()},
    )
    for trial in ("", "?trial=true"):
        late = await client.post(
            f"{SEPTEMBER}/acts/lodge-evidence{trial}", json=told, headers={"if-match": tag}
        )
        assert (late.status_code, late.json()["name"]) == (412, "MovedOn")
    assert len(await year.events()) == size
    assert not any(each.is_file() for each in (tmp_path / "evidence").rglob("*"))
    newer = (await client.get(SEPTEMBER)).headers["etag"]
    timely = await client.post(f"{SEPTEMBER}/acts/lodge-evidence", json=told, headers={"if-match": newer})
    assert timely.status_code == 201, timely.text


async def test_the_access_log_is_for_auditors(program: Program) -> None:
    officer = await program(OFFICER)
    assert (await officer.get("/notices/elsewhere")).status_code == 404
    refused = await officer.get("/access-log")
    assert (refused.status_code, refused.json()["name"]) == (403, "NotAllowed")
    auditor = await program(AUDITOR, "read", "audit")
    first = (await auditor.get("/access-log", params={"limit": 1})).json()
    assert (first["items"][0]["person"], first["items"][0]["act"]) == (OFFICER, "read-access-log")
    tried = (await auditor.get("/access-log", params={"kind": "refused", "person": OFFICER})).json()["items"]
    assert [each["kind"] for each in tried] == ["refused"]
    assert (await auditor.get("/access-log", params={"person": CHAIR})).json() == {"items": [], "next": None}
    assert (await auditor.get("/access-log", params={"cursor": "WzBd"})).status_code == 422


async def test_how_the_record_stands_and_who_may_take_it_away(program: Program, year: Year) -> None:
    officer = await program(OFFICER)
    answer = (await officer.get("/audit")).json()
    assert (answer["size"], answer["verified"]) == (len(await year.events()), None)
    assert (await officer.get("/audit/bag.zip")).status_code == 403
    assert (
        await (await program(AUDITOR, "read", "audit")).get("/audit/bag.zip")
    ).status_code == 404  # none is kept here


async def test_ones_own_sessions_feeds_and_wishes(program: Program, sessions: MemorySessions) -> None:
    for number, person in enumerate((OFFICER, OFFICER, DIRECTOR)):
        await sessions.begin(f"session {number}", Session(person))
    client = await program(OFFICER)
    found = (await client.get("/me/sessions")).json()
    assert len(found) == 2
    assert (await client.post(f"/me/sessions/{found[0]['session']}/end")).json() == {"done": True}
    assert len((await client.get("/me/sessions")).json()) == 1
    assert (await client.post("/me/sessions/end-all")).status_code == 200
    assert (await client.get("/me/sessions")).json() == []
    assert len(await sessions.listed(DIRECTOR)) == 1

    made = await client.post("/me/feeds", json={})
    assert (made.status_code, made.json()["path"][:7]) == (201, "/feeds/")
    (row,) = (await client.get("/me/feeds")).json()
    assert (row["feed"], "path" in row) == (made.json()["feed"], False)
    taken = await client.post("/me/feeds", json={})
    assert (taken.status_code, taken.json()["name"]) == (409, "FeedInForce")
    assert (await client.post("/me/feeds", json={"replacing": row["feed"]})).status_code == 201
    (newer,) = (await client.get("/me/feeds")).json()
    assert (await client.post(f"/me/feeds/{newer['feed']}/revoke")).json() == {"done": True}
    assert (await client.get("/me/feeds")).json() == []
    assert (await client.post("/me/feeds", json={"notice": "elsewhere"})).status_code == 404

    assert (await client.get("/me/messages")).json() == {"digest": False}
    assert (await client.put("/me/messages", json={"digest": True})).json() == {"digest": True}
    assert (await client.get("/me/messages")).json() == {"digest": True}
    reading = await program(OFFICER, "read")
    assert (await reading.put("/me/messages", json={"digest": False})).status_code == 403


async def test_what_is_hidden_cannot_be_asked_for_in_any_of_these_ways(program: Program, year: Year) -> None:
    await year.casebook.catch_up()
    hidden = next(
        each.id for each in year.casebook.occurrences(NOTICE)
        if year.casebook.notice(NOTICE).obligation(each.facts.obligation).hidden_from
    )  # fmt: skip
    assert isinstance(hidden, OccurrenceId)
    client = await program(OFFICER)
    for below in ("decisions", "evidence", f"evidence/{'0' * 64}"):
        answer = await client.get(f"{HERE}/occurrences/{hidden.obligation}/{hidden.period}/{below}")
        assert answer.status_code == 404
    for address in (
        f"{HERE}/replay?limit=200",
        f"{HERE}/diff?since=2016-05-20&limit=200",
        f"{HERE}/decisions",
    ):
        assert str(hidden) not in (await client.get(address)).text
