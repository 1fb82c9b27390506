"""What people did to the notice and under it, and what is owed from then on."""

from datetime import date, datetime

from domain.terms.ladders import Ladder
from domain.terms.obligations import BeforeEvent
from tests.oracle import naive_days as days
from tests.oracle.foreseen import Foreseeing
from tests.oracle.watched import Watched


class Told(Foreseeing):
    def begins(
        self,
        obligation: str,
        period: str,
        opens: datetime,
        due_on: date,
        *,
        ladder: str | None = None,
        strength: str | None = None,
    ) -> Watched:
        """Something is owed from now on."""
        terms = next(each for each in self.terms.obligations if each.id == obligation)
        up = ladder or terms.ladder
        watched = Watched(
            name=f"{self.terms.notice.id}/{obligation}/{period}",
            ladder=self._ladder(up) if up else None,
            must=(strength or terms.strength) == "must",
            opens=opens,
            due_on=due_on,
            zone=self.zone,
            holidays=self.holidays,
            owner=terms.obligor,
        )
        watched.running_since = opens if self.running else None
        watched.begins(self.chase_from)
        self.watched[watched.name] = watched
        return watched

    def _ladder(self, name: str) -> Ladder:
        return next(each for each in self.terms.ladders if each.id == name)

    def the_notice_clock_wakes(self, now: datetime, *, only: str | None = None) -> None:
        """Everything that the notice calls for by now is open, whatever came between."""
        for each in self.foreseen():
            if (
                each.opens <= now
                and self.name_of(each) not in self.watched
                and only in (None, each.obligation)
            ):
                watched = self.begins(each.obligation, each.period, each.opens, each.due_on)
                watched.running_since = now if self.running else None

    def review_took_place(self, obligation: str, held_on: date, now: datetime) -> None:
        self.reviews_held.setdefault(obligation, []).append(held_on)
        self.looks_ahead_again()
        self.the_notice_clock_wakes(now, only=obligation)

    def holiday(self, day: date, now: datetime) -> list[tuple[Watched, list[datetime | None]]]:
        """A day is no working day any more, and it is as if it had always been so. Who is dated anew, and their plans before."""
        owed = [each for each in self.watched.values() if not each.excused]
        before = [(each, each.plan(), each.due_on) for each in owed]
        self.holidays |= {day}
        self.looks_ahead_again()
        for watched in self.watched.values():
            watched.holidays = self.holidays
        for watched in owed:
            watched.is_due_anew(self._due_by_the_rules(watched, now), now, as_if_always=True)
        return [(each, plan) for each, plan, due_on in before if not each.over or each.due_on != due_on]

    def _due_by_the_rules(self, watched: Watched, now: datetime) -> date:
        """Unless a person has set another day."""
        if watched.set_by_people:
            return watched.due_on
        _, obligation, period = watched.name.split("/")
        terms = next(each for each in self.terms.obligations if each.id == obligation)
        if isinstance(terms, BeforeEvent):
            starts_on = self.review_begins[f"{self.terms.notice.id}/{terms.event}/{period}"]
            day = self.due_by(terms.due, None, starts_on)
            return day if day >= days.day_of(now, self.zone) else watched.due_on
        found = (
            each.due_on for each in self.foreseen() if (each.obligation, each.period) == (obligation, period)
        )
        return next(found, watched.due_on)

    def lifted(self) -> None:
        """Nothing is owed under it any more, and nothing more will be."""
        self.in_force = False
        for watched in self.watched.values():
            if not watched.over:
                watched.is_excused()

    def appointment_ends(self, role: str, person: str, until: date) -> None:
        self.holds = [
            (held, by, since, until)
            if (held, by) == (role, person) and (last is None or last > until)
            else (held, by, since, last)
            for held, by, since, last in self.holds
        ]

    def the_clocks_are_lost(self) -> None:
        """From now on nobody knows whether any clock runs."""
        self.running = False
        for each in self.watched.values():
            each.running_since = None

    def the_clocks_run(self, since: datetime) -> None:
        self.running = True
        for each in self.watched.values():
            each.running_since = each.running_since or since
