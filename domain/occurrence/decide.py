"""What people may ask of one occurrence, and what comes of it."""

from dataclasses import replace
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.messages import receipt
from domain.commands import AcceptReport, AcknowledgeTask, RecordAssessment, RecordReviewHeld, SubmitReport
from domain.events import chasing, owing
from domain.identity import OccurrenceId
from domain.notice.opening import open_occurrence
from domain.notice.schedule import review_after
from domain.occurrence.completeness import fault_in_sections, missing_sections
from domain.occurrence.state import OWED, Acknowledgement, Occurrence
from domain.refusals import (
    DateBeforeOpening,
    DateInTheFuture,
    NotForYouToAccept,
    NothingToAccept,
    NotYourTask,
    OccurrenceAlreadyMet,
    ReasonMissing,
    Refusal,
    TaskAlreadyAcknowledged,
    TaskNotOpen,
    WrongKindOfObligation,
)
from domain.terms.obligations import MaximumGapReview
from domain.time.words import plain_date
from domain.time.zones import day_start, local_date, to_local
from domain.values import tidy


def acknowledge(case: Case, command: AcknowledgeTask, by: Actor, now: datetime) -> Decision:
    """Say that one has seen a task and that it is one's own; nothing is done by that."""
    occurrence = case.occurrence
    roles, given = _task(occurrence, command.task)
    if not roles:
        return TaskNotOpen(f"There is no open task “{command.task}” on {occurrence.facts.title}.")
    held = _held(case, by, roles, now)
    if held is None:
        return NotYourTask(
            f"This task belongs to {_titles(case, roles)}, and {case.notice.person_name(by.id)} does not hold that role today."
        )
    if given is not None:
        return TaskAlreadyAcknowledged(
            f"{case.notice.person_name(given.by)} acknowledged this task on {_local(case, given.at)}."
        )
    told = receipt(case, f"acknowledged-{command.task}", by.id, held)
    return _one(command.occurrence, owing.TaskAcknowledged(command.task, by.id, held, now, (told,)))


def submit(case: Case, command: SubmitReport, by: Actor, now: datetime) -> Decision:
    """Receive a version of a report. A hollow one is received too, and what it lacks is recorded."""
    facts = case.occurrence.facts
    received = command.received_at or now
    if facts.kind != "recurring-report":
        return WrongKindOfObligation(f"{facts.title} is not met by a report.")
    held = _held(case, by, _roles_that_may_submit(case), now)
    if held is None:
        return NotYourTask(
            f"{facts.title} is owed by {case.notice.party_name(facts.obligor)}; {case.notice.person_name(by.id)} is not of it."
        )
    if received > now:
        return DateInTheFuture("A report cannot have been received in the future.")
    if received < facts.opens:
        return DateBeforeOpening(
            f"{facts.title} opened on {_day(case, facts.opens)}; it cannot have come before that."
        )
    if any(each.accepted for each in case.occurrence.submissions):
        return OccurrenceAlreadyMet(f"{facts.title} has been accepted already.")
    fault = fault_in_sections(facts.sections, command.sections)
    if fault is not None:
        return fault
    version = len(case.occurrence.submissions) + 1
    sections = tuple(replace(each, text=tidy(each.text)) for each in command.sections)
    submitted = owing.ReportSubmitted(
        version=version,
        sections=sections,
        missing=missing_sections(facts.sections, command.sections),
        submitted_by=by.id,
        submitted_as=held,
        received_at=received,
        messages=_told_of_receipt(case, version, by, held, now),
    )
    return _met(case, command.occurrence, submitted, "the report was received.", now)


def accept(case: Case, command: AcceptReport, by: Actor, now: datetime) -> Decision:
    facts = case.occurrence.facts
    if not case.occurrence.submissions:
        return NothingToAccept(f"No report has been received for {facts.title}.")
    last = case.occurrence.submissions[-1]
    if last.accepted is not None:
        return OccurrenceAlreadyMet(
            f"{facts.title} was accepted by {case.notice.person_name(last.accepted.by)} already."
        )
    held = _held(case, by, case.notice.accepting_roles(facts.obligation), now)
    if held is None:
        return NotForYouToAccept(
            f"{facts.title} is owed to {case.notice.party_name(facts.obligee)}; "
            f"it is for {_titles(case, case.notice.accepting_roles(facts.obligation))} to accept it."
        )
    return _one(command.occurrence, owing.ReportAccepted(last.version, by.id, held, now))


def record_review(case: Case, command: RecordReviewHeld, by: Actor, now: datetime) -> Decision:
    """The time until the next review runs from the day on which this one was really held."""
    facts = case.occurrence.facts
    if facts.kind != "maximum-gap-review":
        return WrongKindOfObligation(f"{facts.title} is not a review.")
    if case.occurrence.is_met:
        return OccurrenceAlreadyMet(f"{facts.title} has been recorded as held already.")
    held = _held(case, by, case.notice.roles_in(facts.obligor), now)
    if held is None:
        return NotYourTask(
            f"Only {case.notice.party_name(facts.obligor)} can record that it held this review."
        )
    fault = _fault_in_day(case, command, now)
    if fault is not None:
        return fault
    held_at = day_start(command.held_on, case.notice.terms.zone)
    happened = owing.ReviewHeld(command.held_on, held_at, tidy(command.summary), by.id, held, now)
    met = _met(case, command.occurrence, happened, "the review was held.", now)
    return (*met, *_next_review(case, command, now))


