"""When a rung of a ladder falls."""

from datetime import date, datetime, timedelta

from domain.chasing.counting import Days, Stood, days_of
from domain.events.owing import PlannedRung
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence, RungStanding
from domain.terms.ladders import Ladder, Rung
from domain.time.calendar import HolidayCalendar
from domain.time.zones import at_local, local_date

ABOVE_THE_OVERDUE_NOTICE = ("escalate", "refer")
FROM_THE_OVERDUE_NOTICE_UP = ("overdue", *ABOVE_THE_OVERDUE_NOTICE)


def rung_day(rung: Rung, base: date, calendar: HolidayCalendar, stood: Stood = ()) -> date:
    """The day of a rung, always a working day: calendar days roll back, so that a warning never comes later.

    Days on which the clock stood, once the count has reached them, do not count.
    """
    if rung.working_days is not None:
        return calendar.add_working_days(base, rung.working_days)
    day = base + timedelta(days=rung.days or 0)
    for first, until in stood:
        if base < first <= day:
            day += until - first
    return calendar.previous_working_day(day)


def plan_of(
    notice: Notice, ladder: Ladder | None, opens: datetime, due_on: date, days: Days | None = None
) -> tuple[PlannedRung, ...]:
    """The whole ladder with its instants, as far as they are known. `days`: those that count, if some do not."""
    if ladder is None:
        return ()
    bases = {"opens": local_date(opens, notice.terms.zone), "due": due_on}
    days = days or days_of(notice)

    def at(rung: Rung) -> datetime | None:
        if _waits_for_a_task(rung):
            return None
        return at_local(_planned_day(ladder, rung, bases, days), ladder.at, notice.terms.zone)

    return tuple(PlannedRung(rung, at(rung)) for rung in ladder.rungs)


def falls_at(notice: Notice, occurrence: Occurrence, standing: RungStanding) -> datetime | None:
    """When a waiting rung falls; None while the task that it chases has not been opened.

    A rung above the overdue notice keeps its distance from each one below it that was really raised: a notice that
    went out late, because the engine was interrupted, gives everybody the same time to answer it. One that somebody
    brought up before its day makes nothing come sooner.
    """
    rung = standing.rung
    if standing.planned_at is None:
        return _after_rung(notice, occurrence, rung)
    if rung.do not in ABOVE_THE_OVERDUE_NOTICE:
        return _after_rung(notice, occurrence, rung) or standing.planned_at
    below = raised_below(occurrence, standing.rung.id)
    kept = (_kept_distance(notice, occurrence, standing.planned_at, each) for each in below)
    return max((standing.planned_at, *kept))


def raised_up_the_ladder(occurrence: Occurrence) -> tuple[RungStanding, ...]:
    """The rungs that stand as raised, from the overdue notice up."""
    return tuple(
        each
        for each in occurrence.rungs
        if each.status == "raised" and each.rung.chases is None and each.rung.do in FROM_THE_OVERDUE_NOTICE_UP
    )


def raised_below(occurrence: Occurrence, rung_id: str) -> tuple[RungStanding, ...]:
    """Those of them that stand below a rung."""
    order = [each.rung.id for each in occurrence.rungs]
    at = order.index(rung_id)
    return tuple(each for each in raised_up_the_ladder(occurrence) if order.index(each.rung.id) < at)


def permitted(notice: Notice, occurrence: Occurrence, now: datetime) -> datetime:
    """The first moment from `now` on at which somebody may be chased: a working day, from the ladder's hour."""
    zone, calendar = notice.terms.zone, notice.working_days
    today, hour = local_date(now, zone), _ladder_of(notice, occurrence).at
    day = calendar.next_working_day(today)
    return max(now, at_local(day, hour, zone))


def _waits_for_a_task(rung: Rung) -> bool:
    """It chases a task that another rung may open, so its day is known only once that has been raised."""
    return rung.chases is not None and rung.after not in ("opens", "due")


def _planned_day(ladder: Ladder, rung: Rung, bases: dict[str, date], days: Days) -> date:
    """A rung that follows another one is planned from where that one is planned."""
    base = bases.get(rung.after) or _planned_day(ladder, ladder.rung(rung.after), bases, days)
    return rung_day(rung, days.counted_from(base), days.working, days.stood)


def _after_rung(notice: Notice, occurrence: Occurrence, rung: Rung) -> datetime | None:
    followed = occurrence.standing_of(rung.after)
    if followed is None or followed.raised_at is None:
        return None
    zone, days = notice.terms.zone, days_of(notice, occurrence)
    base = days.counted_from(local_date(followed.raised_at, zone))
    day = rung_day(rung, base, days.working, days.stood)
    return at_local(day, _ladder_of(notice, occurrence).at, zone)


def _kept_distance(
    notice: Notice, occurrence: Occurrence, planned_at: datetime, below: RungStanding
) -> datetime:
    assert below.raised_at is not None
    assert below.planned_at is not None
    zone, days = notice.terms.zone, days_of(notice, occurrence)
    planned = local_date(below.planned_at, zone), local_date(planned_at, zone)
    distance = days.working.working_days_between(*planned)
    raised_on = days.counted_from(local_date(below.raised_at, zone))
    return at_local(
        days.working.add_working_days(raised_on, distance), _ladder_of(notice, occurrence).at, zone
    )


def ladder_of(notice: Notice, occurrence: Occurrence) -> Ladder | None:
    """The ladder of an occurrence: its own, or that of its obligation."""
    facts = occurrence.facts
    name = facts.ladder or notice.obligation(facts.obligation).ladder
    return notice.ladder(name) if name else None


def _ladder_of(notice: Notice, occurrence: Occurrence) -> Ladder:
    ladder = ladder_of(notice, occurrence)
    if ladder is None:
        raise ValueError(f"“{occurrence.facts.obligation}” has no ladder")
    return ladder
