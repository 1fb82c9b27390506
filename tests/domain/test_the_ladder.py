"""Each rung falls at nine, local time, of its own working day, and nobody is escalated unheard."""

from datetime import date, datetime, timedelta

import pytest

from domain.chasing.outlook import is_closed, look
from domain.commands import (
    AcknowledgeTask,
    RecordMessageUndeliverable,
    SubmitReport,
    TakeDueStep,
)
from domain.events.chasing import (
    AcknowledgementRequested,
    EscalationRaised,
    EscalationResolved,
    OverdueNoticeIssued,
    ReferredForConsideration,
    ReminderIssued,
    RungsCollapsed,
)
from domain.events.owing import ReportSubmitted
from domain.identity import OccurrenceId
from domain.refusals import OccurrenceNotOpen
from domain.time.zones import to_local
from tests.domain.people import DIRECTOR, MAY_REPORT, MINISTERS_OFFICE, OFFICER, WHOLE_REPORT, occurrence
from tests.domain.specification import LONDON, World, given, london, raised

STEP = TakeDueStep(MAY_REPORT)
WHOLE = SubmitReport(MAY_REPORT, WHOLE_REPORT)

MAIN_LANE = ("remind-1", "remind-2", "overdue", "director", "chief-executive", "chair", "case-lead", "refer")


def whole_ladder(notice_issued: World, period: str) -> tuple[World, OccurrenceId]:
    """Nobody reports for this month, and the clock runs to the end."""
    world = notice_issued.opened(london(2017, 6, 1))
    report = occurrence("monthly-report", period)
    since = world.case(report).occurrence.facts.opens
    return world.chased(report, since, london(2017, 8, 1)), report


def days(world: World, report: OccurrenceId) -> dict[str, date]:
    return {rung: to_local(at, LONDON).date() for rung, at in raised(world, report)}


def test_the_whole_ladder_of_the_first_report_that_nobody_sends(notice_issued: World) -> None:
    world, report = whole_ladder(notice_issued, "2016-05")
    assert days(world, report) == {
        "acknowledge-reminder": date(2016, 6, 6),
        "remind-1": date(2016, 6, 7),
        "remind-2": date(2016, 6, 13),
        "overdue": date(2016, 6, 15),
        "director": date(2016, 6, 17),
        "director-reminder": date(2016, 6, 21),
        "chief-executive": date(2016, 6, 21),
        "chief-executive-reminder": date(2016, 6, 23),
        "chair": date(2016, 6, 24),
        "chair-reminder": date(2016, 6, 28),
        "case-lead": date(2016, 6, 28),
        "case-lead-reminder": date(2016, 6, 30),
        "refer": date(2016, 7, 5),
        "referral-reminder": date(2016, 7, 8),
    }


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        pytest.param(
            "2016-09",
            [(10, 7), (10, 13), (10, 17), (10, 19), (10, 21), (10, 26), (10, 28), (11, 4)],
            id="across the end of summer time on 30 October 2016",
        ),
        pytest.param(
            "2016-11",
            [(12, 7), (12, 13), (12, 15), (12, 19), (12, 21), (12, 28), (12, 30), (1, 9)],
            id="across Christmas and New Year with their substitute days",
        ),
        pytest.param(
            "2017-02",
            [(3, 7), (3, 13), (3, 15), (3, 17), (3, 21), (3, 24), (3, 28), (4, 4)],
            id="across the start of summer time on 26 March 2017",
        ),
        pytest.param(
            "2017-03",
            [(4, 7), (4, 13), (4, 19), (4, 21), (4, 25), (4, 28), (5, 3), (5, 10)],
            id="across Easter and the first bank holiday of May 2017",
        ),
    ],
)
def test_the_ladder_keeps_to_working_days(
    notice_issued: World, period: str, expected: list[tuple[int, int]]
) -> None:
    world, report = whole_ladder(notice_issued, period)
    found = days(world, report)
    assert [(found[rung].month, found[rung].day) for rung in MAIN_LANE] == expected
    for _, at in raised(world, report):
        assert to_local(at, LONDON).strftime("%H:%M:%S") == "09:00:00"


def test_each_rung_is_of_its_own_kind_and_tells_its_own_people(notice_issued: World) -> None:
    world, report = whole_ladder(notice_issued, "2016-05")
    told = {
        event.rung: (type(event), [message.role for message in event.messages])
        for event in world.events_of(report)
        if hasattr(event, "raised_at")
    }
    assert told["remind-1"] == (ReminderIssued, ["reporting-officer"])
    assert told["overdue"] == (OverdueNoticeIssued, ["reporting-officer", "director"])
    assert told["director"] == (EscalationRaised, ["director"])
    assert told["director-reminder"] == (AcknowledgementRequested, ["director"])
    assert told["refer"] == (ReferredForConsideration, ["ministers-office"])
    assert told["referral-reminder"] == (AcknowledgementRequested, ["ministers-office", "case-lead"])


