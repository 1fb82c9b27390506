"""It opened, somebody took it on, and it was met."""

from typing import Any

from domain.events import owing
from domain.occurrence.state import (
    OWED,
    Acknowledgement,
    Occurrence,
    RungStanding,
    Submission,
    change_rung,
)
from domain.replaced import replaced as replace


def opened(after: Occurrence, event: owing.OccurrenceOpened) -> Occurrence:
    rungs = tuple(RungStanding(planned.rung, planned.at) for planned in event.plan)
    return replace(after, opened=event, current=event, rungs=rungs)


def acknowledged(after: Occurrence, event: owing.TaskAcknowledged) -> Occurrence:
    given = Acknowledgement(event.acknowledged_by, event.acknowledged_as, event.acknowledged_at)
    after = replace(after, receipts=(*after.receipts, *event.messages))
    if event.task == OWED:
        return replace(after, acknowledged=given)
    return change_rung(after, event.task, lambda standing: replace(standing, acknowledged=given))


def submitted(after: Occurrence, event: owing.ReportSubmitted) -> Occurrence:
    submission = Submission(
        version=event.version,
        sections=event.sections,
        missing=event.missing,
        by=event.submitted_by,
        received_at=event.received_at,
        on_behalf_of=event.on_behalf_of,
    )
    return replace(
        after,
        submissions=(*after.submissions, submission),
        receipts=(*after.receipts, *event.messages),
        met_at=after.met_at or event.received_at,
    )


def accepted(after: Occurrence, event: owing.ReportAccepted) -> Occurrence:
    given = Acknowledgement(event.accepted_by, event.accepted_as, event.accepted_at)
    *earlier, last = after.submissions
    return replace(after, submissions=(*earlier, replace(last, accepted=given)))


def held(after: Occurrence, event: owing.ReviewHeld) -> Occurrence:
    return replace(after, held=event, met_at=event.recorded_at)


def assessed(after: Occurrence, event: owing.DeliveryAssessed) -> Occurrence:
    return replace(after, assessed=event, met_at=event.assessed_at)


def attested(after: Occurrence, event: owing.AttestationGiven) -> Occurrence:
    return replace(after, attested=event, met_at=event.attested_at)


def answered(after: Occurrence, event: owing.RequestAnswered) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, answered=event, receipts=receipts, met_at=event.answered_at)


def not_cooperated(after: Occurrence, event: owing.NonCooperationRecorded) -> Occurrence:
    receipts = (*after.receipts, *event.messages)
    return replace(after, non_cooperation=(*after.non_cooperation, event), receipts=receipts)


def filled(after: Occurrence, event: owing.VacancyFilled) -> Occurrence:
    return replace(after, filled=event, met_at=event.filled_at)


EVOLVE: dict[type, Any] = {
    owing.OccurrenceOpened: opened,
    owing.TaskAcknowledged: acknowledged,
    owing.ReportSubmitted: submitted,
    owing.ReportAccepted: accepted,
    owing.ReviewHeld: held,
    owing.DeliveryAssessed: assessed,
    owing.AttestationGiven: attested,
    owing.RequestAnswered: answered,
    owing.NonCooperationRecorded: not_cooperated,
    owing.VacancyFilled: filled,
}
