"""The one list of everything that can have happened: topic, human sentence, privacy answer.

A topic is spelled by hand and never changes, so moving a class never touches the record. `who` and `when` name the
fields in which the event says them in its own words.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from domain.events import chasing, delivery, instrument, owing

_NO_PERSON = "Names no person."
_OFFICE_HOLDER = "Names an office holder by identifier and role, in their public capacity."
_HOLDER_NAME = (
    "Holds the name of an office holder in their public capacity; addresses are kept outside the record."
)
_FREE_TEXT = (
    "Holds text written by people: it is for the record and must not carry details of children or families."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of event. `sentence` is filled from the event's own fields."""

    topic: str
    shape: type
    sentence: str
    privacy: str
    when: str
    who: str | None = None


KINDS: tuple[Kind, ...] = (
    Kind("notice-issued.v1", instrument.NoticeIssued,
         "{header.title} issued to {header.recipient} by {issued_by}.", _OFFICE_HOLDER, "issued_at", "issued_by"),
    Kind("calendar-adopted.v1", instrument.CalendarAdopted,
         "Working days are counted on the calendar “{calendar.name}”, edition {calendar.edition}.", _NO_PERSON, "adopted_at"),
    Kind("party-named.v1", instrument.PartyNamed, "{party.name} is a party.", _NO_PERSON, "named_at"),
    Kind("role-established.v1", instrument.RoleEstablished,
         "The role of {role.title} is part of {role.party}.", _NO_PERSON, "established_at"),
    Kind("person-appointed.v1", instrument.PersonAppointed,
         "{name} holds the role of {appointment.role} from {appointment.since}.", _HOLDER_NAME, "appointed_at"),
    Kind("clause-stated.v1", instrument.ClauseStated,
         "Clause {clause.id} is part of the notice.", _NO_PERSON, "stated_at"),
    Kind("interpretation-ruled.v1", instrument.InterpretationRuled,
         "Clause {interpretation.clause} is read thus: {interpretation.ruling}", _OFFICE_HOLDER, "ruled_at"),
    Kind("ladder-set.v1", instrument.LadderSet,
         "Lateness of {ladder.track} is carried up the ladder {ladder.id}.", _NO_PERSON, "set_at"),
    Kind("obligation-imposed.v1", instrument.ObligationImposed,
         "Clause {obligation.clause}: {obligation.obligor} owes {obligation.obligee} the {obligation.title}.",
         _NO_PERSON, "imposed_at"),
    Kind("occurrence-opened.v1", owing.OccurrenceOpened,
         "{title} opened; due by the end of {due_on}.", _NO_PERSON, "opened_at"),
    Kind("task-acknowledged.v1", owing.TaskAcknowledged,
         "{acknowledged_by} acknowledged the task as {acknowledged_as}.",
         _OFFICE_HOLDER, "acknowledged_at", "acknowledged_by"),
    Kind("report-submitted.v1", owing.ReportSubmitted,
         "Version {version} of the report was received from {submitted_by}.",
         _FREE_TEXT, "received_at", "submitted_by"),
    Kind("report-accepted.v1", owing.ReportAccepted,
         "{accepted_by} accepted version {version} of the report.", _OFFICE_HOLDER, "accepted_at", "accepted_by"),
    Kind("review-held.v1", owing.ReviewHeld,
         "A review was held on {held_on}.", _FREE_TEXT, "held_at", "recorded_by"),
    Kind("delivery-assessed.v1", owing.DeliveryAssessed,
         "{assessed_by} assessed what was delivered: {finding}", _FREE_TEXT, "assessed_at", "assessed_by"),
    Kind("reminder-issued.v1", chasing.ReminderIssued, "A reminder was issued.", _OFFICE_HOLDER, "raised_at"),
    Kind("acknowledgement-requested.v1", chasing.AcknowledgementRequested,
         "Somebody was asked to acknowledge their task.", _OFFICE_HOLDER, "raised_at"),
    Kind("overdue-notice-issued.v1", chasing.OverdueNoticeIssued,
         "Those who owe it were told that it is overdue.", _OFFICE_HOLDER, "raised_at"),
    Kind("escalation-raised.v1", chasing.EscalationRaised,
         "The lateness was escalated.", _OFFICE_HOLDER, "raised_at"),
    Kind("assessment-requested.v1", chasing.AssessmentRequested,
         "A final assessment was requested.", _OFFICE_HOLDER, "raised_at"),
    Kind("referred-for-consideration.v1", chasing.ReferredForConsideration,
         "The matter was referred for consideration under {power}.", _OFFICE_HOLDER, "raised_at"),
    Kind("rungs-collapsed.v1", chasing.RungsCollapsed,
         "Steps that had also fallen due were not sent one by one.", _NO_PERSON, "collapsed_at"),
    Kind("rungs-not-chased.v1", chasing.RungsNotChased,
         "Steps from before chasing began were not taken.", _NO_PERSON, "recorded_at"),
    Kind("escalation-resolved.v1", chasing.EscalationResolved,
         "The escalation is over: {because}", _OFFICE_HOLDER, "resolved_at"),
    Kind("message-sent.v1", delivery.MessageSent,
         "The message to {person} was handed over by {channel}.", _OFFICE_HOLDER, "sent_at"),
    Kind("message-undeliverable.v1", delivery.MessageUndeliverable,
         "The message to {person} could not be delivered: {fault}", _OFFICE_HOLDER, "given_up_at"),
)  # fmt: skip

BY_TOPIC = {kind.topic: kind for kind in KINDS}
BY_SHAPE = {kind.shape: kind for kind in KINDS}


class UnknownEventKind(ValueError):
    """The record holds a kind of event that this version does not know."""


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def kind_of(event: object) -> Kind:
    return BY_SHAPE[type(event)]


def to_data(event: object) -> dict[str, Any]:
    """The event's own words as plain JSON values."""
    data: dict[str, Any] = _adapter(type(event)).dump_python(event, mode="json")  # type: ignore[arg-type]  # a class can be hashed
    return data


def from_data(topic: str, data: dict[str, Any]) -> Any:
    """The event again, from its topic and its words."""
    kind = BY_TOPIC.get(topic)
    if kind is None:
        raise UnknownEventKind(f"“{topic}” is not a kind of event that this version knows.")
    return _adapter(kind.shape).validate_python(data)


def sentence_of(event: object) -> str:
    """What happened, for people."""
    words = {field.name: getattr(event, field.name) for field in fields(event)}  # type: ignore[arg-type]
    return kind_of(event).sentence.format(**words)


def effective_of(event: object) -> datetime:
    """When it was true in the world, as the event itself says."""
    when: datetime = getattr(event, kind_of(event).when)
    return when
