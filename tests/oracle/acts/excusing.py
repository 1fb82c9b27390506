"""The calendar changes; time is given, stopped and waived; the notice ends."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from domain import commands as asked
from tests.oracle.acts.choosing import (
    ONE_OF_THEM,
    SOME_DAYS,
    a_clock_stands,
    is_owed,
    name_of,
    something_is_owed,
)
from tests.oracle.acts.driving import Driving
from tests.oracle.watched import Watched


class Excusing(Driving):
    @precondition(lambda self: self.holidays_left)
    @rule(ahead=SOME_DAYS)
    def a_holiday_is_proclaimed(self, ahead: int) -> None:
        day = self.today() + timedelta(days=ahead)
        anew: list[tuple[Watched, list[datetime | None]]] = []
        self.holidays_left -= 1
        self.ask(
            asked.ProclaimHoliday(self.engine.notice.terms.id, day, "A day of rest", "By proclamation."),
            self.somebody_as("case-lead"),
            lambda: anew.extend(self.oracle.holiday(day, self.now)),
            lambda: [each.waits_again(self.now, was) for each, was in anew],
        )

    @something_is_owed
    @rule(which=ONE_OF_THEM, later=st.integers(0, 30), given=st.booleans())
    def more_time_is_asked_for(self, which: int, later: int, given: bool) -> None:
        """And given, unless it is refused."""
        watched = self.one(which, is_owed)
        until = max(watched.due_on, self.today()) + timedelta(days=later)
        request = asked.RequestExtension(name_of(watched), until, "The figures are late.")
        self.ask(request, self.who_owes(watched))
        if not given:
            refusal = asked.RefuseExtension(name_of(watched), "There is no more.")
            self.ask(refusal, self.who_excuses(watched))
            return
        self.ask(
            asked.GrantExtension(name_of(watched), until, "The figures are late."),
            self.who_excuses(watched),
            lambda: watched.is_extended(until),
            lambda: watched.waits_again(self.now),
        )

    @something_is_owed
    @rule(which=ONE_OF_THEM, ago=st.integers(0, 12))
    def the_clock_is_stopped(self, which: int, ago: int) -> None:
        watched = self.one(which, is_owed)
        from_day = self.today() - timedelta(days=ago)
        self.ask(
            asked.StopClock(name_of(watched), from_day, "The offices are flooded."),
            self.who_excuses(watched),
            lambda: watched.stops(from_day, self.now),
        )

    @a_clock_stands
    @rule(which=ONE_OF_THEM, ago=st.integers(0, 5))
    def the_clock_is_restarted(self, which: int, ago: int) -> None:
        watched = self.one(which, lambda each: each.stopped_from)
        from_day, was = self.today() - timedelta(days=ago), watched.plan()
        self.ask(
            asked.RestartClock(name_of(watched), from_day, "The offices are dry."),
            self.who_excuses(watched),
            lambda: watched.runs_on(from_day, self.now),
            lambda: watched.runs_on_as_seen(self.now, was),
        )

    @something_is_owed
    @rule(which=st.integers(0, 12))
    def it_is_waived(self, which: int) -> None:
        """Which is rare."""
        if which > 3:
            return
        watched = self.one(which, is_owed)
        command = asked.WaiveOccurrence(name_of(watched), "It would repeat the last one.")
        self.ask(command, self.who_excuses(watched), watched.is_excused)

    @rule(really=st.integers(0, 20))
    def the_notice_is_lifted(self, really: int) -> None:
        """Which is rare, and the end of it."""
        if really == 20:
            today = self.today()
            command = asked.LiftNotice(
                self.engine.notice.terms.id, "It has served its purpose.", today, today
            )
            self.ask(command, self.somebody_as("case-lead"), self.oracle.lifted)
