"""Clocks that were started by an earlier version go on under this one: every history that was kept replays."""

import json
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

from tests.workflows.changed_clock import ChangedOccurrenceClock
from tests.workflows.reading import asked, timers
from tests.workflows.record_histories import HISTORIES, NOT_KEPT
from tests.workflows.scenes import SCENES
from workflows.converting import DATA_CONVERTER
from workflows.notice_clock import NoticeClock
from workflows.occurrence_clock import OccurrenceClock
from workflows.runtime import quiet_runtime
from workflows.worker import PASSED_THROUGH

KEPT = sorted(HISTORIES.glob("*.json"))
EVERY_HISTORY = pytest.mark.parametrize("file", KEPT, ids=lambda file: file.stem)


def kept(file: Path) -> WorkflowHistory:
    written = json.loads(file.read_text(encoding="utf-8"))
    return WorkflowHistory.from_json(written["workflowId"], written)


def replayer(*clocks: type) -> Replayer:
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    return Replayer(
        workflows=clocks,
        data_converter=DATA_CONVERTER,
        workflow_runner=SandboxedWorkflowRunner(restrictions=restrictions),
        runtime=quiet_runtime(),
    )


def test_a_history_is_kept_for_every_reason() -> None:
    assert {file.stem for file in KEPT} >= {scene.reason for scene in SCENES}


@EVERY_HISTORY
async def test_a_kept_history_replays(file: Path) -> None:
    await replayer(OccurrenceClock, NoticeClock).replay_workflow(kept(file))


async def test_a_careless_change_is_noticed() -> None:
    """The control: with another clock under the same name, replaying fails."""
    with pytest.raises(NondeterminismError):
        await replayer(ChangedOccurrenceClock).replay_workflow(kept(HISTORIES / "poked-while-waiting.json"))


@EVERY_HISTORY
def test_the_kept_timers_stand_at_the_instants_of_the_plan(file: Path) -> None:
    history = kept(file)
    assert asked(history)
    for timer in timers(history):
        assert timer.view.next_at is not None
        late = timer.set_at + timer.duration - timer.view.next_at
        assert abs(late.total_seconds()) < 0.001 or file.stem == "record-behind-the-server"


@EVERY_HISTORY
def test_a_kept_history_says_nothing_of_the_machine_it_was_recorded_on(file: Path) -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for each in value.values() for key in keys(each)}
        return {key for each in value for key in keys(each)} if isinstance(value, list) else set()

    assert not keys(json.loads(file.read_text(encoding="utf-8"))) & NOT_KEPT
