"""Those who owe, and those to whom it is owed."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain import commands as asked
from tests.oracle import what_follows
from tests.oracle.acts.choosing import (
    A_WHILE,
    ONE_OF_THEM,
    WHO_SUBMITS,
    a_deadline_is_owed,
    answers,
    is_owed,
    is_said_to_be_late,
    is_there,
    may_be_returned,
    name_of,
    requests_may_be_made,
    something_is_owed,
    something_was_submitted,
    was_chased,
)
from tests.oracle.acts.driving import STRANGER, Driving


class Owing(Driving):
    @something_is_owed
    @rule(which=ONE_OF_THEM, late=A_WHILE | st.none(), whole=st.booleans(), who=WHO_SUBMITS)
    def somebody_submits(self, which: int, late: timedelta | None, whole: bool, who: str) -> None:
        watched = self.one(which, is_owed)
        received = None if late is None else self.now - late
        sections = answers(self.engine.by_name[watched.name].facts.sections, whole=whole)
        command = asked.SubmitReport(name_of(watched), sections, received)
        by = STRANGER if who == "somebody else" else self.who_owes(watched)
        self.ask(command, by, lambda: watched.arrives(received or self.now, self.now))

    @something_is_owed
    @rule(which=ONE_OF_THEM, early=st.integers(0, 72))
    def it_came_in_time_and_is_recorded_only_now(self, which: int, early: int) -> None:
        watched = self.one(which, is_said_to_be_late)
        for _ in range(8):
            if not is_said_to_be_late(watched):
                self.some_steps_are_taken(steps=1)
        received = min(watched.due - timedelta(hours=early), self.now)
        sections = answers(self.engine.by_name[watched.name].facts.sections, whole=True)
        command = asked.SubmitReport(name_of(watched), sections, received)
        self.ask(command, self.who_owes(watched), lambda: watched.arrives(received, self.now))

    @something_was_submitted
    @rule(which=ONE_OF_THEM)
    def it_is_accepted(self, which: int) -> None:
        watched = self.one(which, is_there)
        self.ask(
            asked.AcceptReport(name_of(watched)),
            self.who_is_owed(watched),
            lambda: what_follows.report_accepted(self.oracle, watched.name, self.now),
        )

    @something_was_submitted
    @rule(which=ONE_OF_THEM)
    def it_is_returned(self, which: int) -> None:
        watched = self.one(which, may_be_returned)
        self.ask(
            asked.ReturnReport(name_of(watched), "It says nothing of what has changed."),
            self.who_is_owed(watched),
            lambda: what_follows.report_returned(self.oracle, watched.name, self.now),
        )

    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def it_is_acknowledged(self, which: int) -> None:
        watched = self.one(which, is_owed)

        def seen() -> None:
            watched.acknowledged = True

        self.ask(
            asked.AcknowledgeTask(name_of(watched)), self.somebody_as(self.terms_of(watched).assignee), seen
        )

    @something_is_owed
    @rule(which=ONE_OF_THEM, task=st.integers(0, 4))
    def somebody_told_acknowledges(self, which: int, task: int) -> None:
        watched = self.one(which, was_chased)
        opened = [mark for mark in watched.marks.values() if mark.how == "sent" and mark.rung.opens_task]
        if not opened:
            return
        mark = opened[task % len(opened)]

        def seen() -> None:
            mark.seen = True

        self.ask(
            asked.AcknowledgeTask(name_of(watched), mark.rung.id), self.somebody_as(mark.rung.to[0]), seen
        )

    @requests_may_be_made
    @rule(ahead=st.integers(0, 25))
    def the_adviser_asks_for_something(self, ahead: int) -> None:
        wanted_by = self.today() + timedelta(days=ahead)
        command = asked.MakeRequest(
            self.engine.notice.terms.id, "work-with-adviser", "The case audits of May", wanted_by
        )
        self.ask(
            command,
            self.somebody_as("adviser"),
            lambda: what_follows.asked_for(self.oracle, "work-with-adviser", wanted_by, self.now),
        )

    @requests_may_be_made
    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def it_is_answered_or_attested(self, which: int) -> None:
        watched = self.one(which, is_owed)
        name = name_of(watched)
        command = (
            asked.AnswerRequest(name, "Here they are.")
            if "request" in name.period
            else asked.Attest(name, "The board and its chair are maintained.")
        )
        self.ask(command, self.who_owes(watched), lambda: watched.arrives(self.now, self.now))

    @a_deadline_is_owed
    @rule()
    def what_was_delivered_is_assessed(self) -> None:
        watched = self.one(0, lambda each: "/plan-delivered/" in each.name)
        self.ask(
            asked.RecordAssessment(name_of(watched), "Most of it was delivered."),
            self.somebody_as("case-lead"),
            lambda: watched.arrives(self.now, self.now),
        )
