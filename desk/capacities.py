"""In which capacity somebody acts under a notice: which of its roles owe, receive, excuse, keep, decide.

Each is read from the terms of the notice, so that the same table holds for every notice, whatever its roles are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from domain.notice.state import Notice
from domain.reporting.submitting import REPORTED
from domain.reviewing.standing import REVIEWS
from domain.terms.obligations import (
    AfterEvent,
    ContentStandard,
    Continuing,
    DiscretionaryPower,
    DuringEvent,
    FixedDeadline,
    Obligation,
    OnDemand,
    RecurringReport,
    UntilDecision,
)

_NEVER_DUE = ("content-standard", "scope-list", "discretionary-power")


@dataclass(frozen=True, slots=True)
class Capacity:
    """`words` end the sentence `It is for …`; `roles` are the roles of a notice that have it."""

    words: str
    roles: Callable[[Notice], Iterable[str]]


def _reports(notice: Notice) -> Iterator[Obligation]:
    """A fixed deadline is met by a report where it says what has to be reported."""
    for each in notice.obligations:
        if each.kind in REPORTED and not (isinstance(each, FixedDeadline) and not each.sections):
            yield each


def _due(notice: Notice) -> Iterator[Obligation]:
    """What somebody has to meet by a day; what holds at all times has one only where it is attested or repaired."""
    for each in notice.obligations:
        always = isinstance(each, Continuing) and not (each.attested_every_months or each.repair)
        if each.kind not in _NEVER_DUE and not always:
            yield each


def _tracked(notice: Notice) -> Iterator[Obligation]:
    """Reports a part of which can be held against the plan's own record."""
    standards = {
        each.of
        for each in notice.obligations
        if isinstance(each, ContentStandard) and any(part.filled_from for part in each.sections)
    }
    for each in _reports(notice):
        if each.id in standards or any(part.filled_from for part in getattr(each, "sections", ())):
            yield each


def _reviews(notice: Notice) -> Iterator[Obligation]:
    return (each for each in notice.obligations if each.kind in REVIEWS)


def _owe(notice: Notice, owed: Iterable[Obligation]) -> Iterator[str]:
    for each in owed:
        yield each.assignee
        yield from notice.roles_in(each.obligor)


def _receive(notice: Notice, owed: Iterable[Obligation]) -> Iterator[str]:
    return (role for each in owed for role in notice.accepting_roles(each.id))


def _everybody(notice: Notice) -> Iterator[str]:
    return (each.id for each in notice.roles)


def _bodies_of(notice: Notice, roles: Iterable[str]) -> Iterator[str]:
    for party in dict.fromkeys(notice.role(role).party for role in roles):
        yield from notice.roles_in(party)


def _tasked(notice: Notice) -> Iterator[str]:
    """A task can be given to anybody of the body to which it belongs."""
    asked = (role for ladder in notice.ladders for rung in ladder.rungs for role in rung.to)
    return _bodies_of(notice, (*asked, *(each.assignee for each in notice.obligations)))


def _may_bring_it_up(notice: Notice) -> Iterator[str]:
    yield from _owe(notice, _due(notice))
    for ladder in notice.ladders:
        for rung in ladder.rungs:
            if rung.do == "escalate":
                yield from rung.to


def _raters(notice: Notice) -> Iterator[str]:
    parties = {each.obligor for each in notice.obligations}
    return (role.id for role in notice.roles if parties - {role.party})


