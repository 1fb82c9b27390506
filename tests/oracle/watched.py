"""One occurrence as somebody would follow its chase with the notice in one hand and a wall calendar in the other.

Written from the notice, from docs/decisions/0002 and 0007 and from the promises of the design; it knows nothing of how
the engine reckons. What the engine did is noted as it is seen, and judged when it is noted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from domain.terms.ladders import Ladder, Rung
from tests.oracle import naive_days as days
from tests.oracle.broken import RuleBroken, demand

AN_HOUR = timedelta(hours=1)
OVER_THEIR_HEADS = ("escalate", "refer")
OF_LATENESS = ("overdue", *OVER_THEIR_HEADS)
How = Literal["sent", "left out", "never chased", "taken back"]


@dataclass
class Mark:
    """What became of one rung in this dating of the ladder. `meant_for`: its day on the ladder when it was sent."""

    rung: Rung
    how: How
    at: datetime
    meant_for: datetime | None
    messages: tuple[str, ...] = ()
    people: frozenset[str] = frozenset()
    over: bool = False
    seen: bool = False
    kept: bool = False
    afresh: bool = False

    @property
    def is_open_task(self) -> bool:
        return self.rung.opens_task and self.how == "sent" and not self.over


@dataclass
class Watched:
    """`running_since`: from when its clock has been known to run; None while nobody knows whether it does."""

    name: str
    title: str
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
    party_agreed: bool = False
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

    # --- when -------------------------------------------------------------------------------------------------------

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

    # --- whether ----------------------------------------------------------------------------------------------------

    def called_for(self, rung: Rung) -> bool:
        """Whether there is anything left to say with this rung."""
        match rung.chases:
            case None:
                return not self.over and not (rung.do in OVER_THEIR_HEADS and self._notice_taken_back())
            case "owed":
                return not self.over and not self.acknowledged
            case "agreement":
                return not self.over and not self.party_agreed
        task = self.marks.get(rung.chases)
        if task is None or task.how != "sent" or task.over or task.seen:
            return False
        return task.rung.do == "refer" or not self.over

    def _notice_taken_back(self) -> bool:
        return any(mark.rung.do == "overdue" and mark.how == "taken back" for mark in self.marks.values())

    def heard(self, rung: Rung) -> bool:
        """The overdue notice has gone out, and everybody below has been told, or cannot be reached."""
        return self._notice_sent() is not None and all(
            self.settled.issuperset(mark.messages) for mark in self._standing_below(rung)
        )

    def fallen_due(self, now: datetime) -> Iterator[tuple[Rung, datetime]]:
        """What is called for, was not taken and could have been by now."""
        if self.stopped_from is not None and not self.over:
            return
        for rung in self.rungs:
            if rung.id in self.marks or not self.called_for(rung):
                continue
            at = self.earliest(rung)
            if at is not None and at <= now and (rung.do not in OVER_THEIR_HEADS or self.heard(rung)):
                yield rung, at

    def piled_up(self, now: datetime) -> list[str]:
        """What fell due on an earlier day."""
        today = days.day_of(now, self.zone)
        return [rung.id for rung, at in self.fallen_due(now) if days.day_of(at, self.zone) < today]

    @property
    def says_it_is_late(self) -> bool:
        return self._notice_sent() is not None

    def was_sent(self, name: str) -> bool:
        return name in self.marks and self.marks[name].how == "sent"

    def missing(self, now: datetime) -> list[str]:
        """What must have been taken by now, because the clock has been running and it has not."""
        if self.running_since is None:
            return []
        since = self.running_since
        heard = max(since, self.settled_at or since)
        return [
            rung.id
            for rung, at in self.fallen_due(now)
            if self._first_office_hour(max(at, heard if rung.do in OVER_THEIR_HEADS else since)) <= now
        ]

    # --- what the engine did ----------------------------------------------------------------------------------------

    def sent(self, name: str, at: datetime, messages: Iterable[str], people: Iterable[str]) -> None:
        """A rung was raised in its turn."""
        rung = self.rung(name)
        where = f"{name} of {self.name} at {at}"
        demand(name not in self.marks, "a rung is raised once", where)
        demand(self.office_hours(at), "steps are taken on working days from the ladder’s hour", where)
        demand(self.called_for(rung), "nothing is chased once it is over", where)
        demand(self.over or self.stopped_from is None, "nothing is chased while the clock is stopped", where)
        if rung.do in OF_LATENESS:
            demand(at > self.due, "nobody is told of lateness before it is due", where)
        if rung.do in OVER_THEIR_HEADS:
            demand(self.heard(rung), "nobody is escalated unheard", where)
        earliest = self.earliest(rung)
        demand(earliest is not None and at >= earliest, "no rung is raised early", f"{where}, not {earliest}")
        if rung.do == "refer":
            self._may_be_referred(rung, where)
        self.marks[name] = Mark(rung, "sent", at, self.meant_for(rung), tuple(messages), frozenset(people))

    def _may_be_referred(self, rung: Rung, where: str) -> None:
        demand(self.must, "only what must be done is referred", where)
        below = self.main[self.main.index(rung) - 1]
        told = below.id in self.marks and self.marks[below.id].how in ("sent", "taken back")
        demand(told, "a referral never overtakes the rung below it", where)

    def brought_up(self, name: str, at: datetime, messages: Iterable[str], people: Iterable[str]) -> None:
        """A person brought it to the next in line before its day. They may: nobody was passed over in silence."""
        rung = self.rung(name)
        demand(name not in self.marks, "a rung is raised once", f"{name} of {self.name} at {at}")
        demand(rung.do == "escalate", "nobody but the engine refers", name)
        demand(not self.over, "nothing is chased once it is over", name)
        self.marks[name] = Mark(rung, "sent", at, self.meant_for(rung), tuple(messages), frozenset(people))

    def left_out(self, names: Iterable[str], at: datetime, *, by_choice: bool = False) -> None:
        """Rungs were recorded as collapsed into a later one."""
        due = dict((rung.id, earliest) for rung, earliest in self.fallen_due(at))
        late = any(earliest <= at - AN_HOUR for earliest in due.values())
        for name in names:
            rung, where = self.rung(name), f"{name} of {self.name} at {at}"
            demand(name not in self.marks, "what was taken is not left out", where)
            if not by_choice:
                demand(name in due, "only what has fallen due is left out", where)
                demand(rung.do not in ("overdue", "refer"), "an overdue notice is never left out", where)
                demand(late or rung.do not in OF_LATENESS, "an escalation is left out in calm", where)
            self.marks[name] = Mark(rung, "left out", at, self.meant_for(rung))

    def taken_back(self, name: str, people: Iterable[str], told_before: set[str]) -> None:
        mark = self._standing(name)
        demand(set(people) == mark.people - told_before, "whoever was told is told that it is over", name)
        mark.how = "taken back"
        self.must_be_taken_back.discard(name)

    def ended(self, name: str, people: Iterable[str], told_before: set[str]) -> None:
        mark = self._standing(name)
        demand(set(people) == mark.people - told_before, "whoever was told is told that it is over", name)
        demand(not mark.over, "an escalation is resolved once", name)
        mark.over = True
        self.must_be_ended.discard(name)

    def _standing(self, name: str) -> Mark:
        mark = self.marks.get(name)
        demand(mark is not None and mark.how == "sent", "only what was sent can be over", name)
        assert mark is not None
        return mark

    def settles(self, message: str, now: datetime) -> None:
        """A message was handed over, or found undeliverable."""
        self.settled.add(message)
        self.settled_at = now

    # --- what people did --------------------------------------------------------------------------------------------

    def begins(self, chase_from: datetime | None) -> set[str]:
        """The rungs that fell before chasing began."""
        if chase_from is None:
            return set()
        skipped = {
            rung.id
            for rung in self.rungs
            if self.due < chase_from or ((at := self.meant_for(rung)) is not None and at < chase_from)
        }
        for name in skipped:
            rung = self.rung(name)
            self.marks[name] = Mark(rung, "never chased", chase_from, self.meant_for(rung))
        return skipped

    def arrives(self, arrived: datetime, now: datetime) -> None:
        """What was owed is there; it may have come before it was recorded."""
        if self.met:
            return
        if arrived <= self.due < now:
            self._never_was_late()
        else:
            self._is_late_no_more()
        self.met, self.arrived = True, arrived

    def _never_was_late(self) -> None:
        self.must_be_taken_back |= {
            name
            for name, mark in self.marks.items()
            if mark.how == "sent" and mark.rung.chases is None and mark.rung.do in OF_LATENESS
        }

    def _is_late_no_more(self) -> None:
        self.must_be_ended |= {
            name
            for name, mark in self.marks.items()
            if mark.how == "sent" and mark.rung.do == "escalate" and not mark.over
        }

    def is_acknowledged_no_more(self, now: datetime) -> None:
        """It is for somebody else now, or for nobody yet."""
        self.acknowledged = False
        self.looks_again(now)

    def is_excused(self) -> None:
        if not self.over:
            self._is_late_no_more()
        self.excused = True

    def went_ahead_without(self) -> None:
        """That before which it had to be there took place."""
        if not self.met:
            self._is_late_no_more()
        self.gone_without = True

    def leaves_out_late_reminders(self, now: datetime) -> None:
        """“In five working days” would be false by now."""
        for rung in self.main:
            if self._comes_too_late(rung, now):
                self.marks[rung.id] = Mark(rung, "never chased", now, self.meant_for(rung))

    def _comes_too_late(self, rung: Rung, now: datetime) -> bool:
        if rung.id in self.marks or (rung.do, rung.after, rung.chases) != ("remind", "due", None):
            return False
        planned = self.meant_for(rung)
        return planned is not None and planned < now

    def never_chased(self, names: Iterable[str], now: datetime) -> None:
        """Rungs were recorded as fallen before chasing began, or before the day was set at short notice."""
        for name in names:
            rung, mark = self.rung(name), self.marks.get(name)
            before = mark is not None and mark.how == "never chased"
            demand(before or self._comes_too_late(rung, now), "only what is too late to say is not chased", name)
            self.marks[name] = Mark(rung, "never chased", now, self.meant_for(rung))

    def is_extended(self, until: date) -> None:
        """Escalations are over with it; a referral stays before those who decide."""
        self._is_late_no_more()
        self.due_on, self.set_by_people = until, True

    def stops(self, from_day: date, now: datetime) -> None:
        """What was said of lateness on a day that does not count is taken back."""
        self.stopped_from = from_day
        for name, mark in self.marks.items():
            if mark.how == "sent" and mark.rung.chases is None and mark.rung.do in OF_LATENESS:
                if days.day_of(mark.at, self.zone) >= from_day:
                    self.must_be_taken_back.add(name)
                    mark.afresh = True

    def runs_on(self, from_day: date, now: datetime) -> None:
        """The days in between do not count: what was due on one of them, or later, is due so many days later."""
        assert self.stopped_from is not None
        stopped_on, self.stopped_from = self.stopped_from, None
        lost = days.working_days_after(stopped_on - days.ONE_DAY, from_day - days.ONE_DAY, self.holidays)
        if self.due_on >= stopped_on and lost:
            self.due_on, self.set_by_people = days.count_on(self.due_on, lost, self.holidays), True
        self.stood.append((stopped_on, from_day))
        for mark in self.marks.values():
            mark.kept = mark.how == "sent" and days.day_of(mark.at, self.zone) < stopped_on

    def runs_on_as_seen(self, now: datetime, was: list[datetime | None]) -> None:
        afresh = any(mark.afresh for mark in self.marks.values())
        self.waits_again(now, None if afresh else was)
        for mark in self.marks.values():
            mark.kept = mark.afresh = False
        self.looks_again(now)

    def is_taken_back_by_hand(self, name: str) -> None:
        """With the notice that it is overdue goes everything above it."""
        if self.rung(name).do == "overdue":
            self._never_was_late()
        else:
            self.must_be_taken_back.add(name)

    def is_due_anew(self, due_on: date, now: datetime, *, as_if_always: bool) -> None:
        """The day has moved, or the days of its steps have. Steps whose new day is still to come wait again."""
        was, arrived = self.due, self.arrived or now
        self.due_on = due_on
        if was < arrived <= self.due:
            if as_if_always:
                self._never_was_late()
            elif not self.over:
                self._is_late_no_more()

    def plan(self) -> list[datetime | None]:
        return [self.meant_for(rung) for rung in self.rungs]

    def waits_again(self, now: datetime, was: list[datetime | None] | None = None) -> None:
        """To be said after what the new day undoes has been seen. `was`: the plan before, if it may not have moved.

        A task that somebody has stays theirs: no new day takes it back.
        """
        if was is not None and was == self.plan():
            return
        again: set[str] = set()
        for rung in self.rungs:
            mark, planned = self.marks.get(rung.id), self.meant_for(rung)
            if mark is None or mark.is_open_task or mark.kept:
                continue
            waits = planned > now if planned is not None else bool(again & {rung.chases, rung.after})
            if waits or mark.afresh:
                again.add(rung.id)
        for name in again:
            del self.marks[name]
        for mark in self.marks.values():
            mark.meant_for = mark.meant_for if mark.kept else self.meant_for(mark.rung)
        self.looks_again(now)

    def looks_again(self, now: datetime) -> None:
        """Its clock has been told that something changed; what could have been taken before can be only now."""
        if self.running_since is not None:
            self.running_since = now


def _follows_a_task(rung: Rung) -> bool:
    return rung.chases is not None and rung.after not in ("opens", "due")
