"""Proposing a correction: anybody who acts under the notice may say how something really was."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import ProposeCorrection
from domain.corrections.changing import ValueDoesNotFit, as_recorded, with_field
from domain.corrections.correctable import held_fast, not_correctable
from domain.corrections.fitting import fault_in_correction
from domain.corrections.subject import pending, state_of, stream_of
from domain.events.correcting import CorrectionProposed
from domain.events.kinds import kind_of
from domain.notice.secrecy import may_see_occurrence
from domain.refusals import (
    CorrectionAlreadyProposed,
    EventNotKnown,
    NothingChanges,
    NotInYourRole,
    ReasonMissing,
    Refusal,
    ValueNotFitting,
)
from domain.values import tidy
from domain.who import today


def propose(case: Case, command: ProposeCorrection, by: Actor, now: datetime) -> Decision:
    state = state_of(case, command)
    if not 1 <= command.version <= len(state.history):
        return EventNotKnown(
            f"There is no event {command.version} there; the last one is {len(state.history)}."
        )
    event = state.history[command.version - 1]
    fault: Refusal | None = not_correctable(event, command.field)
    if fault is not None:
        return fault
    if pending(state, command.version) is not None:
        return CorrectionAlreadyProposed(
            f"A correction of event {command.version} has been proposed already and waits to be decided on."
        )
    held = _role(case, command, by, now)
    if isinstance(held, Refusal):
        return held
    value = _value(event, command)
    if isinstance(value, Refusal):
        return value
    if not tidy(command.reason):
        return ReasonMissing("Say how it is known that the record is wrong.")
    proposed = CorrectionProposed(
        version=command.version,
        topic=kind_of(event).topic,
        field=command.field,
        was=as_recorded(event, command.field),
        now=value,
        reason=tidy(command.reason),
        proposed_by=by.id,
        proposed_as=held,
        proposed_at=now,
    )
    fault = fault_in_correction(case, command, proposed, now)
    return fault if fault is not None else (Draft(stream_of(command), proposed),)


def _role(case: Case, command: ProposeCorrection, by: Actor, now: datetime) -> str | Refusal:
    notice, day = case.notice, today(case.notice, now)
    held = notice.roles_of(by.id, day)
    if not held:
        return NotInYourRole(f"{notice.person_name(by.id)} holds no role under this notice today.")
    if command.of is not None and not may_see_occurrence(notice, case.occurrence, by.id, day):
        return NotInYourRole(
            "This is not shown to the party of which you are, so it is for others to correct it."
        )
    return held[0]


def _value(event: object, command: ProposeCorrection) -> str | Refusal:
    """The right value as the record would write it."""
    try:
        corrected = with_field(event, command.field, tidy(command.now))
    except ValueDoesNotFit as fault:
        return ValueNotFitting(str(fault))
    value = as_recorded(corrected, command.field)
    if not value:
        return ValueNotFitting(f"“{command.field}” cannot be left empty.")
    if value == as_recorded(event, command.field):
        return NothingChanges(f"“{command.field}” says that already.")
    return held_fast(event, corrected, command.field) or value
