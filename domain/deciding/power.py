"""The power that a concern or a consideration is about, and the words in which it is spoken of."""

from domain.case import Case
from domain.notice.state import Notice
from domain.occurrence.consideration import Consideration
from domain.refusals import (
    NoLongerOwed,
    NoticeHasEnded,
    ObligationNotKnown,
    Refusal,
    WrongKindOfObligation,
)
from domain.terms.obligations import DiscretionaryPower, Option

IN_WORDS: dict[Option, str] = {
    "decline": "decline to use the power",
    "continue": "continue as before and look again",
    "vary": "vary the notice",
    "direct": "direct",
}


def power_named(notice: Notice, obligation_id: str) -> DiscretionaryPower | Refusal:
    """A power that the notice still names, for something new to be brought under it."""
    power = notice.find_obligation(obligation_id)
    if power is None:
        return ObligationNotKnown(f"This notice has no obligation “{obligation_id}”.")
    if not isinstance(power, DiscretionaryPower):
        return WrongKindOfObligation(f"“{power.title}” is not a power that somebody may use.")
    if not notice.is_in_force:
        return NoticeHasEnded(f"{notice.terms.title} has ended ({notice.phase}); nothing new comes under it.")
    if power.id in notice.ended:
        return NoLongerOwed(f"“{power.title}” is no longer part of this notice.")
    return power


def power_of(case: Case) -> DiscretionaryPower:
    """The power of a concern or a consideration that has been opened."""
    power = case.notice.obligation(case.occurrence.facts.obligation)
    if not isinstance(power, DiscretionaryPower):
        raise TypeError(f"{case.occurrence.id} is of no power")
    return power


def law_of(notice: Notice, power: DiscretionaryPower) -> str:
    """The law as the notice has it now."""
    return power.statute or notice.terms.power or "the powers that the notice names"


def consideration_of(case: Case) -> Consideration | Refusal:
    """The consideration that the act is about."""
    found = case.occurrence.consideration
    if found is None:
        return WrongKindOfObligation(f"{case.occurrence.facts.title} is not a consideration of a power.")
    return found
