"""What programs try and open is noted for the auditor like what people do at the pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi import FastAPI

from domain.access import Access, AccessesWanted, InTheNameOf
from tests.desk.pages.api.conftest import NOTICE, SEPTEMBER, Program
from tests.desk.pages.year import CASE_LEAD, CHAIR, DIRECTOR

THE_AUDITOR = InTheNameOf("grace-adeyemi", everything=True)

pytestmark = pytest.mark.slow
HIDDEN = "/notices/lancashire-2016/occurrences/adviser-report/2016-Q2"


async def noted(app: FastAPI) -> list[tuple[str, str]]:
    found = await app.state.ports.accesses.newest(AccessesWanted(), THE_AUDITOR)
    return [(each.access.kind, each.access.person) for each in found]


@pytest.mark.parametrize(
    ("person", "status", "kind"), [(CASE_LEAD, 200, "opened"), (DIRECTOR, 404, "hidden")]
)
async def test_a_program_that_asks_for_what_is_hidden_from_some_is_noted(
    program: Program, app: FastAPI, person: str, status: int, kind: str
) -> None:
    client = await program(person)
    assert (await client.get(SEPTEMBER)).status_code == 200
    assert await noted(app) == []
    assert (await client.get(HIDDEN)).status_code == status
    assert await noted(app) == [(kind, person)]


async def test_an_auditing_program_is_noted_too(program: Program, app: FastAPI) -> None:
    client = await program("somebody-who-audits", "read", "audit")
    assert (await client.get(HIDDEN)).status_code == 200
    assert await noted(app) == [("opened", "somebody-who-audits")]


async def test_a_program_that_audits_reads_what_was_done_to_accounts(program: Program, app: FastAPI) -> None:
    at = app.state.ports.clock_now()
    done = Access(at, "owen-castell", "account", "manage-people", None, CHAIR, "Ended a session of somebody.")
    for each in (done, replace(done, kind="refused")):
        await app.state.ports.accesses.note(each)
    auditor = await program("somebody-who-audits", "read", "audit")
    (row,) = (await auditor.get("/access-log", params={"kind": "account"})).json()["items"]
    assert (row["kind"], row["person"], row["about"]) == ("account", "owen-castell", CHAIR)
    assert row["sentence"] == done.sentence
    assert (await auditor.get("/access-log", params={"kind": "nonsense"})).status_code == 422


async def test_what_a_rule_refuses_a_program_is_noted(program: Program, app: FastAPI) -> None:
    client = await program(CHAIR)
    answer = await client.post(f"{SEPTEMBER}/acts/acknowledge-task", json={"task": "director"})
    assert answer.status_code == 409
    assert await noted(app) == [("refused", CHAIR)]
    assert NOTICE in answer.json()["instance"]
