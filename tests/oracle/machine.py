"""Random acts at random times: people act on the engine, and the oracle is told the same and judges what comes of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain import commands as asked
from domain.actor import Actor
from domain.decide import RULES
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.refusals import Refusal
from domain.terms.obligations import Section
from domain.terms.parties import Appointment, Person
from tests.domain.random_ladders import LANCASHIRE, fits_a_notice, ladders
from tests.oracle import naive_days as days
from tests.oracle import what_follows
from tests.oracle.broken import demand
from tests.oracle.office import Office
from tests.oracle.oracle import Oracle
from tests.oracle.scenes import KINDS, scene, with_ladder
from tests.oracle.watched import Watched

A_SECOND = timedelta(seconds=1)
# No two people act at the same instant.
A_MOMENT = timedelta(microseconds=1)
STRANGER = Actor("person", "somebody-else")
ISSUED = st.sampled_from([date(2016, 5, 19), date(2016, 8, 31), date(2016, 5, 31), date(2017, 1, 30)])
LADDERS = st.none() | ladders().filter(fits_a_notice)
A_WHILE = st.one_of(
    st.integers(0, 90).map(lambda n: timedelta(minutes=n)),
    st.integers(0, 60).map(lambda n: timedelta(hours=n)),
    st.integers(0, 25).map(lambda n: timedelta(days=n)),
)
ONE_OF_THEM = st.integers(0, 3)
SOME_DAYS = st.integers(-10, 20)
TAKEN_ON = st.integers(0, 40) | st.integers(0, 300)
FRACTION = st.integers(0, 100)
ROLES = st.sampled_from([role.id for role in LANCASHIRE.roles])
PEOPLE = st.sampled_from([*(person.id for person in LANCASHIRE.people), "somebody-new"])
WHO_SUBMITS = st.sampled_from(["whoever does the work", "whoever does the work", "somebody else"])
something_is_owed = precondition(lambda self: self.oracle.watched)
something_was_submitted = precondition(lambda self: any(map(_is_there, self.oracle.watched.values())))
a_clock_stands = precondition(lambda self: any(each.stopped_from for each in self.oracle.watched.values()))
a_review_is_owed = precondition(lambda self: self._review() is not None)
a_deadline_is_owed = precondition(
    lambda self: any("/plan-delivered/" in name for name in self.oracle.watched)
)


class Chase(RuleBasedStateMachine):
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
        self._calm()

    # --- time and the clocks ----------------------------------------------------------------------------------------

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

    @rule(early=st.sampled_from([timedelta(0), A_SECOND, timedelta(minutes=-1)]))
    def the_next_step_is_near(self, early: timedelta) -> None:
        wake = self.engine.next_wake(self.now)
        if wake is not None:
            self._until(max(self.now, wake[0] - early))

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
        self._calm()

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
        self._calm()

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

    def _calm(self) -> None:
        """After each act the clocks are told, and look again."""
        self._post()
        self._until(self.now)

    # --- the mail ---------------------------------------------------------------------------------------------------

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
        self._calm()

    @precondition(lambda self: not self.engine.mail_works)
    @rule()
    def the_mail_works_again(self) -> None:
        self.engine.mail_works = True
        self._calm()

    # --- those who owe, and those to whom it is owed ----------------------------------------------------------------

    @something_is_owed
    @rule(which=ONE_OF_THEM, late=A_WHILE | st.none(), whole=st.booleans(), who=WHO_SUBMITS)
    def somebody_submits(self, which: int, late: timedelta | None, whole: bool, who: str) -> None:
        watched = self._one(which, _is_owed)
        received = None if late is None else self.now - late
        sections = _answers(self.engine.by_name[watched.name].facts.sections, whole=whole)
        command = asked.SubmitReport(_id(watched), sections, received)
        by = STRANGER if who == "somebody else" else self._obligor(watched)
        self._ask(command, by, lambda: watched.arrives(received or self.now, self.now))

    @something_is_owed
    @rule(which=ONE_OF_THEM, early=st.integers(0, 72))
    def it_came_in_time_and_is_recorded_only_now(self, which: int, early: int) -> None:
        watched = self._one(which, _is_said_to_be_late)
        received = min(watched.due - timedelta(hours=early), self.now)
        sections = _answers(self.engine.by_name[watched.name].facts.sections, whole=True)
        command = asked.SubmitReport(_id(watched), sections, received)
        self._ask(command, self._obligor(watched), lambda: watched.arrives(received, self.now))

    @something_was_submitted
    @rule(which=ONE_OF_THEM)
    def it_is_accepted(self, which: int) -> None:
        watched = self._one(which, _is_there)
        self._ask(
            asked.AcceptReport(_id(watched)),
            self._obligee(watched),
            lambda: what_follows.report_accepted(self.oracle, watched.name, self.now),
        )

    @something_was_submitted
    @rule(which=ONE_OF_THEM)
    def it_is_returned(self, which: int) -> None:
        watched = self._one(which, _may_be_returned)
        self._ask(
            asked.ReturnReport(_id(watched), "It says nothing of what has changed."),
            self._obligee(watched),
            lambda: what_follows.report_returned(self.oracle, watched.name, self.now),
        )

    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def it_is_acknowledged(self, which: int) -> None:
        watched = self._one(which, _is_owed)

        def seen() -> None:
            watched.acknowledged = True

        self._ask(asked.AcknowledgeTask(_id(watched)), self._as(self._terms(watched).assignee), seen)

    @something_is_owed
    @rule(which=ONE_OF_THEM, task=st.integers(0, 4))
    def somebody_told_acknowledges(self, which: int, task: int) -> None:
        watched = self._one(which, _was_chased)
        opened = [mark for mark in watched.marks.values() if mark.how == "sent" and mark.rung.opens_task]
        if not opened:
            return
        mark = opened[task % len(opened)]

        def seen() -> None:
            mark.seen = True

        self._ask(asked.AcknowledgeTask(_id(watched), mark.rung.id), self._as(mark.rung.to[0]), seen)

    @a_deadline_is_owed
    @rule()
    def what_was_delivered_is_assessed(self) -> None:
        watched = self._one(0, lambda each: "/plan-delivered/" in each.name)
        self._ask(
            asked.RecordAssessment(_id(watched), "Most of it was delivered."),
            self._as("case-lead"),
            lambda: watched.arrives(self.now, self.now),
        )

    # --- reviews ----------------------------------------------------------------------------------------------------

    @a_review_is_owed
    @rule(ago=st.integers(0, 30))
    def a_review_is_held(self, ago: int) -> None:
        watched = self._review()
        assert watched is not None
        held_on = self._today() - timedelta(days=ago)
        self._ask(
            asked.RecordReviewHeld(_id(watched), held_on, "Progress is visible."),
            self._as("review-team"),
            lambda: what_follows.review_held(self.oracle, watched.name, held_on, self.now),
        )

    @a_review_is_owed
    @rule(ahead=st.integers(0, 50), told=st.booleans())
    def a_review_is_planned(self, ahead: int, told: bool) -> None:
        watched = self._review()
        assert watched is not None
        day = self._today() + timedelta(days=ahead)
        command = asked.PlanReview(_id(watched), day, day + timedelta(days=2), ("A. Reviewer",), "Progress")
        self._ask(
            command,
            self._as("review-team"),
            lambda: self.oracle.review_begins.update({watched.name: day}),
        )
        if told:
            self.those_reviewed_are_told()

    @a_review_is_owed
    @rule()
    def those_reviewed_are_told(self) -> None:
        watched = self._review()
        assert watched is not None
        starts_on = self.engine.by_name[watched.name].review.starts_on
        self._ask(
            asked.NotifyReview(_id(watched)),
            self._as("review-team"),
            lambda: what_follows.review_notified(self.oracle, watched.name, starts_on, self.now),
        )

    @a_review_is_owed
    @rule(ahead=st.integers(0, 50))
    def a_review_is_moved(self, ahead: int) -> None:
        watched = self._review()
        assert watched is not None
        day = self._today() + timedelta(days=ahead)
        moved: list[Watched] = []
        command = asked.MoveReview(_id(watched), day, day + timedelta(days=2), "Half of the team is ill.")
        self._ask(
            command,
            self._as("review-team"),
            lambda: moved.extend(what_follows.review_moved(self.oracle, watched.name, day, self.now)),
            lambda: _dated_anew_before_an_event(moved, self.now),
        )

    # --- the calendar -----------------------------------------------------------------------------------------------

    @precondition(lambda self: self.holidays_left)
    @rule(ahead=SOME_DAYS)
    def a_holiday_is_proclaimed(self, ahead: int) -> None:
        day = self._today() + timedelta(days=ahead)
        anew: list[tuple[Watched, list[datetime | None]]] = []
        self.holidays_left -= 1
        self._ask(
            asked.ProclaimHoliday(self.engine.notice.terms.id, day, "A day of rest", "By proclamation."),
            self._as("case-lead"),
            lambda: anew.extend(self.oracle.holiday(day, self.now)),
            lambda: [each.waits_again(self.now, was) for each, was in anew],
        )

    # --- time’s exceptions ------------------------------------------------------------------------------------------

    @something_is_owed
    @rule(which=ONE_OF_THEM, later=st.integers(0, 30), given=st.booleans())
    def more_time_is_asked_for(self, which: int, later: int, given: bool) -> None:
        """And given, unless it is refused."""
        watched = self._one(which, _is_owed)
        until = max(watched.due_on, self._today()) + timedelta(days=later)
        request = asked.RequestExtension(_id(watched), until, "The figures are late.")
        self._ask(request, self._obligor(watched))
        if not given:
            refusal = asked.RefuseExtension(_id(watched), "There is no more.")
            self._ask(refusal, self._who_excuses(watched))
            return
        self._ask(
            asked.GrantExtension(_id(watched), until, "The figures are late."),
            self._who_excuses(watched),
            lambda: watched.is_extended(until),
            lambda: watched.waits_again(self.now),
        )

    @something_is_owed
    @rule(which=ONE_OF_THEM, ago=st.integers(0, 12))
    def the_clock_is_stopped(self, which: int, ago: int) -> None:
        watched = self._one(which, _is_owed)
        from_day = self._today() - timedelta(days=ago)
        self._ask(
            asked.StopClock(_id(watched), from_day, "The offices are flooded."),
            self._who_excuses(watched),
            lambda: watched.stops(from_day, self.now),
        )

    @a_clock_stands
    @rule(which=ONE_OF_THEM, ago=st.integers(0, 5))
    def the_clock_is_restarted(self, which: int, ago: int) -> None:
        watched = self._one(which, lambda each: each.stopped_from)
        from_day, was = self._today() - timedelta(days=ago), watched.plan()
        self._ask(
            asked.RestartClock(_id(watched), from_day, "The offices are dry."),
            self._who_excuses(watched),
            lambda: watched.runs_on(from_day, self.now),
            lambda: watched.runs_on_as_seen(self.now, was),
        )

    @something_is_owed
    @rule(which=st.integers(0, 12))
    def it_is_waived(self, which: int) -> None:
        """Which is rare."""
        if which > 3:
            return
        watched = self._one(which, _is_owed)
        command = asked.WaiveOccurrence(_id(watched), "It would repeat the last one.")
        self._ask(command, self._who_excuses(watched), watched.is_excused)

    @rule(really=st.integers(0, 20))
    def the_notice_is_lifted(self, really: int) -> None:
        """Which is rare, and the end of it."""
        if really == 20:
            today = self._today()
            command = asked.LiftNotice(self.engine.notice.terms.id, "It has served its purpose.", today, today)
            self._ask(command, self._as("case-lead"), self.oracle.lifted)

    # --- who acts ---------------------------------------------------------------------------------------------------

    @rule(role=ROLES, to=PEOPLE, since=st.integers(0, 5), length=st.integers(0, 20))
    def somebody_stands_in(self, role: str, to: str, since: int, length: int) -> None:
        holder = next((by for held, by, _, _ in self.oracle.holds if held == role), STRANGER.id)
        first = self._today() + timedelta(days=since)
        last = first + timedelta(days=length)
        self._ask(
            asked.DelegateRole(self.engine.notice.terms.id, role, to, first, last, "On leave."),
            Actor("person", holder),
            lambda: self.oracle.stand_ins.append((role, holder, to, first, last)),
        )

    @rule(role=ROLES, person=PEOPLE, since=st.integers(-3, 10))
    def somebody_is_appointed(self, role: str, person: str, since: int) -> None:
        day = self._today() + timedelta(days=since)
        appointment = Appointment(role=role, person=person, since=day)
        self._ask(
            asked.AppointPerson(
                self.engine.notice.terms.id, appointment, Person(id=person, name=person.title())
            ),
            self._as("case-lead"),
            lambda: self.oracle.holds.append((role, person, day, None)),
        )

    @rule(role=ROLES, since=st.integers(-3, 10))
    def somebody_leaves(self, role: str, since: int) -> None:
        person = next((by for held, by, _, _ in self.oracle.holds if held == role), STRANGER.id)
        day = self._today() + timedelta(days=since)
        self._ask(
            asked.EndAppointment(self.engine.notice.terms.id, role, person, day, "They have moved on."),
            self._as("case-lead"),
            lambda: self.oracle.appointment_ends(role, person, day),
        )

    # --- what people do with a task, and with a step that was wrong -------------------------------------------------

    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def it_is_brought_up_before_its_day(self, which: int) -> None:
        watched = self._one(which, _is_owed)
        command = asked.EscalateTask(_id(watched), "This cannot wait.")
        self._ask(command, self._obligor(watched))

    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def somebody_will_not_do_it(self, which: int) -> None:
        """Nobody has said then that they have seen it."""
        watched = self._one(which, lambda each: each.acknowledged)
        command = asked.RefuseTask(_id(watched), "It is not for me to do.")
        self._ask(command, self._obligor(watched), lambda: watched.is_acknowledged_no_more(self.now))

    @something_is_owed
    @rule(which=ONE_OF_THEM, to=PEOPLE)
    def it_is_given_to_somebody_else(self, which: int, to: str) -> None:
        watched = self._one(which, lambda each: each.acknowledged)
        command = asked.ReassignTask(_id(watched), to, "They know it better.")
        self._ask(command, self._obligor(watched), lambda: watched.is_acknowledged_no_more(self.now))

    @something_is_owed
    @rule(which=ONE_OF_THEM, step=st.integers(0, 5))
    def a_step_is_taken_back(self, which: int, step: int) -> None:
        watched = self._one(which, _was_chased)
        sent = [mark.rung.id for mark in watched.marks.values() if mark.how == "sent"]
        if not sent:
            return
        name = sent[step % len(sent)]
        command = asked.WithdrawRung(_id(watched), name, "It was raised in error.")
        self._ask(command, self._as("case-lead"), lambda: watched.is_taken_back_by_hand(name))

    # --- how all of it is asked -------------------------------------------------------------------------------------

    def _ask(
        self,
        command: asked.Command,
        by: Actor,
        then: Callable[[], object] | None = None,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        """An act of somebody. `then` tells the oracle, unless it was refused; `afterwards` once it saw the answer."""
        if type(command) not in RULES:
            return
        self.now += A_MOMENT
        decision = self.engine.ask(command, by, self.now, beforehand=then)
        if isinstance(decision, Refusal):
            demand(decision.sentence.endswith("."), "a refusal is a sentence", repr(decision))
            return
        if afterwards is not None:
            afterwards()
        self._calm()

    def _one(self, which: int, fits: Callable[[Watched], object] = lambda _: True) -> Watched:
        """One of those that people would speak of now: those that fit first, and of these the nearest in time."""
        near = sorted(
            self.oracle.watched.values(),
            key=lambda each: (not fits(each), abs(each.due - self.now), each.name),
        )
        return near[which % len(near)]

    def _review(self) -> Watched | None:
        """The review that is owed now."""
        open_ = [each for each in self.oracle.watched.values() if "/department-review/" in each.name]
        return open_[-1] if open_ else None

    def _terms(self, watched: Watched):
        return self.engine.notice.obligation(watched.name.split("/")[1])

    def _obligor(self, watched: Watched) -> Actor:
        return self._as(self._terms(watched).assignee)

    def _obligee(self, watched: Watched) -> Actor:
        roles = self.engine.notice.accepting_roles(self._terms(watched).id)
        return self._as(roles[0]) if roles else STRANGER

    def _who_excuses(self, watched: Watched) -> Actor:
        roles = self.engine.notice.excusing_roles(self._terms(watched).id)
        return self._as(roles[0]) if roles else STRANGER

    def _as(self, role: str) -> Actor:
        """Somebody who acts in a role today."""
        acting = sorted(self.oracle.acting(role, self._today()))
        return Actor("person", acting[0]) if acting else STRANGER

    def _today(self) -> date:
        return days.day_of(self.now, self.zone)


def _id(watched: Watched) -> OccurrenceId:
    return OccurrenceId.parse(watched.name)


def _is_owed(watched: Watched) -> bool:
    return not watched.over


def _is_said_to_be_late(watched: Watched) -> bool:
    return not watched.over and "report" in watched.name and watched.says_it_is_late


def _was_chased(watched: Watched) -> bool:
    return any(mark.how == "sent" for mark in watched.marks.values())


def _is_there(watched: Watched) -> bool:
    return watched.met and "report" in watched.name


def _may_be_returned(watched: Watched) -> bool:
    return watched.met and "/monthly-report/" in watched.name


def _answers(sections: tuple[Section, ...], *, whole: bool) -> tuple[SectionAnswered, ...]:
    asked_for = sections if whole else sections[:1]
    return tuple(SectionAnswered(each.id, f"What there is to say about {each.id}.") for each in asked_for)


def _dated_anew_before_an_event(moved: list[Watched], now: datetime) -> None:
    for each in moved:
        each.waits_again(now)
        each.leaves_out_late_reminders(now)
