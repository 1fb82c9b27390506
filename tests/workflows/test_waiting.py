"""The clocks wait exactly as long as the plan says. Replaying would not notice a changed duration, so this does."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowHistory

from tests.workflows.reading import asked, timers
from tests.workflows.scenes import BEHIND, SCENES, played

BY_REASON = {scene.reason: scene for scene in SCENES}
THE_TURN_OF_A_WORKFLOW = timedelta(milliseconds=1)


@pytest.fixture(scope="module")
async def histories() -> dict[str, WorkflowHistory]:
    """Each scene played once, by the code as it is today."""
    return {scene.reason: await played(scene) for scene in SCENES}


@pytest.mark.slow
@pytest.mark.parametrize("reason", sorted(set(BY_REASON) - {"record-behind-the-server"}))
async def test_each_timer_is_set_to_the_instant_that_the_record_named(
    histories: dict[str, WorkflowHistory], reason: str
) -> None:
    found = list(timers(histories[reason]))
    assert found or reason == "closed-at-once"
    for timer in found:
        assert timer.view.next_at is not None
        assert abs(timer.set_at + timer.duration - timer.view.next_at) < THE_TURN_OF_A_WORKFLOW
        assert timer.summary == timer.view.says


@pytest.mark.slow
async def test_the_ladder_is_climbed_at_nine_by_fourteen_steps(histories: dict[str, WorkflowHistory]) -> None:
    history = histories["ladder-climbed"]
    assert asked(history).count("take-step") == 14
    assert [str(timer.view.next_at)[:16] for timer in timers(history)] == [
        "2016-06-06 08:00",
        "2016-06-07 08:00",
        "2016-06-13 08:00",
        "2016-06-15 08:00",
        "2016-06-17 08:00",
        "2016-06-21 08:00",
        "2016-06-23 08:00",
        "2016-06-24 08:00",
        "2016-06-28 08:00",
        "2016-06-30 08:00",
        "2016-07-05 08:00",
        "2016-07-08 08:00",
    ]


@pytest.mark.slow
async def test_a_clock_that_has_nothing_to_wait_for_sets_no_timer(
    histories: dict[str, WorkflowHistory],
) -> None:
    assert asked(histories["closed-at-once"]) == ["look-at-occurrence"]
    assert len(list(timers(histories["waiting-for-a-message"]))) == 3


@pytest.mark.slow
async def test_a_clock_that_woke_before_the_record_asks_gently(histories: dict[str, WorkflowHistory]) -> None:
    """Where the clocks of two machines differ, it would else ask hundreds of times a second."""
    history = histories["record-behind-the-server"]
    breaths = [timer for timer in timers(history) if timer.duration == timedelta(seconds=1)]
    assert len(breaths) == BEHIND
    assert asked(history).count("take-step") == BEHIND + 1


@pytest.mark.slow
async def test_a_record_out_of_reach_is_asked_again_until_it_answers(
    histories: dict[str, WorkflowHistory],
) -> None:
    history = histories["record-out-of-reach"]
    assert asked(history).count("take-step") == 1
    attempts = [
        event.activity_task_started_event_attributes.attempt
        for event in history.events
        if event.HasField("activity_task_started_event_attributes")
    ]
    assert max(attempts) == 3
