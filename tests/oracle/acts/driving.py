"""Time passes, clocks wake or are lost, messages leave or do not; and how an act is put to both, engine and oracle."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain import commands as asked
from domain.actor import Actor
from domain.identity import OccurrenceId
from domain.refusals import Refusal
from tests.oracle import naive_days as days
from tests.oracle.acts.choosing import A_WHILE, FRACTION, ISSUED, LADDERS, TAKEN_ON
from tests.oracle.broken import demand
from tests.oracle.office import Office
from tests.oracle.oracle import Oracle
from tests.oracle.scenes import KINDS, scene, with_ladder
from tests.oracle.watched import Watched

A_SECOND = timedelta(seconds=1)
# No two people act at the same instant.
A_MOMENT = timedelta(microseconds=1)
STRANGER = Actor("person", "somebody-else")


class Driving(RuleBasedStateMachine):
    """`office` is how the engine is driven: a fault is planted by another one."""

    office: ClassVar[type[Office]] = Office

    @initialize(kind=st.sampled_from(sorted(KINDS)), issued=ISSUED, taken_on=TAKEN_ON, ladder=LADDERS)
    def the_notice_is_taken_on(self, kind, issued, taken_on, ladder) -> None:
        terms = KINDS[kind](issued)
        if ladder is not None:
            terms = with_ladder(terms, ladder)
        self.begin(scene(terms, taken_on))

    def begin(self, scene) -> None:
        self.now: datetime = scene.chase_from
        self.zone = scene.terms.notice.zone
        self.oracle = Oracle(scene.terms, scene.holidays, scene.chase_from)
        self.engine = self.office(scene.notice, self.oracle.sees)
        self.clocks_run = True
        self.holidays_left = 3
        self._wake_the_notice()
        self.calm()

    # --- time and the clocks ---

    @rule(a_while=A_WHILE)
    def time_passes(self, a_while: timedelta) -> None:
        self._until(self.now + a_while)

    @rule(steps=st.integers(1, 10))
    def some_steps_are_taken(self, steps: int) -> None:
        for _ in range(steps):
            wake = self.engine.next_wake(self.now)
            if wake is None:
                return
            self._until(max(self.now, wake[0]))

    @rule(off=st.sampled_from([timedelta(0), -A_SECOND, timedelta(minutes=1)]))
    def the_next_step_is_near(self, off: timedelta) -> None:
        wake = self.engine.next_wake(self.now)
        if wake is not None:
            self._until(max(self.now, wake[0] + off))

    @rule(a_while=A_WHILE, strays=st.lists(FRACTION, max_size=2), comes_back=st.booleans())
    def an_outage(self, a_while: timedelta, strays: list[int], comes_back: bool) -> None:
        """No clock runs; one or the other wakes in between, and nobody knows which."""
        self._lose_the_clocks()
        since = self.now
        for fraction in sorted(strays):
            self.now = since + a_while * (fraction / 100)
            self._wake_everyone_twice()
        self.now = since + a_while
        if comes_back:
            self._reconcile()

    @rule()
    def the_clocks_are_reconciled(self) -> None:
        self._reconcile()

    @rule()
    def everything_wakes_without_reason(self) -> None:
        self._wake_everyone_twice()
        self.calm()

    def _lose_the_clocks(self) -> None:
        self.clocks_run = False
        self.oracle.the_clocks_are_lost()

    def _reconcile(self) -> None:
        """Every clock is started that should run. What has piled up on an occurrence goes out as one step."""
        self._wake_the_notice()
        for name in list(self.engine.known):
            watched = self.oracle.watched[str(name)]
            piled_up = watched.piled_up(self.now)
            while self.engine.wake(name, self.now):
                pass
            sent = [each for each in piled_up if watched.was_sent(each)]
            demand(len(sent) < 2, "what has piled up goes out as one step", f"{sent} of {name} at {self.now}")
        self.clocks_run = True
        self.oracle.the_clocks_run(self.now)
        self.calm()

    def _wake_the_notice(self) -> None:
        self.oracle.the_notice_clock_wakes(self.now)
        self.engine.wake_notice(self.now)

    def _wake_everyone_twice(self) -> None:
        for name in list(self.engine.known) * 2:
            self.engine.wake(name, self.now)
            self._post()

    def _until(self, then: datetime) -> None:
        """Each clock wakes when it means to; none does while they are lost."""
        if self.clocks_run:
            while (wake := self.engine.next_wake(self.now)) is not None and wake[0] <= then:
                self._wake(*wake)
        self.now = then
        self.oracle.agrees(self.engine.by_name, self.now)

    def _wake(self, at: datetime, name: OccurrenceId | None) -> None:
        if at > self.now:
            self.oracle.agrees(self.engine.by_name, at - A_SECOND)
            self.now = at
        if name is None:
            self._wake_the_notice()
        else:
            woke = self.engine.wake(name, self.now)
            demand(woke, "no clock wakes in vain", f"{name} at {self.now}")
        self._post()

    def calm(self) -> None:
        """After each act the clocks are told, and look again."""
        self._post()
        self._until(self.now)

    # --- the mail ---

    def _post(self) -> None:
        if self.engine.mail_works:
            for message in list(self.engine.unsent):
                self._settle(message, lost=False)

    def _settle(self, message: str, *, lost: bool) -> None:
        name = str(self.engine.unsent[message])
        self.oracle.watched[name].settles(message, self.now)
        self.engine.settle(message, self.now, lost=lost)

    @precondition(lambda self: self.engine.mail_works)
    @rule()
    def the_mail_stops(self) -> None:
        self.engine.mail_works = False

    @precondition(lambda self: self.engine.unsent)
    @rule(lost=st.booleans())
    def one_message_is_settled(self, lost: bool) -> None:
        self._settle(next(iter(self.engine.unsent)), lost=lost)
        self.calm()

    @precondition(lambda self: not self.engine.mail_works)
    @rule()
    def the_mail_works_again(self) -> None:
        self.engine.mail_works = True
        self.calm()

    # --- how all of it is asked ---

    def ask(
        self,
        command: asked.Command,
        by: Actor,
        then: Callable[[], object] | None = None,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        """An act of somebody. `then` tells the oracle, unless it was refused; `afterwards` once it saw the answer."""
        self.now += A_MOMENT
        decision = self.engine.ask(command, by, self.now, beforehand=then)
        if isinstance(decision, Refusal):
            demand(decision.sentence.endswith("."), "a refusal is a sentence", repr(decision))
            return
        if afterwards is not None:
            afterwards()
        self.calm()

    def one(self, which: int, fits: Callable[[Watched], object] = lambda _: True) -> Watched:
        """One of those that people would speak of now: those that fit first, and of these the nearest in time."""
        near = sorted(
            self.oracle.watched.values(),
            key=lambda each: (not fits(each), abs(each.due - self.now), each.name),
        )
        return near[which % len(near)]

    def review(self) -> Watched | None:
        """The review that is owed now."""
        open_ = [each for each in self.oracle.watched.values() if "/department-review/" in each.name]
        return open_[-1] if open_ else None

    def terms_of(self, watched: Watched):
        return self.engine.notice.obligation(watched.name.split("/")[1])

    def who_owes(self, watched: Watched) -> Actor:
        return self.somebody_as(self.terms_of(watched).assignee)

    def who_is_owed(self, watched: Watched) -> Actor:
        roles = self.engine.notice.accepting_roles(self.terms_of(watched).id)
        return self.somebody_as(roles[0]) if roles else STRANGER

    def who_excuses(self, watched: Watched) -> Actor:
        roles = self.engine.notice.excusing_roles(self.terms_of(watched).id)
        return self.somebody_as(roles[0]) if roles else STRANGER

    def somebody_as(self, role: str) -> Actor:
        """Somebody who acts in a role today."""
        acting = sorted(self.oracle.acting(role, self.today()))
        return Actor("person", acting[0]) if acting else STRANGER

    def today(self) -> date:
        return days.day_of(self.now, self.zone)
