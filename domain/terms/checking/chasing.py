"""Is each obligation chased on the right ladder: its own track, no higher than it may lead, with somebody to decide?"""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.terms.checking.fault import Place, TermFault
from domain.terms.checking.ladders import AGREEMENT
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import (
    AfterEvent,
    Continuing,
    DiscretionaryPower,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    OnDemand,
    RecurringReport,
)

# What is attested, kept up to date or provided before a review may go unchased: notice files said so before it could be.
_CHASED = (RecurringReport, MaximumGapReview, FixedDeadline, AfterEvent)


@dataclass(frozen=True, slots=True)
class LadderUse:
    """A ladder that an obligation names, and where. `supplemental`: for what is owed after a deficient report."""

    name: str | None
    key: Place
    supplemental: bool = False


def ladder_uses(obligation: Obligation) -> tuple[LadderUse, ...]:
    """The ladder of an obligation, and those of what follows from it; what names none goes up the obligation's own."""
    uses = [LadderUse(obligation.ladder, ("ladder",))]
    if isinstance(obligation, RecurringReport) and obligation.supplemental:
        own = obligation.supplemental.ladder
        uses.append(LadderUse(own or obligation.ladder, _follow_on("supplemental", own), supplemental=True))
    if isinstance(obligation, Continuing) and obligation.repair:
        own = obligation.repair.ladder
        uses.append(LadderUse(own or obligation.ladder, _follow_on("repair", own)))
    return tuple(uses)


def chase_faults(notice: NoticeFile) -> Iterator[TermFault]:
    ladders = {ladder.id: ladder for ladder in notice.ladders}
    for at, obligation in enumerate(notice.obligations):
        place: Place = ("obligations", at)
        yield from _unchased_faults(obligation, place)
        for use in ladder_uses(obligation):
            if use.name in ladders:
                yield from _use_faults(obligation, ladders[use.name], use, (*place, *use.key))
    yield from _agreement_faults(notice)
    yield from _referral_faults(notice)


def _follow_on(key: str, own: str | None) -> Place:
    return (key, "ladder") if own else (key,)


def _unchased_faults(obligation: Obligation, place: Place) -> Iterator[TermFault]:
    own, *follow_ons = ladder_uses(obligation)
    if own.name is None and _falls_due(obligation):
        yield TermFault(place, f"“{obligation.id}” falls due and nobody is chased for it; name its “ladder”.")
    elif own.name is None and isinstance(obligation, DiscretionaryPower) and _is_conducted(obligation):
        sentence = (
            f"What is before those who conduct “{obligation.id}” is forgotten by everybody; name its "
            "“ladder”."
        )
        yield TermFault(place, sentence)
    for use in follow_ons:
        if use.name is None and own.name is None and not _falls_due(obligation):
            sentence = "It falls due and nobody is chased for it; name its “ladder”."
            yield TermFault((*place, *use.key), sentence)


def _falls_due(obligation: Obligation) -> bool:
    """Whether it has a due day on which a party depends, whatever anybody asks for."""
    return isinstance(obligation, _CHASED)


def _is_conducted(power: DiscretionaryPower) -> bool:
    return bool(power.considered_by or power.concerns_from)


def _use_faults(obligation: Obligation, ladder: Ladder, use: LadderUse, here: Place) -> Iterator[TermFault]:
    if ladder.track != obligation.obligor:
        sentence = (
            f"The ladder “{ladder.id}” is on the track of “{ladder.track}”, but this is owed by "
            f"“{obligation.obligor}”; nobody is chased for what another owes."
        )
        yield TermFault(here, sentence)
    if obligation.strength == "none" and not use.supplemental:
        sentence = (
            f"The ladder “{ladder.id}” chases people for it, but its strength is “none”: it asks "
            "nothing of them."
        )
        yield TermFault(here, sentence)
    if not any(rung.do == "refer" for rung in ladder.rungs):
        return
    refers = f"The ladder “{ladder.id}” refers for consideration"
    if isinstance(obligation, DiscretionaryPower):
        yield TermFault(here, f"{refers} what is before those who consider it already.")
    elif use.supplemental:
        sentence = (
            f"{refers}, and a supplemental report cannot lead there: what is wanting in a report is "
            "not the report."
        )
        yield TermFault(here, sentence)
    elif obligation.strength not in ("must", "none"):
        sentence = f"{refers}, which only a “must” can lead to; the strength here is “{obligation.strength}”."
        yield TermFault(here, sentence)


def _agreement_faults(notice: NoticeFile) -> Iterator[TermFault]:
    """Only somebody asked to agree can be reminded to."""
    users: dict[str, list[Obligation]] = {}
    for obligation in notice.obligations:
        for use in ladder_uses(obligation):
            users.setdefault(use.name or "", []).append(obligation)
    for at, ladder in enumerate(notice.ladders):
        waits = [each for each in users.get(ladder.id, ()) if isinstance(each, OnDemand) and each.agreed_by]
        if waits and len(waits) == len(users[ladder.id]):
            continue
        for r, rung in enumerate(ladder.rungs):
            if rung.chases == AGREEMENT:
                sentence = (
                    f"The rung “{rung.id}” waits for an agreement; its ladder can only serve what is owed on demand "
                    "and names who has to agree (“agreed_by”)."
                )
                yield TermFault(("ladders", at, "rungs", r, "chases"), sentence)


def _referral_faults(notice: NoticeFile) -> Iterator[TermFault]:
    """A matter is never referred to where nobody may consider it, once a power says who may."""
    powers = [each for each in notice.obligations if isinstance(each, DiscretionaryPower)]
    considering = {role for power in powers for role in power.considered_by}
    for at, ladder in enumerate(notice.ladders):
        for r, rung in enumerate(ladder.rungs):
            if considering and rung.do == "refer" and not considering.intersection(rung.to):
                sentence = (
                    f"The rung “{rung.id}” refers to nobody who may consider the matter; name one of its roles under "
                    "“considered_by” of a discretionary power."
                )
                yield TermFault(("ladders", at, "rungs", r, "to"), sentence)
