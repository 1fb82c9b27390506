"""Does what each kind of obligation adds make sense beside the rest of the notice?"""

from collections.abc import Callable, Iterator
from typing import Any

from domain.terms.checking.fault import Place, TermFault
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import (
    AfterEvent,
    BeforeEvent,
    ContentStandard,
    Continuing,
    DiscretionaryPower,
    DuringEvent,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    OnDemand,
    RecurringReport,
)

Fault = Iterator[TermFault]
_HELD = (MaximumGapReview, OnDemand)
_DATED = (RecurringReport, MaximumGapReview, FixedDeadline, AfterEvent)
_SIGNATURES = 2


class _Seen:
    """The notice by names."""

    def __init__(self, notice: NoticeFile) -> None:
        self.obligations = {each.id: each for each in notice.obligations}
        self.keeps_a_plan = any(map(keeps_a_plan, notice.obligations))


def kind_faults(notice: NoticeFile) -> Fault:
    seen = _Seen(notice)
    for at, obligation in enumerate(notice.obligations):
        place: Place = ("obligations", at)
        for kind, question in _QUESTIONS:
            if isinstance(obligation, kind):
                yield from question(obligation, seen, place)
        yield from _filling_faults(obligation, seen, place)


def keeps_a_plan(obligation: Obligation | None) -> bool:
    return isinstance(obligation, Continuing) and obligation.stale_after_days is not None


def _held_faults(obligation: BeforeEvent | DuringEvent, seen: _Seen, place: Place) -> Fault:
    event = seen.obligations.get(obligation.event)
    if event is not None and not isinstance(event, _HELD):
        yield TermFault(
            (*place, "event"), f"“{event.id}” is not something that is held: it is a {event.kind}."
        )


def _dated_faults(obligation: AfterEvent, seen: _Seen, place: Place) -> Fault:
    event = seen.obligations.get(obligation.event)
    if event is not None and not isinstance(event, _DATED):
        sentence = f"“{event.id}” has no due day after which this could follow: it is a {event.kind}."
        yield TermFault((*place, "event"), sentence)


def _deadline_faults(obligation: FixedDeadline, seen: _Seen, place: Place) -> Fault:
    over = seen.obligations.get(obligation.over or "")
    if over is not None and not keeps_a_plan(over):
        sentence = (
            f"“{over.id}” keeps no plan whose actions could be delivered; that is a continuing "
            "obligation with “stale_after_days”."
        )
        yield TermFault((*place, "over"), sentence)
    if obligation.over and obligation.sections:
        sentence = (
            "It is met by a report or by the actions of a plan, and not by both; leave out “over” or "
            "“sections”."
        )
        yield TermFault((*place, "sections"), sentence)


def _continuing_faults(obligation: Continuing, _seen: _Seen, place: Place) -> Fault:
    if obligation.repair and not obligation.maintains:
        sentence = (
            "Nothing can stand vacant here, so nothing is to be repaired; name the roles under “maintains”."
        )
        yield TermFault((*place, "repair"), sentence)


def _standard_faults(obligation: ContentStandard, seen: _Seen, place: Place) -> Fault:
    of = seen.obligations.get(obligation.of)
    if obligation.tells and obligation.absent_for is None:
        yield TermFault((*place, "tells"), "It does not say after how many reports: “absent_for”.")
    if obligation.absent_for is not None and not obligation.tells:
        yield TermFault((*place, "absent_for"), "It does not say who is told: “tells”.")
    if of is None or obligation.absent_for is None:
        return
    if not isinstance(of, RecurringReport):
        sentence = f"“{of.id}” is not a report that comes again and again: it is a {of.kind}."
        yield TermFault((*place, "absent_for"), sentence)
    elif all(section.clause != obligation.clause for section in of.sections):
        sentence = f"No section of “{of.id}” stands under clause {obligation.clause}, so none can be absent."
        yield TermFault((*place, "absent_for"), sentence)


def _power_faults(obligation: DiscretionaryPower, _seen: _Seen, place: Place) -> Fault:
    if obligation.strength != "may":
        sentence = f"A power is used or not; its strength is “may”, not “{obligation.strength}”."
        yield TermFault((*place, "strength"), sentence)
    if obligation.considered_by and not obligation.signatories:
        yield TermFault((*place, "considered_by"), "It does not say who signs the decision: “signatories”.")
    if obligation.signatories and not obligation.considered_by:
        yield TermFault((*place, "signatories"), "It does not say who considers it: “considered_by”.")
    if obligation.signatories and len(set(obligation.signatories)) < _SIGNATURES:
        sentence = (
            "A decision is signed by two people, and a role has one holder at a time; name two roles "
            "at least."
        )
        yield TermFault((*place, "signatories"), sentence)
    if len(set(obligation.options)) < len(obligation.options):
        yield TermFault((*place, "options"), "An option stands here twice.")


def _filling_faults(obligation: Obligation, seen: _Seen, place: Place) -> Fault:
    sections = getattr(obligation, "sections", ())
    for n, section in enumerate(sections):
        if section.filled_from and not seen.keeps_a_plan:
            sentence = (
                "No obligation of this notice keeps a plan from which it could be filled; that is a "
                "continuing one with “stale_after_days”."
            )
            yield TermFault((*place, "sections", n, "filled_from"), sentence)


_QUESTIONS: tuple[tuple[type | tuple[type, ...], Callable[[Any, _Seen, Place], Fault]], ...] = (
    ((BeforeEvent, DuringEvent), _held_faults),
    (AfterEvent, _dated_faults),
    (FixedDeadline, _deadline_faults),
    (Continuing, _continuing_faults),
    (ContentStandard, _standard_faults),
    (DiscretionaryPower, _power_faults),
)