def test_a_referral_names_the_power_and_uses_none(referred_for_consideration: World) -> None:
    (referral,) = [
        event
        for event in referred_for_consideration.events_of(MAY_REPORT)
        if isinstance(event, ReferredForConsideration)
    ]
    assert referral.power == "Section 497A of the Education Act 1996, as amended"


def test_nothing_is_sent_one_second_early(report_reminded: World) -> None:
    given(report_reminded).when(STEP, at=london(2016, 6, 15) - timedelta(seconds=1)).then_nothing_happened()
    given(report_reminded).when(STEP, at=london(2016, 6, 15)).then(OverdueNoticeIssued)


def test_a_step_is_not_taken_twice(report_overdue: World) -> None:
    given(report_overdue).when(STEP, at=london(2016, 6, 15)).then_nothing_happened()
    given(report_overdue).when(STEP, at=london(2016, 6, 16, 23)).then_nothing_happened()


def test_no_step_is_taken_for_what_has_not_opened(notice_issued: World) -> None:
    given(notice_issued).when(STEP, at=london(2016, 5, 20)).then_refused(OccurrenceNotOpen)


def test_nothing_is_sent_after_the_report_has_come(report_overdue: World) -> None:
    world = report_overdue.after(WHOLE, OFFICER, london(2016, 6, 16))
    assert look(world.case(MAY_REPORT), london(2016, 6, 16)).closed
    given(world).when(STEP, at=london(2016, 7, 5)).then_nothing_happened()


def test_whoever_acknowledges_is_not_asked_to(report_open: World, director_told: World) -> None:
    world = report_open.after(AcknowledgeTask(MAY_REPORT), OFFICER, london(2016, 6, 2))
    world = world.chased(MAY_REPORT, london(2016, 6, 2), london(2016, 6, 7))
    assert [rung for rung, _ in raised(world, MAY_REPORT)] == ["remind-1"]
    seen = director_told.after(AcknowledgeTask(MAY_REPORT, "director"), DIRECTOR, london(2016, 6, 17, 14))
    seen = seen.chased(MAY_REPORT, london(2016, 6, 17, 14), london(2016, 7, 8))
    assert not raised(seen, MAY_REPORT, "director-reminder")
    assert raised(seen, MAY_REPORT, "refer") == [("refer", london(2016, 7, 5))]


def test_nobody_is_escalated_before_the_overdue_notice_has_left(report_reminded: World) -> None:
    unsent = report_reminded.woken(MAY_REPORT, london(2016, 6, 15))
    assert look(unsent.case(MAY_REPORT), london(2016, 6, 15)).waiting == "for a message to be sent"
    given(unsent).when(STEP, at=london(2016, 6, 30)).then_nothing_happened()
    one_sent = unsent.after(
        RecordMessageUndeliverable(
            MAY_REPORT, unsent.unsettled(MAY_REPORT)[0], "post", "The address is not known."
        ),
        OFFICER,
        london(2016, 6, 16),
    )
    given(one_sent).when(STEP, at=london(2016, 6, 30)).then_nothing_happened()
    both = one_sent.delivered(MAY_REPORT, london(2016, 6, 16))
    assert look(both.case(MAY_REPORT), london(2016, 6, 16)).next_at == london(2016, 6, 17)


def test_a_notice_that_cannot_be_delivered_does_not_hold_up_the_chase_for_ever(
    report_reminded: World,
) -> None:
    world = report_reminded.woken(MAY_REPORT, london(2016, 6, 15))
    for message in world.unsettled(MAY_REPORT):
        lost = RecordMessageUndeliverable(MAY_REPORT, message, "post", "550 no such mailbox")
        world = world.after(lost, OFFICER, london(2016, 6, 15, 10))
    given(world).when(STEP, at=london(2016, 6, 17)).then(EscalationRaised)


def test_a_notice_that_leaves_late_gives_everybody_the_same_time_to_answer(report_reminded: World) -> None:
    world = report_reminded.woken(MAY_REPORT, london(2016, 6, 24)).delivered(MAY_REPORT, london(2016, 6, 24))
    world = world.chased(MAY_REPORT, london(2016, 6, 24), london(2016, 8, 1))
    late = days(world, MAY_REPORT)
    calendar = world.notice.working_days
    on_time = {"overdue": 1, "director": 3, "chief-executive": 5, "chair": 8, "case-lead": 10, "refer": 15}
    for rung, working_days in on_time.items():
        assert calendar.working_days_between(late["overdue"], late[rung]) == working_days - 1


