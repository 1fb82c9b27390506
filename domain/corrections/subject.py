"""The stream whose event is corrected: that of an occurrence, or that of the notice itself."""

from typing import Any

from domain.case import Case
from domain.commands import ApproveCorrection, ProposeCorrection, RejectCorrection
from domain.events.correcting import CorrectionProposed, EventCorrected
from domain.identity import notice_stream
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from domain.refusals import CorrectionNotProposed

Correcting = ProposeCorrection | ApproveCorrection | RejectCorrection


def state_of(case: Case, command: Correcting) -> Notice | Occurrence:
    return case.notice if command.of is None else case.occurrence


def stream_of(command: Correcting) -> str:
    return notice_stream(command.notice) if command.of is None else command.of.stream


def pending(state: Notice | Occurrence, version: int) -> CorrectionProposed | None:
    """The correction of an event that nobody has decided on yet."""
    return next((each for each in state.proposals if each.version == version), None)


def nothing_pending(version: int) -> CorrectionNotProposed:
    return CorrectionNotProposed(f"No correction of event {version} is waiting to be decided on.")


def with_corrections(state: Notice | Occurrence, corrections: tuple[EventCorrected, ...]) -> Any:
    """The state as it follows from what the event should have said."""
    after: Any = state
    for each in corrections:
        after = evolve_notice(after, each) if isinstance(after, Notice) else evolve_occurrence(after, each)
    return after
