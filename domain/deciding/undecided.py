"""What has to be so before a decision may be made."""

from datetime import date

from domain.case import Case
from domain.deciding.power import consideration_of
from domain.occurrence.consideration import Consideration
from domain.refusals import DecisionAlreadyMade, Refusal, RepresentationsUnanswered
from domain.terms.obligations import Option
from domain.time.words import plain_date


def undecided(case: Case) -> Consideration | Refusal:
    """The consideration, as long as nothing has been decided in it."""
    found = consideration_of(case)
    if isinstance(found, Consideration) and found.decided is not None:
        decided_on = plain_date(found.decided.decided_on)
        return DecisionAlreadyMade(f"{case.occurrence.facts.title} was decided on {decided_on}.")
    return found


def unheard(consideration: Consideration, option: Option, decided_on: date) -> Refusal | None:
    """Whoever would bear a decision is heard and answered before it; only to decline needs no hearing."""
    if option == "decline":
        return None
    waiting = [each.made.number for each in consideration.representations if each.answered is None]
    if waiting:
        numbers = ", ".join(str(number) for number in waiting)
        return RepresentationsUnanswered(
            f"Representations {numbers} have not been answered; answer them first."
        )
    invited = consideration.invited
    if invited is not None and not consideration.representations and decided_on <= invited.until:
        return RepresentationsUnanswered(
            f"Representations are invited until {plain_date(invited.until)} and none have come; "
            "a decision other than to decline has to wait until that day has passed."
        )
    return None
