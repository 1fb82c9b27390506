"""A report is judged by somebody who did not submit it; one that is returned stays on time and is made good."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.actor import Actor
from domain.case import Draft
from domain.chasing.outlook import is_closed
from domain.commands import AcceptReport, ReturnReport, SubmitReport
from domain.events.chasing import EscalationResolved, ReferredForConsideration
from domain.events.excusing import OccurrenceWaived, OccurrenceWithdrawn
from domain.events.owing import OccurrenceOpened, ReportAccepted, ReportSubmitted
from domain.events.reporting import DeficiencyMadeGood, ReportReturned
from domain.events.tending import ObligationEnded, RoleDelegated
from domain.identity import notice_stream
from domain.occurrence.standing import was_late
from domain.refusals import (
    CannotBeReturned,
    FourEyesRequired,
    NotASection,
    NotForYouToAccept,
    NothingToAccept,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    WrongKindOfObligation,
)
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    CHAIR_REPORT,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    MONTHLY_SECTIONS,
    OFFICER,
    STRANGER,
    WHOLE_REPORT,
    answers,
    occurrence,
)
from tests.domain.specification import World, given, london, raised

SUPPLEMENT = occurrence("monthly-report", "2016-05-supplement-1")
SECOND_SUPPLEMENT = occurrence("monthly-report", "2016-05-supplement-2")
RETURNED_AT = london(2016, 6, 15, 11)
RETURN = ReturnReport(MAY_REPORT, "It says what was done and not what it changed.", ("impact", "views"))
GOOD = answers("impact", "views")


@pytest.fixture(scope="module")
def hollow(report_open: World) -> World:
    sections = answers("data", "analysis", "slow-objectives", "contributions", "recommendations")
    return report_open.after(SubmitReport(MAY_REPORT, sections), OFFICER, london(2016, 6, 14, 16))


@pytest.fixture(scope="module")
def returned(hollow: World) -> World:
    return hollow.after(RETURN, CHAIR, RETURNED_AT)


@pytest.fixture(scope="module")
def supplement_submitted(returned: World) -> World:
    return returned.after(SubmitReport(SUPPLEMENT, GOOD), OFFICER, london(2016, 6, 20, 10))


def delegated(world: World, role: str, holder: Actor, to: Actor) -> World:
    event = RoleDelegated(
        role, holder.id, to.id, date(2016, 6, 1), date(2016, 6, 30), "On leave.", london(2016, 6, 1, 8)
    )
    return world.told((Draft(notice_stream("lancashire-2016"), event),))


def test_a_returned_report_opens_a_supplemental_one_with_its_own_clock(hollow: World) -> None:
    came = given(hollow).when(RETURN, CHAIR, at=RETURNED_AT).then(ReportReturned, OccurrenceOpened)
    event, opened = came.the(ReportReturned), came.the(OccurrenceOpened)
    assert (event.version, event.sections, event.returned_as) == (1, ("impact", "views"), "board-chair")
    assert (event.supplement, event.supplement_due_on) == ("2016-05-supplement-1", date(2016, 6, 29))
    assert (opened.period, opened.supplements, opened.due_on) == (
        "2016-05-supplement-1",
        "2016-05",
        date(2016, 6, 29),
    )
    assert (opened.kind, opened.strength, opened.ladder) == (
        "recurring-report",
        "should",
        "council-supplemental",
    )
    assert opened.title == f"Supplemental report: {hollow.case(MAY_REPORT).occurrence.facts.title}"
    assert [(each.id, each.required) for each in opened.sections] == [("impact", True), ("views", True)]


def test_the_submitter_and_those_who_do_the_work_are_told_of_a_return_once(report_open: World) -> None:
    by_officer = report_open.after(SubmitReport(MAY_REPORT, answers("data")), OFFICER, london(2016, 6, 14))
    event = given(by_officer).when(RETURN, CHAIR, at=RETURNED_AT).the(ReportReturned)
    assert [(each.person, each.role) for each in event.messages] == [(OFFICER.id, "reporting-officer")]
    by_director = report_open.after(SubmitReport(MAY_REPORT, answers("data")), DIRECTOR, london(2016, 6, 14))
    event = given(by_director).when(RETURN, CHAIR, at=RETURNED_AT).the(ReportReturned)
    assert [(each.person, each.role) for each in event.messages] == [
        (DIRECTOR.id, "director"),
        (OFFICER.id, "reporting-officer"),
    ]


def test_a_return_counts_working_days_over_a_weekend_and_a_bank_holiday(hollow: World) -> None:
    for at, due_on in (
        (london(2016, 6, 18, 12), date(2016, 7, 1)),
        (london(2016, 8, 19, 12), date(2016, 9, 5)),
        (london(2016, 12, 23, 12), date(2017, 1, 11)),
        (london(2016, 6, 15, 0), date(2016, 6, 29)),
        (london(2016, 6, 15, 23, 59), date(2016, 6, 29)),
    ):
        assert given(hollow).when(RETURN, CHAIR, at=at).the(ReportReturned).supplement_due_on == due_on


def test_what_is_missing_is_deficient_if_nothing_is_named(hollow: World) -> None:
    unnamed = ReturnReport(MAY_REPORT, "Parts are missing.")
    event = given(hollow).when(unnamed, CHAIR, at=RETURNED_AT).the(ReportReturned)
    assert event.sections == ("impact", "views")


def test_everything_is_deficient_if_nothing_is_missing_or_named(report_submitted: World) -> None:
    unnamed = ReturnReport(MAY_REPORT, "Every section repeats last year’s words.")
    event = given(report_submitted).when(unnamed, CHAIR, at=RETURNED_AT).the(ReportReturned)
    assert event.sections == MONTHLY_SECTIONS


def test_sections_are_recorded_in_the_order_of_the_report_and_once(hollow: World) -> None:
    named = ReturnReport(MAY_REPORT, "Weak.", ("views", "data", "views"))
    assert given(hollow).when(named, CHAIR, at=RETURNED_AT).the(ReportReturned).sections == ("data", "views")


def test_a_returned_report_stays_on_time(returned: World) -> None:
    occurrence = returned.case(MAY_REPORT).occurrence
    assert occurrence.is_deficient
    assert not was_late(occurrence)
    assert is_closed(occurrence)


def test_a_return_needs_its_reasons_and_sections_of_the_report(hollow: World) -> None:
    given(hollow).when(replace(RETURN, reasons=" \n"), CHAIR, at=RETURNED_AT).then_refused(ReasonMissing)
    given(hollow).when(replace(RETURN, sections=("weather",)), CHAIR, at=RETURNED_AT).then_refused(
        NotASection, "weather", "views"
    )


def test_nobody_returns_what_is_not_owed_to_them(hollow: World) -> None:
    for by in (DIRECTOR, CASE_LEAD, STRANGER):
        given(hollow).when(RETURN, by, at=RETURNED_AT).then_refused(
            NotForYouToAccept, "Improvement board, through its chair"
        )


def test_the_engine_judges_no_report(hollow: World) -> None:
    for command in (RETURN, AcceptReport(MAY_REPORT)):
        given(hollow).when(command, at=RETURNED_AT).then_refused(OnlyPeopleDecide)


def test_nothing_is_returned_before_a_report_has_come(report_open: World) -> None:
    given(report_open).when(RETURN, CHAIR, at=RETURNED_AT).then_refused(CannotBeReturned, "No report")


def test_a_report_is_returned_once(returned: World) -> None:
    given(returned).when(RETURN, CHAIR, at=london(2016, 6, 16)).then_refused(
        CannotBeReturned, "15 June 2016", "29 June 2016"
    )


def test_an_accepted_report_is_not_returned(report_submitted: World) -> None:
    world = report_submitted.after(AcceptReport(MAY_REPORT), CHAIR, RETURNED_AT)
    given(world).when(RETURN, CHAIR, at=london(2016, 6, 16)).then_refused(
        OccurrenceAlreadyMet, "Margaret Oduya"
    )


def test_only_a_report_for_which_the_notice_provides_a_supplement_is_returned(report_open: World) -> None:
    world = report_open.opened(london(2016, 7, 1))
    world = world.after(SubmitReport(CHAIR_REPORT, answers("progress")), CHAIR, london(2016, 7, 10))
    given(world).when(ReturnReport(CHAIR_REPORT, "Thin."), CASE_LEAD, at=london(2016, 7, 11)).then_refused(
        CannotBeReturned, "supplemental"
    )
    given(world).when(ReturnReport(FIRST_REVIEW, "Thin."), CASE_LEAD, at=london(2016, 7, 11)).then_refused(
        WrongKindOfObligation
    )


def test_nothing_is_returned_under_an_obligation_that_is_owed_no_more(hollow: World) -> None:
    ended = ObligationEnded("monthly-report", "Not asked for any more.", london(2016, 6, 15))
    world = hollow.told((Draft(notice_stream("lancashire-2016"), ended),))
    given(world).when(RETURN, CHAIR, at=RETURNED_AT).then_refused(CannotBeReturned, "owed no more")


def test_a_returned_version_is_not_accepted(returned: World) -> None:
    given(returned).when(AcceptReport(MAY_REPORT), CHAIR, at=london(2016, 6, 16)).then_refused(
        NothingToAccept, "15 June 2016", "29 June 2016"
    )


def test_another_version_may_follow_a_returned_one_and_be_accepted(returned: World) -> None:
    world = returned.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 17))
    came = given(world).when(AcceptReport(MAY_REPORT), CHAIR, at=london(2016, 6, 20))
    came.then(ReportAccepted, OccurrenceWithdrawn)
    assert came.the(ReportAccepted).version == 2
    assert came.world.case(SUPPLEMENT).occurrence.is_excused


def test_a_supplement_that_is_needed_no_more_ends_its_escalations(returned: World) -> None:
    world = returned.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 17))
    world = world.chased(SUPPLEMENT, RETURNED_AT, london(2016, 7, 4, 10))
    came = given(world).when(AcceptReport(MAY_REPORT), CHAIR, at=london(2016, 7, 5))
    came.then(ReportAccepted, EscalationResolved, OccurrenceWithdrawn)
    assert [each.person for each in came.the(EscalationResolved).messages] == [DIRECTOR.id]


def test_a_new_version_is_not_returned_while_its_supplement_is_awaited(returned: World) -> None:
    world = returned.after(SubmitReport(MAY_REPORT, answers("data")), OFFICER, london(2016, 6, 17))
    given(world).when(RETURN, CHAIR, at=london(2016, 6, 20)).then_refused(CannotBeReturned, "29 June 2016")
    waived = OccurrenceWaived("Not needed.", CASE_LEAD.id, "case-lead", (), london(2016, 6, 20))
    world = world.told((Draft(SUPPLEMENT.stream, waived),))
    event = given(world).when(RETURN, CHAIR, at=london(2016, 6, 21)).the(ReportReturned)
    assert (event.version, event.supplement) == (2, "2016-05-supplement-2")


def test_an_accepted_supplement_makes_the_report_good_in_the_same_decision(
    supplement_submitted: World,
) -> None:
    came = given(supplement_submitted).when(AcceptReport(SUPPLEMENT), CHAIR, at=london(2016, 6, 22))
    came.then(ReportAccepted, DeficiencyMadeGood)
    made_good = came.the(DeficiencyMadeGood)
    assert (made_good.supplement, made_good.accepted_as) == ("2016-05-supplement-1", "board-chair")
    assert not came.world.case(MAY_REPORT).occurrence.is_deficient


def test_what_was_made_good_takes_no_more_versions_and_no_judgement(supplement_submitted: World) -> None:
    world = supplement_submitted.after(AcceptReport(SUPPLEMENT), CHAIR, london(2016, 6, 22))
    for command, by in (
        (SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER),
        (AcceptReport(MAY_REPORT), CHAIR),
        (RETURN, CHAIR),
        (SubmitReport(SUPPLEMENT, GOOD), OFFICER),
    ):
        given(world).when(command, by, at=london(2016, 6, 23)).then_refused(OccurrenceAlreadyMet)


def test_a_supplement_must_answer_what_was_deficient(returned: World) -> None:
    came = given(returned).when(SubmitReport(SUPPLEMENT, answers("impact")), OFFICER, at=london(2016, 6, 20))
    assert came.the(ReportSubmitted).missing == ("views",)
    given(returned).when(
        SubmitReport(SUPPLEMENT, answers("data")), OFFICER, at=london(2016, 6, 20)
    ).then_refused(NotASection, "impact", "views")


def test_a_returned_supplement_opens_the_next_one_of_the_same_report(supplement_submitted: World) -> None:
    again = ReturnReport(SUPPLEMENT, "The views are those of managers.", ("views",))
    came = given(supplement_submitted).when(again, CHAIR, at=london(2016, 6, 22))
    came.then(ReportReturned, OccurrenceOpened)
    opened = came.the(OccurrenceOpened)
    assert (opened.period, opened.supplements) == ("2016-05-supplement-2", "2016-05")
    assert opened.title.count("Supplemental report") == 1
    assert [each.id for each in opened.sections] == ["views"]
    given(came.world).when(again, CHAIR, at=london(2016, 6, 23)).then_refused(CannotBeReturned)


def test_the_second_supplement_makes_good_the_first_and_the_report(supplement_submitted: World) -> None:
    world = supplement_submitted.after(
        ReturnReport(SUPPLEMENT, "Weak.", ("views",)), CHAIR, london(2016, 6, 22)
    )
    world = world.after(SubmitReport(SECOND_SUPPLEMENT, answers("views")), OFFICER, london(2016, 6, 24))
    came = given(world).when(AcceptReport(SECOND_SUPPLEMENT), CHAIR, at=london(2016, 6, 27))
    came.then(ReportAccepted, DeficiencyMadeGood, DeficiencyMadeGood)
    for each in (MAY_REPORT, SUPPLEMENT):
        assert not came.world.case(each).occurrence.is_deficient


def test_accepting_a_report_touches_no_supplement_of_another(supplement_submitted: World) -> None:
    june = occurrence("monthly-report", "2016-06")
    world = supplement_submitted.opened(london(2016, 7, 1))
    world = world.after(SubmitReport(june, WHOLE_REPORT), OFFICER, london(2016, 7, 5))
    given(world).when(AcceptReport(june), CHAIR, at=london(2016, 7, 6)).then(ReportAccepted)


def test_a_late_supplement_is_chased_on_its_own_ladder_and_never_referred(returned: World) -> None:
    world = returned.chased(SUPPLEMENT, RETURNED_AT, london(2016, 12, 31))
    assert raised(world, SUPPLEMENT, "remind-1", "overdue", "director", "chair") == [
        ("remind-1", london(2016, 6, 24)),
        ("overdue", london(2016, 6, 30)),
        ("director", london(2016, 7, 4)),
        ("chair", london(2016, 7, 11)),
    ]
    assert not any(isinstance(each, ReferredForConsideration) for each in world.events_of(SUPPLEMENT))


def test_who_submitted_a_report_does_not_accept_or_return_it_in_another_role(report_open: World) -> None:
    world = delegated(report_open, "board-chair", CHAIR, OFFICER)
    world = world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 10))
    for command in (AcceptReport(MAY_REPORT), RETURN):
        given(world).when(command, OFFICER, at=london(2016, 6, 14)).then_refused(
            FourEyesRequired, "Priya Nandra"
        )


def test_a_delegate_does_not_approve_their_own_submission(report_open: World) -> None:
    world = delegated(report_open, "reporting-officer", OFFICER, STRANGER)
    world = delegated(world, "board-chair", CHAIR, STRANGER)
    came = given(world).when(SubmitReport(MAY_REPORT, WHOLE_REPORT), STRANGER, at=london(2016, 6, 10))
    event = came.the(ReportSubmitted)
    assert (event.submitted_by, event.submitted_as, event.on_behalf_of) == (
        STRANGER.id,
        "reporting-officer",
        OFFICER.id,
    )
    given(came.world).when(AcceptReport(MAY_REPORT), STRANGER, at=london(2016, 6, 14)).then_refused(
        FourEyesRequired, "Priya Nandra"
    )


def test_whoever_a_report_was_submitted_for_does_not_accept_it(report_open: World) -> None:
    world = delegated(report_open, "reporting-officer", OFFICER, STRANGER)
    world = delegated(world, "board-chair", CHAIR, OFFICER)
    world = world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), STRANGER, london(2016, 6, 10))
    given(world).when(AcceptReport(MAY_REPORT), OFFICER, at=london(2016, 6, 14)).then_refused(
        FourEyesRequired
    )


def test_whoever_stands_in_for_the_submitter_does_not_accept_it(report_open: World) -> None:
    world = report_open.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), DIRECTOR, london(2016, 6, 10))
    appointed = world.notice.appointments[4].model_copy(update={"role": "board-chair", "person": DIRECTOR.id})
    world = replace(world, notice=replace(world.notice, appointments=(*world.notice.appointments, appointed)))
    world = delegated(world, "board-chair", DIRECTOR, STRANGER)
    given(world).when(AcceptReport(MAY_REPORT), STRANGER, at=london(2016, 6, 14)).then_refused(
        FourEyesRequired, "Helen Marsh"
    )
    given(world).when(AcceptReport(MAY_REPORT), CHAIR, at=london(2016, 6, 14)).then(ReportAccepted)


def test_who_submitted_an_earlier_version_may_judge_the_last(report_open: World) -> None:
    world = delegated(report_open, "board-chair", CHAIR, OFFICER)
    world = world.after(SubmitReport(MAY_REPORT, answers("data")), OFFICER, london(2016, 6, 10))
    world = world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), CHIEF_EXECUTIVE, london(2016, 6, 13))
    given(world).when(AcceptReport(MAY_REPORT), OFFICER, at=london(2016, 6, 14)).then(ReportAccepted)


def test_a_supplement_is_overdue_only_after_the_last_second_of_its_day(returned: World) -> None:
    facts = returned.case(SUPPLEMENT).occurrence.facts
    assert facts.due == london(2016, 6, 29, 23, 59) + timedelta(seconds=59)
