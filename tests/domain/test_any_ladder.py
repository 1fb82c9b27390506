"""Whatever the ladder, and however the wake-ups are lost, late or repeated: never early, never twice, never unheard."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.actor import ENGINE
from domain.chasing.outlook import look
from domain.commands import AcknowledgeTask, SubmitReport, TakeDueStep
from domain.decide import decide
from domain.events.chasing import AcknowledgementRequested, RungsCollapsed
from domain.terms.ladders import Ladder, Rung
from domain.time.zones import to_local
from tests.domain.people import MAY_REPORT, OFFICER, WHOLE_REPORT
from tests.domain.random_ladders import OPENS, fits_a_notice, ladders, report_open_on
from tests.domain.specification import LONDON, World, raised

LADDERS = ladders().filter(fits_a_notice)
LONG_ENOUGH = timedelta(days=200)
MINUTES = st.integers(0, 59).map(lambda n: timedelta(minutes=n))
# Fifteen rungs may fall on one morning one after the other, and all of them within the hour.
A_LITTLE = st.integers(0, 3).map(lambda n: timedelta(minutes=n))
DELAYS = st.one_of(
    st.just(timedelta(0)), MINUTES, st.integers(1, 96).map(lambda n: timedelta(hours=n)),
    st.integers(1, 60).map(lambda n: timedelta(days=n)),
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """A wake-up that comes so much late, whether the mail works then, and whether somebody acts first."""

    late: timedelta
    mail_works: bool
    somebody: str | None


CALM = Moment(timedelta(0), True, None)
THE_REPORT_COMES = Moment(timedelta(0), True, "submits")
MOMENTS = st.builds(
    Moment, DELAYS, st.booleans(), st.sampled_from([None, None, None, None, "submits", "acknowledges"])
)


def lived_through(world: World, moments: list[Moment]) -> World:
    """The clock wakes at its own instants, each so much late; when the moments are over, all is calm."""
    now = OPENS
    calm_from = len(moments)
    for number in range(200):
        moment = moments[number] if number < calm_from else CALM
        at = look(world.case(MAY_REPORT), now).next_at
        if at is None and number >= calm_from and not world.unsettled(MAY_REPORT):
            return world
        now = max(now, at or now) + moment.late
        world = _somebody(world, moment.somebody, now)
        world = world.woken(MAY_REPORT, now)
        if moment.mail_works:
            world = world.delivered(MAY_REPORT, now)
    raise AssertionError("the chase never comes to rest")


def _somebody(world: World, does: str | None, now: datetime) -> World:
    occurrence = world.case(MAY_REPORT).occurrence
    if does == "submits" and not occurrence.is_met:
        return world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, now)
    if does == "acknowledges" and not occurrence.is_met and occurrence.acknowledged is None:
        return world.after(AcknowledgeTask(MAY_REPORT), OFFICER, now)
    return world


def raisings(world: World) -> Iterator[Any]:
    return (event for event in world.events_of(MAY_REPORT) if hasattr(event, "raised_at"))


def main_lane(ladder: Ladder) -> list[Rung]:
    return [rung for rung in ladder.rungs if rung.chases is None]


@settings(max_examples=60, deadline=None)
@given(ladder=LADDERS, moments=st.lists(MOMENTS, max_size=8))
def test_no_rung_is_raised_early_or_off_the_working_day(ladder: Ladder, moments: list[Moment]) -> None:
    world = lived_through(report_open_on(ladder), moments)
    calendar = world.notice.working_days
    for event in raisings(world):
        local = to_local(event.raised_at, LONDON)
        assert event.raised_at >= event.planned_at
        assert calendar.is_working_day(local.date())
        assert local.time() >= ladder.at


@settings(max_examples=60, deadline=None)
@given(ladder=LADDERS, moments=st.lists(MOMENTS, max_size=8))
def test_no_rung_is_taken_twice_and_they_are_taken_in_order(ladder: Ladder, moments: list[Moment]) -> None:
    world = lived_through(report_open_on(ladder), moments)
    taken = [event.rung for event in raisings(world)]
    passed = [
        rung
        for event in world.events_of(MAY_REPORT)
        if isinstance(event, RungsCollapsed)
        for rung in event.rungs
    ]
    assert len(set(taken + passed)) == len(taken + passed)
    order = [rung.id for rung in main_lane(ladder)]
    main = [rung for rung in taken if rung in order]
    assert main == sorted(main, key=order.index)


@settings(max_examples=60, deadline=None)
@given(ladder=LADDERS, before=st.lists(MOMENTS, max_size=8), after=st.lists(MOMENTS, max_size=4))
def test_nothing_is_chased_once_it_has_come(
    ladder: Ladder, before: list[Moment], after: list[Moment]
) -> None:
    world = lived_through(report_open_on(ladder), [*before, THE_REPORT_COMES, *after])
    met = world.case(MAY_REPORT).occurrence.met_at
    assert met is not None
    for event in raisings(world):
        if event.raised_at > met:
            assert isinstance(event, AcknowledgementRequested)
            assert event.task == "refer"


@settings(max_examples=60, deadline=None)
@given(ladder=LADDERS, moments=st.lists(MOMENTS, max_size=8))
def test_nobody_is_escalated_unheard(ladder: Ladder, moments: list[Moment]) -> None:
    world = report_open_on(ladder)
    world = lived_through(world, moments)
    before = report_open_on(ladder)
    for draft in world.history[len(before.history) :]:
        state = before.case(MAY_REPORT).occurrence
        rung = next((each for each in main_lane(ladder) if each.id == getattr(draft.event, "rung", "")), None)
        if rung is not None and hasattr(draft.event, "raised_at") and rung.do in ("escalate", "refer"):
            below = [each for each in state.rungs if each.status == "raised" and each.rung.chases is None]
            assert "overdue" in [each.rung.do for each in below]
            assert all(each.told_everybody for each in below if each.rung.do != "remind")
        if rung is not None and rung.do == "refer":
            main = [each for each in state.rungs if each.rung.chases is None]
            assert main[-2].status == "raised"
        before = before.told([draft])


@settings(max_examples=60, deadline=None)
@given(ladder=LADDERS, moments=st.lists(MOMENTS, max_size=8))
def test_no_rung_above_the_overdue_notice_is_ever_lost(ladder: Ladder, moments: list[Moment]) -> None:
    world = lived_through(report_open_on(ladder), [_idle(each) for each in moments])
    state = world.case(MAY_REPORT).occurrence
    assert {
        each.rung.id: each.status for each in state.rungs if each.status == "waiting" and not each.rung.chases
    } == {}
    assert (
        state.rungs[[each.rung.id for each in state.rungs].index(main_lane(ladder)[-1].id)].status == "raised"
    )


def _idle(moment: Moment) -> Moment:
    return Moment(moment.late, moment.mail_works, None)


def distance_from_due(ladder: Ladder, rung: Rung) -> int:
    """In working days, for rungs that count them."""
    assert rung.working_days is not None
    return rung.working_days + (
        0 if rung.after == "due" else distance_from_due(ladder, ladder.rung(rung.after))
    )


@settings(max_examples=60, deadline=None)
@given(ladder=LADDERS, moments=st.lists(MOMENTS, max_size=8))
def test_everybody_has_the_time_to_answer_that_the_ladder_gives(
    ladder: Ladder, moments: list[Moment]
) -> None:
    world = lived_through(report_open_on(ladder), [_idle(each) for each in moments])
    calendar = world.notice.working_days
    above = [rung for rung in main_lane(ladder) if rung.do != "remind"]
    days = {rung: to_local(at, LONDON).date() for rung, at in raised(world, MAY_REPORT)}
    taken = [rung for rung in above if rung.id in days]
    for lower, higher in pairwise(taken):
        given_time = calendar.working_days_between(days[lower.id], days[higher.id])
        assert given_time >= distance_from_due(ladder, higher) - distance_from_due(ladder, lower)


@settings(max_examples=40, deadline=None)
@given(ladder=LADDERS)
def test_in_calm_every_rung_falls_on_its_own_day(ladder: Ladder) -> None:
    world = lived_through(report_open_on(ladder), [])
    calendar = world.notice.working_days
    facts = world.case(MAY_REPORT).occurrence.facts
    days = {rung: to_local(at, LONDON) for rung, at in raised(world, MAY_REPORT)}
    for rung in main_lane(ladder):
        if rung.do != "remind":
            assert days[rung.id].date() == calendar.add_working_days(
                facts.due_on, distance_from_due(ladder, rung)
            )
            assert days[rung.id].time() == ladder.at


@settings(max_examples=40, deadline=None)
@given(
    ladder=LADDERS,
    repeated=st.lists(st.integers(0, 200 * 24 * 60).map(lambda n: OPENS + timedelta(minutes=n)), max_size=30),
)
def test_wake_ups_that_come_without_a_reason_change_nothing(ladder: Ladder, repeated: list[datetime]) -> None:
    calm = lived_through(report_open_on(ladder), [])
    world, now = report_open_on(ladder), OPENS
    for poke in sorted(repeated):
        world = world.chased(MAY_REPORT, now, poke)
        assert world.decided(TakeDueStep(MAY_REPORT), ENGINE, poke) == ()
        now = poke
    world = world.chased(MAY_REPORT, now, OPENS + LONG_ENOUGH)
    assert world.history == calm.history


@settings(max_examples=40, deadline=None)
@given(ladder=LADDERS, delays=st.lists(A_LITTLE, min_size=20, max_size=20))
def test_wake_ups_that_come_a_little_late_raise_the_same_rungs_on_the_same_days(
    ladder: Ladder, delays: list[timedelta]
) -> None:
    calm = lived_through(report_open_on(ladder), [])
    late = lived_through(report_open_on(ladder), [Moment(each, True, None) for each in delays])
    assert _rungs_and_days(late) == _rungs_and_days(calm)


def _rungs_and_days(world: World) -> set[tuple[str, Any]]:
    return {(rung, to_local(at, LONDON).date()) for rung, at in raised(world, MAY_REPORT)}


@settings(max_examples=50, deadline=None)
@given(ladder=LADDERS, at=st.integers(0, 100 * 24).map(lambda n: OPENS + timedelta(hours=n)))
def test_the_same_case_at_the_same_time_gives_the_same_decision(ladder: Ladder, at: datetime) -> None:
    case = report_open_on(ladder).case(MAY_REPORT)
    step = TakeDueStep(MAY_REPORT)
    assert decide(case, step, ENGINE, at) == decide(case, step, ENGINE, at)
