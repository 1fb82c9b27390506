"""Can each ladder be climbed: in order, without circles, and nobody escalated unheard?"""

from collections.abc import Iterator
from itertools import pairwise

from domain.terms.checking.fault import Place, TermFault, circles, told_as_circle, unknown
from domain.terms.ladders import Ladder, Rung
from domain.terms.notice_file import NoticeFile

BASES = ("opens", "due")
OWED = "owed"
AGREEMENT = "agreement"
_DAYS_IN_A_WORKING_DAY = 7 / 5
_ABOVE_THE_OVERDUE_NOTICE = ("escalate", "refer")


def ladder_faults(notice: NoticeFile) -> Iterator[TermFault]:
    for at, ladder in enumerate(notice.ladders):
        place: Place = ("ladders", at, "rungs")
        faults = [*_name_faults(ladder, place), *_circle_faults(ladder, place)]
        yield from faults
        if not faults:
            yield from _order_faults(ladder, place)
            yield from _too_early_faults(ladder, place)
        yield from _unheard_faults(ladder, place)


def _name_faults(ladder: Ladder, place: Place) -> Iterator[TermFault]:
    rungs = {rung.id: rung for rung in ladder.rungs}
    for at, rung in enumerate(ladder.rungs):
        here = (*place, at)
        if rung.id in (*BASES, OWED, AGREEMENT):
            yield TermFault(
                (*here, "id"), f"A rung cannot be called “{rung.id}”, which has a meaning of its own."
            )
        if rung.after not in BASES and rung.after not in rungs:
            yield TermFault((*here, "after"), unknown("rung on this ladder", rung.after, (*BASES, *rungs)))
        if rung.chases in (None, OWED, AGREEMENT):
            continue
        if rung.chases not in rungs:
            yield TermFault(
                (*here, "chases"),
                unknown("rung on this ladder", rung.chases or "", (OWED, AGREEMENT, *rungs)),
            )
        elif not rungs[rung.chases].opens_task:
            sentence = f"The rung “{rung.chases}” opens no task that could be chased; it only tells people."
            yield TermFault((*here, "chases"), sentence)


def _circle_faults(ladder: Ladder, place: Place) -> Iterator[TermFault]:
    ids = [rung.id for rung in ladder.rungs]
    for circle in circles({rung.id: rung.after for rung in ladder.rungs}):
        sentence = f"These rungs wait for each other in a circle: {told_as_circle(circle)}."
        yield TermFault((*place, ids.index(circle[0]), "after"), sentence)


def _order_faults(ladder: Ladder, place: Place) -> Iterator[TermFault]:
    falls = _planned(ladder)
    main_lane = [(at, rung.id) for at, rung in enumerate(ladder.rungs) if rung.chases is None]
    for (_, earlier), (at, later) in pairwise(main_lane):
        if falls[later] < falls[earlier]:
            sentence = (
                f"The rung “{later}” falls before “{earlier}”, which stands above it; put them in order."
            )
            yield TermFault((*place, at), sentence)


def _too_early_faults(ladder: Ladder, place: Place) -> Iterator[TermFault]:
    falls = _planned(ladder)
    for at, rung in enumerate(ladder.rungs):
        if rung.do == "overdue" and falls[rung.id] <= falls["due"]:
            sentence = f"The rung “{rung.id}” says that something is overdue before the day on which it is due has ended."
            yield TermFault((*place, at), sentence)


def _planned(ladder: Ladder) -> dict[str, tuple[int, float]]:
    """Where each rung falls: what is counted from the opening comes first, then by the distance in days."""
    rungs = {rung.id: rung for rung in ladder.rungs}
    falls: dict[str, tuple[int, float]] = {base: (order, 0) for order, base in enumerate(BASES)}
    for rung in ladder.rungs:
        chain = [rung]
        while chain[-1].after not in falls:
            chain.append(rungs[chain[-1].after])
        for each in reversed(chain):
            base, before = falls[each.after]
            falls[each.id] = base, before + _distance(each)
    return falls


def _distance(rung: Rung) -> float:
    return rung.days or 0 if rung.working_days is None else rung.working_days * _DAYS_IN_A_WORKING_DAY


def _unheard_faults(ladder: Ladder, place: Place) -> Iterator[TermFault]:
    for at, rung in enumerate(ladder.rungs):
        if rung.do == "overdue" and rung.chases is None:
            return
        if rung.do in _ABOVE_THE_OVERDUE_NOTICE:
            sentence = (
                f"The rung “{rung.id}” goes over the heads of those who owe before any rung has told them "
                "that it is overdue; put an “overdue” rung before it."
            )
            yield TermFault((*place, at), sentence)
            return
