"""A task was claimed, given to somebody else, refused; a step of the ladder was taken back."""

from domain.events import handing
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.tellings.parts import Telling, said, task_in_words
from projections.words import capital, person_in_role, person_name, thing


def _claimed(event: handing.TaskClaimed, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.claimed_by, event.claimed_as)
    return f"{who} took on {_task(event.task, notice, occurrence)}."


def _reassigned(event: handing.TaskReassigned, notice: Notice, occurrence: Occurrence) -> str:
    who, whom = (
        person_in_role(notice, event.reassigned_by, event.reassigned_as),
        person_name(notice, event.to),
    )
    return f"{who} gave {_task(event.task, notice, occurrence)} to {whom}: {said(event.reason)}"


def _refused(event: handing.TaskRefused, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.refused_by, event.refused_as)
    return f"{who} will not take on {_task(event.task, notice, occurrence)}: {said(event.reason)}"


def _withdrawn(event: handing.RungWithdrawn, notice: Notice, occurrence: Occurrence) -> str:
    standing = occurrence.standing_of(event.rung)
    step, what = standing.rung.in_words if standing else "a step", thing(notice, occurrence.facts)
    if event.withdrawn_by is None:
        return f"{capital(step)} of {what} was withdrawn: {event.because.rstrip(' .')}."
    who = person_name(notice, event.withdrawn_by)
    return f"{who} withdrew {step} of {what}, because it was raised in error: {said(event.because)}"


def _task(task: str, notice: Notice, occurrence: Occurrence) -> str:
    return task_in_words(task, occurrence, thing(notice, occurrence.facts))


TELLINGS: dict[type, Telling] = {
    handing.TaskClaimed: _claimed,
    handing.TaskReassigned: _reassigned,
    handing.TaskRefused: _refused,
    handing.RungWithdrawn: _withdrawn,
}
