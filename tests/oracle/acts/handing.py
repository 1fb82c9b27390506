"""What people do with a task besides doing it, and with a step that was wrong."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain import commands as asked
from tests.oracle.acts.choosing import (
    ONE_OF_THEM,
    PEOPLE,
    is_owed,
    name_of,
    something_is_owed,
    was_chased,
)
from tests.oracle.acts.driving import Driving


class Handing(Driving):
    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def it_is_brought_up_before_its_day(self, which: int) -> None:
        watched = self.one(which, is_owed)
        command = asked.EscalateTask(name_of(watched), "This cannot wait.")
        self.ask(command, self.who_owes(watched))

    @something_is_owed
    @rule(which=ONE_OF_THEM)
    def somebody_will_not_do_it(self, which: int) -> None:
        """Nobody has said then that they have seen it."""
        watched = self.one(which, lambda each: each.acknowledged)
        command = asked.RefuseTask(name_of(watched), "It is not for me to do.")
        self.ask(command, self.who_owes(watched), lambda: watched.is_acknowledged_no_more(self.now))

    @something_is_owed
    @rule(which=ONE_OF_THEM, to=PEOPLE)
    def it_is_given_to_somebody_else(self, which: int, to: str) -> None:
        watched = self.one(which, lambda each: each.acknowledged)
        command = asked.ReassignTask(name_of(watched), to, "They know it better.")
        self.ask(command, self.who_owes(watched), lambda: watched.is_acknowledged_no_more(self.now))

    @something_is_owed
    @rule(which=ONE_OF_THEM, step=st.integers(0, 5))
    def a_step_is_taken_back(self, which: int, step: int) -> None:
        watched = self.one(which, was_chased)
        sent = [mark.rung.id for mark in watched.marks.values() if mark.how == "sent"]
        if not sent:
            return
        name = sent[step % len(sent)]
        command = asked.WithdrawRung(name_of(watched), name, "It was raised in error.")
        self.ask(command, self.somebody_as("case-lead"), lambda: watched.is_taken_back_by_hand(name))
