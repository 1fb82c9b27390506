"""A task was claimed, given to somebody else, refused."""

from typing import Any

from domain.events import handing
from domain.occurrence.state import OWED, Occurrence, change_rung
from domain.replaced import replaced as replace


def claimed(after: Occurrence, event: handing.TaskClaimed) -> Occurrence:
    return replace(after, claimed={**after.claimed, event.task: event.claimed_by})


def reassigned(after: Occurrence, event: handing.TaskReassigned) -> Occurrence:
    return replace(
        _not_acknowledged(after, event.task),
        claimed={**after.claimed, event.task: event.to},
        receipts=(*after.receipts, *event.messages),
    )


def refused(after: Occurrence, event: handing.TaskRefused) -> Occurrence:
    kept = {task: person for task, person in after.claimed.items() if task != event.task}
    return replace(
        _not_acknowledged(after, event.task),
        claimed=kept,
        refused={**after.refused, event.task: event.refused_by},
        receipts=(*after.receipts, *event.messages),
    )


def _not_acknowledged(after: Occurrence, task: str) -> Occurrence:
    """Whoever has the task now has not said yet that they have seen it."""
    if task == OWED:
        return replace(after, acknowledged=None)
    return change_rung(after, task, lambda standing: replace(standing, acknowledged=None))


EVOLVE: dict[type, Any] = {
    handing.TaskClaimed: claimed,
    handing.TaskReassigned: reassigned,
    handing.TaskRefused: refused,
}
