"""Who acts in which role."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain import commands as asked
from domain.actor import Actor
from domain.terms.parties import Appointment, Person
from tests.oracle.acts.choosing import (
    PEOPLE,
    ROLES,
)
from tests.oracle.acts.driving import STRANGER, Driving


class Appointing(Driving):
    @rule(role=ROLES, to=PEOPLE, since=st.integers(0, 5), length=st.integers(0, 20))
    def somebody_stands_in(self, role: str, to: str, since: int, length: int) -> None:
        holder = next((by for held, by, _, _ in self.oracle.holds if held == role), STRANGER.id)
        first = self.today() + timedelta(days=since)
        last = first + timedelta(days=length)
        self.ask(
            asked.DelegateRole(self.engine.notice.terms.id, role, to, first, last, "On leave."),
            Actor("person", holder),
            lambda: self.oracle.stand_ins.append((role, holder, to, first, last)),
        )

    @rule(role=ROLES, person=PEOPLE, since=st.integers(-3, 10))
    def somebody_is_appointed(self, role: str, person: str, since: int) -> None:
        day = self.today() + timedelta(days=since)
        appointment = Appointment(role=role, person=person, since=day)
        self.ask(
            asked.AppointPerson(
                self.engine.notice.terms.id, appointment, Person(id=person, name=person.title())
            ),
            self.somebody_as("case-lead"),
            lambda: self.oracle.holds.append((role, person, day, None)),
        )

    @rule(role=ROLES, since=st.integers(-3, 10))
    def somebody_leaves(self, role: str, since: int) -> None:
        person = next((by for held, by, _, _ in self.oracle.holds if held == role), STRANGER.id)
        day = self.today() + timedelta(days=since)
        self.ask(
            asked.EndAppointment(self.engine.notice.terms.id, role, person, day, "They have moved on."),
            self.somebody_as("case-lead"),
            lambda: self.oracle.appointment_ends(role, person, day),
        )
