"""`forthwith users`: what the operator does about who may sign in."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import asyncpg
import pytest

from forthwith.account_words import at_the_machine
from forthwith.exits import Exit
from forthwith.main import main

Users = Callable[..., tuple[int, list[dict], str]]


@pytest.fixture
def users(make_desk, application_dsn: str, monkeypatch: pytest.MonkeyPatch, tmp_path, capsys) -> Users:
    """The command on the database of the desk: its exit code, its objects, its talk."""
    monkeypatch.setenv("FORTHWITH_APPLICATION_URL", application_dsn)
    monkeypatch.setenv("FORTHWITH_DESK_URL", "https://desk.example")
    monkeypatch.setenv("FORTHWITH_HOME", str(tmp_path))

    def run(*arguments: str) -> tuple[int, list[dict], str]:
        code = main(["users", *arguments, "--json"])
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return run


def test_an_account_is_added_listed_reset_and_shut_out(users):
    code, (added,), talk = users("add", "helen-marsh", "--name", "Helen Marsh", "--role", "auditor")
    assert code == Exit.OK
    assert (added["person"], added["login"]) == ("helen-marsh", "helen-marsh")
    assert added["link"].startswith("https://desk.example/sign-in/link/")
    assert talk == ""
    _, (listed,), _ = users("list")
    assert (listed["roles"], listed["standing"].split(",")[0]) == (["auditor"], "invited")
    _, (again,), _ = users("reset", "helen-marsh")
    assert again["link"] != added["link"]
    assert users("disable", "helen-marsh")[:2] == (Exit.OK, [{"person": "helen-marsh", "ended": 0}])
    assert users("list")[1][0]["standing"] == "shut out"
    assert users("remove", "helen-marsh")[:2] == (Exit.OK, [{"person": "helen-marsh"}])
    assert users("list")[1] == []


def test_a_person_whom_no_notice_names_is_added_with_a_warning(users):
    code, _, talk = users("add", "officer-7", "--login", "O7@council.example")
    assert code == Exit.OK
    assert "No notice names “officer-7”" in talk
    assert users("list")[1][0]["login"] == "o7@council.example"


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["add", "helen-marsh"], Exit.USAGE, "There is an account of “helen-marsh” already"),
        (["add", "other", "--login", "Helen-Marsh"], Exit.USAGE, "one that signs in as “Helen-Marsh”"),
        (["add", "x", "--role", "minister"], Exit.USAGE, "there are auditor and administrator"),
        (["add", "x", "--hours", "0"], Exit.USAGE, "1 to 336 hours"),
        (["add", "two words"], Exit.USAGE, "one word each"),
        (["reset", "nobody"], Exit.NOT_FOUND, "There is no account of “nobody”"),
        (["remove", "nobody"], Exit.NOT_FOUND, "There is no account of “nobody”"),
        (["end"], Exit.USAGE, "Say whose sessions end"),
        (["end", "--session", "abc"], Exit.USAGE, "is no session"),
        (["end", "nobody"], Exit.NOT_FOUND, "There was no such session"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence(users, arguments, code, sentence):
    users("add", "helen-marsh", "--role", "auditor")
    found, _, talk = users(*arguments)
    assert found == code
    assert sentence in " ".join(talk.split())


@pytest.fixture
async def two_sessions(make_desk) -> None:
    desk = await make_desk()
    await desk.member()
    await desk.seated()
    await desk.seated()


def test_sessions_are_listed_and_ended(users, two_sessions):
    _, listed, _ = users("sessions", "helen-marsh")
    assert [(row["person"], row["device"], row["way"]) for row in listed] == [
        ("helen-marsh", "Firefox on Windows", "password")
    ] * 2
    assert users("end", "--session", listed[0]["session"])[:2] == (Exit.OK, [{"ended": 1}])
    assert [row["session"] for row in users("sessions")[1]] == [listed[1]["session"]]
    assert users("end", "helen-marsh")[1] == [{"ended": 1}]
    assert users("sessions")[1] == []


@pytest.fixture
def noted(database: str) -> Callable[[], list[tuple[str, ...]]]:
    """What stands in the access log of accounts since the test began: who, to whom, what."""

    async def read(after: int | None) -> list[tuple[str, ...]]:
        owner = await asyncpg.connect(database)
        last = await owner.fetchval("SELECT coalesce(max(number), 0) FROM forthwith.access_log")
        rows = await owner.fetch(
            "SELECT person, about, sentence FROM forthwith.access_log WHERE kind = 'account' AND number > $1"
            " ORDER BY number",
            after or 0,
        )
        await owner.close()
        return [(last,)] if after is None else [tuple(row) for row in rows]

    ((before,),) = asyncio.run(read(None))
    return lambda: asyncio.run(read(before))


def test_what_is_done_is_noted_of_the_operating_systems_user(users, two_sessions, noted):
    _, (added,), _ = users("add", "officer-7", "--role", "auditor")
    users("add", "officer-7")
    users("reset", "officer-7")
    users("disable", "officer-7")
    users("remove", "officer-7")
    users("end", "--session", users("sessions")[1][0]["session"])
    users("end", "helen-marsh")
    users("end", "helen-marsh")
    users("list")
    found = noted()
    assert {who for who, _, _ in found} == {at_the_machine()}
    assert [(about, what.split()[0]) for _, about, what in found] == [
        *(("officer-7", each) for each in ("Added", "Gave", "Shut", "Removed")),
        *(("helen-marsh", "Ended"),) * 2,
    ]
    assert not any(added["link"].rpartition("/")[2] in what for _, _, what in found)
