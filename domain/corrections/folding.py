"""What a correction does to a state: its history is folded again, with the corrected event in place of the recorded one.

The record keeps both. Whatever follows from the event, such as whether a report was on time, then follows from what it
should have said.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from domain.corrections.changing import with_field
from domain.events import correcting
from domain.replaced import replaced as replace

State = TypeVar("State", bound=Any)


def fold_corrections(state: State, event: Any, evolve: Callable[[State, Any], State]) -> State | None:
    """The state after an event about a correction, or None when the event is about something else."""
    match event:
        case correcting.CorrectionProposed():
            return _next(state, event, proposals=(*_others(state, event.version), event))
        case correcting.CorrectionRejected():
            return _next(state, event, proposals=_others(state, event.version))
        case correcting.EventCorrected():
            return _corrected(state, event, evolve)
    return None


def _corrected(
    state: State, event: correcting.EventCorrected, evolve: Callable[[State, Any], State]
) -> State:
    place = event.version - 1
    happened = with_field(state.history[place], event.field, event.now)
    again: State = type(state)()
    for each in (*state.history[:place], happened, *state.history[place + 1 :]):
        # The history holds events as corrected already: an earlier correction must not be made a second time.
        is_correction = isinstance(each, correcting.EventCorrected)
        again = noted(again, each) if is_correction else evolve(again, each)
    return noted(again, event)


def noted(state: State, event: correcting.EventCorrected) -> State:
    """The state with a correction told in it; that the corrected event is folded as corrected is the caller's matter."""
    corrections = (*state.corrections, event)
    return _next(state, event, proposals=_others(state, event.version), corrections=corrections)


def _next(state: State, event: Any, **changes: Any) -> State:
    after: State = replace(state, version=state.version + 1, history=(*state.history, event), **changes)
    return after


def _others(state: Any, version: int) -> tuple[correcting.CorrectionProposed, ...]:
    return tuple(each for each in state.proposals if each.version != version)
