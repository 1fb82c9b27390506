"""Restating a notice in mid-flight: what differs becomes events of the same kinds as at its issue."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import VaryNotice
from domain.events import instrument as happened
from domain.events import tending
from domain.identity import notice_stream
from domain.notice.fold import fold
from domain.notice.reckoning import reckon_anew
from domain.notice.state import Notice
from domain.refusals import (
    DateInTheFuture,
    NothingChanges,
    NotInYourRole,
    ReasonMissing,
    Refusal,
    VariationUnsound,
)
from domain.terms.notice_file import NoticeFile
from domain.values import tidy
from domain.who import held_role, titles, today

_NEVER_VARIED = ("id", "issuer", "recipient", "issued", "zone", "calendar")


def vary(case: Case, command: VaryNotice, by: Actor, now: datetime) -> Decision:
    notice = case.notice
    held = held_role(notice, by, notice.roles_in(notice.terms.issuer), now)
    if held is None:
        whose = titles(notice, notice.roles_in(notice.terms.issuer))
        return NotInYourRole(f"A notice is varied by its issuer: it is for {whose}.")
    fault = _fault(case, command, now)
    if fault is not None:
        return fault
    stated = tuple(_what_differs(notice, command.terms, tidy(command.reason), now))
    if not stated and command.terms.notice == notice.terms:
        return NothingChanges("The notice reads like that already; nothing would be varied.")
    varied = tending.NoticeVaried(
        variation=tidy(command.variation),
        reason=tidy(command.reason),
        header=command.terms.notice,
        decided_on=command.decided_on,
        effective_on=command.effective_on,
        varied_by=by.id,
        varied_as=held,
        varied_at=now,
    )
    events = (varied, *stated)
    after = fold(events, notice)
    stream = notice_stream(notice.terms.id)
    try:
        follows = reckon_anew(notice, after, case.others, "variation", varied.reason, now)
    except ValueError as fault:
        return VariationUnsound(f"As varied, a day that is owed could not be reckoned. {fault}")
    return (*(Draft(stream, event) for event in events), *follows)


def _fault(case: Case, command: VaryNotice, now: datetime) -> Refusal | None:
    notice, header = case.notice, command.terms.notice
    for key in _NEVER_VARIED:
        if getattr(header, key) != getattr(notice.terms, key):
            return VariationUnsound(
                f"A variation cannot change “{key}” of the notice; another instrument would have to take its place."
            )
    if not command.reason.strip() or not command.variation.strip():
        return ReasonMissing("Say what the variation is called, and why the notice is varied.")
    if command.decided_on > today(notice, now):
        return DateInTheFuture("A variation can be recorded only once it has been decided.")
    if command.effective_on > today(notice, now):
        return DateInTheFuture("A variation is recorded on the day on which it takes effect, or later.")
    kinds = {each.id: each.kind for each in notice.obligations}
    for obligation in command.terms.obligations:
        if kinds.get(obligation.id, obligation.kind) != obligation.kind:
            return VariationUnsound(
                f"“{obligation.id}” is a {kinds[obligation.id]} and cannot become a {obligation.kind}; "
                "end it and impose another under another name."
            )
    return None


def _what_differs(notice: Notice, terms: NoticeFile, reason: str, now: datetime) -> Iterator[Any]:
    yield from (happened.PartyNamed(each, now) for each in _new(notice.parties, terms.parties))
    yield from (happened.RoleEstablished(each, now) for each in _new(notice.roles, terms.roles))
    names = {person.id: person.name for person in terms.people}
    for appointment in terms.appointments:
        if all((each.role, each.person, each.since) != (appointment.role, appointment.person, appointment.since)
               for each in notice.appointments):  # fmt: skip
            yield happened.PersonAppointed(appointment, names[appointment.person], now)
    yield from (happened.ClauseStated(each, now) for each in _new(notice.clauses, terms.clauses))
    yield from (
        happened.InterpretationRuled(each, now)
        for each in _new(notice.interpretations, terms.interpretations)
    )
    yield from (happened.LadderSet(each, now) for each in _new(notice.ladders, terms.ladders))
    known = tuple(each for each in notice.obligations if each.id not in notice.ended)
    yield from (happened.ObligationImposed(each, now) for each in _new(known, terms.obligations))
    for obligation in _gone(known, terms.obligations):
        yield tending.ObligationEnded(obligation, reason, now)
    for clause in _gone(notice.clauses, terms.clauses):
        yield tending.ClauseRemoved(clause, reason, now)


def _new(before: Sequence[Any], now: Sequence[Any]) -> list[Any]:
    """What is stated for the first time, or otherwise than before."""
    known = {each.id: each for each in before}
    return [each for each in now if known.get(each.id) != each]


def _gone(before: Sequence[Any], now: Sequence[Any]) -> list[str]:
    kept = {each.id for each in now}
    return [each.id for each in before if each.id not in kept]
