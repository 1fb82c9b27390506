"""The one list of everything that can have happened: topic, human sentence, privacy answer.

A topic is spelled by hand and never changes, so moving a class never touches the record. `who` and `when` name the
fields in which the event says them in its own words.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from domain.events import (
    chasing,
    correcting,
    deciding,
    delivery,
    evidence,
    excusing,
    handing,
    instrument,
    owing,
    planning,
    reporting,
    reviewing,
    tending,
)
from domain.events.upcasting import Upcast, Upcasts
from domain.events.withheld import Plan, plan_of

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
    """One kind of event. `sentence` is filled from the event's own fields.

    `withheld`: the paths of names, addresses and free text, of which the hashed record holds commitments only
    (`domain.events.withheld`).
    """

    topic: str
    shape: type
    sentence: str
    privacy: str
    when: str
    who: str | None = None
    withheld: tuple[str, ...] = ()


KINDS: tuple[Kind, ...] = (
    Kind("notice-issued.v1", instrument.NoticeIssued,
         "{header.title} issued to {header.recipient} by {issued_by}.", _OFFICE_HOLDER, "issued_at", "issued_by",
         withheld=("header.signature.name", "header.addressed_to")),
    Kind("calendar-adopted.v1", instrument.CalendarAdopted,
         "Working days are counted on the calendar “{calendar.name}”, edition {calendar.edition}.", _NO_PERSON, "adopted_at"),
    Kind("party-named.v1", instrument.PartyNamed, "{party.name} is a party.", _NO_PERSON, "named_at"),
    Kind("role-established.v1", instrument.RoleEstablished,
         "The role of {role.title} is part of {role.party}.", _NO_PERSON, "established_at"),
    Kind("person-appointed.v1", instrument.PersonAppointed,
         "{name} holds the role of {appointment.role} from {appointment.since}.", _HOLDER_NAME, "appointed_at",
         withheld=("name@appointment.person",)),
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
         "{title} opened; due by the end of {due_on}.", _NO_PERSON, "opened_at",
         withheld=("title?about", "about")),
    Kind("task-acknowledged.v1", owing.TaskAcknowledged,
         "{acknowledged_by} acknowledged the task as {acknowledged_as}.",
         _OFFICE_HOLDER, "acknowledged_at", "acknowledged_by"),
    Kind("report-submitted.v1", owing.ReportSubmitted,
         "Version {version} of the report was received from {submitted_by}.",
         _FREE_TEXT, "received_at", "submitted_by",
         withheld=("sections[].text",)),
    Kind("report-accepted.v1", owing.ReportAccepted,
         "{accepted_by} accepted version {version} of the report.", _OFFICE_HOLDER, "accepted_at", "accepted_by"),
    Kind("review-held.v1", owing.ReviewHeld,
         "A review was held on {held_on}.", _FREE_TEXT, "held_at", "recorded_by",
         withheld=("summary", "themes[]")),
    Kind("delivery-assessed.v1", owing.DeliveryAssessed,
         "{assessed_by} assessed what was delivered: {finding}", _FREE_TEXT, "assessed_at", "assessed_by",
         withheld=("finding",)),
    Kind("reminder-issued.v1", chasing.ReminderIssued, "A reminder was issued.", _OFFICE_HOLDER, "raised_at"),
    Kind("acknowledgement-requested.v1", chasing.AcknowledgementRequested,
         "Somebody was asked to acknowledge their task.", _OFFICE_HOLDER, "raised_at"),
    Kind("overdue-notice-issued.v1", chasing.OverdueNoticeIssued,
         "Those who owe it were told that it is overdue.", _OFFICE_HOLDER, "raised_at"),
    Kind("escalation-raised.v1", chasing.EscalationRaised,
         "The lateness was escalated.", _OFFICE_HOLDER, "raised_at",
         withheld=("reason",)),
    Kind("assessment-requested.v1", chasing.AssessmentRequested,
         "A final assessment was requested.", _OFFICE_HOLDER, "raised_at"),
    Kind("referred-for-consideration.v1", chasing.ReferredForConsideration,
         "The matter was referred for consideration under {power}.", _OFFICE_HOLDER, "raised_at"),
    Kind("rungs-collapsed.v1", chasing.RungsCollapsed,
         "Steps that had also fallen due were not sent one by one.", _NO_PERSON, "collapsed_at"),
    Kind("rungs-not-chased.v1", chasing.RungsNotChased,
         "Steps from before chasing began were not taken.", _NO_PERSON, "recorded_at"),
    Kind("escalation-resolved.v1", chasing.EscalationResolved,
         "The escalation is over: {because}", _OFFICE_HOLDER, "resolved_at",
         withheld=("because",)),
    Kind("message-sent.v1", delivery.MessageSent,
         "The message to {person} was handed over by {channel}.", _OFFICE_HOLDER, "sent_at",
         withheld=("answer",)),
    Kind("message-undeliverable.v1", delivery.MessageUndeliverable,
         "The message to {person} could not be delivered: {fault}", _OFFICE_HOLDER, "given_up_at",
         withheld=("fault",)),
    Kind("non-delivery-reported.v1", delivery.NonDeliveryReported,
         "Somebody else was told that the message to {person} had not arrived.", _OFFICE_HOLDER, "reported_at"),
    Kind("attestation-given.v1", owing.AttestationGiven,
         "{attested_by} attested: {statement}", _FREE_TEXT, "attested_at", "attested_by",
         withheld=("statement",)),
    Kind("request-answered.v1", owing.RequestAnswered,
         "{answered_by} answered what was asked for: {answer}", _FREE_TEXT, "answered_at", "answered_by",
         withheld=("answer",)),
    Kind("non-cooperation-recorded.v1", owing.NonCooperationRecorded,
         "{recorded_by} recorded that what was asked for was not given: {account}",
         _FREE_TEXT, "recorded_at", "recorded_by",
         withheld=("account",)),
    Kind("vacancy-filled.v1", owing.VacancyFilled, "{person} holds the role of {role}.", _OFFICE_HOLDER, "filled_at"),
    Kind("report-returned.v1", reporting.ReportReturned,
         "{returned_by} returned version {version} of the report as deficient: {reasons}",
         _FREE_TEXT, "returned_at", "returned_by",
         withheld=("reasons",)),
    Kind("deficiency-made-good.v1", reporting.DeficiencyMadeGood,
         "The supplemental report was accepted by {accepted_by}.", _OFFICE_HOLDER, "made_good_at", "accepted_by"),
    Kind("query-raised.v1", reporting.QueryRaised, "A query was raised: {question}", _FREE_TEXT, "queried_at",
         withheld=("question",)),
    Kind("query-answered.v1", reporting.QueryAnswered,
         "{answered_by} answered query {query}: {answer}", _FREE_TEXT, "answered_at", "answered_by",
         withheld=("answer",)),
    Kind("update-commissioned.v1", reporting.UpdateCommissioned,
         "{commissioned_by} asked {partner} for an update: {asked}", _FREE_TEXT, "commissioned_at", "commissioned_by",
         withheld=("asked",)),
    Kind("update-received.v1", reporting.UpdateReceived,
         "{received_from} answered: {text}", _FREE_TEXT, "received_at", "recorded_by",
         withheld=("received_from", "text")),
    Kind("content-found-lacking.v1", reporting.ContentFoundLacking,
         "{reports} reports in a row lacked what {standard} asks for.", _OFFICE_HOLDER, "found_at"),
    Kind("party-agreed.v1", reviewing.PartyAgreed,
         "{agreed_by} agreed that {party} conducts the review.", _FREE_TEXT, "agreed_at", "agreed_by",
         withheld=("party",)),
    Kind("review-planned.v1", reviewing.ReviewPlanned,
         "{planned_by} planned the review for {starts_on} to {ends_on}.", _FREE_TEXT, "planned_at", "planned_by",
         withheld=("scope", "reviewers[]", "themes[]")),
    Kind("review-notified.v1", reviewing.ReviewNotified,
         "{notified_by} gave notice of the review.", _OFFICE_HOLDER, "notified_at", "notified_by"),
    Kind("review-moved.v1", reviewing.ReviewMoved,
         "{moved_by} moved the review from {was} to {starts_on}: {reason}", _FREE_TEXT, "moved_at", "moved_by",
         withheld=("reason",)),
    Kind("went-ahead-without.v1", reviewing.WentAheadWithout,
         "The review was held on {held_on} without it.", _NO_PERSON, "recorded_at"),
    Kind("outcome-issued.v1", reviewing.OutcomeIssued,
         "{issued_by} issued the outcome of the review.", _FREE_TEXT, "issued_at", "issued_by",
         withheld=("letter", "findings[].text", "findings[].action")),
    Kind("finding-acted-on.v1", reviewing.FindingActedOn,
         "{acted_by} said what was done about finding {finding}: {done}", _FREE_TEXT, "acted_at", "acted_by",
         withheld=("done",)),
    Kind("finding-followed-up.v1", reviewing.FindingFollowedUp,
         "{followed_up_by} followed up finding {finding}: {outcome}", _FREE_TEXT, "followed_up_at", "followed_up_by",
         withheld=("outcome",)),
    Kind("item-confirmed.v1", reviewing.ItemConfirmed,
         "{confirmed_by} confirmed that {item} was provided.", _OFFICE_HOLDER, "confirmed_at", "confirmed_by"),
    Kind("item-refused.v1", reviewing.ItemRefused,
         "{recorded_by} recorded that {item} was not provided: {reason}", _FREE_TEXT, "recorded_at", "recorded_by",
         withheld=("reason",)),
    Kind("plan-adopted.v1", planning.PlanAdopted,
         "{adopted_by} adopted version {version} of the plan.", _FREE_TEXT, "adopted_at", "adopted_by",
         withheld=("objectives[].title", "objectives[].actions[].title")),
    Kind("progress-updated.v1", planning.ProgressUpdated,
         "{updated_by} rated objective {objective} {rating}: {text}", _FREE_TEXT, "updated_at", "updated_by",
         withheld=("text",)),
    Kind("action-delivered.v1", planning.ActionDelivered,
         "{delivered_by} recorded that action {action} was delivered on {delivered_on}.",
         _FREE_TEXT, "recorded_at", "delivered_by",
         withheld=("evidence",)),
    Kind("occurrence-redated.v1", excusing.OccurrenceRedated,
         "It is due by the end of {due_on} now: {reason}", _FREE_TEXT, "redated_at",
         withheld=("reason",)),
    Kind("extension-requested.v1", excusing.ExtensionRequested,
         "{requested_by} asked for an extension until {until}: {reason}", _FREE_TEXT, "requested_at", "requested_by",
         withheld=("reason",)),
    Kind("extension-granted.v1", excusing.ExtensionGranted,
         "{granted_by} granted an extension until {until}: {reason}", _FREE_TEXT, "granted_at", "granted_by",
         withheld=("reason",)),
    Kind("extension-refused.v1", excusing.ExtensionRefused,
         "{refused_by} refused an extension: {reason}", _FREE_TEXT, "refused_at", "refused_by",
         withheld=("reason",)),
    Kind("clock-stopped.v1", excusing.ClockStopped,
         "{stopped_by} stopped the clock from {from_day} on: {reason}", _FREE_TEXT, "stopped_at", "stopped_by",
         withheld=("reason",)),
    Kind("clock-restarted.v1", excusing.ClockRestarted,
         "{restarted_by} restarted the clock on {from_day}; {working_days} working days did not count.",
         _FREE_TEXT, "restarted_at", "restarted_by",
         withheld=("reason",)),
    Kind("occurrence-waived.v1", excusing.OccurrenceWaived,
         "{waived_by} waived it: {reason}", _FREE_TEXT, "waived_at", "waived_by",
         withheld=("reason",)),
    Kind("occurrence-withdrawn.v1", excusing.OccurrenceWithdrawn,
         "It is owed no more: {reason}", _FREE_TEXT, "withdrawn_at",
         withheld=("reason",)),
    Kind("task-claimed.v1", handing.TaskClaimed, "{claimed_by} claimed the task.", _OFFICE_HOLDER, "claimed_at", "claimed_by"),
    Kind("task-reassigned.v1", handing.TaskReassigned,
         "{reassigned_by} gave the task to {to}: {reason}", _FREE_TEXT, "reassigned_at", "reassigned_by",
         withheld=("reason",)),
    Kind("task-refused.v1", handing.TaskRefused,
         "{refused_by} refused the task: {reason}", _FREE_TEXT, "refused_at", "refused_by",
         withheld=("reason",)),
    Kind("rung-withdrawn.v1", handing.RungWithdrawn,
         "The step {rung} was withdrawn: {because}", _FREE_TEXT, "withdrawn_at", "withdrawn_by",
         withheld=("because",)),
    Kind("concern-recorded.v1", deciding.ConcernRecorded,
         "{recorded_by} recorded a concern: {concern}", _FREE_TEXT, "recorded_at", "recorded_by",
         withheld=("concern",)),
    Kind("concern-closed.v1", deciding.ConcernClosed,
         "{closed_by} closed the concern: {reasons}", _FREE_TEXT, "closed_at", "closed_by",
         withheld=("reasons",)),
    Kind("concern-referred.v1", deciding.ConcernReferred,
         "{referred_by} referred the concern for consideration under {power}: {reasons}",
         _FREE_TEXT, "referred_at", "referred_by",
         withheld=("reasons",)),
    Kind("consideration-opened.v1", deciding.ConsiderationOpened,
         "{opened_by} opened a consideration: {because}", _FREE_TEXT, "opened_at", "opened_by",
         withheld=("because",)),
    Kind("representations-invited.v1", deciding.RepresentationsInvited,
         "{invited_by} invited representations until {until}.", _OFFICE_HOLDER, "invited_at", "invited_by"),
    Kind("representations-made.v1", deciding.RepresentationsMade,
         "{made_by} made representations: {text}", _FREE_TEXT, "made_at", "made_by",
         withheld=("text",)),
    Kind("representations-answered.v1", deciding.RepresentationsAnswered,
         "{answered_by} answered representations {number}: {reasons}", _FREE_TEXT, "answered_at", "answered_by",
         withheld=("reasons",)),
    Kind("decision-proposed.v1", deciding.DecisionProposed,
         "{signed.name} proposed to {option}: {reasons}", _FREE_TEXT, "proposed_at",
         withheld=("reasons", "signed.name@person")),
    Kind("decision-made.v1", deciding.DecisionMade,
         "It was decided on {decided_on} to {option}: {reasons}", _FREE_TEXT, "decided_at",
         withheld=("reasons", "signatories[].name@person")),
    Kind("decision-issued.v1", deciding.DecisionIssued,
         "The decision was issued on {issued_on}.", _OFFICE_HOLDER, "recorded_at", "issued_by"),
    Kind("decision-published.v1", deciding.DecisionPublished,
         "The decision was published on {published_on}.", _OFFICE_HOLDER, "recorded_at", "published_by"),
    Kind("correction-noted.v1", deciding.CorrectionNoted,
         "The {field} of an event before the deciders has been corrected from {was} to {now}.", _FREE_TEXT, "noted_at",
         withheld=("was", "now")),
    Kind("correction-proposed.v1", correcting.CorrectionProposed,
         "{proposed_by} proposed to correct {field} of event {version} from {was} to {now}: {reason}",
         _FREE_TEXT, "proposed_at", "proposed_by",
         withheld=("was!", "now!", "reason")),
    Kind("event-corrected.v1", correcting.EventCorrected,
         "{field} of event {version} was corrected from {was} to {now}: {reason}",
         _FREE_TEXT, "corrected_at", "approved_by",
         withheld=("was!", "now!", "reason")),
    Kind("correction-rejected.v1", correcting.CorrectionRejected,
         "{rejected_by} rejected the correction of event {version}: {reason}", _FREE_TEXT, "rejected_at", "rejected_by",
         withheld=("reason",)),
    Kind("notice-varied.v1", tending.NoticeVaried,
         "{varied_by} varied the notice: {reason}", _FREE_TEXT, "varied_at", "varied_by",
         withheld=("reason", "header.signature.name", "header.addressed_to")),
    Kind("clause-removed.v1", tending.ClauseRemoved, "Clause {clause} was removed: {reason}", _FREE_TEXT, "removed_at",
         withheld=("reason",)),
    Kind("obligation-ended.v1", tending.ObligationEnded,
         "{obligation} is owed no more: {reason}", _FREE_TEXT, "ended_at",
         withheld=("reason",)),
    Kind("obligation-released.v1", tending.ObligationReleased,
         "{released_by} recorded that {obligation} is no longer required: {reasons}",
         _FREE_TEXT, "released_at", "released_by",
         withheld=("reasons",)),
    Kind("notice-lifted.v1", tending.NoticeLifted,
         "{lifted_by} lifted the notice: {reason}", _FREE_TEXT, "lifted_at", "lifted_by",
         withheld=("reason",)),
    Kind("notice-superseded.v1", tending.NoticeSuperseded,
         "{successor} took the place of the notice: {reason}", _FREE_TEXT, "superseded_at", "superseded_by",
         withheld=("reason",)),
    Kind("notice-closed.v1", tending.NoticeClosed, "After-care has run out.", _NO_PERSON, "closed_at"),
    Kind("body-succeeded.v1", tending.BodySucceeded,
         "{party.name} stands in the place of {was} from {since}.", _NO_PERSON, "recorded_at", "recorded_by"),
    Kind("interpretation-revised.v1", tending.InterpretationRevised,
         "Clause {interpretation.clause} is read otherwise: {interpretation.ruling}",
         _FREE_TEXT, "revised_at", "revised_by",
         withheld=("reason",)),
    Kind("holiday-proclaimed.v1", tending.HolidayProclaimed,
         "{day} is a holiday: {title}.", _FREE_TEXT, "proclaimed_at", "recorded_by",
         withheld=("reason",)),
    Kind("appointment-ended.v1", tending.AppointmentEnded,
         "{person} holds the role of {role} until {until}: {reason}", _FREE_TEXT, "ended_at", "ended_by",
         withheld=("reason",)),
    Kind("role-conflict-found.v1", tending.RoleConflictFound,
         "{person} holds roles that one person should not hold.", _OFFICE_HOLDER, "found_at"),
    Kind("vacancy-found.v1", tending.VacancyFound, "Nobody holds the role of {role}.", _NO_PERSON, "found_at"),
    Kind("role-delegated.v1", tending.RoleDelegated,
         "{holder} delegated the role of {role} to {to} from {since} to {until}: {reason}",
         _FREE_TEXT, "delegated_at", "holder",
         withheld=("reason",)),
    Kind("visit-noted.v1", tending.VisitNoted, "{visitor} visits on {day}: {purpose}", _FREE_TEXT, "noted_at", "noted_by",
         withheld=("visitor", "purpose")),
    Kind("compliance-rated.v1", tending.ComplianceRated,
         "{rated_by} rated {obligation} {rating}: {basis}", _FREE_TEXT, "rated_at", "rated_by",
         withheld=("basis",)),
    Kind("evidence-lodged.v1", evidence.EvidenceLodged,
         "{lodged_by} lodged the file “{name}”.", _FREE_TEXT, "lodged_at", "lodged_by",
         withheld=("name",)),
)  # fmt: skip

BY_TOPIC = {kind.topic: kind for kind in KINDS}
BY_SHAPE = {kind.shape: kind for kind in KINDS}

# From versions that are in records, but are not written any more. An entry is never taken away.
_FROM_OLD_VERSIONS: tuple[Upcast, ...] = ()
UPCASTS = Upcasts(_FROM_OLD_VERSIONS, BY_TOPIC)


class UnknownEventKind(ValueError):
    """The record holds a kind of event that this version does not know."""


@cache
def _adapter(shape: type) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


@cache
def plan_for(topic: str) -> Plan | None:
    """What a kind of event withholds; None where it withholds nothing, or is not one of ours."""
    kind = BY_TOPIC.get(topic)
    return plan_of(kind.withheld) if kind and kind.withheld else None


def withholds(topic: str, field: str) -> bool:
    """Whether a kind of event withholds a field of its own, or the elements of it."""
    plan = plan_for(topic)
    return plan is not None and (field in plan.members or field in plan.elements)


def kind_of(event: object) -> Kind:
    return BY_SHAPE[type(event)]


def to_data(event: object) -> dict[str, Any]:
    """The event's own words as plain JSON values."""
    data: dict[str, Any] = _adapter(type(event)).dump_python(event, mode="json")  # type: ignore[arg-type]  # a class can be hashed
    return data


def from_data(topic: str, data: dict[str, Any]) -> Any:
    """The event again, from its topic and its words; those of an old version are turned into the newest one's."""
    topic, data = UPCASTS.lift(topic, data)
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
