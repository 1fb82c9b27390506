"""One occurrence as somebody follows it who is told what people did."""

from datetime import date, datetime

from tests.oracle import naive_days as days
from tests.oracle.judged import Judged
from tests.oracle.marks import Mark


class Watched(Judged):
    def begins(self, chase_from: datetime) -> None:
        """What fell before chasing began is not chased; nothing is, of what was due before that."""
        for rung in self.rungs:
            planned = self.meant_for(rung)
            if self.due < chase_from or (planned is not None and planned < chase_from):
                self.marks[rung.id] = Mark(rung, "never chased", chase_from, planned)

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
        self.must_be_taken_back |= {name for name, mark in self.marks.items() if mark.tells_of_lateness}

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
            if self.comes_too_late(rung, now):
                self.marks[rung.id] = Mark(rung, "never chased", now, self.meant_for(rung))

    def is_extended(self, until: date) -> None:
        """Escalations are over with it; a referral stays before those who decide."""
        self._is_late_no_more()
        self.due_on, self.set_by_people = until, True

    def stops(self, from_day: date, now: datetime) -> None:
        """What was said of lateness on a day that does not count is taken back."""
        self.stopped_from = from_day
        for name, mark in self.marks.items():
            if mark.tells_of_lateness and days.day_of(mark.at, self.zone) >= from_day:
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
