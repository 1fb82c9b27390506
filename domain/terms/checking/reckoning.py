"""Can every day be reckoned? They are tried once, so that none fails when it is needed."""

from collections.abc import Iterator

from domain.chasing.timing import rung_day
from domain.terms.checking.fault import Place, TermFault
from domain.terms.checking.ladders import BASES
from domain.terms.checking.lives import Life, Lives
from domain.terms.checking.obligations import rule_fits
from domain.terms.ladders import Ladder, Rung
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Obligation
from domain.time.calendar import HolidayCalendar


def reckoning_faults(notice: NoticeFile, calendar: HolidayCalendar) -> Iterator[TermFault]:
    """Presupposes that the calendar reaches the days which the notice states. What has no day is left out."""
    lives = Lives(notice, calendar)
    on_ladders: dict[str | None, list[Life]] = {}
    for at, obligation in enumerate(notice.obligations):
        if not rule_fits(obligation):
            continue
        try:
            for life in lives.of(obligation):
                on_ladders.setdefault(life.ladder, []).append(life)
        except (ValueError, OverflowError) as fault:
            yield TermFault(_place(at, obligation), _because("A due day cannot be reckoned", fault))
    for at, ladder in enumerate(notice.ladders):
        found = on_ladders.get(ladder.id)
        if found:
            ends = (min(found, key=lambda life: life.due), max(found, key=lambda life: life.due))
            yield from _rung_faults(at, ladder, ends, calendar)


def _place(at: int, obligation: Obligation) -> Place:
    return ("obligations", at, "due") if hasattr(obligation, "due") else ("obligations", at)


def _rung_faults(
    at: int, ladder: Ladder, lives: tuple[Life, ...], calendar: HolidayCalendar
) -> Iterator[TermFault]:
    days = [{"opens": life.opens, "due": life.due} for life in lives]
    for r, rung in _in_order_of_waiting(ladder):
        try:
            for known in days:
                known[rung.id] = rung_day(rung, known[rung.after], calendar)
        except (ValueError, OverflowError) as fault:
            yield TermFault(
                ("ladders", at, "rungs", r), _because(f"The day of “{rung.id}” is unknown", fault)
            )
            return


def _in_order_of_waiting(ladder: Ladder) -> Iterator[tuple[int, Rung]]:
    """Each rung after the one from which it is counted; a rung in a circle never comes."""
    waiting: dict[str, list[tuple[int, Rung]]] = {}
    for at, rung in enumerate(ladder.rungs):
        waiting.setdefault(rung.after, []).append((at, rung))
    ready = [pair for base in BASES for pair in waiting.pop(base, [])]
    for at, rung in ready:
        yield at, rung
        ready.extend(waiting.pop(rung.id, []))


def _because(what: str, fault: Exception) -> str:
    return f"{what}. {'It lies too far off.' if isinstance(fault, OverflowError) else fault}"
