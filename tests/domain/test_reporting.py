"""Reports are received, hollow or whole, in versions, from whoever owes them; and accepted by whom they are owed to."""

from dataclasses import replace
from datetime import date, timedelta

from domain.chasing.outlook import is_closed
from domain.commands import AcceptReport, RecordReviewHeld, SubmitReport
from domain.events.chasing import EscalationResolved
from domain.events.handing import RungWithdrawn
from domain.events.owing import ReportAccepted, ReportSubmitted, SectionAnswered
from domain.notice.opening import open_on_request
from domain.occurrence.standing import Standing, standing, was_late
from domain.refusals import (
    DateBeforeOpening,
    DateInTheFuture,
    NotASection,
    NotForYouToAccept,
    NothingToAccept,
    NotYourTask,
    OccurrenceAlreadyMet,
    OccurrenceNotOpen,
    SectionsMissing,
    WrongKindOfObligation,
)
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    DEADLINE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    MINISTERS_OFFICE,
    MONTHLY_SECTIONS,
    OFFICER,
    REVIEW_TEAM,
    STRANGER,
    WHOLE_REPORT,
    answers,
    occurrence,
)
from tests.domain.specification import World, given, london

WHOLE = SubmitReport(MAY_REPORT, WHOLE_REPORT)
THE_TENTH = london(2016, 6, 10, 10)


def test_a_whole_report_lacks_nothing(report_open: World) -> None:
    event = given(report_open).when(WHOLE, OFFICER, at=THE_TENTH).then(ReportSubmitted).the(ReportSubmitted)
    assert (event.version, event.missing, event.sections) == (1, (), WHOLE_REPORT)
    assert (event.submitted_by, event.submitted_as, event.received_at) == (
        OFFICER.id,
        "reporting-officer",
        THE_TENTH,
    )


def test_anybody_of_the_body_that_owes_it_may_submit(report_open: World) -> None:
    event = given(report_open).when(WHOLE, DIRECTOR, at=THE_TENTH).the(ReportSubmitted)
    assert event.submitted_as == "director"


def test_a_hollow_report_is_received_and_what_it_lacks_is_recorded(report_open: World) -> None:
    hollow = SubmitReport(MAY_REPORT, answers("data"))
    event = given(report_open).when(hollow, OFFICER, at=THE_TENTH).the(ReportSubmitted)
    assert event.missing == MONTHLY_SECTIONS[1:]


def test_none_is_an_answer_only_where_the_notice_allows_it(report_open: World) -> None:
    said_none = {"slow-objectives", "contributions", "views"}
    sections = (
        *answers("data", "analysis", "recommendations", "impact"),
        *(SectionAnswered(each, "", nil=True) for each in sorted(said_none)),
    )
    event = (
        given(report_open)
        .when(SubmitReport(MAY_REPORT, sections), OFFICER, at=THE_TENTH)
        .the(ReportSubmitted)
    )
    assert event.missing == ("views",)


def test_blank_space_is_no_answer(report_open: World) -> None:
    sections = tuple(
        replace(each, text=" \n\t") if each.section == "views" else each for each in WHOLE_REPORT
    )
    event = (
        given(report_open)
        .when(SubmitReport(MAY_REPORT, sections), OFFICER, at=THE_TENTH)
        .the(ReportSubmitted)
    )
    assert event.missing == ("views",)


def test_an_empty_report_is_no_report(report_open: World) -> None:
    for sections in ((), (SectionAnswered("data", "   "),)):
        given(report_open).when(SubmitReport(MAY_REPORT, sections), OFFICER, at=THE_TENTH).then_refused(
            SectionsMissing, "empty"
        )


def test_a_section_answered_twice_is_a_mistake(report_open: World) -> None:
    given(report_open).when(
        SubmitReport(MAY_REPORT, (*answers("data"), *answers("data"))), OFFICER, at=THE_TENTH
    ).then_refused(NotASection, "twice")


def test_a_section_that_nobody_asked_for_is_a_mistake(report_open: World) -> None:
    given(report_open).when(SubmitReport(MAY_REPORT, answers("weather")), OFFICER, at=THE_TENTH).then_refused(
        NotASection, "weather", "data"
    )


def test_a_stranger_and_the_one_it_is_owed_to_cannot_submit(report_open: World) -> None:
    for by in (STRANGER, CASE_LEAD, CHAIR):
        given(report_open).when(WHOLE, by, at=THE_TENTH).then_refused(
            NotYourTask, "Lancashire County Council", report_open.notice.person_name(by.id)
        )


