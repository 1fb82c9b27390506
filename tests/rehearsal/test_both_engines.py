"""The workflow code on Temporal's time-skipping server and the domain alone give the same event stream."""

import pytest

from forthwith.rehearsal.scenario import NOBODY_ACTS
from tests.rehearsal.conftest import NOTICES, Play
from tests.rehearsal.record import stream_of_events

SCENARIOS = sorted(path.stem for path in (NOTICES / "scenarios").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [*SCENARIOS, NOBODY_ACTS.id])
async def test_both_engines_give_the_same_event_stream(play: Play, scenario: str) -> None:
    pure, temporal = await play(scenario, "pure"), await play(scenario, "temporal")
    assert len(pure.events) > 100
    for by_the_domain, by_the_clocks in zip(stream_of_events(pure), stream_of_events(temporal), strict=False):
        assert by_the_clocks == by_the_domain
    assert len(pure.events) == len(temporal.events)


@pytest.mark.parametrize(
    "scenario",
    [each if each == "happy-year" else pytest.param(each, marks=pytest.mark.slow) for each in SCENARIOS],
)
async def test_no_act_of_a_shipped_scenario_is_refused_unless_it_says_so(play: Play, scenario: str) -> None:
    played = await play(scenario, "pure")
    surprises = [each for each in played.refused if not each.expected]
    assert surprises == []
