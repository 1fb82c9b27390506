"""What is done to somebody's account stands in the access log, in the transaction that does it, and the auditor reads it."""

import html
import os
import pwd
import re
from uuid import uuid4

import asyncpg
import pytest

from forthwith.account_words import at_the_machine
from ledger import sql_files
from ledger.sessions import Sitting
from tests.signing_in.conftest import HELEN, PASSWORD, PIERS, Persona, post

OWEN = Persona("owen-castell", "Owen Castell", (), "")
GRACE = Persona("grace-adeyemi", "Grace Adeyemi", (), "")
LINES = "SELECT person, about, sentence FROM forthwith.access_log WHERE kind = 'account' AND number > $1 ORDER BY number"
SHUT_OUT = "SELECT disabled FROM forthwith.accounts WHERE person = $1"


@pytest.fixture
async def lines(desk):
    """What was noted since the test began: who, to whom, what."""
    before = await desk.owner.fetchval("SELECT coalesce(max(number), 0) FROM forthwith.access_log")

    async def found():
        return [tuple(row) for row in await desk.owner.fetch(LINES, before)]

    return found


async def sits(desk, person=HELEN, beginning=b""):
    digest = beginning + uuid4().bytes * 2
    assert await desk.sessions.open(
        digest[:32], Sitting(person.id, person.name, (), "provider", "Firefox on Windows")
    )


async def test_each_act_is_noted_with_who_did_it_to_whom_and_what(desk, lines):
    accounts, by = desk.accounts, {"by": OWEN.id}
    await accounts.add(HELEN.id, "Helen@Council.example", HELEN.name, (), bytes(32), 60, **by)
    await accounts.add(
        GRACE.id, GRACE.id, GRACE.name, ("auditor", "administrator"), b"1" * 32, 60, by="somebody"
    )
    await sits(desk)
    await sits(desk)
    await accounts.disable(HELEN.id, **by)
    await accounts.reset(HELEN.id, b"2" * 32, 60, **by)
    await sits(desk, beginning=b"12345678")
    await sits(desk)
    await desk.sessions.put_out(None, b"12345678", **by)
    await accounts.reset(HELEN.id, b"3" * 32, 60, **by)
    await accounts.disable(HELEN.id, **by)
    await accounts.remove(HELEN.id, **by)
    await sits(desk)
    await sits(desk)
    await desk.sessions.put_out(HELEN.id, None, **by)
    await sits(desk)
    assert not await accounts.remove(HELEN.id, **by)
    link = "Gave out a link with which helen-marsh sets a new password"
    assert [(who, what) for who, about, what in await lines() if about == HELEN.id] == [
        (OWEN.id, each) for each in (
            "Added an account for helen-marsh, and gave out a link with which its password is set.",
            "Shut helen-marsh out; sessions ended: 2.",
            f"{link}, and let them in again after they had been shut out; sessions ended: 0.",
            "Ended a session of helen-marsh.",
            f"{link}; sessions ended: 1.",
            "Shut helen-marsh out; sessions ended: 0.",
            "Removed the account of helen-marsh, who had been shut out and is so no longer; sessions ended: 0.",
            "Ended 2 sessions of helen-marsh.",
            "Removed nothing but the sessions of helen-marsh, of whom there is no account; sessions ended: 1.",
        )
    ]  # fmt: skip
    (of_grace,) = [line for line in await lines() if line[1] == GRACE.id]
    assert of_grace[0] == "somebody"
    assert of_grace[2].startswith("Added an account for grace-adeyemi as auditor and administrator,")


async def test_where_nothing_was_done_nothing_is_noted(desk, lines):
    await desk.invited()
    before = await lines()
    assert not await desk.accounts.add(HELEN.id, "other", "Other", (), b"1" * 32, 60, by=OWEN.id)
    assert not await desk.accounts.reset("nobody", b"2" * 32, 60, by=OWEN.id)
    assert not await desk.accounts.remove("nobody", by=OWEN.id)
    assert await desk.sessions.put_out(HELEN.id, None, by=OWEN.id) == 0
    assert await lines() == before


