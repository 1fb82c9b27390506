"""The shipped notice, its scenarios, and their rehearsals: each is played once for all tests that look at it."""

from collections.abc import Awaitable, Callable

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.run import Engine, Rehearsal, rehearse
from tests.lives import NOTICES, life, scenario_named, the_notice

__all__ = ["NOTICES", "scenario_named"]
Play = Callable[[str, Engine], Awaitable[Rehearsal]]


@pytest.fixture(scope="session")
def lancashire() -> NoticeFile:
    return the_notice()


@pytest.fixture(scope="session")
def play(lancashire: NoticeFile) -> Play:
    played: dict[tuple[str, Engine], Rehearsal] = {}

    async def once(name: str, engine: Engine) -> Rehearsal:
        if engine == "pure":
            return await life(name)
        if (name, engine) not in played:
            played[name, engine] = await rehearse(lancashire, scenario_named(name), engine)
        return played[name, engine]

    return once
