"""What docs/replaying.md shows is typed on the past with which the demonstration begins, and comes out as it is shown."""

import asyncio
import re
import shlex
from datetime import UTC, datetime

import pytest

from forthwith.demo.seeding import demo_notice, demo_past
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.stage import Stage, set_stage
from tests.front_door.conftest import ROOT
from tests.front_door.seat import seat_at

PAGE = (ROOT / "docs" / "replaying.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line for block, _ in EXAMPLES for line in block.splitlines()]
SHOWN = [(block.splitlines()[-1], line) for block, text in EXAMPLES for line in text.splitlines()]


@pytest.fixture(scope="module")
def demonstration_past() -> Stage:
    async def play() -> Stage:
        now = datetime(2016, 10, 21, 7, 58, tzinfo=UTC)
        stage = await set_stage(demo_notice(), demo_past())
        await PureEngine(stage, lambda _: None, until=now).run()
        stage.clock.advance_to(now)
        return stage

    return asyncio.run(play())


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_page_shows_can_be_typed(demonstration_past, monkeypatch, capsys, command):
    said = seat_at(demonstration_past, monkeypatch, capsys)(*shlex.split(command)[1:])
    assert said.code == 0, said.err
    assert said.out


@pytest.mark.parametrize(("command", "line"), SHOWN)
def test_it_comes_out_as_the_page_shows(demonstration_past, monkeypatch, capsys, command, line):
    said = seat_at(demonstration_past, monkeypatch, capsys)(*shlex.split(command)[1:])
    # Columns are as wide as their texts: what is compared are the words.
    assert " ".join(line.split()) in " ".join((said.out + said.err).split())