def _lodgers(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        yield from _owe(notice, (each,))
        yield from notice.roles_in(each.obligee)


def _assessors(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        if isinstance(each, AfterEvent):
            yield from _owe(notice, (each,))
        elif isinstance(each, FixedDeadline):
            rungs = notice.ladder(each.ladder).rungs if each.ladder else ()
            asked = [role for rung in rungs if rung.do == "assess" for role in rung.to]
            yield from asked or ([] if each.sections else notice.accepting_roles(each.id))


def _answerers(notice: Notice) -> Iterator[str]:
    return _owe(notice, (each for each in notice.obligations if isinstance(each, UntilDecision)))


def _returners(notice: Notice) -> Iterator[str]:
    can_be_made_good = (
        each for each in notice.obligations if isinstance(each, RecurringReport) and each.supplemental
    )
    return _receive(notice, can_be_made_good)


def _askers(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        if isinstance(each, UntilDecision):
            yield from notice.accepting_roles(each.id)
            yield from notice.roles_in(each.obligee)


def _releasers(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        if isinstance(each, UntilDecision):
            yield from (each.decided_as,) if each.decided_as else notice.roles_in(each.decided_by)


def _excusers(notice: Notice) -> Iterator[str]:
    return (role for each in _due(notice) for role in notice.excusing_roles(each.id))


def _planners(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        if isinstance(each, Continuing) and each.stale_after_days is not None:
            yield from notice.roles_in(each.obligor)


def _attesters(notice: Notice) -> Iterator[str]:
    return _owe(
        notice,
        (each for each in notice.obligations if isinstance(each, Continuing) and each.attested_every_months),
    )


def _conductors(notice: Notice) -> Iterator[str]:
    return (role for each in _reviews(notice) for role in notice.roles_in(each.obligor))


def _demanders(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        if isinstance(each, OnDemand):
            yield from notice.roles_in(each.demanded_by)


def _agreers(notice: Notice) -> Iterator[str]:
    return (each.agreed_by for each in notice.obligations if isinstance(each, OnDemand) and each.agreed_by)


def _of_bundles(notice: Notice) -> Iterator[str]:
    for each in notice.obligations:
        if isinstance(each, DuringEvent):
            yield from notice.accepting_roles(each.id)


def _powers(notice: Notice) -> Iterator[DiscretionaryPower]:
    return (each for each in notice.obligations if isinstance(each, DiscretionaryPower))


def _considering(notice: Notice) -> Iterator[str]:
    return (role for each in _powers(notice) for role in each.considered_by)


def _answering_concerns(notice: Notice) -> Iterator[str]:
    return _bodies_of(notice, (each.assignee for each in _powers(notice) if each.concerns_from))


def _the_issuer(notice: Notice) -> Iterable[str]:
    return notice.roles_in(notice.terms.issuer)


def _the_recipient(notice: Notice) -> Iterable[str]:
    return notice.roles_in(notice.terms.recipient)


def _from_whom_nothing_is_hidden(notice: Notice) -> Iterator[str]:
    hidden = {party for each in notice.obligations for party in each.hidden_from}
    return (role.id for role in notice.roles if role.party not in hidden)


ANYBODY = Capacity("anybody who holds a role under the notice", _everybody)
NOTHING_HIDDEN = Capacity("those from whom nothing under the notice is hidden", _from_whom_nothing_is_hidden)
TASKED = Capacity("those to whom tasks come, and their bodies", _tasked)
BRINGS_IT_UP = Capacity("those who owe something, and those to whom it is brought", _may_bring_it_up)
OWES_A_REPORT = Capacity("those who owe a report", lambda notice: _owe(notice, _reports(notice)))
OWES_SOMETHING = Capacity("those who owe something by a day", lambda notice: _owe(notice, _due(notice)))
OWES_A_TRACKED_REPORT = Capacity(
    "those whose report is held against the plan", lambda notice: _owe(notice, _tracked(notice))
)
OWES_AN_ANSWER = Capacity("those of whom something can be asked", _answerers)
RECEIVES_A_REPORT = Capacity(
    "those to whom a report is owed", lambda notice: _receive(notice, _reports(notice))
)
MAY_RETURN = Capacity("those to whom a report is owed that can be made good", _returners)
LODGES = Capacity("those who owe something, and those to whom it is owed", _lodgers)
RATES = Capacity("anybody whose own body does not owe it", _raters)
ATTESTS = Capacity("those who have to keep something up", _attesters)
ASSESSES = Capacity("those who are asked to assess", _assessors)
ASKS = Capacity("those who may ask under an obligation that holds until a decision", _askers)
RELEASES = Capacity("those who have to be satisfied", _releasers)
EXCUSES = Capacity("those who may give time", _excusers)
PLANS = Capacity("those whose plan it is", _planners)
CONDUCTS = Capacity("those who owe a review", _conductors)
DEMANDS = Capacity("those who may require a review", _demanders)
AGREES = Capacity("those who agree who conducts a review", _agreers)
RECEIVES_ITEMS = Capacity("those to whom the items of a bundle are provided", _of_bundles)
CONSIDERS = Capacity("those who consider using a power", _considering)
SIGNS = Capacity(
    "the signatories of a power", lambda notice: (x for each in _powers(notice) for x in each.signatories)
)
RAISES_CONCERNS = Capacity(
    "those who may record a concern",
    lambda notice: (x for each in _powers(notice) for x in each.concerns_from),
)
ANSWERS_CONCERNS = Capacity("those who answer concerns, and their body", _answering_concerns)
KEEPS = Capacity("those who keep the notice", lambda notice: notice.keeping_roles)
ISSUES = Capacity("the body that issued the notice", _the_issuer)
IS_CONCERNED = Capacity("the body to which the notice is given", _the_recipient)
