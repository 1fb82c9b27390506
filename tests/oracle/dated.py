"""One occurrence with its ladder, and when each rung of it falls: the notice in one hand, a wall calendar in the other.

Written from the notice, from docs/decisions/0002 and 0007 and from the promises of the design; it knows nothing of how
the engine reckons.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from domain.terms.ladders import Ladder, Rung
from tests.oracle import naive_days as days
from tests.oracle.broken import RuleBroken
from tests.oracle.marks import OF_LATENESS, OVER_THEIR_HEADS, Mark


@dataclass
class Dated:
    """`running_since`: from when its clock has been known to run; None while nobody knows whether it does.

    `must`: the notice says so, and not only “should”. `owner`: the party that owes it. `stood`: from which day its clock
    stood, and from which it ran on. `settled`: messages that were handed over, or found undeliverable; `settled_at`: when
    that was last so. `set_by_people`: its day is not the one that the rules give. `must_be_taken_back`, `must_be_ended`:
    what the engine has still to say about steps that are over.
    """

    name: str
    ladder: Ladder | None
    must: bool
    opens: datetime
    due_on: date
    zone: str
    holidays: days.Holidays
    owner: str
    running_since: datetime | None = None
    marks: dict[str, Mark] = field(default_factory=dict)
    met: bool = False
    arrived: datetime | None = None
    excused: bool = False
    gone_without: bool = False
    stopped_from: date | None = None
    stood: list[tuple[date, date]] = field(default_factory=list)
    acknowledged: bool = False
    settled: set[str] = field(default_factory=set)
    settled_at: datetime | None = None
    set_by_people: bool = False
    must_be_taken_back: set[str] = field(default_factory=set)
    must_be_ended: set[str] = field(default_factory=set)

    @property
    def over(self) -> bool:
        return self.met or self.excused or self.gone_without

    @property
    def due(self) -> datetime:
        return days.end_of(self.due_on, self.zone)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return self.ladder.rungs if self.ladder else ()

    @property
    def main(self) -> list[Rung]:
        """The ladder itself, without the reminders to acknowledge beside it."""
        return [rung for rung in self.rungs if rung.chases is None]

    def rung(self, name: str) -> Rung:
        found = next((rung for rung in self.rungs if rung.id == name), None)
        if found is None:
            raise RuleBroken("not on this track's ladder", f"{name} of {self.name}")
        return found

    def meant_for(self, rung: Rung) -> datetime | None:
        """The rung's instant by the ladder; None where it depends on a task that may never come about."""
        if _follows_a_task(rung):
            return None
        assert self.ladder is not None
        return days.instant(self._day(rung), self.ladder.at, self.zone)

    def _day(self, rung: Rung) -> date:
        if rung.after == "opens":
            base = days.day_of(self.opens, self.zone)
        elif rung.after == "due":
            base = self.due_on
        else:
            base = self._day(self.rung(rung.after))
        return self._counted(rung, base)

    def _begins_to_count(self, day: date) -> date:
        """What begins on a working day on which the clock stood is counted from the day on which it ran on."""
        return days.forward(day, self._uncounted) if days.is_working(day, self.holidays) else day

    def _counted(self, rung: Rung, base: date) -> date:
        base = self._begins_to_count(base)
        if rung.working_days is not None:
            return days.count_on(base, rung.working_days, self._uncounted)
        day = base + timedelta(days=rung.days or 0)
        for first, until in self.stood:
            if base < first <= day:
                day += until - first
        return days.back(day, self._uncounted)

    @property
    def _uncounted(self) -> days.Holidays:
        """No working days, or not for this one, because its clock stood."""
        stood = (days.each_day(first, until) for first, until in self.stood)
        return self.holidays.union(*stood) if self.stood else self.holidays

    def earliest(self, rung: Rung) -> datetime | None:
        """The first instant at which the rung may be sent, as things stand; None while it may not be at all."""
        planned = self.meant_for(rung)
        if rung.do in OVER_THEIR_HEADS:
            if planned is None or self._notice_sent() is None:
                return None
            return max(planned, *(self._answered(each, planned) for each in self._standing_below(rung)))
        followed = self.marks.get(rung.after)
        if followed is not None and followed.how in ("sent", "taken back"):
            return self._at(self._counted(rung, days.day_of(followed.at, self.zone)))
        return planned

    def _answered(self, below: Mark, planned: datetime) -> datetime:
        """Those who were told below have as many working days to answer as the ladder gives them."""
        assert below.meant_for is not None
        between = days.working_days_after(
            days.day_of(below.meant_for, self.zone), days.day_of(planned, self.zone), self._uncounted
        )
        told_on = self._begins_to_count(days.day_of(below.at, self.zone))
        return self._at(days.count_on(told_on, between, self._uncounted))

    def _at(self, day: date) -> datetime:
        assert self.ladder is not None
        return days.instant(day, self.ladder.at, self.zone)

    def _notice_sent(self) -> Mark | None:
        """The notice that it is overdue, if it stands."""
        found = (mark for mark in self.marks.values() if mark.rung.do == "overdue" and mark.how == "sent")
        return next(found, None)

    def _standing_below(self, rung: Rung) -> list[Mark]:
        """What stands as sent from the overdue notice up to this rung."""
        below = self.main[: self.main.index(rung)]
        found = (self.marks.get(each.id) for each in below if each.do in OF_LATENESS)
        return [mark for mark in found if mark is not None and mark.how == "sent"]

    def office_hours(self, at: datetime) -> bool:
        """A working day, and the ladder's hour has struck."""
        assert self.ladder is not None
        there = days.local(at, self.zone)
        return days.is_working(there.date(), self.holidays) and at >= self._at(there.date())

    def _first_office_hour(self, at: datetime) -> datetime:
        return max(at, self._at(days.forward(days.day_of(at, self.zone), self.holidays)))


def _follows_a_task(rung: Rung) -> bool:
    return rung.chases is not None and rung.after not in ("opens", "due")
