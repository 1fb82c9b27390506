"""A decision and its two signatures, by two people of whom neither acts in the other's place."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.chasing.undoing import resolve_referral
from domain.commands import ProposeDecision, SignDecision
from domain.deciding.actors import acting_as, the_body_concerned
from domain.deciding.power import IN_WORDS, law_of, power_of
from domain.deciding.undecided import undecided, unheard
from domain.events.deciding import DecisionMade, DecisionProposed, Signatory
from domain.four_eyes import is_the_same_hand
from domain.identity import OccurrenceId
from domain.meeting.met import met
from domain.occurrence.consideration import Consideration
from domain.refusals import (
    DateInTheFuture,
    DateOutOfOrder,
    DecisionNotProposed,
    FourEyesRequired,
    OptionNotOpen,
    ReasonMissing,
    Refusal,
)
from domain.time.words import plain_date
from domain.time.zones import day_end
from domain.values import tidy
from domain.who import messages_to, today


def propose(case: Case, command: ProposeDecision, by: Actor, now: datetime) -> Decision:
    """The first signature. What was proposed before is taken back by it."""
    consideration, notice = undecided(case), case.notice
    if isinstance(consideration, Refusal):
        return consideration
    power = power_of(case)
    held = acting_as(case, by, power.signatories, "sign a decision", now)
    if isinstance(held, Refusal):
        return held
    fault = _fault(case, consideration, command, now)
    if fault is not None:
        return fault
    act = f"proposed-{case.occurrence.version + 1}"
    event = DecisionProposed(
        option=command.option,
        reasons=tidy(command.reasons),
        law=law_of(notice, power),
        decided_on=command.decided_on,
        signed=Signatory(by.id, notice.person_name(by.id), held),
        proposed_at=now,
        messages=messages_to(case, act, power.signatories, now, but=(by.id,)),
    )
    return (Draft(command.occurrence.stream, event),)


def sign(case: Case, command: SignDecision, by: Actor, now: datetime) -> Decision:  # noqa: ARG001
    """The second signature: with it the decision is made, and a referral of the matters is over."""
    consideration, notice = undecided(case), case.notice
    if isinstance(consideration, Refusal):
        return consideration
    proposed = consideration.proposed
    if proposed is None:
        return DecisionNotProposed("No decision has been proposed yet; the first signature proposes one.")
    held = acting_as(case, by, power_of(case).signatories, "sign a decision", now)
    if isinstance(held, Refusal):
        return held
    first = (proposed.signed.person, proposed.signed.role, proposed.proposed_at)
    if is_the_same_hand(notice, first, by, held, now):
        return FourEyesRequired(
            f"{proposed.signed.name} signed first. The second signature is another person's, and neither of the two "
            "may stand in for the other."
        )
    fault = unheard(consideration, proposed.option, proposed.decided_on)
    if fault is not None:
        return fault
    made = _made(case, proposed, Signatory(by.id, notice.person_name(by.id), held), now)
    words = f"it was decided on {plain_date(made.decided_on)} to {IN_WORDS[made.option]}."
    arrived = min(now, day_end(made.decided_on, notice.terms.zone))
    return (
        *met(case, made, words, now, arrived=arrived),
        *_referrals_over(case, consideration, words, now),
    )


def _fault(
    case: Case, consideration: Consideration, command: ProposeDecision, now: datetime
) -> Refusal | None:
    if command.decided_on > today(case.notice, now):
        return DateInTheFuture("A decision can be recorded only once it has been taken.")
    opened_on = today(case.notice, consideration.opened.opened_at)
    if command.decided_on < opened_on:
        return DateOutOfOrder(
            f"The consideration was opened on {plain_date(opened_on)}; it cannot have been decided before that."
        )
    if command.option not in consideration.opened.options:
        options = ", ".join(consideration.opened.options)
        return OptionNotOpen(f"To {IN_WORDS[command.option]} is not open here; the options are: {options}.")
    if not tidy(command.reasons):
        return ReasonMissing("Give the reasons: a decision without reasons cannot be followed by anybody.")
    return unheard(consideration, command.option, command.decided_on)


def _made(case: Case, proposed: DecisionProposed, second: Signatory, now: datetime) -> DecisionMade:
    told = (*the_body_concerned(case), *case.notice.keeping_roles, *power_of(case).considered_by)
    return DecisionMade(
        option=proposed.option,
        reasons=proposed.reasons,
        law=proposed.law,
        decided_on=proposed.decided_on,
        signatories=(proposed.signed, second),
        messages=messages_to(case, "decided", told, now),
        decided_at=now,
    )


def _referrals_over(case: Case, consideration: Consideration, words: str, now: datetime) -> tuple[Draft, ...]:
    matters = (case.of(OccurrenceId.parse(each)) for each in consideration.opened.matters)
    return tuple(draft for each in matters if each.exists for draft in resolve_referral(each, words, now))
