"""Issuing a notice, and the year that it calls for."""

from datetime import UTC, date, datetime

import pytest

from domain.actor import ENGINE
from domain.commands import IssueNotice, OpenOccurrences
from domain.events import instrument
from domain.events.owing import OccurrenceOpened
from domain.identity import OccurrenceId
from domain.notice.keeping import next_opening
from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.refusals import NoticeAlreadyIssued, NoticeNotIssued
from domain.terms.notice_file import NoticeFile
from domain.time.zones import to_local
from tests.domain.conftest import DEPARTMENT
from tests.domain.people import FIRST_REVIEW, SECOND_REVIEW, occurrence
from tests.domain.specification import LONDON, World, given, london

PLAN = occurrence("plan-kept-up-to-date", "plan")
TENTH_WORKING_DAYS = [
    date(2016, 6, 14),
    date(2016, 7, 14),
    date(2016, 8, 12),
    date(2016, 9, 14),
    date(2016, 10, 14),
    date(2016, 11, 14),
    date(2016, 12, 14),
    date(2017, 1, 16),
    date(2017, 2, 14),
    date(2017, 3, 14),
    date(2017, 4, 18),
    date(2017, 5, 15),
]


def of(world: World, obligation: str) -> list[Expected]:
    return [each for each in expected(world.notice) if each.obligation.id == obligation]


def known(world: World) -> dict[OccurrenceId, Occurrence]:
    return {OccurrenceId.parse(name): each for name, each in world.occurrences.items()}


def due_days(world: World, obligation: str) -> list[date]:
    return [each.due_on for each in of(world, obligation)]


def test_each_part_of_the_notice_becomes_an_event_of_its_own(
    issue_on_the_day: IssueNotice, lancashire: NoticeFile
) -> None:
    came = given(World()).when(issue_on_the_day, DEPARTMENT, at=london(2016, 5, 19))
    came.then(
        instrument.NoticeIssued,
        instrument.CalendarAdopted,
        *[instrument.PartyNamed] * len(lancashire.parties),
        *[instrument.RoleEstablished] * len(lancashire.roles),
        *[instrument.PersonAppointed] * len(lancashire.appointments),
        *[instrument.ClauseStated] * len(lancashire.clauses),
        *[instrument.InterpretationRuled] * len(lancashire.interpretations),
        *[instrument.LadderSet] * len(lancashire.ladders),
        *[instrument.ObligationImposed] * len(lancashire.obligations),
    )
    assert {draft.stream for draft in came.world.history} == {"notice/lancashire-2016"}


def test_the_issued_notice_is_the_one_in_the_file(notice_issued: World, lancashire: NoticeFile) -> None:
    notice = notice_issued.notice
    assert notice.header == lancashire.notice
    assert notice.clauses == lancashire.clauses
    assert notice.obligations == lancashire.obligations
    assert notice.ladders == lancashire.ladders
    assert notice.interpretations == lancashire.interpretations
    assert notice.names == {person.id: person.name for person in lancashire.people}
    assert notice.version == len(notice_issued.history)


def test_how_people_are_reached_is_not_in_the_record(notice_issued: World) -> None:
    assert "@" not in repr(notice_issued.history)


def test_the_calendar_is_recorded_whole_with_its_hash(
    notice_issued: World, issue_on_the_day: IssueNotice
) -> None:
    (adopted,) = [
        each.event for each in notice_issued.history if isinstance(each.event, instrument.CalendarAdopted)
    ]
    assert adopted.calendar == issue_on_the_day.calendar
    assert adopted.sha256 == issue_on_the_day.calendar.sha256


def test_a_notice_is_not_issued_twice(notice_issued: World, issue_on_the_day: IssueNotice) -> None:
    given(notice_issued).when(issue_on_the_day, DEPARTMENT, at=london(2016, 5, 20)).then_refused(
        NoticeAlreadyIssued, "lancashire-2016", "issued already"
    )


def test_nothing_opens_under_a_notice_that_was_not_issued() -> None:
    given(World()).when(OpenOccurrences("lancashire-2016"), at=london(2016, 6, 1)).then_refused(
        NoticeNotIssued
    )


def test_an_unissued_notice_has_no_terms_and_no_calendar() -> None:
    for ask in (lambda: Notice().terms, lambda: Notice().working_days):
        with pytest.raises(ValueError, match="has"):
            ask()


def test_twelve_monthly_reports_fall_due_on_the_tenth_working_day_of_the_next_month(
    notice_issued: World,
) -> None:
    assert due_days(notice_issued, "monthly-report") == TENTH_WORKING_DAYS


def test_the_first_monthly_report_covers_what_is_left_of_may(notice_issued: World) -> None:
    first = of(notice_issued, "monthly-report")[0]
    assert first.period is not None
    assert (first.period.first, first.period.last) == (date(2016, 5, 19), date(2016, 5, 31))
    assert first.title == "Monthly report to the improvement board, May 2016 (19 to 31 May)"


def test_a_report_opens_when_its_period_is_over_and_is_due_at_the_end_of_its_day(
    notice_issued: World,
) -> None:
    for each in of(notice_issued, "monthly-report"):
        assert each.period is not None
        opens, due = to_local(each.opens, LONDON), to_local(each.due, LONDON)
        assert opens.isoformat()[11:19] == "00:00:00"
        assert (opens.date() - each.period.last).days == 1
        assert due.isoformat()[11:19] == "23:59:59"
        assert due.date() == each.due_on