def test_a_report_is_not_received_in_the_future(report_open: World) -> None:
    tomorrow = SubmitReport(MAY_REPORT, WHOLE_REPORT, THE_TENTH + timedelta(seconds=1))
    given(report_open).when(tomorrow, OFFICER, at=THE_TENTH).then_refused(DateInTheFuture)


def test_a_report_is_not_received_before_its_period_is_over(report_open: World) -> None:
    early = SubmitReport(MAY_REPORT, WHOLE_REPORT, london(2016, 5, 31, 23, 59))
    given(report_open).when(early, OFFICER, at=THE_TENTH).then_refused(DateBeforeOpening, "1 June 2016")


def test_a_report_is_not_submitted_before_it_has_opened(notice_issued: World) -> None:
    given(notice_issued).when(WHOLE, OFFICER, at=london(2016, 5, 25)).then_refused(OccurrenceNotOpen)


def test_received_on_time_and_recorded_late_is_on_time(report_overdue: World) -> None:
    on_time = SubmitReport(MAY_REPORT, WHOLE_REPORT, london(2016, 6, 14, 23, 59))
    came = given(report_overdue).when(on_time, OFFICER, at=london(2016, 6, 16))
    assert not was_late(came.world.case(MAY_REPORT).occurrence)
    late = given(report_overdue).when(WHOLE, OFFICER, at=london(2016, 6, 15, 0))
    assert was_late(late.world.case(MAY_REPORT).occurrence)


def test_a_report_received_on_time_withdraws_what_its_absence_had_caused_a_referral_too(
    referred_for_consideration: World,
) -> None:
    on_time = SubmitReport(MAY_REPORT, WHOLE_REPORT, london(2016, 6, 14, 23, 59))
    came = given(referred_for_consideration).when(on_time, OFFICER, at=london(2016, 7, 6))
    withdrawn = [event for event in came.events if isinstance(event, RungWithdrawn)]
    assert [each.rung for each in withdrawn] == [
        "overdue",
        "director",
        "chief-executive",
        "chair",
        "case-lead",
        "refer",
    ]
    assert all(each.withdrawn_by is None for each in withdrawn)
    assert is_closed(came.world.case(MAY_REPORT).occurrence)


def test_whoever_was_told_of_the_lateness_is_told_once_that_there_was_none(
    referred_for_consideration: World,
) -> None:
    before = referred_for_consideration.case(MAY_REPORT).occurrence
    told = {
        message.person
        for each in before.rungs
        if each.rung.do in ("overdue", "escalate", "refer")
        for message in each.messages
    }
    on_time = SubmitReport(MAY_REPORT, WHOLE_REPORT, london(2016, 6, 14, 23, 59))
    came = given(referred_for_consideration).when(on_time, OFFICER, at=london(2016, 7, 6))
    told_since = [
        message.person
        for event in came.events
        if isinstance(event, RungWithdrawn)
        for message in event.messages
    ]
    assert sorted(told_since) == sorted(told)
    assert MINISTERS_OFFICE.id in told


def test_a_report_received_a_second_late_leaves_the_referral_before_those_who_decide(
    referred_for_consideration: World,
) -> None:
    late = SubmitReport(MAY_REPORT, WHOLE_REPORT, london(2016, 6, 15, 0))
    came = given(referred_for_consideration).when(late, OFFICER, at=london(2016, 7, 6))
    assert "refer" not in [getattr(event, "rung", None) for event in came.events]
    refer = came.world.case(MAY_REPORT).occurrence.standing_of("refer")
    assert refer is not None
    assert refer.task_is_open


def test_what_is_owed_before_a_review_is_submitted_and_accepted_like_a_report(report_open: World) -> None:
    notice, name = report_open.notice, occurrence("self-assessment", "1")
    opened = open_on_request(
        notice,
        notice.obligation("self-assessment"),
        "1",
        title="The council’s own assessment of improvement, before review 1",
        due_on=date(2016, 10, 31),
        now=london(2016, 10, 3),
        event=str(FIRST_REVIEW),
        event_on=date(2016, 11, 14),
    )
    world = report_open.told(opened)
    submit = SubmitReport(name, answers("objectives", "supervision"))
    came = given(world).when(submit, OFFICER, at=london(2016, 10, 28)).then(ReportSubmitted)
    assert came.the(ReportSubmitted).missing == ()
    assert [each.person for each in came.the(ReportSubmitted).messages] == [OFFICER.id, REVIEW_TEAM.id]
    given(came.world).when(AcceptReport(name), REVIEW_TEAM, at=london(2016, 11, 1)).then(ReportAccepted)
    given(world).when(SubmitReport(name, ()), OFFICER, at=london(2016, 10, 28)).then_refused(SectionsMissing)


