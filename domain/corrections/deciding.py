"""Approving or rejecting a correction: by those who keep the notice, and never by whoever proposed it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import ApproveCorrection, RejectCorrection
from domain.corrections.fitting import fault_in_correction
from domain.corrections.following import consequences
from domain.corrections.making import corrections_of
from domain.corrections.subject import nothing_pending, pending, state_of, stream_of
from domain.events.correcting import CorrectionRejected
from domain.four_eyes import is_the_same_hand
from domain.notice.state import Notice
from domain.refusals import FourEyesRequired, NotInYourRole, ReasonMissing
from domain.values import tidy
from domain.who import held_role, titles


def approve(case: Case, command: ApproveCorrection, by: Actor, now: datetime) -> Decision:
    """The correction and everything that follows from it, in one act."""
    notice = case.notice
    proposed = pending(state_of(case, command), command.version)
    if proposed is None:
        return nothing_pending(command.version)
    held = held_role(notice, by, notice.keeping_roles, now)
    if held is None:
        return _not_yours(notice)
    first = (proposed.proposed_by, proposed.proposed_as, proposed.proposed_at)
    if is_the_same_hand(notice, first, by, held, now):
        return FourEyesRequired(
            f"{notice.person_name(proposed.proposed_by)} proposed this correction. Somebody else approves it, "
            "and neither of the two may stand in for the other."
        )
    fault = fault_in_correction(case, command, proposed, now)
    if fault is not None:
        return fault
    events = corrections_of(case, command, proposed, (by.id, held), now)
    corrected = tuple(Draft(stream_of(command), each) for each in events)
    return (*corrected, *consequences(case, command, events, now))


def reject(case: Case, command: RejectCorrection, by: Actor, now: datetime) -> Decision:
    if pending(state_of(case, command), command.version) is None:
        return nothing_pending(command.version)
    held = held_role(case.notice, by, case.notice.keeping_roles, now)
    if held is None:
        return _not_yours(case.notice)
    if not tidy(command.reason):
        return ReasonMissing("Say why the record stays as it is.")
    event = CorrectionRejected(command.version, tidy(command.reason), by.id, held, now)
    return (Draft(stream_of(command), event),)


def _not_yours(notice: Notice) -> NotInYourRole:
    return NotInYourRole(f"It is for {titles(notice, notice.keeping_roles)} to decide on a correction.")
