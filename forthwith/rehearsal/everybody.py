"""A scenario for any notice: everybody does what they owe, in time. What they say in it is invented and says nothing."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.notice.schedule import Expected, expected, review_after
from domain.notice.state import Notice
from domain.planning.soundness import areas_to_cover
from domain.terms.obligations import (
    AfterEvent,
    BeforeEvent,
    Continuing,
    DuringEvent,
    FixedDeadline,
    MaximumGapReview,
    Obligation,
    RecurringReport,
)
from domain.time.due import due_date
from domain.time.zones import local_date
from forthwith.rehearsal.acts.planning import AdoptPlan, DeliverAction, UpdateProgress
from forthwith.rehearsal.acts.reporting import Accept, Assess, Attest, Submit
from forthwith.rehearsal.acts.reviewing import ConfirmItem, HoldReview, IssueOutcome, NotifyReview, PlanReview
from forthwith.rehearsal.scenario import Scenario

MORNING, NOON, AFTERNOON, EVENING = time(10), time(12), time(15), time(16)
REVIEW_EARLY, PLAN_EARLY = 5, 30  # working days before a review is due, and before it is held
OUTCOME_AFTER = 5
WORDS = "As rehearsed."
UPDATED_WITHIN = 0.8  # of the days after which a plan is stale
PLAN = "plan"


def everybody_in_time(notice: Notice, but: str | None = None) -> Scenario:
    """`notice` is one that has just been issued. `but`: an obligation about which nobody does anything."""
    acts = [act for each in notice.owed if each.id != but for act in _Story(notice, but).acts(each)]
    return Scenario(
        format="forthwith-scenario/1",
        id="everybody-in-time",
        title="Everybody acts in time",
        shows="What the engine has left to do when everybody does what they owe.",
        acts=tuple(acts),
    )


class _Story:
    def __init__(self, notice: Notice, but: str | None) -> None:
        self.notice, self.calendar, self.but = notice, notice.working_days, but

    def acts(self, obligation: Obligation) -> Iterator[Any]:
        match obligation:
            case MaximumGapReview():
                yield from self._reviews(obligation)
            case Continuing(stale_after_days=int(days)):
                yield from self._plan(obligation, days)
        for each in expected(self.notice):
            if each.obligation.id == obligation.id:
                yield from self._dated(each)

    def _dated(self, each: Expected) -> Iterator[Any]:
        obligation, name, day = each.obligation, _name(each), self._in_time(each)
        match obligation:
            case RecurringReport():
                yield from self._report(obligation, name, day)
            case FixedDeadline() if obligation.sections:
                yield from self._report(obligation, name, day)
            case FixedDeadline():
                who = self._assessor(obligation)
                yield Assess(
                    do="assess", who=who, occurrence=name, at=_at(each.due_on, EVENING), outcome="met"
                )
            case AfterEvent():
                yield Assess(
                    do="assess", who=obligation.assignee, occurrence=name, at=_at(day, MORNING), outcome="met"
                )
            case Continuing() if each.period is not None:
                yield Attest(
                    do="attest",
                    who=obligation.assignee,
                    occurrence=name,
                    at=_at(day, MORNING),
                    statement=WORDS,
                )

    def _report(self, obligation: Obligation, name: str, day: date) -> Iterator[Any]:
        yield Submit(do="submit", who=obligation.assignee, occurrence=name, at=_at(day, MORNING))
        yield Accept(do="accept", who=self._receiver(obligation), occurrence=name, at=_at(day, AFTERNOON))

    def _reviews(self, obligation: MaximumGapReview) -> Iterator[Any]:
        """Each is held some days before the last one allowed, from which the days until the next are counted."""
        nth = next((each for each in expected(self.notice) if each.obligation.id == obligation.id), None)
        while nth is not None:
            opens = local_date(nth.opens, self.notice.terms.zone)
            held = max(self.calendar.add_working_days(nth.due_on, -REVIEW_EARLY), opens + timedelta(days=1))
            planned = max(
                self.calendar.add_working_days(held, -PLAN_EARLY), self.calendar.add_working_days(opens, 1)
            )
            yield from self._review(obligation, _name(nth), planned, held)
            number = int(nth.id.period) + 1
            nth = review_after(self.notice, obligation, number, held)

    def _review(self, obligation: MaximumGapReview, name: str, planned: date, held: date) -> Iterator[Any]:
        who = obligation.assignee
        yield PlanReview(
            do="plan-review", who=who, occurrence=name, at=_at(planned, MORNING), starts_on=held, ends_on=held,
            reviewers=(WORDS,), scope=WORDS,
        )  # fmt: skip
        yield NotifyReview(do="notify-review", who=who, occurrence=name, at=_at(planned, NOON))
        for each in self.notice.owed:
            if each.id != self.but:
                yield from self._beside(each, obligation, name.partition("/")[2], planned, held)
        yield HoldReview(do="hold-review", who=who, occurrence=name, at=_at(held, EVENING))
        told = self.calendar.add_working_days(held, OUTCOME_AFTER)
        yield IssueOutcome(do="issue-outcome", who=who, occurrence=name, at=_at(told, MORNING), letter=WORDS)

    def _beside(
        self, each: Obligation, review: MaximumGapReview, period: str, planned: date, held: date
    ) -> Iterator[Any]:
        """What has to be there before a review, and what is provided while it goes on."""
        name = f"{each.id}/{period}"
        match each:
            case BeforeEvent(event=review.id):
                due = due_date(each.due, calendar=self.calendar, event=held)
                day = max(self.calendar.add_working_days(due, -1), planned + timedelta(days=1))
                yield from self._report(each, name, day)
            case DuringEvent(event=review.id):
                for item in each.items:
                    yield ConfirmItem(
                        do="confirm-item",
                        who=self._receiver(each),
                        occurrence=name,
                        at=_at(held, NOON),
                        item=item.id,
                    )

    def _plan(self, obligation: Continuing, days: int) -> Iterator[Any]:
        """One objective with one action, brought up to date often enough, delivered some days before the notice ends."""
        name, who = f"{obligation.id}/{PLAN}", obligation.assignee
        adopted = self.calendar.add_working_days(self.notice.since[obligation.id], 1)
        ends = self.notice.owed_until
        delivered = self.calendar.add_working_days(ends, -REVIEW_EARLY)
        areas = [each.id for each in areas_to_cover(self.notice, obligation.id)]
        action = {"id": "everything", "title": WORDS, "owner": who, "due_on": ends}
        objective = {
            "id": "plan", "title": WORDS, "owner": who, "areas": areas, "sources": [WORDS], "actions": [action]
        }  # fmt: skip
        yield AdoptPlan.model_validate(
            {
                "do": "adopt-plan",
                "who": who,
                "occurrence": name,
                "at": _at(adopted, MORNING),
                "objectives": [objective],
            }
        )
        step = timedelta(days=max(1, int(days * UPDATED_WITHIN)))
        day = adopted + step
        while day < delivered:
            yield self._progress(who, name, day, "on-track")
            day += step
        yield DeliverAction(
            do="deliver-action",
            who=who,
            occurrence=name,
            at=_at(delivered, NOON),
            action="everything",
            evidence=WORDS,
        )
        yield self._progress(who, name, delivered, "complete")

    def _progress(self, who: str, name: str, day: date, rating: Any) -> UpdateProgress:
        return UpdateProgress(
            do="update-progress", who=who, occurrence=name, at=_at(day, AFTERNOON), objective="plan", rating=rating,
            text=WORDS,
        )  # fmt: skip

    def _in_time(self, each: Expected) -> date:
        """The working day before the due day, or the due day itself where it opens too late for that."""
        opens = local_date(each.opens, self.notice.terms.zone)
        before = self.calendar.add_working_days(each.due_on, -1)
        return before if before > opens else each.due_on

    def _receiver(self, obligation: Obligation) -> str:
        return next(iter(self.notice.accepting_roles(obligation.id)), obligation.assignee)

    def _assessor(self, obligation: FixedDeadline) -> str:
        """Whom the ladder asks, as long as it is not written otherwise whoever accepts it."""
        rungs = self.notice.ladder(obligation.ladder).rungs if obligation.ladder else ()
        asked = (role for rung in rungs if rung.do == "assess" for role in rung.to)
        return next(asked, self._receiver(obligation))


def _name(each: Expected) -> str:
    return f"{each.id.obligation}/{each.id.period}"


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour)