def test_after_an_interruption_one_step_is_taken_and_the_rest_is_recorded_as_not_sent(
    report_open: World,
) -> None:
    came = given(report_open).when(STEP, at=london(2016, 6, 30, 12)).then(RungsCollapsed, OverdueNoticeIssued)
    collapsed = came.the(RungsCollapsed)
    assert collapsed.rungs == ("acknowledge-reminder", "remind-1", "remind-2")
    assert collapsed.into == "overdue"
    assert came.the(OverdueNoticeIssued).planned_at == london(2016, 6, 15)
    given(came.world.delivered(MAY_REPORT, london(2016, 6, 30, 12))).when(
        STEP, at=london(2016, 6, 30, 12)
    ).then_nothing_happened()


def test_a_referral_never_overtakes_the_rung_below_it(report_overdue: World) -> None:
    came = given(report_overdue).when(STEP, at=london(2016, 8, 1)).then(RungsCollapsed, EscalationRaised)
    assert came.the(EscalationRaised).rung == "case-lead"
    assert came.the(RungsCollapsed).rungs == ("director", "chief-executive", "chair")
    world = came.world.delivered(MAY_REPORT, london(2016, 8, 1)).chased(
        MAY_REPORT, london(2016, 8, 1), london(2016, 9, 1)
    )
    assert raised(world, MAY_REPORT, "refer") == [("refer", london(2016, 8, 8))]


def test_what_piled_up_on_several_lanes_goes_out_as_one_step(director_told: World) -> None:
    came = given(director_told).when(STEP, at=london(2016, 7, 20, 12)).then(RungsCollapsed, EscalationRaised)
    assert came.the(RungsCollapsed).rungs == ("director-reminder", "chief-executive", "chair")
    assert came.the(EscalationRaised).rung == "case-lead"


def test_who_is_late_on_two_lanes_in_calm_gets_both_steps(director_told: World) -> None:
    world = director_told.chased(MAY_REPORT, london(2016, 6, 17), london(2016, 6, 21))
    assert raised(world, MAY_REPORT)[-2:] == [
        ("chief-executive", london(2016, 6, 21)),
        ("director-reminder", london(2016, 6, 21)),
    ] or raised(world, MAY_REPORT)[-2:] == [
        ("director-reminder", london(2016, 6, 21)),
        ("chief-executive", london(2016, 6, 21)),
    ]
    assert not [event for event in world.events_of(MAY_REPORT) if isinstance(event, RungsCollapsed)]


@pytest.mark.parametrize(
    ("comes_back", "goes_out"),
    [
        (london(2016, 6, 18, 12), london(2016, 6, 20)),
        (london(2016, 6, 20, 3), london(2016, 6, 20)),
        (london(2016, 6, 20, 22), london(2016, 6, 20, 22)),
    ],
    ids=["on a Saturday", "in the night", "in the evening of a working day"],
)
def test_an_engine_that_comes_back_does_not_disturb_a_weekend_or_a_night_before_work(
    report_reminded: World, comes_back: datetime, goes_out: datetime
) -> None:
    assert look(report_reminded.case(MAY_REPORT), comes_back).next_at == goes_out
    if goes_out > comes_back:
        given(report_reminded).when(STEP, at=comes_back).then_nothing_happened()
    given(report_reminded).when(STEP, at=goes_out).then(OverdueNoticeIssued)


def test_a_referral_stays_until_it_is_acknowledged(referred_for_consideration: World) -> None:
    came = given(referred_for_consideration).when(WHOLE, OFFICER, at=london(2016, 7, 6))
    came.then(ReportSubmitted, *[EscalationResolved] * 4)
    assert "refer" not in [event.rung for event in came.events[1:]]
    assert not is_closed(came.world.case(MAY_REPORT).occurrence)
    chased = came.world.delivered(MAY_REPORT, london(2016, 7, 6)).chased(
        MAY_REPORT, london(2016, 7, 6), london(2016, 9, 1)
    )
    assert raised(chased, MAY_REPORT)[-1] == ("referral-reminder", london(2016, 7, 8))
    seen = chased.after(AcknowledgeTask(MAY_REPORT, "refer"), MINISTERS_OFFICE, london(2016, 7, 11))
    assert is_closed(seen.case(MAY_REPORT).occurrence)


def test_a_referral_is_asked_to_be_acknowledged_only_while_it_is_not(
    referred_for_consideration: World,
) -> None:
    seen = referred_for_consideration.after(
        AcknowledgeTask(MAY_REPORT, "refer"), MINISTERS_OFFICE, london(2016, 7, 5, 10)
    ).chased(MAY_REPORT, london(2016, 7, 5, 10), london(2016, 9, 1))
    assert not raised(seen, MAY_REPORT, "referral-reminder")


def test_when_the_ladder_is_climbed_somebody_has_to_act(notice_issued: World) -> None:
    world, report = whole_ladder(notice_issued, "2016-05")
    outlook = look(world.case(report), london(2017, 8, 1))
    assert (outlook.waiting, outlook.next_at, outlook.closed) == ("for somebody to act", None, False)
