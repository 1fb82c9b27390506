"""Reviews are planned, told of, moved and held."""

from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain import commands as asked
from tests.oracle import what_follows
from tests.oracle.acts.choosing import (
    a_review_is_owed,
    name_of,
)
from tests.oracle.acts.driving import Driving
from tests.oracle.watched import Watched


class Reviewing(Driving):
    @a_review_is_owed
    @rule(ago=st.integers(0, 30))
    def a_review_is_held(self, ago: int) -> None:
        watched = self.review()
        assert watched is not None
        held_on = self.today() - timedelta(days=ago)
        self.ask(
            asked.RecordReviewHeld(name_of(watched), held_on, "Progress is visible."),
            self.somebody_as("review-team"),
            lambda: what_follows.review_held(self.oracle, watched.name, held_on, self.now),
        )

    @a_review_is_owed
    @rule(ahead=st.integers(0, 50), told=st.booleans())
    def a_review_is_planned(self, ahead: int, told: bool) -> None:
        watched = self.review()
        assert watched is not None
        day = self.today() + timedelta(days=ahead)
        command = asked.PlanReview(
            name_of(watched), day, day + timedelta(days=2), ("A. Reviewer",), "Progress"
        )
        self.ask(
            command,
            self.somebody_as("review-team"),
            lambda: self.oracle.review_begins.update({watched.name: day}),
        )
        if told:
            self.those_reviewed_are_told()

    @a_review_is_owed
    @rule()
    def those_reviewed_are_told(self) -> None:
        watched = self.review()
        assert watched is not None
        starts_on = self.engine.by_name[watched.name].review.starts_on
        self.ask(
            asked.NotifyReview(name_of(watched)),
            self.somebody_as("review-team"),
            lambda: what_follows.review_notified(self.oracle, watched.name, starts_on, self.now),
        )

    @a_review_is_owed
    @rule(ahead=st.integers(0, 50))
    def a_review_is_moved(self, ahead: int) -> None:
        watched = self.review()
        assert watched is not None
        day = self.today() + timedelta(days=ahead)
        moved: list[Watched] = []
        command = asked.MoveReview(name_of(watched), day, day + timedelta(days=2), "Half of the team is ill.")
        self.ask(
            command,
            self.somebody_as("review-team"),
            lambda: moved.extend(what_follows.review_moved(self.oracle, watched.name, day, self.now)),
            lambda: _dated_anew_before_an_event(moved, self.now),
        )


def _dated_anew_before_an_event(moved: list[Watched], now: datetime) -> None:
    for each in moved:
        each.waits_again(now)
        each.leaves_out_late_reminders(now)