def test_the_chair_reports_four_times_and_the_adviser_four_times(notice_issued: World) -> None:
    assert due_days(notice_issued, "chair-report") == [
        date(2016, 7, 14),
        date(2016, 10, 14),
        date(2017, 1, 16),
        date(2017, 4, 18),
    ]
    assert due_days(notice_issued, "adviser-report") == [
        date(2016, 7, 21),
        date(2016, 10, 21),
        date(2017, 1, 23),
        date(2017, 4, 25),
    ]


def test_the_first_review_is_due_by_the_last_second_of_saturday_19_november_2016(
    notice_issued: World,
) -> None:
    first, second = of(notice_issued, "department-review")
    assert first.due == datetime(2016, 11, 19, 23, 59, 59, tzinfo=UTC)
    assert not first.projected
    assert (second.id, second.due_on, second.projected) == (SECOND_REVIEW, date(2017, 5, 19), True)


def test_the_deadline_is_the_last_second_of_31_may_2017_and_does_not_roll(notice_issued: World) -> None:
    (deadline,) = of(notice_issued, "plan-delivered")
    assert to_local(deadline.due, LONDON).isoformat() == "2017-05-31T23:59:59+01:00"


def test_the_board_is_attested_four_times_within_five_working_days_of_each_quarter(
    notice_issued: World,
) -> None:
    assert [(each.id.period, each.due_on) for each in of(notice_issued, "board-maintained")] == [
        ("2016-Q2", date(2016, 7, 7)),
        ("2016-Q3", date(2016, 10, 7)),
        ("2016-Q4", date(2017, 1, 9)),
        ("2017-Q1", date(2017, 4, 7)),
    ]


def test_the_plan_is_one_occurrence_that_goes_out_of_date_thirty_five_days_after_the_notice(
    notice_issued: World,
) -> None:
    (plan,) = of(notice_issued, "plan-kept-up-to-date")
    assert (plan.id, plan.due_on, plan.period) == (PLAN, date(2016, 6, 23), None)
    assert plan.opens == london(2016, 5, 19, 0)


def test_what_is_owed_on_demand_or_for_an_event_is_not_expected_by_itself(notice_issued: World) -> None:
    assert {each.obligation.kind for each in expected(notice_issued.notice)} == {
        "recurring-report",
        "maximum-gap-review",
        "fixed-deadline",
        "continuing",
    }
    assert len(expected(notice_issued.notice)) == 12 + 4 + 4 + 4 + 1 + 2 + 1


def test_the_plan_the_first_review_and_the_deadline_open_with_the_notice(notice_issued: World) -> None:
    came = given(notice_issued).when(OpenOccurrences("lancashire-2016"), at=london(2016, 5, 19))
    came.then(OccurrenceOpened, OccurrenceOpened, OccurrenceOpened)
    assert set(came.world.occurrences) == {
        "lancashire-2016/plan-kept-up-to-date/plan",
        "lancashire-2016/department-review/1",
        "lancashire-2016/plan-delivered/2017-05-31",
    }


def test_a_report_does_not_open_one_second_before_its_period_is_over(notice_issued: World) -> None:
    opened = notice_issued.opened(london(2016, 5, 19))
    assert next_opening(opened.notice, known(opened)) == london(2016, 6, 1, 0)
    given(opened).when(
        OpenOccurrences("lancashire-2016"),
        at=london(2016, 5, 31, 23, 59),
    ).then_nothing_happened()


def test_nothing_opens_twice(report_open: World) -> None:
    given(report_open).when(
        OpenOccurrences("lancashire-2016"), at=london(2016, 6, 1, 0)
    ).then_nothing_happened()


def test_no_period_is_skipped_however_long_nobody_looked(notice_issued: World) -> None:
    at_once = notice_issued.opened(london(2017, 6, 1))
    month_by_month = notice_issued
    for year, month in ((2016, 6), (2016, 9), (2016, 10), (2017, 1), (2017, 2), (2017, 6)):
        month_by_month = month_by_month.opened(london(year, month, 1))
    assert set(at_once.occurrences) == set(month_by_month.occurrences)
    assert len(at_once.occurrences) == 12 + 4 + 4 + 4 + 1 + 1 + 1
    assert next_opening(at_once.notice, known(at_once)) is None


def test_each_occurrence_opens_with_exactly_one_opening(notice_issued: World) -> None:
    world = notice_issued.opened(london(2017, 6, 1))
    openings = [each.stream for each in world.history if isinstance(each.event, OccurrenceOpened)]
    assert len(openings) == len(set(openings)) == len(world.occurrences)


def test_an_occurrence_holds_its_clause_its_obligor_and_its_whole_ladder(report_open: World) -> None:
    facts = report_open.case(occurrence("monthly-report", "2016-05")).occurrence.facts
    assert (facts.clause, facts.obligor, facts.obligee, facts.assignee, facts.strength) == (
        "6b",
        "council",
        "board",
        "reporting-officer",
        "must",
    )
    ladder = report_open.notice.ladder("council-monthly")
    assert tuple(planned.rung for planned in facts.plan) == ladder.rungs
    assert len(facts.sections) == 7


def test_an_occurrence_that_opens_late_keeps_its_dates(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 8, 19, 12))
    facts = world.case(occurrence("monthly-report", "2016-06")).occurrence.facts
    assert facts.opens == london(2016, 7, 1, 0)
    assert facts.due_on == date(2016, 7, 14)
    assert facts.opened_at == london(2016, 8, 19, 12)


def test_the_engine_opens_and_nobody_else_has_to(notice_issued: World) -> None:
    world = notice_issued.after(OpenOccurrences("lancashire-2016"), ENGINE, london(2016, 5, 19))
    assert world.case(FIRST_REVIEW).occurrence.facts.opened_at == london(2016, 5, 19)
