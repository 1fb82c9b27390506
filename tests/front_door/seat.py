"""The command in this process, on a record in memory: fast enough to try every one of them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from domain.clock import ClockSpec
from domain.identity import OccurrenceId
from domain.occurrence.state import Occurrence
from forthwith.commands import opening
from forthwith.main import main
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.stage import Stage, set_stage
from forthwith.world import World
from ledger.memory import MemoryDirectory
from projections.casebook import Casebook
from tests.front_door.conftest import ROOT, Said
from tests.lives import scenario_named, the_notice


@dataclass(frozen=True)
class Seat:
    """Somebody sits at a terminal; `stage` is the world in which the notice lives."""

    stage: Stage
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Said:
        self.capsys.readouterr()
        code = main(list(arguments))
        said = self.capsys.readouterr()
        return Said(int(code), said.out, said.err)

    def occurrence(self, name: str) -> Occurrence:
        return asyncio.run(self.stage.office.case(OccurrenceId.parse(name))).occurrence


async def lived_until(scenario: str, until: datetime) -> Stage:
    """The Lancashire notice after part of a scenario."""
    stage = await set_stage(the_notice(), scenario_named(scenario))
    await PureEngine(stage, lambda _: None, until=until).run()
    stage.clock.advance_to(until)
    return stage


def seat_at(stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Seat:
    """The commands find this record where they would find the one that runs."""
    ledger: Any = stage.office.ledger
    directory: Any = MemoryDirectory()

    @asynccontextmanager
    async def here(_: str) -> AsyncIterator[World]:
        yield World(ClockSpec(), stage.clock, ledger, directory, stage.office, Casebook(ledger))

    monkeypatch.setattr(opening, "open_world", here)
    monkeypatch.setattr(opening, "application_url", lambda _: "memory")
    monkeypatch.chdir(ROOT)
    return Seat(stage, capsys)


def as_json(said: Said) -> dict[str, Any]:
    (line,) = said.out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found