async def test_what_cannot_be_noted_is_not_done(desk, lines):
    """A line without a person is refused by the log, and with it what the line would have told of."""
    await desk.invited()
    await sits(desk)
    before = await lines()
    for act in (
        desk.accounts.add(PIERS.id, PIERS.id, PIERS.name, (), b"1" * 32, 60, by=""),
        desk.accounts.reset(HELEN.id, b"2" * 32, 60, by=""),
        desk.accounts.disable(HELEN.id, by=""),
        desk.accounts.remove(HELEN.id, by=""),
        desk.sessions.put_out(HELEN.id, None, by=""),
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await act
    assert await lines() == before
    assert await desk.accounts.of(PIERS.id) is None
    assert await desk.owner.fetchval(SHUT_OUT, HELEN.id) is False
    assert len(await desk.sessions.all(HELEN.id)) == 1


async def test_an_act_that_is_sent_again_after_its_answer_was_lost_is_one_line(desk, lines):
    arguments = (PIERS.id, PIERS.id, PIERS.name, [], b"1" * 32, 60.0, OWEN.id, uuid4())
    shutting_out = (PIERS.id, OWEN.id, uuid4())
    for _ in range(2):
        await desk.accounts._database.fetch(sql_files.query("add_account"), *arguments)
    for _ in range(2):
        await desk.accounts._database.fetch(sql_files.query("disable_account"), *shutting_out)
    assert len(await lines()) == 2


async def test_what_people_do_with_their_own_sessions_is_not_noted(desk, lines):
    await desk.member()
    before = await lines()
    client = await desk.seated()
    await desk.seated()
    await post(client, "/sessions/end-others", "/sessions")
    await post(client, "/sessions/end-all", "/sessions")
    assert await desk.sessions.all(HELEN.id) == []
    assert await lines() == before


async def test_the_application_writes_such_lines_through_the_acts_alone(desk):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await desk.accounts._database.fetch("SELECT forthwith.note_account(gen_random_uuid(), 'a', 'b', 'c')")


async def signed_in(desk, person, role):
    client = desk.client()
    await post(client, f"/sign-in/link/{await desk.invited(person, roles=(role,))}", password=PASSWORD)
    return client


async def test_what_the_operator_does_at_the_desk_is_shown_to_the_auditor(desk, lines):
    owen, grace = await signed_in(desk, OWEN, "administrator"), await signed_in(desk, GRACE, "auditor")
    page = f"/accounts/{HELEN.id}"
    added = await post(owen, "/accounts/add", person=HELEN.id, login="h7@council.example", name=HELEN.name)
    renewed = await post(owen, f"{page}/link", page)
    await sits(desk)
    await post(owen, f"{page}/end", page)
    await post(owen, f"{page}/shut-out", page)
    await post(owen, f"/accounts/{OWEN.id}/shut-out", f"/accounts/{OWEN.id}")
    by_owen = [what for who, about, what in await lines() if (who, about) == (OWEN.id, HELEN.id)]
    assert [each.split()[0] for each in by_owen] == ["Added", "Gave", "Ended", "Shut"]
    assert len([line for line in await lines() if line[0] == OWEN.id]) == 4
    shown = words(await grace.get(f"/access?kind=account&person={OWEN.id}"))
    for each in by_owen:
        assert each in shown
    assert "Did something to an account. Shut helen-marsh out; sessions ended: 0." in shown
    await grace.get(page)
    assert "Did something to an account. " in words(await grace.get("/access"))
    refused = words(await grace.get("/access?kind=refused"))
    assert "manage accounts and sessions" in refused
    assert not any(each in refused for each in by_owen)
    links = re.findall(r"/sign-in/link/([\w-]+)", added.text + renewed.text)
    assert len(set(links)) == 2
    whole = " ".join(what for _, _, what in await lines())
    assert not any(each in whole for each in (*links, "council.example", HELEN.name))


def words(answer):
    assert answer.status_code in (200, 403)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def test_at_the_machine_it_is_the_operating_systems_user_whatever_the_environment_says(monkeypatch):
    for name in ("USER", "LOGNAME", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, OWEN.id)
    assert at_the_machine() == f"operating system user {pwd.getpwuid(os.getuid()).pw_name}"
    monkeypatch.setattr(os, "getuid", lambda: 2_000_000_000)
    assert at_the_machine() == "operating system user number 2000000000"
