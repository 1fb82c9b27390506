"""How a notice ends: lifted, with or without after-care; or superseded by another instrument."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import LiftNotice, SupersedeNotice
from domain.events import tending
from domain.identity import notice_stream
from domain.notice.keeping import withdraw_open
from domain.refusals import (
    DateInTheFuture,
    DateInThePast,
    DateOutOfOrder,
    NotInYourRole,
    ObligationNotKnown,
    OnlyPeopleDecide,
    ReasonMissing,
    Refusal,
    SuccessorNotIssued,
)
from domain.values import tidy
from domain.who import held_role, titles, today


def lift(case: Case, command: LiftNotice, by: Actor, now: datetime) -> Decision:
    """What is open is withdrawn, except under obligations that go on in after-care. A referral stays with those who decide."""
    held = _held_for_issuer(case, by, now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_lifting(case, command, now)
    if fault is not None:
        return fault
    lifted = tending.NoticeLifted(
        reason=tidy(command.reason),
        kept=command.kept,
        after_care_until=command.after_care_until,
        decided_on=command.decided_on,
        issued_on=command.issued_on,
        lifted_by=by.id,
        lifted_as=held,
        lifted_at=now,
    )
    withdrawn = withdraw_open(case, "The notice was lifted.", now, but=frozenset(command.kept))
    return (Draft(notice_stream(case.notice.terms.id), lifted), *withdrawn)


def supersede(case: Case, command: SupersedeNotice, by: Actor, now: datetime) -> Decision:
    """The other instrument must have been issued: what it asks for is chased under its own name."""
    held = _held_for_issuer(case, by, now)
    if isinstance(held, Refusal):
        return held
    if case.successor is None or not case.successor.is_issued:
        return SuccessorNotIssued(f"“{command.successor}” has not been issued; issue it first.")
    if not command.reason.strip():
        return ReasonMissing("Say why another instrument takes the place of this one.")
    if command.decided_on > today(case.notice, now):
        return DateInTheFuture("This can be recorded only once it has been decided.")
    header = case.successor.terms
    superseded = tending.NoticeSuperseded(
        successor=command.successor,
        instrument=header.title,
        stepped_down=command.stepped_down,
        reason=tidy(command.reason),
        law=case.notice.terms.power,
        decided_on=command.decided_on,
        superseded_by=by.id,
        superseded_as=held,
        superseded_at=now,
    )
    withdrawn = withdraw_open(case, f"{header.title} took the place of this notice.", now)
    return (Draft(notice_stream(case.notice.terms.id), superseded), *withdrawn)


def _held_for_issuer(case: Case, by: Actor, now: datetime) -> str | Refusal:
    notice = case.notice
    if by.kind != "person":
        return OnlyPeopleDecide("Whether a notice ends is decided by people.")
    roles = notice.roles_in(notice.terms.issuer)
    held = held_role(notice, by, roles, now)
    return held or NotInYourRole(f"A notice is ended by its issuer: it is for {titles(notice, roles)}.")


def _fault_in_lifting(case: Case, command: LiftNotice, now: datetime) -> Refusal | None:
    day = today(case.notice, now)
    owed = {each.id for each in case.notice.owed}
    unknown = sorted(set(command.kept) - owed)
    if unknown:
        return ObligationNotKnown(f"“{unknown[0]}” is not owed under this notice, so it cannot be kept.")
    if not command.reason.strip():
        return ReasonMissing("Say why the notice is lifted.")
    if bool(command.kept) != (command.after_care_until is not None):
        return DateOutOfOrder(
            "After-care needs both: the obligations that are kept, and the day until which they are."
        )
    if max(command.decided_on, command.issued_on) > day:
        return DateInTheFuture("Lifting can be recorded only once it has been decided and issued.")
    if command.issued_on < command.decided_on:
        return DateOutOfOrder("It cannot have been issued before it was decided.")
    if command.after_care_until is not None and command.after_care_until < day:
        return DateInThePast("After-care cannot end before today.")
    return None
