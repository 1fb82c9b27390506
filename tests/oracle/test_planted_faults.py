"""An oracle that finds nothing proves nothing: each of five planted faults is found, and without them nothing is."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.oracle.broken import RuleBroken
from tests.oracle.faults import BREAKS, FAULTS
from tests.oracle.machine import Chase

pytestmark = pytest.mark.slow

# The same lives for each fault and for the control, so that what is found is found because of the fault.
THE_SAME_LIVES = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=400,
    stateful_step_count=30,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    with FAULTS[fault](), pytest.raises(RuleBroken) as found:
        run_state_machine_as_test(Chase, settings=THE_SAME_LIVES)
    assert found.value.rule in BREAKS[fault]


def test_without_a_fault_nothing_is_found_in_the_first_of_the_same_lives() -> None:
    run_state_machine_as_test(Chase, settings=settings(THE_SAME_LIVES, max_examples=60))