def test_a_second_version_follows_the_first_and_does_not_make_it_later(report_submitted: World) -> None:
    came = given(report_submitted).when(WHOLE, OFFICER, at=london(2016, 6, 20)).then(ReportSubmitted)
    assert came.the(ReportSubmitted).version == 2
    assert came.world.case(MAY_REPORT).occurrence.met_at == THE_TENTH


def test_a_report_that_was_accepted_takes_no_more_versions(report_submitted: World) -> None:
    world = report_submitted.after(AcceptReport(MAY_REPORT), CHAIR, london(2016, 6, 14, 15))
    given(world).when(WHOLE, OFFICER, at=london(2016, 6, 15)).then_refused(OccurrenceAlreadyMet, "accepted")


def test_a_review_and_a_deadline_are_not_met_by_a_report(report_open: World) -> None:
    for name in (FIRST_REVIEW, DEADLINE):
        given(report_open).when(SubmitReport(name, WHOLE_REPORT), DIRECTOR, at=THE_TENTH).then_refused(
            WrongKindOfObligation
        )


def test_the_board_accepts_the_last_version_through_its_chair(report_submitted: World) -> None:
    world = report_submitted.after(WHOLE, OFFICER, london(2016, 6, 13))
    came = given(world).when(AcceptReport(MAY_REPORT), CHAIR, at=london(2016, 6, 14, 15)).then(ReportAccepted)
    event = came.the(ReportAccepted)
    assert (event.version, event.accepted_by, event.accepted_as) == (2, CHAIR.id, "board-chair")
    assert standing(came.world.case(MAY_REPORT).occurrence, london(2016, 6, 14, 15)) is Standing.ACCEPTED


def test_nobody_accepts_what_is_not_owed_to_them(report_submitted: World) -> None:
    for by in (OFFICER, CASE_LEAD, STRANGER):
        given(report_submitted).when(AcceptReport(MAY_REPORT), by, at=london(2016, 6, 14)).then_refused(
            NotForYouToAccept
        )


def test_there_is_nothing_to_accept_before_a_report_has_come(report_open: World) -> None:
    given(report_open).when(AcceptReport(MAY_REPORT), CHAIR, at=THE_TENTH).then_refused(NothingToAccept)


def test_a_report_is_accepted_once(report_submitted: World) -> None:
    world = report_submitted.after(AcceptReport(MAY_REPORT), CHAIR, london(2016, 6, 14, 15))
    given(world).when(AcceptReport(MAY_REPORT), CHAIR, at=london(2016, 6, 14, 16)).then_refused(
        OccurrenceAlreadyMet, "Margaret Oduya"
    )


def test_a_late_report_ends_each_escalation_and_tells_those_who_were_told(case_lead_told: World) -> None:
    came = given(case_lead_told).when(WHOLE, OFFICER, at=london(2016, 6, 29))
    came.then(ReportSubmitted, *[EscalationResolved] * 4)
    told = [message for event in came.events[1:] for message in event.messages]
    assert [message.role for message in told] == ["director", "chief-executive", "chair", "case-lead"]
    assert [event.rung for event in came.events[1:]] == ["director", "chief-executive", "chair", "case-lead"]


def test_a_second_version_ends_nothing_a_second_time(case_lead_told: World) -> None:
    world = case_lead_told.after(WHOLE, OFFICER, london(2016, 6, 29))
    given(world).when(WHOLE, OFFICER, at=london(2016, 6, 30)).then(ReportSubmitted)


def test_a_report_is_no_review(report_open: World) -> None:
    held = RecordReviewHeld(MAY_REPORT, london(2016, 6, 9).date(), "A review.")
    given(report_open).when(held, DIRECTOR, at=THE_TENTH).then_refused(WrongKindOfObligation)


def test_standing_follows_from_the_events_and_the_time_alone(
    report_open: World, report_submitted: World
) -> None:
    occurrence = report_open.case(MAY_REPORT).occurrence
    seen = [
        standing(occurrence, at)
        for at in (
            london(2016, 5, 31, 12),
            london(2016, 6, 1, 0),
            london(2016, 6, 7, 23, 59),
            london(2016, 6, 8, 0),
            london(2016, 6, 14, 23, 59),
            london(2016, 6, 15, 0),
        )
    ]
    assert seen == ["not open", "open", "open", "due soon", "due soon", "overdue"]
    assert standing(report_submitted.case(MAY_REPORT).occurrence, london(2016, 7, 1)) is Standing.SUBMITTED
