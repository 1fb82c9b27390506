"""The state of one stream as it stood at an instant: what had taken effect by then, each as it is known to have been.

A correction says that nothing new happened, but how something was all along. So once it is known it counts from the
day of the event that it corrects, however much later it was made. Everything else counts from when it took effect,
however much later that was recorded.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from domain.corrections.folding import noted
from domain.events.correcting import CorrectionProposed, CorrectionRejected, EventCorrected
from domain.events.instrument import NoticeIssued
from domain.events.kinds import effective_of
from domain.events.owing import OccurrenceOpened, ReportAccepted, ReportSubmitted
from domain.events.reporting import ReportReturned

State = TypeVar("State", bound=Any)

_ABOUT_AN_EVENT = (CorrectionProposed, CorrectionRejected, EventCorrected)
_BEGINNINGS = (NoticeIssued, OccurrenceOpened)
_OF_A_SUBMISSION = (ReportAccepted, ReportReturned)


def in_effect(events: Sequence[Any], as_at: datetime) -> frozenset[int]:
    """The versions of the events, given as corrected, that had taken effect; none before the stream's beginning had."""
    found = frozenset(
        version
        for version, event in enumerate(events, start=1)
        if effective_of(event) <= as_at and _follows(event, events, as_at)
    )
    begun = any(isinstance(events[version - 1], _BEGINNINGS) for version in found)
    return found if begun else frozenset()


def fold_as_at(
    start: State, evolve: Callable[[State, Any], State], events: Sequence[Any], as_at: datetime
) -> State:
    """`events`: all that is known of the stream, as corrected and in their order."""
    state, counted = start, in_effect(events, as_at)
    for version, event in enumerate(events, start=1):
        if isinstance(event, EventCorrected):
            # The event stands here as corrected already; what is left is to tell that it was.
            state = noted(state, event) if event.version in counted else state
        elif version in counted:
            state = evolve(state, event)
    return state


def _follows(event: Any, events: Sequence[Any], as_at: datetime) -> bool:
    """What is said of an event, or of a submission, has no place where that itself had not taken effect."""
    if isinstance(event, _ABOUT_AN_EVENT):
        return bool(effective_of(events[event.version - 1]) <= as_at)
    if not isinstance(event, _OF_A_SUBMISSION):
        return True
    about = [each for each in events if isinstance(each, ReportSubmitted) and each.version == event.version]
    return any(effective_of(each) <= as_at for each in about)
