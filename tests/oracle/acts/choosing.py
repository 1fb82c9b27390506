"""What the machine chooses from: spans of time, people, and what an act is about."""

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.terms.obligations import Section
from tests.domain.random_ladders import LANCASHIRE, fits_a_notice, ladders
from tests.oracle.watched import Watched

ISSUED = st.sampled_from([date(2016, 5, 19), date(2016, 8, 31), date(2016, 5, 31), date(2017, 1, 30)])
LADDERS = st.none() | ladders().filter(fits_a_notice)
TAKEN_ON = st.integers(0, 40) | st.integers(0, 300)
A_WHILE = st.one_of(
    st.integers(0, 90).map(lambda n: timedelta(minutes=n)),
    st.integers(0, 60).map(lambda n: timedelta(hours=n)),
    st.integers(0, 25).map(lambda n: timedelta(days=n)),
)
SOME_DAYS = st.integers(-10, 20)
FRACTION = st.integers(0, 100)
ONE_OF_THEM = st.integers(0, 3)
ROLES = st.sampled_from([role.id for role in LANCASHIRE.roles])
PEOPLE = st.sampled_from([*(person.id for person in LANCASHIRE.people), "somebody-new"])
WHO_SUBMITS = st.sampled_from(["whoever does the work", "whoever does the work", "somebody else"])

something_is_owed = precondition(lambda self: self.oracle.watched)
something_was_submitted = precondition(lambda self: any(map(is_there, self.oracle.watched.values())))
a_clock_stands = precondition(lambda self: any(each.stopped_from for each in self.oracle.watched.values()))
a_review_is_owed = precondition(lambda self: self.review() is not None)
requests_may_be_made = precondition(lambda self: self.engine.notice.find_obligation("work-with-adviser"))
a_deadline_is_owed = precondition(
    lambda self: any("/plan-delivered/" in name for name in self.oracle.watched)
)


def name_of(watched: Watched) -> OccurrenceId:
    return OccurrenceId.parse(watched.name)


def is_owed(watched: Watched) -> bool:
    return not watched.over


def is_said_to_be_late(watched: Watched) -> bool:
    return not watched.over and "report" in watched.name and watched.says_it_is_late


def was_chased(watched: Watched) -> bool:
    return any(mark.how == "sent" for mark in watched.marks.values())


def is_there(watched: Watched) -> bool:
    return watched.met and "report" in watched.name


def may_be_returned(watched: Watched) -> bool:
    return watched.met and "/monthly-report/" in watched.name


def answers(sections: tuple[Section, ...], *, whole: bool) -> tuple[SectionAnswered, ...]:
    asked_for = sections if whole else sections[:1]
    return tuple(SectionAnswered(each.id, f"What there is to say about {each.id}.") for each in asked_for)
