"""Hearing the body that would bear the consequence: it is invited, it speaks, and it is answered with reasons."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AnswerRepresentations, InviteRepresentations, MakeRepresentations
from domain.deciding.actors import acting_as, back_to, the_body_concerned
from domain.deciding.power import power_of
from domain.deciding.undecided import undecided
from domain.events import deciding as happened
from domain.refusals import (
    DateInThePast,
    DateOutOfOrder,
    ReasonMissing,
    Refusal,
    RepresentationsAlreadyAnswered,
    RepresentationsNotInvited,
    RepresentationsNotKnown,
)
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import messages_to, today


def invite(case: Case, command: InviteRepresentations, by: Actor, now: datetime) -> Decision:
    """Time that was given may be lengthened and is never shortened."""
    consideration = undecided(case)
    if isinstance(consideration, Refusal):
        return consideration
    held = acting_as(case, by, power_of(case).considered_by, "invite representations", now)
    if isinstance(held, Refusal):
        return held
    if command.until < today(case.notice, now):
        return DateInThePast("Representations can be invited until today or a later day.")
    before = consideration.invited
    if before is not None and command.until <= before.until:
        return DateOutOfOrder(
            f"Representations are invited until {plain_date(before.until)} already; name a later day."
        )
    act = f"invited-until-{command.until.isoformat()}"
    told = messages_to(case, act, the_body_concerned(case), now)
    event = happened.RepresentationsInvited(command.until, by.id, held, told, now)
    return (Draft(command.occurrence.stream, event),)


def make(case: Case, command: MakeRepresentations, by: Actor, now: datetime) -> Decision:
    """Representations that come late are heard as well, as long as nothing has been decided."""
    consideration = undecided(case)
    if isinstance(consideration, Refusal):
        return consideration
    if consideration.invited is None:
        return RepresentationsNotInvited("No representations have been invited in this consideration yet.")
    held = acting_as(case, by, the_body_concerned(case), "make representations", now)
    if isinstance(held, Refusal):
        return held
    if not tidy(command.text):
        return ReasonMissing("Representations without a text say nothing.")
    number = len(consideration.representations) + 1
    event = happened.RepresentationsMade(
        number=number,
        text=tidy(command.text),
        made_by=by.id,
        made_as=held,
        messages=messages_to(case, f"represented-{number}", power_of(case).considered_by, now),
        made_at=now,
        late=today(case.notice, now) > consideration.invited.until,
    )
    return (Draft(command.occurrence.stream, event),)


def answer(case: Case, command: AnswerRepresentations, by: Actor, now: datetime) -> Decision:
    consideration = undecided(case)
    if isinstance(consideration, Refusal):
        return consideration
    held = acting_as(case, by, power_of(case).considered_by, "answer representations", now)
    if isinstance(held, Refusal):
        return held
    made = {each.made.number: each for each in consideration.representations}
    found = made.get(command.number)
    if found is None:
        return RepresentationsNotKnown(
            f"There are no representations {command.number} in this consideration."
        )
    if found.answered is not None:
        return RepresentationsAlreadyAnswered(f"Representations {command.number} have been answered already.")
    if not tidy(command.reasons):
        return ReasonMissing("Answer with reasons: whoever made the representations is told them.")
    told = back_to(case, f"answered-{command.number}", found.made.made_by, found.made.made_as, now)
    event = happened.RepresentationsAnswered(command.number, tidy(command.reasons), by.id, held, told, now)
    return (Draft(command.occurrence.stream, event),)
