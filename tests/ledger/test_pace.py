"""A second flush beside the first is as large as it has to be to pay, and no larger."""

import pytest

from ledger.pace import Pace

A_COMMAND = 50e-6


def pace_on(disk: float, flushes: int = 40, commands: int = 32) -> Pace:
    pace = Pace()
    for _ in range(flushes):
        pace.learn(commands, disk + commands * A_COMMAND, busy=commands * A_COMMAND)
    return pace


@pytest.mark.parametrize(("disk", "half"), [(0.0, 4), (0.0009, 12), (0.003, 40), (1.0, 512)])
def test_a_second_flush_holds_more_the_longer_a_disk_write_takes(disk: float, half: int) -> None:
    assert pace_on(disk).half == half


def test_before_anything_is_known_what_is_usual_holds() -> None:
    assert Pace().half == 16


def test_flushes_that_waited_for_each_other_say_nothing_of_the_disk() -> None:
    pace = pace_on(0.0009)
    for _ in range(40):
        pace.learn(32, None, busy=32 * A_COMMAND)
    assert pace.half == 12


def test_a_disk_that_grows_slow_is_noticed() -> None:
    pace = pace_on(0.0001)
    for _ in range(40):
        pace.learn(32, 0.003 + 32 * A_COMMAND, busy=32 * A_COMMAND)
    assert 35 <= pace.half <= 40


def test_a_flush_that_came_back_sooner_than_python_was_busy_counts_as_free() -> None:
    pace = Pace()
    pace.learn(10, 0.0001, busy=10 * A_COMMAND)
    assert pace.half == 4
