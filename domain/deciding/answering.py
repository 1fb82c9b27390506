"""Answering a concern: it is closed with reasons, or referred. Whoever recorded it does not close it."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision
from domain.commands import AnswerConcern
from domain.deciding.actors import back_to, each_once
from domain.deciding.power import law_of, power_of
from domain.events.chasing import Message
from domain.events.deciding import ConcernClosed, ConcernRecorded, ConcernReferred
from domain.four_eyes import is_the_same_hand
from domain.handing.tasks import role_for
from domain.meeting.met import met
from domain.occurrence.state import OWED
from domain.refusals import (
    ConcernAlreadyAnswered,
    FourEyesRequired,
    NoLongerOwed,
    NotYourTask,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.values import tidy
from domain.who import messages_to, titles


def answer_concern(case: Case, command: AnswerConcern, by: Actor, now: datetime) -> Decision:
    facts, notice, concern = case.occurrence.facts, case.notice, case.occurrence.concern
    if concern is None:
        return WrongKindOfObligation(f"{facts.title} is not a concern.")
    if case.occurrence.concern_answered is not None:
        return ConcernAlreadyAnswered(f"{facts.title}: it has been answered already.")
    if case.occurrence.is_excused:
        return NoLongerOwed(f"{facts.title}: an answer is owed no more.")
    held = role_for(case, OWED, by, now)
    if held is None:
        name = notice.person_name(by.id)
        return NotYourTask(
            f"It is for {titles(notice, (facts.assignee,))} to answer a concern; {name} does not act as that today."
        )
    first = (concern.recorded_by, concern.recorded_as, concern.recorded_at)
    if not command.refer and is_the_same_hand(notice, first, by, held, now):
        return FourEyesRequired(
            f"{notice.person_name(concern.recorded_by)} recorded this concern, so it is for somebody else to close it. "
            "It can be referred for consideration instead."
        )
    if not tidy(command.reasons):
        return ReasonMissing("Say why: whoever recorded the concern is told the reasons.")
    if command.refer:
        return met(case, _referred(case, command, by, held, now), "the concern was referred.", now)
    told = tuple(each for each in _back(case, concern, "closed", now) if each.person != by.id)
    closed = ConcernClosed(tidy(command.reasons), by.id, held, told, now)
    return met(case, closed, "the concern was closed.", now)


def _referred(case: Case, command: AnswerConcern, by: Actor, held: str, now: datetime) -> ConcernReferred:
    power, concern = power_of(case), case.occurrence.concern
    assert concern is not None
    told = each_once(
        *messages_to(case, "referred", power.considered_by, now), *_back(case, concern, "referred", now)
    )
    return ConcernReferred(
        reasons=tidy(command.reasons),
        power=law_of(case.notice, power),
        referred_by=by.id,
        referred_as=held,
        messages=tuple(each for each in told if each.person != by.id),
        referred_at=now,
    )


def _back(case: Case, concern: ConcernRecorded, act: str, now: datetime) -> tuple[Message, ...]:
    return back_to(case, act, concern.recorded_by, concern.recorded_as, now)
