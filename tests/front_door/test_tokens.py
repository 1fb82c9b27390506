"""`forthwith tokens`: the secret is told once, and what is told of it later opens nothing."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from domain.refusals import NotFound
from domain.tokens import digest_of
from forthwith.commands import tokens as commands
from forthwith.exits import Exit
from forthwith.main import main
from ledger.tokens import MemoryTokens


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> MemoryTokens:
    """Tokens in memory, beside a record that holds one notice."""
    made = MemoryTokens()

    async def notice(name: str) -> None:
        if name != "lancashire-2016":
            raise NotFound(f"There is no notice “{name}” in the record.")

    class World:
        async def __aenter__(self) -> Any:
            return SimpleNamespace(tokens=made, office=SimpleNamespace(notice=notice))

        async def __aexit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(commands, "the_world", World)
    return made


CREATE = ["tokens", "create", "--person", "helen-marsh", "--label", "Monthly figures"]


def test_a_token_is_made_listed_and_revoked(kept: MemoryTokens, capsys: pytest.CaptureFixture[str]) -> None:
    scopes = ["--scope", "read", "--scope", "act", "--notice", "lancashire-2016", "--days", "30", "--json"]
    assert main([*CREATE, *scopes]) == Exit.OK
    told = orjson.loads(capsys.readouterr().out)
    secret = told.pop("token")
    assert (told["scopes"], told["notice"]) == (["read", "act"], "lancashire-2016")
    found = asyncio.run(kept.find(digest_of(secret)))
    assert found is not None and (found.expires - found.created).days == 30
    assert main(["tokens", "list", "--json"]) == Exit.OK
    assert (listed := capsys.readouterr().out)
    assert secret not in listed
    assert orjson.loads(listed) == told
    assert main(["tokens", "revoke", told["id"]]) == Exit.OK
    assert asyncio.run(kept.find(digest_of(secret))) is None
    assert main(["tokens", "list"]) == Exit.OK
    assert "revoked" in capsys.readouterr().out


def test_only_the_secret_stands_on_standard_output(
    kept: MemoryTokens, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(CREATE) == Exit.OK
    (secret,) = capsys.readouterr().out.split()
    found = asyncio.run(kept.find(digest_of(secret)))
    assert secret.startswith("fwt_")
    assert found is not None and found.scopes == ("read",)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--scope", "everything"], Exit.USAGE),
        (["--days", "0"], Exit.USAGE),
        (["--notice", "another"], Exit.NOT_FOUND),
    ],
)
def test_what_makes_no_sense_makes_no_token(kept: MemoryTokens, more: list[str], code: Exit) -> None:
    assert main([*CREATE, *more]) == code
    assert asyncio.run(kept.all()) == []


def test_a_token_that_is_not_there_cannot_be_revoked(kept: MemoryTokens) -> None:
    assert main(["tokens", "revoke", "00000000-0000-0000-0000-000000000000"]) == Exit.NOT_FOUND


def test_a_bag_holds_no_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORTHWITH_BAG", "/nowhere")
    assert main(["tokens", "list"]) == Exit.USAGE
