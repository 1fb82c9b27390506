"""It opened, somebody took it on, and it was met."""

from domain.events import owing
from domain.notice.state import Notice
from domain.occurrence.owed import owed_on
from domain.occurrence.state import Occurrence
from projections.tellings.parts import Telling, said, sections, task_in_words, version
from projections.words import capital, long_date, moment, person_in_role, person_name, role_title, thing


def _opened(event: owing.OccurrenceOpened, notice: Notice, _: Occurrence) -> str:
    what, day = capital(thing(notice, event)), long_date(event.due_on)
    if owed_on(event) == "plan":
        return f"{what} began; the record of progress is to be brought up to date by the end of {day}."
    asked = f" {_asked(event, notice)}" if event.asked_by and event.asked_as else ""
    return f"{what} opened; it is due by the end of {day}.{asked}"


def _asked(event: owing.OccurrenceOpened, notice: Notice) -> str:
    who = person_in_role(notice, event.asked_by or "", event.asked_as or "")
    return f"{who} asked for it: {said(event.about)}" if event.about else f"{who} asked for it."


def _acknowledged(event: owing.TaskAcknowledged, notice: Notice, occurrence: Occurrence) -> str:
    who, role = person_name(notice, event.acknowledged_by), role_title(notice, event.acknowledged_as)
    what = task_in_words(event.task, occurrence, thing(notice, occurrence.facts))
    return f"{who} acknowledged {what} as {role}."


def _submitted(event: owing.ReportSubmitted, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.submitted_by, event.submitted_as)
    when = moment(event.received_at, notice.terms.zone)
    lacks = sections(event.missing, occurrence)
    behalf = f", for {person_name(notice, event.on_behalf_of)}," if event.on_behalf_of else ""
    what = f"{version(event.version)} of {thing(notice, occurrence.facts)}"
    sentence = f"{what} was received from {who}{behalf} on {when}"
    return f"{sentence}; nothing was said under {lacks}." if lacks else f"{sentence}."


def _accepted(event: owing.ReportAccepted, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.accepted_by, event.accepted_as)
    return f"{who} accepted {version(event.version).lower()} of {thing(notice, occurrence.facts)}."


def _held(event: owing.ReviewHeld, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.recorded_by, event.recorded_as)
    return f"{who} recorded that {thing(notice, occurrence.facts)} was held on {long_date(event.held_on)}."


def _assessed(event: owing.DeliveryAssessed, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.assessed_by, event.assessed_as)
    outcome = f" as “{event.outcome}”" if event.outcome else ""
    return f"{who} assessed {thing(notice, occurrence.facts)}{outcome}: {event.finding}"


def _attested(event: owing.AttestationGiven, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.attested_by, event.attested_as)
    return f"{who} gave {thing(notice, occurrence.facts)}: {said(event.statement)}"


def _answered(event: owing.RequestAnswered, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.answered_by, event.answered_as)
    return f"{who} answered {thing(notice, occurrence.facts)}: {said(event.answer)}"


def _not_cooperated(event: owing.NonCooperationRecorded, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.recorded_by, event.recorded_as)
    what = thing(notice, occurrence.facts)
    return f"{who} recorded that what {what} asks for was not given: {said(event.account)}"


def _filled(event: owing.VacancyFilled, notice: Notice, _: Occurrence) -> str:
    return f"{person_name(notice, event.person)} holds the role of {role_title(notice, event.role)}: it is filled again."


TELLINGS: dict[type, Telling] = {
    owing.OccurrenceOpened: _opened,
    owing.TaskAcknowledged: _acknowledged,
    owing.ReportSubmitted: _submitted,
    owing.ReportAccepted: _accepted,
    owing.ReviewHeld: _held,
    owing.DeliveryAssessed: _assessed,
    owing.AttestationGiven: _attested,
    owing.RequestAnswered: _answered,
    owing.NonCooperationRecorded: _not_cooperated,
    owing.VacancyFilled: _filled,
}
