"""Why a letter is written: the recorded act behind a message, found by the message itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from activities.delivery.call import Call, UnreadableCall
from activities.delivery.matters import MATTERS, Matter
from activities.delivery.receipts import Confirmed, confirmed
from domain.case import Case
from domain.events.chasing import EscalationRaised, EscalationResolved, RungRaised
from domain.events.kinds import effective_of, kind_of
from domain.occurrence.state import OWED, Occurrence, RungStanding

RECEIPTS = ("task-acknowledged", "report-submitted")


@dataclass(frozen=True, slots=True)
class Occasion:
    """A step of the chase, an act that it confirms, or an act of somebody else.

    `at` is when the record called for it. `task`: to which task it leads; None, if to the occurrence itself.
    `because`: why what had been raised is over. `chosen`: the step, where somebody took it before its day.
    """

    at: datetime
    task: str | None
    standing: RungStanding | None = None
    confirmed: Confirmed | None = None
    matter: Matter | None = None
    because: str | None = None
    chosen: EscalationRaised | None = None


def occasion_of(case: Case, call: Call) -> Occasion:
    """Raises UnreadableCall when the case holds nothing that called for this message."""
    event = _event_behind(case.occurrence, call)
    if event is None:
        called = "holds no such act" if call.rung is None else f"no step “{call.rung}” called for it"
        where = f"{call.occurrence} {called}" if call.rung is None else called
        raise UnreadableCall(f"Message “{call.id}” cannot be written: {where}.")
    if isinstance(event, RungRaised | EscalationResolved):
        return _of_a_step(case.occurrence, call, event)
    # An act can be recorded long after it was true; a letter about it is no older than the record.
    at = max(effective_of(event), call.queued) if call.queued else effective_of(event)
    if call.topic in MATTERS:
        matter = MATTERS[call.topic](event, case, call)
        return Occasion(at, matter.task, matter=matter)
    act = confirmed(case, call, event)
    return Occasion(at, act.task, confirmed=act)


def _event_behind(occurrence: Occurrence, call: Call) -> Any:
    """As corrected, if it was."""
    for event in occurrence.history:
        is_of_its_kind = kind_of(event).topic.partition(".v")[0] == call.topic
        if is_of_its_kind and any(each.id == call.id for each in getattr(event, "messages", ())):
            return event
    return None


def _of_a_step(occurrence: Occurrence, call: Call, event: RungRaised | EscalationResolved) -> Occasion:
    standing = _standing(occurrence, call)
    if standing is None:
        raise UnreadableCall(f"Message “{call.id}” cannot be written: no step “{call.rung}” called for it.")
    task = standing.rung.id if standing.rung.opens_task else standing.rung.chases or OWED
    because = event.because if isinstance(event, EscalationResolved) else None
    chosen = event if isinstance(event, EscalationRaised) and event.chosen_by else None
    return Occasion(effective_of(event), task, standing=standing, because=because, chosen=chosen)


def _standing(occurrence: Occurrence, call: Call) -> RungStanding | None:
    """The step, as it stood when it called for this message: it may have been dated anew since."""
    for each in (*occurrence.rungs, *occurrence.earlier):
        if any(one.id == call.id for one in (*each.messages, *each.resolution)):
            return each
    return None
