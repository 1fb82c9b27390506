"""The shipped notice, its scenarios, and their rehearsals: each is played once for all tests that look at it."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.run import Engine, Rehearsal, rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS, Scenario

NOTICES = Path(__file__).parents[2] / "notices"

Play = Callable[[str, Engine], Awaitable[Rehearsal]]


def scenario_named(name: str) -> Scenario:
    if name == NOBODY_ACTS.id:
        return NOBODY_ACTS
    return read_model(NOTICES / "scenarios" / f"{name}.yaml", Scenario, 65_536)


@pytest.fixture(scope="session")
def lancashire() -> NoticeFile:
    return read_notice(NOTICES / "lancashire-2016.yaml")


@pytest.fixture(scope="session")
def play(lancashire: NoticeFile) -> Play:
    played: dict[tuple[str, Engine], Rehearsal] = {}

    async def once(name: str, engine: Engine) -> Rehearsal:
        if (name, engine) not in played:
            played[name, engine] = await rehearse(lancashire, scenario_named(name), engine)
        return played[name, engine]

    return once
