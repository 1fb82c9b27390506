"""What else is recorded of a notice: a successor body, visits, ratings, and obligations that are no longer required."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.undoing import resolve_escalations
from domain.commands import NoteVisit, RateCompliance, RecordSuccession, ReleaseObligation
from domain.events import tending
from domain.events.excusing import OccurrenceWithdrawn
from domain.identity import notice_stream
from domain.refusals import (
    AlreadyReleased,
    DateBeforeOpening,
    DateInTheFuture,
    NothingChanges,
    NotInYourRole,
    ObligationNotKnown,
    OnlyPeopleDecide,
    PartyNotKnown,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.terms.obligations import Obligation, UntilDecision
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import held_role, titles, today


def succeed(case: Case, command: RecordSuccession, by: Actor, now: datetime) -> Decision:
    """The party keeps its place in the notice; the body that stands there is another from that day on."""
    notice = case.notice
    held = held_role(notice, by, notice.keeping_roles, now)
    if held is None:
        return NotInYourRole(f"This is for {titles(notice, notice.keeping_roles)} to record.")
    before = next((each for each in notice.parties if each.id == command.party.id), None)
    if before is None:
        return PartyNotKnown(f"There is no party “{command.party.id}” in this notice.")
    if not command.law.strip():
        return ReasonMissing("Say under which law or order the one body takes the place of the other.")
    if before.name == command.party.name:
        return NothingChanges(f"{before.name} stands in that place already.")
    if command.since > today(notice, now):
        return DateInTheFuture("A succession is recorded on the day on which it takes effect, or later.")
    if command.since < notice.terms.issued:
        return DateBeforeOpening(f"The notice was issued on {plain_date(notice.terms.issued)}.")
    event = tending.BodySucceeded(
        party=command.party,
        was=before.name,
        since=command.since,
        law=tidy(command.law),
        recorded_by=by.id,
        recorded_as=held,
        recorded_at=now,
    )
    return (Draft(notice_stream(notice.terms.id), event),)


def note_visit(case: Case, command: NoteVisit, by: Actor, now: datetime) -> Decision:
    notice = case.notice
    held = held_role(notice, by, (each.id for each in notice.roles), now)
    if held is None:
        return NotInYourRole("A visit can be noted by anybody who holds a role under the notice today.")
    if not command.visitor.strip() or not command.purpose.strip():
        return ReasonMissing("Say who visits, and to what end.")
    if command.day < notice.terms.issued:
        return DateBeforeOpening(f"The notice was issued on {plain_date(notice.terms.issued)}.")
    event = tending.VisitNoted(tidy(command.visitor), command.day, tidy(command.purpose), by.id, held, now)
    return (Draft(notice_stream(notice.terms.id), event),)


def rate(case: Case, command: RateCompliance, by: Actor, now: datetime) -> Decision:
    """Whoever keeps the notice or is owed the obligation may rate it, and so may any party that owes nothing of it."""
    notice = case.notice
    obligation = notice.find_obligation(command.obligation)
    if obligation is None:
        return ObligationNotKnown(f"There is no obligation “{command.obligation}” in this notice.")
    held = held_role(notice, by, _raters(case, obligation), now)
    if held is None:
        return NotInYourRole(
            f"{notice.party_name(obligation.obligor)} owes “{obligation.title}” and cannot rate it."
        )
    if not command.rating.strip() or not command.basis.strip():
        return ReasonMissing("Give the rating, and what it rests on.")
    event = tending.ComplianceRated(
        obligation.id, tidy(command.rating), tidy(command.basis), by.id, held, now
    )
    return (Draft(notice_stream(notice.terms.id), event),)


def release(case: Case, command: ReleaseObligation, by: Actor, now: datetime) -> Decision:
    """The body named by the notice is satisfied: the obligation ends, and what is open of it with it."""
    notice = case.notice
    if by.kind != "person":
        return OnlyPeopleDecide("Whether an obligation is still required is decided by people.")
    obligation = notice.find_obligation(command.obligation)
    if obligation is None:
        return ObligationNotKnown(f"There is no obligation “{command.obligation}” in this notice.")
    if not isinstance(obligation, UntilDecision):
        return WrongKindOfObligation(
            f"“{obligation.title}” does not hold until a decision; it could be waived or varied."
        )
    if obligation.id in notice.ended:
        return AlreadyReleased(f"“{obligation.title}” is no longer required already.")
    roles = (obligation.decided_as,) if obligation.decided_as else notice.roles_in(obligation.decided_by)
    held = held_role(notice, by, roles, now)
    if held is None:
        return NotInYourRole(
            f"{notice.party_name(obligation.decided_by)} has to be satisfied; it is for {titles(notice, roles)} to record."
        )
    if not command.reasons.strip():
        return ReasonMissing("Say why this is no longer required.")
    if command.decided_on > today(notice, now):
        return DateInTheFuture("A decision can be recorded only once it has been made.")
    reasons = tidy(command.reasons)
    released = tending.ObligationReleased(obligation.id, reasons, command.decided_on, by.id, held, now)
    return (Draft(notice_stream(notice.terms.id), released), *_withdrawn(case, obligation.id, now))


def _withdrawn(case: Case, obligation: str, now: datetime) -> tuple[Draft, ...]:
    reason = "The obligation is no longer required."
    return tuple(
        draft
        for each in case.others.values()
        if each.facts.obligation == obligation and not each.is_over
        for draft in (
            *resolve_escalations(each, reason, now),
            Draft(each.id.stream, OccurrenceWithdrawn(reason, now)),
        )
    )


def _raters(case: Case, obligation: Obligation) -> tuple[str, ...]:
    return tuple(each.id for each in case.notice.roles if each.party != obligation.obligor)
