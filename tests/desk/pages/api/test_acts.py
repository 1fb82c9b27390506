"""What programs do in the name of people comes to the same as what people do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from domain.actor import Actor
from domain.commands import AcknowledgeTask
from domain.identity import OccurrenceId
from domain.requests import REMEMBERED_DAYS
from forthwith.demo.seeding import demo_notice
from ledger.memory import MemoryDirectory
from tests.desk.pages.api.conftest import NOTICE, SEPTEMBER, Program
from tests.desk.pages.year import CASE_LEAD, CHAIR, DIRECTOR, OFFICER, REVIEW_TEAM, Year

pytestmark = pytest.mark.slow
REPORT = {"sections": [{"section": "data", "text": "Caseloads are at 18."}]}


async def test_an_act_records_the_events_that_the_domain_decides(
    program: Program, year: Year, september: OccurrenceId
) -> None:
    would = await year.office.would(AcknowledgeTask(september), Actor("person", OFFICER))
    before = len(await year.events())
    answer = await (await program(OFFICER)).post(f"{SEPTEMBER}/acts/acknowledge-task", json={})
    assert answer.status_code == 201, answer.text
    recorded = (await year.events())[before:]
    await year.casebook.catch_up()
    assert [year.casebook.event(each.index).event for each in recorded] == [each.event for each in would]
    receipt = answer.json()["receipt"]
    assert receipt["leaves"] == [each.leaf for each in recorded]
    assert answer.headers["location"] == f"/api/v1/events/{recorded[0].index}"
    assert {str(each.envelope.actor) for each in recorded} == {f"person:{OFFICER}"}


async def test_a_report_is_sent_accepted_and_corrected(program: Program, year: Year) -> None:
    sent = await (await program(OFFICER)).post(f"{SEPTEMBER}/acts/submit-report", json=REPORT)
    assert sent.status_code == 201, sent.text
    index = sent.json()["receipt"]["first_index"]
    chair = await program(CHAIR)
    assert (await chair.post(f"{SEPTEMBER}/acts/accept-report", json={})).status_code == 201
    wrong = {
        "event": index,
        "field": "received_at",
        "now": "2016-10-20T08:00:00.000000Z",
        "reason": "By post.",
    }
    proposed = await (await program(OFFICER)).post(f"/notices/{NOTICE}/acts/propose-correction", json=wrong)
    assert proposed.status_code == 201, proposed.text
    approved = await (await program(CASE_LEAD)).post(
        f"/notices/{NOTICE}/acts/approve-correction", json={"event": index}
    )
    assert approved.status_code == 201, approved.text


async def test_a_refusal_has_its_name_and_its_sentence(program: Program) -> None:
    answer = await (await program(REVIEW_TEAM)).post(f"{SEPTEMBER}/acts/acknowledge-task", json={})
    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert (told["name"], told["type"]) == ("NotYourTask", "urn:forthwith:problem:NotYourTask")
    assert told["title"] == "Not your task"
    assert told["detail"].endswith(".")


async def test_the_same_key_records_once_and_answers_with_the_first_receipt(
    program: Program, year: Year
) -> None:
    client, address = await program(OFFICER), f"{SEPTEMBER}/acts/acknowledge-task"
    first = await client.post(address, json={}, headers={"idempotency-key": "one"})
    again = await client.post(address, json={}, headers={"idempotency-key": "one"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["receipt"] == first.json()["receipt"] | {"repeated": True}
    other = await client.post(address, json={}, headers={"idempotency-key": "two"})
    assert other.json()["name"] == "TaskAlreadyAcknowledged"
    reused = await client.post(
        f"/notices/{NOTICE}/occurrences/monthly-report/2016-08/acts/acknowledge-task",
        json={},
        headers={"idempotency-key": "one"},
    )
    assert (reused.status_code, reused.json()["name"]) == (422, "IdempotencyKeyReused")


async def test_keys_of_two_programs_do_not_meet(program: Program) -> None:
    address, key = f"{SEPTEMBER}/acts/submit-report", {"idempotency-key": "one"}
    first = await (await program(OFFICER)).post(address, json=REPORT, headers=key)
    second = await (await program(OFFICER)).post(address, json=REPORT, headers=key)
    assert (first.status_code, second.status_code) == (201, 201)


async def test_an_act_on_what_has_moved_on_is_not_done(program: Program, year: Year) -> None:
    client = await program(OFFICER)
    tag = (await client.get(SEPTEMBER)).headers["etag"]
    address, matching = f"{SEPTEMBER}/acts/submit-report", {"if-match": tag}
    first = await client.post(address, json=REPORT, headers={**matching, "idempotency-key": "one"})
    assert first.status_code == 201, first.text
    size = len(await year.events())
    late = await client.post(address, json=REPORT, headers=matching)
    assert (late.status_code, late.json()["name"]) == (412, "MovedOn")
    assert len(await year.events()) == size
    repeated = await client.post(address, json=REPORT, headers={**matching, "idempotency-key": "one"})
    assert repeated.status_code == 200
    newer = (await client.get(SEPTEMBER)).headers["etag"]
    assert (await client.post(address, json=REPORT, headers={"if-match": newer})).status_code == 201


@pytest.mark.parametrize("tag", ['W/"1"', "nonsense", '"1", "2"'])
async def test_a_tag_that_is_not_the_present_one_matches_nothing(program: Program, tag: str) -> None:
    client = await program(OFFICER)
    answer = await client.post(f"{SEPTEMBER}/acts/submit-report", json=REPORT, headers={"if-match": tag})
    assert answer.status_code == 412


async def test_a_trial_says_what_would_come_of_it_and_changes_nothing(program: Program, year: Year) -> None:
    size = len(await year.events())
    answer = await (await program(CASE_LEAD)).post(
        f"{SEPTEMBER}/acts/grant-extension?trial=true", json={"until": "2016-11-30", "reason": "Illness."}
    )
    assert answer.status_code == 200, answer.text
    (moved,) = answer.json()["effect"]["moved"]
    assert (moved["occurrence"], moved["now"]) == (f"{NOTICE}/monthly-report/2016-09", "2016-11-30")
    assert len(await year.events()) == size


async def test_nothing_is_recorded_while_the_record_is_away(program: Program, year: Year) -> None:
    client = await program(OFFICER)
    year.ledger.reachable = False
    answer = await client.post(f"{SEPTEMBER}/acts/submit-report", json=REPORT)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")


async def test_a_notice_is_varied_only_by_sound_terms_of_its_own(program: Program, year: Year) -> None:
    client, terms = await program(CASE_LEAD), demo_notice().model_dump(mode="json")
    terms["obligations"][0]["obligor"] = "nobody"
    told = {"terms": terms, "variation": "First", "reason": "More time."}
    answer = await client.post(f"/notices/{NOTICE}/acts/vary-notice", json=told)
    assert (answer.status_code, answer.json()["name"]) == (422, "NoticeUnsound")
    assert any("nobody" in fault for fault in answer.json()["faults"])
    strange = await client.post("/notices/another/acts/issue-notice", json={"terms": terms})
    assert strange.status_code == 422


async def test_an_appointment_keeps_the_address_out_of_the_record(
    program: Program, directory: MemoryDirectory
) -> None:
    told = {
        "appointment": {"role": "director", "person": "ada", "since": "2016-11-01"},
        "person": {"id": "ada", "name": "Ada Lund", "email": "ada@example.org"},
    }
    answer = await (await program(DIRECTOR)).post(f"/notices/{NOTICE}/acts/appoint-person", json=told)
    assert answer.status_code == 201, answer.text
    assert await directory.address_of("ada") == "ada@example.org"


async def test_unknown_fields_and_null_characters_are_not_understood(program: Program) -> None:
    client = await program(OFFICER)
    for body in ({"taks": "owed"}, {"task": "a\x00b"}):
        answer = await client.post(f"{SEPTEMBER}/acts/acknowledge-task", json=body)
        assert (answer.status_code, answer.json()["name"]) == (422, "NotUnderstood")


async def test_a_key_stands_for_what_was_sent_with_it(program: Program, year: Year) -> None:
    client, address, key = (
        await program(OFFICER),
        f"{SEPTEMBER}/acts/submit-report",
        {"idempotency-key": "one"},
    )
    whole = {**REPORT, "received_at": None}
    first = await client.post(address, json=whole, headers=key)
    assert first.status_code == 201, first.text
    size = len(await year.events())
    reordered = dict(reversed(whole.items()))
    assert (await client.post(address, json=reordered, headers=key)).status_code == 200
    other = {"sections": [{"section": "data", "text": "Caseloads are at 19."}]}
    for elsewhere, body in (
        (address, other),
        (address, {**whole, "sections": []}),
        (address.replace("submit-report", "acknowledge-task"), {}),
    ):
        reused = await client.post(elsewhere, json=body, headers=key)
        assert (reused.status_code, reused.json()["name"]) == (422, "IdempotencyKeyReused")
    assert len(await year.events()) == size
    assert (await client.post(address, json=other, headers={"idempotency-key": "two"})).status_code == 201


async def test_what_was_refused_can_be_put_right_and_sent_again_with_the_same_key(program: Program) -> None:
    client, key = await program(OFFICER), {"idempotency-key": "one"}
    address = f"{SEPTEMBER}/acts/acknowledge-task"
    assert (await client.post(address, json={"task": "nonsense"}, headers=key)).status_code in {404, 409}
    assert (await client.post(address, json={}, headers=key)).status_code == 201


async def test_a_key_of_which_nobody_knows_any_more_what_it_stood_for_does_nothing(
    program: Program, app: FastAPI, year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forgotten(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(app.state.ports.requests, "keep", forgotten)
    client, size = await program(OFFICER), len(await year.events())
    address = f"{SEPTEMBER}/acts/acknowledge-task"
    answer = await client.post(address, json={}, headers={"idempotency-key": "of long ago"})
    assert (answer.status_code, answer.json()["name"]) == (422, "IdempotencyKeyForgotten")
    assert f"more than {REMEMBERED_DAYS} days ago" in answer.json()["detail"]
    told = (Path(__file__).parents[4] / "docs/api.md").read_text(encoding="utf-8")
    assert f"A key is remembered for {REMEMBERED_DAYS} days" in told
    assert len(await year.events()) == size


@pytest.mark.parametrize("declared", [True, False])
async def test_more_than_is_taken_is_refused_before_it_is_read(
    program: Program, year: Year, declared: bool
) -> None:
    size, read = len(await year.events()), 0
    whole = b'{"sections": [{"section": "data", "text": "' + b"a" * 5_000_000 + b'"}]}'

    async def pieces() -> AsyncIterator[bytes]:
        nonlocal read
        for start in range(0, len(whole), 65_536):
            read += 65_536
            yield whole[start : start + 65_536]

    headers = {"content-type": "application/json"} | ({"content-length": str(len(whole))} if declared else {})
    answer = await (await program(OFFICER)).post(
        f"{SEPTEMBER}/acts/submit-report", content=pieces(), headers=headers
    )
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert answer.json()["name"] == "ContentTooLarge"
    assert read <= (0 if declared else 1024 * 1024 + 2 * 65_536)
    assert len(await year.events()) == size
