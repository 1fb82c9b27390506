"""What in the days of a notice is likely to go wrong, before anybody has to live by them. They are hints, not faults.

Five rules, each about what one party owes:

- same-day: several things are due on one day;
- day-off: something is due on a day that is no working day;
- christmas: something is due from 24 December to 1 January, both included;
- beside-holiday: something is due on the last working day before, or the first after, days off among which is a bank
  holiday (unless it is told under `christmas`);
- close-together: two due days that follow each other are fewer than so many working days apart.

Of days that the calendar does not reach nothing is said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, get_args

from domain.notice.load import Due
from domain.time.calendar import HolidayCalendar
from domain.time.words import counted, plain_date

Kind = Literal["same-day", "day-off", "christmas", "beside-holiday", "close-together"]
KINDS: tuple[Kind, ...] = get_args(Kind)
APART = 3  # working days
MOST_APART = 20

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clash:
    """`on`: the day of it, the later one where there are two. `why`: the holiday, or how far apart, in words."""

    kind: Kind
    on: date
    whose: str
    things: tuple[Due, ...]
    why: str = ""


def clashes(due: Iterable[Due], calendar: HolidayCalendar, apart: int = APART) -> tuple[Clash, ...]:
    """By day. `apart`: how many working days should lie between two due days, the later one counted."""
    by_day: dict[tuple[str, date], list[Due]] = {}
    for each in due:
        by_day.setdefault((each.whose, each.on), []).append(each)
    found = [
        clash
        for (whose, on), things in by_day.items()
        for clash in _on_one_day(whose, on, tuple(things), calendar)
    ]
    found.extend(_close_together(by_day, calendar, apart))
    return tuple(sorted(found, key=lambda each: (each.on, KINDS.index(each.kind), each.whose)))


def told(clash: Clash, parties: Mapping[str, str]) -> str:
    """The clash in a sentence. `parties`: the name of each."""
    whose, on = parties.get(clash.whose, clash.whose), plain_date(clash.on)
    match clash.kind:
        case "same-day":
            return f"{whose} owes {len(clash.things)} things on {on}."
        case "day-off":
            return f"{whose} owes something on {on}, which is {clash.why}."
        case "christmas":
            return f"{whose} owes something on {on}, when few people are at work."
        case "beside-holiday":
            return f"{whose} owes something on {on}, {clash.why}."
        case "close-together":
            return f"{whose} owes something on {on}, {clash.why}."


def _on_one_day(whose: str, on: date, things: tuple[Due, ...], calendar: HolidayCalendar) -> Iterable[Clash]:
    if len(things) > 1:
        yield Clash("same-day", on, whose, things)
    if _is_off(calendar, on):
        yield Clash("day-off", on, whose, things, _name_of(calendar, on) or f"a {_WEEKDAYS[on.weekday()]}")
    if (on.month, on.day) >= (12, 24) or (on.month, on.day) == (1, 1):
        yield Clash("christmas", on, whose, things)
    elif not _is_off(calendar, on):
        holiday = _holiday_beside(calendar, on)
        if holiday:
            yield Clash("beside-holiday", on, whose, things, holiday)


def _close_together(
    by_day: Mapping[tuple[str, date], list[Due]], calendar: HolidayCalendar, apart: int
) -> Iterable[Clash]:
    for (whose, before), (also_whose, after) in pairwise(sorted(by_day)):
        if whose != also_whose or not (calendar.first <= before and after <= calendar.last):
            continue
        days = calendar.working_days_between(before, after)
        if days < apart:
            why = f"{counted(days, 'working day')} after something else on {plain_date(before)}"
            yield Clash("close-together", after, whose, (*by_day[whose, before], *by_day[whose, after]), why)


def _holiday_beside(calendar: HolidayCalendar, day: date) -> str | None:
    """`the last working day before Good Friday`, `the first working day after New Year’s Day`."""
    for step, words in ((_A_DAY, "the last working day before"), (-_A_DAY, "the first working day after")):
        at = day + step
        while _is_off(calendar, at):
            name = _name_of(calendar, at)
            if name:
                return f"{words} {name}"
            at += step
    return None


def _is_off(calendar: HolidayCalendar, day: date) -> bool:
    return calendar.first <= day <= calendar.last and not calendar.is_working_day(day)


def _name_of(calendar: HolidayCalendar, day: date) -> str | None:
    return calendar.holiday_name(day) if calendar.first <= day <= calendar.last else None


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
