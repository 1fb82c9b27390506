"""`forthwith doctor`: each thing an embedded run needs, in a plain sentence with what to do next."""

from collections.abc import AsyncIterator

from forthwith.embedded.check import Check
from forthwith.embedded.doctor_machine import examine_machine
from forthwith.embedded.doctor_parts import examine_parts
from forthwith.embedded.state import StateFolder

__all__ = ["Check", "examine"]


async def examine(state: StateFolder) -> list[Check]:
    """All checks in reading order: the machine first, then whatever runs on this state folder."""
    return [check async for check in _all_checks(state)]


async def _all_checks(state: StateFolder) -> AsyncIterator[Check]:
    async for check in examine_machine(state):
        yield check
    async for check in examine_parts(state.running()):
        yield check
