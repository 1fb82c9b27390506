"""What is asked for under an obligation that holds until a decision (4b), and what comes of it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AnswerRequest, MakeRequest, RecordNonCooperation
from domain.events.owing import NonCooperationRecorded, RequestAnswered
from domain.meeting.met import met
from domain.notice.opening import next_period, open_on_request
from domain.notice.state import Notice
from domain.refusals import (
    AlreadyReleased,
    DateInThePast,
    NoLongerOwed,
    NotInYourRole,
    NotYourTask,
    ObligationNotKnown,
    OccurrenceAlreadyMet,
    ReasonMissing,
    Refusal,
    ValueNotFitting,
    WrongKindOfObligation,
)
from domain.terms.obligations import UntilDecision
from domain.time.calendar import CalendarDoesNotReach
from domain.values import tidy
from domain.who import day_words, held_role, messages_to, obligor_roles, titles, today


def make(case: Case, command: MakeRequest, by: Actor, now: datetime) -> Decision:
    notice = case.notice
    obligation = _obligation(notice, command.obligation)
    if isinstance(obligation, Refusal):
        return obligation
    roles = _asking_roles(notice, obligation.id)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotInYourRole(f"A request under “{obligation.title}” is made by {titles(notice, roles)}.")
    if command.wanted_by < today(notice, now):
        return DateInThePast("A request cannot be wanted by a day that has passed.")
    asked = tidy(command.asked)
    if not asked:
        return ReasonMissing("Say what is asked for.")
    try:
        return open_on_request(
            notice,
            obligation,
            next_period(notice.terms.id, obligation.id, "request", case.others),
            title=f"Request: {' '.join(asked.split())[:80]}",
            due_on=command.wanted_by,
            now=now,
            about=asked,
            asked_by=by.id,
            asked_as=held,
        )
    except CalendarDoesNotReach as beyond:
        return ValueNotFitting(str(beyond))


def answer(case: Case, command: AnswerRequest, by: Actor, now: datetime) -> Decision:
    """Whoever acts today in the role in which it was asked is told."""
    occurrence, facts, notice = case.occurrence, case.occurrence.facts, case.notice
    if not _is_request(case):
        return WrongKindOfObligation(f"{facts.title} is not a request.")
    if occurrence.answered is not None:
        return OccurrenceAlreadyMet(
            f"{notice.person_name(occurrence.answered.answered_by)} answered it on "
            f"{day_words(notice, occurrence.answered.answered_at)} already."
        )
    held = held_role(notice, by, obligor_roles(case), now)
    if held is None:
        return NotYourTask(f"This request is answered by {titles(notice, obligor_roles(case))}.")
    if not tidy(command.answer):
        return ReasonMissing("Say what is answered.")
    asker = (facts.asked_as,) if facts.asked_as else ()
    told = messages_to(case, "answered", asker, now)
    answered = RequestAnswered(tidy(command.answer), by.id, held, told, now)
    return met(case, answered, "the request was answered.", now)


def record_non_cooperation(case: Case, command: RecordNonCooperation, by: Actor, now: datetime) -> Decision:
    """Also of an answer that was given, if it does not give what was asked for. Whoever keeps the notice is told."""
    facts, notice = case.occurrence.facts, case.notice
    if not _is_request(case):
        return WrongKindOfObligation(f"{facts.title} is not a request.")
    roles = _asking_roles(notice, facts.obligation)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotInYourRole(f"That a request was not met is recorded by {titles(notice, roles)}.")
    account = tidy(command.account)
    if not account:
        return ReasonMissing("Say what was refused, or what is wanting in what was given.")
    number = len(case.occurrence.non_cooperation) + 1
    told = messages_to(case, f"non-cooperation-{number}", notice.keeping_roles, now)
    recorded = NonCooperationRecorded(account, by.id, held, told, now)
    return (Draft(command.occurrence.stream, recorded),)


def _obligation(notice: Notice, obligation_id: str) -> UntilDecision | Refusal:
    obligation = notice.find_obligation(obligation_id)
    if obligation is None:
        return ObligationNotKnown(f"The notice has no obligation “{obligation_id}”.")
    if not isinstance(obligation, UntilDecision):
        return WrongKindOfObligation(f"Nothing is asked for on request under “{obligation.title}”.")
    if obligation.id in notice.ended:
        return AlreadyReleased(f"“{obligation.title}” is no longer required.")
    if obligation not in notice.owed:
        return NoLongerOwed(f"“{obligation.title}” is not kept in after-care.")
    return obligation


def _asking_roles(notice: Notice, obligation_id: str) -> tuple[str, ...]:
    """Those who answer for the obligee, and everybody else of it."""
    obligee = notice.roles_in(notice.obligation(obligation_id).obligee)
    return tuple(dict.fromkeys((*notice.accepting_roles(obligation_id), *obligee)))


def _is_request(case: Case) -> bool:
    facts = case.occurrence.facts
    return facts.kind == "until-decision" and facts.about is not None