def assess(case: Case, command: RecordAssessment, by: Actor, now: datetime) -> Decision:
    facts = case.occurrence.facts
    if facts.kind != "fixed-deadline":
        return WrongKindOfObligation(f"{facts.title} is not a deadline that is assessed.")
    if case.occurrence.is_met:
        return OccurrenceAlreadyMet(f"{facts.title} has been assessed already.")
    held = _held(case, by, _roles_that_may_assess(case), now)
    if held is None:
        return NotYourTask(f"The final assessment belongs to {_titles(case, _roles_that_may_assess(case))}.")
    if not command.finding.strip():
        return ReasonMissing("Say what was found: an assessment without a finding tells nobody anything.")
    assessed = owing.DeliveryAssessed(tidy(command.finding), by.id, held, now)
    return _met(case, command.occurrence, assessed, "the final assessment was recorded.", now)


def _told_of_receipt(
    case: Case, version: int, by: Actor, held: str, now: datetime
) -> tuple[chasing.Message, ...]:
    """Whoever submitted gets a receipt; whoever may accept is told once, even if they hold several roles."""
    told = {by.id: receipt(case, f"submitted-{version}", by.id, held)}
    today = local_date(now, case.notice.terms.zone)
    for role in case.notice.accepting_roles(case.occurrence.facts.obligation):
        for person in case.notice.holders(role, today):
            told.setdefault(person, receipt(case, f"submitted-{version}", person, role))
    return tuple(told.values())


def _task(occurrence: Occurrence, task: str) -> tuple[tuple[str, ...], Acknowledgement | None]:
    """Whose task it is, and who has acknowledged it; no roles when there is no such open task."""
    if task == OWED:
        return ((), None) if occurrence.is_met else ((occurrence.facts.assignee,), occurrence.acknowledged)
    standing = occurrence.standing_of(task)
    if standing is None or not standing.task_is_open or (occurrence.is_met and standing.rung.do != "refer"):
        return (), None
    return standing.rung.to, standing.acknowledged


def _met(
    case: Case, occurrence: OccurrenceId, event: object, because: str, now: datetime
) -> tuple[Draft, ...]:
    """What was owed has arrived: escalations are over, and those who were told are told.

    A referral stays where it is: it is before people who decide, and only they can end it.
    """
    over = [each for each in case.occurrence.rungs if each.rung.do == "escalate" and each.task_is_open]
    drafts = [Draft(occurrence.stream, event)]
    if case.occurrence.is_met:
        return tuple(drafts)
    told: set[str] = set()
    for each in over:
        messages = tuple(
            chasing.Message(
                f"{occurrence}#{each.rung.id}:resolved:{message.person}", message.person, message.role
            )
            for message in each.messages
            if message.person not in told
        )
        told.update(message.person for message in messages)
        drafts.append(
            Draft(occurrence.stream, chasing.EscalationResolved(each.rung.id, because, messages, now))
        )
    return tuple(drafts)


def _next_review(case: Case, command: RecordReviewHeld, now: datetime) -> tuple[Draft, ...]:
    obligation = case.notice.obligation(command.occurrence.obligation)
    assert isinstance(obligation, MaximumGapReview)
    following = review_after(case.notice, obligation, int(command.occurrence.period) + 1, command.held_on)
    return open_occurrence(case.notice, following, now) if following else ()


def _fault_in_day(case: Case, command: RecordReviewHeld, now: datetime) -> Refusal | None:
    zone = case.notice.terms.zone
    if command.held_on > local_date(now, zone):
        return DateInTheFuture("A review can be recorded as held only once it has been held.")
    if command.held_on < local_date(case.occurrence.facts.opens, zone):
        return DateBeforeOpening("A review cannot have been held before the one it follows.")
    return None


def _roles_that_may_submit(case: Case) -> tuple[str, ...]:
    facts = case.occurrence.facts
    return tuple(dict.fromkeys((facts.assignee, *case.notice.roles_in(facts.obligor))))


def _roles_that_may_assess(case: Case) -> tuple[str, ...]:
    return tuple(role for each in case.occurrence.rungs if each.rung.do == "assess" for role in each.rung.to)


def _held(case: Case, by: Actor, roles: tuple[str, ...], now: datetime) -> str | None:
    """The first of these roles that the actor holds today, or None."""
    today = local_date(now, case.notice.terms.zone)
    held = case.notice.roles_of(by.id, today)
    return next((role for role in roles if role in held), None)


def _day(case: Case, instant: datetime) -> str:
    return plain_date(local_date(instant, case.notice.terms.zone))


def _local(case: Case, instant: datetime) -> str:
    return f"{_day(case, instant)} at {to_local(instant, case.notice.terms.zone):%H:%M}"


def _titles(case: Case, roles: tuple[str, ...]) -> str:
    return " or ".join(case.notice.role(role).title for role in roles)


def _one(occurrence: OccurrenceId, event: object) -> tuple[Draft, ...]:
    return (Draft(occurrence.stream, event),)
