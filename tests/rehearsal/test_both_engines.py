"""The workflow code on Temporal's time-skipping server and the domain alone give the same event stream."""

import asyncio
import time
from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from temporalio.testing import WorkflowEnvironment

from domain.ports import ClockView
from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal import temporal
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS
from forthwith.rehearsal.temporal import TemporalEngine
from tests.rehearsal.conftest import NOTICES, Play, scenario_named
from tests.rehearsal.record import stream_of_events
from workflows.patience import Patience

SCENARIOS = sorted(path.stem for path in (NOTICES / "scenarios").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [*SCENARIOS, NOBODY_ACTS.id])
async def test_both_engines_give_the_same_event_stream(play: Play, scenario: str) -> None:
    pure, temporal = await play(scenario, "pure"), await play(scenario, "temporal")
    assert len(pure.events) > 100
    for by_the_domain, by_the_clocks in zip(stream_of_events(pure), stream_of_events(temporal), strict=False):
        assert by_the_clocks == by_the_domain
    assert len(pure.events) == len(temporal.events)


class StandsStill:
    """The time-skipping server, which at some of its moves never answers."""

    def __init__(self, environment: WorkflowEnvironment, moves: Iterator[int], never: Container[int]) -> None:
        self.environment, self.moves, self.never = environment, moves, never

    async def get_current_time(self) -> datetime:
        return await self.environment.get_current_time()

    async def sleep(self, duration: timedelta) -> None:
        if next(self.moves) in self.never:
            await asyncio.Event().wait()
        await self.environment.sleep(duration)


@pytest.mark.slow
async def test_a_server_that_stands_still_is_given_up_and_nothing_is_lost_with_it(
    play: Play, lancashire: NoticeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_the_domain = await play("two-reports-missed", "pure")
    moves, move = count(1), TemporalEngine._move

    async def move_or_not(
        engine: TemporalEngine, environment: WorkflowEnvironment, instant: datetime
    ) -> None:
        await move(engine, StandsStill(environment, moves, never=(7, 90, 150)), instant)

    monkeypatch.setattr(temporal, "ANSWER_WITHIN", 5.0)
    monkeypatch.setattr(TemporalEngine, "_move", move_or_not)
    by_the_clocks = await rehearse(lancashire, scenario_named("two-reports-missed"), "temporal")
    assert next(moves) > 150
    assert list(stream_of_events(by_the_clocks)) == list(stream_of_events(by_the_domain))


@pytest.mark.slow
async def test_a_machine_too_busy_for_a_clock_is_no_deadlock(
    lancashire: NoticeFile, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stalls, wait = iter([True]), Patience.wait

    async def wait_behind_a_stall(patience: Patience, view: ClockView) -> datetime | None:
        if next(stalls, False):
            time.sleep(2.5)  # noqa: ASYNC251 - the workflow's own thread stands still
        return await wait(patience, view)

    monkeypatch.setattr(Patience, "wait", wait_behind_a_stall)
    rehearsed = await rehearse(lancashire, NOBODY_ACTS, "temporal")
    assert next(stalls, None) is None
    assert len(rehearsed.events) > 100
    assert "deadlock" not in caplog.text


@pytest.mark.parametrize(
    "scenario",
    [each if each == "happy-year" else pytest.param(each, marks=pytest.mark.slow) for each in SCENARIOS],
)
async def test_no_act_of_a_shipped_scenario_is_refused_unless_it_says_so(play: Play, scenario: str) -> None:
    played = await play(scenario, "pure")
    surprises = [each for each in played.refused if not each.expected]
    assert surprises == []
