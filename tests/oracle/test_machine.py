"""Whatever people do, and however the clocks and the mail fare: what must be chased is, and nothing else."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.oracle.machine import Chase

AS_LONG_AS_IT_TAKES = settings(
    deadline=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_engine_and_the_oracle_agree_in_2000_lives() -> None:
    run_state_machine_as_test(
        Chase, settings=settings(AS_LONG_AS_IT_TAKES, max_examples=2000, stateful_step_count=30)
    )


def test_the_engine_and_the_oracle_agree_in_thirty_short_lives() -> None:
    run_state_machine_as_test(
        Chase, settings=settings(AS_LONG_AS_IT_TAKES, max_examples=30, stateful_step_count=20)
    )
