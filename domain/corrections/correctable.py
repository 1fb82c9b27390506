"""What of a recorded event may be corrected: the one place that says so.

A correction says how something was. It cannot do what an act of its own does (move a review, extend a day, propose a
decision anew), and it touches neither who acted, nor when an act was recorded, nor what the engine itself did.
"""

from collections.abc import Mapping
from typing import Any

from domain.events import (
    deciding,
    excusing,
    handing,
    instrument,
    owing,
    planning,
    reporting,
    reviewing,
    tending,
)
from domain.events.kinds import kind_of
from domain.refusals import FieldNotCorrectable

FIELDS: Mapping[type, tuple[str, ...]] = {
    owing.OccurrenceOpened: ("title", "about", "due_on"),
    owing.ReportSubmitted: ("received_at",),
    owing.ReviewHeld: ("held_on", "summary"),
    owing.DeliveryAssessed: ("finding", "outcome"),
    owing.AttestationGiven: ("statement",),
    owing.RequestAnswered: ("answer",),
    owing.NonCooperationRecorded: ("account",),
    reporting.ReportReturned: ("reasons",),
    reporting.QueryAnswered: ("answer",),
    reporting.UpdateCommissioned: ("asked", "wanted_by"),
    reporting.UpdateReceived: ("received_from", "text"),
    reviewing.PartyAgreed: ("party",),
    reviewing.ReviewPlanned: ("scope", "reviewers"),
    reviewing.ReviewMoved: ("reason",),
    reviewing.OutcomeIssued: ("letter",),
    reviewing.FindingActedOn: ("done",),
    reviewing.FindingFollowedUp: ("outcome",),
    reviewing.ItemRefused: ("reason",),
    planning.ProgressUpdated: ("rating", "text"),
    planning.ActionDelivered: ("delivered_on", "evidence"),
    excusing.ExtensionRequested: ("reason",),
    excusing.ExtensionGranted: ("reason",),
    excusing.ExtensionRefused: ("reason",),
    excusing.ClockStopped: ("reason",),
    excusing.ClockRestarted: ("reason",),
    excusing.OccurrenceWaived: ("reason",),
    handing.TaskReassigned: ("reason",),
    handing.TaskRefused: ("reason",),
    deciding.ConcernRecorded: ("concern",),
    deciding.ConcernClosed: ("reasons",),
    deciding.ConcernReferred: ("reasons",),
    deciding.ConsiderationOpened: ("because",),
    deciding.RepresentationsMade: ("text",),
    deciding.RepresentationsAnswered: ("reasons",),
    deciding.DecisionMade: ("decided_on",),
    deciding.DecisionIssued: ("issued_on",),
    deciding.DecisionPublished: ("published_on",),
    instrument.NoticeIssued: ("header",),
    instrument.PartyNamed: ("party",),
    instrument.RoleEstablished: ("role",),
    instrument.PersonAppointed: ("appointment", "name"),
    instrument.ClauseStated: ("clause",),
    instrument.InterpretationRuled: ("interpretation",),
    instrument.ObligationImposed: ("obligation",),
    tending.NoticeVaried: ("reason", "header", "decided_on", "effective_on"),
    tending.ClauseRemoved: ("reason",),
    tending.ObligationEnded: ("reason",),
    tending.ObligationReleased: ("reasons", "decided_on"),
    tending.NoticeLifted: ("reason", "decided_on", "issued_on"),
    tending.NoticeSuperseded: ("reason", "decided_on", "law"),
    tending.BodySucceeded: ("since", "law"),
    tending.InterpretationRevised: ("reason",),
    tending.HolidayProclaimed: ("reason",),
    tending.AppointmentEnded: ("reason", "until"),
    tending.RoleDelegated: ("reason", "since", "until"),
    tending.VisitNoted: ("visitor", "day", "purpose"),
    tending.ComplianceRated: ("rating", "basis"),
}

# Of a part of the notice that an event holds whole, only this may differ: what it is called, says, or dates from.
PARTS: Mapping[str, frozenset[str]] = {
    "header": frozenset(
        {
            "title",
            "instrument",
            "addressed_to",
            "issued",
            "runs_until",
            "ground",
            "power",
            "signature",
            "source",
        }
    ),
    "party": frozenset({"name", "note"}),
    "role": frozenset({"title"}),
    "appointment": frozenset({"since", "until"}),
    "clause": frozenset({"text", "heading"}),
    "interpretation": frozenset({"question", "ruling", "basis"}),
    "obligation": frozenset({"title", "strength", "due"}),
}


def not_correctable(event: Any, field: str) -> FieldNotCorrectable | None:
    """Why a field of a recorded event cannot be corrected; None when it can."""
    allowed = FIELDS.get(type(event), ())
    if not allowed:
        topic = kind_of(event).topic
        return FieldNotCorrectable(
            f"An event of the kind {topic} cannot be corrected: it says what was done, and it was."
        )
    if field not in allowed:
        return FieldNotCorrectable(
            f"“{field}” cannot be corrected here; what can be corrected is: {', '.join(allowed)}."
        )
    if isinstance(event, owing.OccurrenceOpened) and field == "due_on" and event.asked_by is None:
        return FieldNotCorrectable(
            "This due day was reckoned from the notice; correct the notice, or extend it."
        )
    return None


def held_fast(before: Any, after: Any, field: str) -> FieldNotCorrectable | None:
    """Why a part of the notice cannot be corrected like that; None when only what may differ differs."""
    was, now = getattr(before, field), getattr(after, field)
    if field not in PARTS or isinstance(was, str):
        return None
    names = type(was).model_fields
    wrong = [
        each for each in names if each not in PARTS[field] and getattr(was, each) != getattr(now, each, None)
    ]
    if type(was) is type(now) and not wrong:
        return None
    return FieldNotCorrectable(
        f"A correction of “{field}” cannot change its {', '.join(wrong) or 'kind'}; what can be corrected in it is: "
        f"{', '.join(sorted(PARTS[field] & set(names)))}."
    )
