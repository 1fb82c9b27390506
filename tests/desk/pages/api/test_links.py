"""Programs give links to people without an account, list them and take them back; the links themselves they never see."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import FastAPI

from desk.app import create_app
from desk.outside.door import OutsideDoor
from desk.outside.secret_words import SecretWords
from desk.ports import DeskPorts
from ledger.memory import MemoryDirectory
from ledger.outside_links import MemoryOutsideLinks
from ledger.tokens import MemoryTokens
from tests.desk.pages.api.conftest import NOTICE, Program
from tests.desk.pages.outside.links import CONCERN, Postbox
from tests.desk.pages.year import ADVISER, CASE_LEAD, CHAIR, OFFICER, Year

pytestmark = pytest.mark.slow
LINKS = f"/notices/{NOTICE}/links"
FOR_THE_CHAIR = {"act": "record-concern", "about": str(CONCERN), "person": CHAIR}


@pytest.fixture
def post() -> Postbox:
    return Postbox()


@pytest.fixture
def app(
    ports: DeskPorts, year: Year, tokens: MemoryTokens, directory: MemoryDirectory, post: Postbox
) -> FastAPI:
    door = OutsideDoor(
        MemoryOutsideLinks(), SecretWords([b"a key for tests that is long enough"]), post, directory,
        "https://desk.example", year.ledger.receipt_of,
    )  # fmt: skip
    return create_app(replace(ports, record=year.ledger, tokens=tokens, directory=directory, outside=door))


async def test_a_link_is_given_listed_and_taken_back(
    program: Program, directory: MemoryDirectory, post: Postbox, year: Year
) -> None:
    await directory.set_address(CHAIR, "chair@example.org", year.clock.now())
    case_lead = await program(CASE_LEAD)
    possible = (await case_lead.get(f"/notices/{NOTICE}/possible-links")).json()["items"]
    assert {"record-concern"} == {each["act"] for each in possible if each["about"] == str(CONCERN)}
    given = await case_lead.post(LINKS, json=FOR_THE_CHAIR, headers={"Idempotency-Key": "once"})
    assert given.status_code == 201, given.text
    again = await case_lead.post(LINKS, json=FOR_THE_CHAIR, headers={"Idempotency-Key": "once"})
    assert (again.json()["id"], len(post.sent)) == (given.json()["id"], 1)
    other = await case_lead.post(
        LINKS, json={**FOR_THE_CHAIR, "days": 3}, headers={"Idempotency-Key": "once"}
    )
    assert (other.status_code, other.json()["name"], len(post.sent)) == (422, "IdempotencyKeyReused", 1)
    assert post.path.removeprefix("/outside/") not in given.text
    [listed] = (await case_lead.get(LINKS)).json()["items"]
    assert (listed["standing"], listed["person"], listed["given_by"]) == ("good", CHAIR, CASE_LEAD)
    assert (await case_lead.delete(f"{LINKS}/{listed['id']}")).status_code == 204
    [listed] = (await case_lead.get(LINKS)).json()["items"]
    assert listed["standing"] == "revoked"


async def test_who_may_not_give_one_is_told_so_and_sees_none(
    program: Program, directory: MemoryDirectory, post: Postbox, year: Year
) -> None:
    await directory.set_address(CHAIR, "chair@example.org", year.clock.now())
    given = await (await program(CASE_LEAD)).post(LINKS, json=FOR_THE_CHAIR)
    for person in (OFFICER, ADVISER):
        other = await program(person)
        assert (await other.get(LINKS)).json()["items"] == []
        refused = await other.post(LINKS, json=FOR_THE_CHAIR)
        assert (refused.status_code, refused.json()["name"]) == (409, "LinkNotPossible")
        assert (await other.delete(f"{LINKS}/{given.json()['id']}")).status_code == 404
    reader = await program(CASE_LEAD, "read")
    assert (await reader.post(LINKS, json=FOR_THE_CHAIR)).status_code == 403
    assert len(post.sent) == 1


async def test_without_an_address_on_record_none_is_given(program: Program, post: Postbox) -> None:
    refused = await (await program(CASE_LEAD)).post(LINKS, json=FOR_THE_CHAIR)
    assert (refused.status_code, refused.json()["name"]) == (409, "LinkNotGiven")
    assert "No mail address is known for Margaret Oduya" in refused.json()["detail"]
    assert post.sent == []
