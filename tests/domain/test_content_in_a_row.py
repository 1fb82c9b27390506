"""When reports in a row lack what a content standard asks for, those whom it names are told, once for each run."""

from dataclasses import replace

import pytest

from domain.case import Draft
from domain.commands import AcceptReport, ReturnReport, SubmitReport
from domain.events.instrument import ObligationImposed
from domain.events.owing import ReportSubmitted
from domain.events.reporting import ContentFoundLacking
from domain.identity import notice_stream
from tests.domain.people import (
    CHAIR,
    MAY_REPORT,
    MONTHLY_SECTIONS,
    OFFICER,
    WHOLE_REPORT,
    answers,
    occurrence,
)
from tests.domain.specification import Then, World, given, london

STANDARD = "views-taken-into-consideration"
WITHOUT_VIEWS = answers(*(each for each in MONTHLY_SECTIONS if each != "views"))
MONTHS = {
    5: MAY_REPORT,
    **{month: occurrence("monthly-report", f"2016-{month:02}") for month in range(6, 13)},
}


def without(month: int) -> SubmitReport:
    return SubmitReport(MONTHS[month], WITHOUT_VIEWS)


def whole(month: int) -> SubmitReport:
    return SubmitReport(MONTHS[month], WHOLE_REPORT)


def submitting(world: World, *commands: SubmitReport) -> World:
    for command in commands:
        world = world.after(command, OFFICER, the_fifth_after(command))
    return world


def the_fifth_after(command: SubmitReport):
    return london(2016, int(command.occurrence.period[-2:]) + 1, 5)


def last(world: World, command: SubmitReport) -> Then:
    return given(world).when(command, OFFICER, at=the_fifth_after(command))


@pytest.fixture(scope="module")
def autumn(notice_issued: World) -> World:
    """Everything until the report on October has opened."""
    return notice_issued.opened(london(2016, 11, 1))


def test_one_report_without_views_tells_nobody(autumn: World) -> None:
    last(autumn, without(5)).then(ReportSubmitted)


def test_the_second_in_a_row_is_told_to_the_chair(autumn: World) -> None:
    came = last(submitting(autumn, without(5)), without(6)).then(ReportSubmitted, ContentFoundLacking)
    found = came.the(ContentFoundLacking)
    assert (found.standard, found.sections, found.reports) == (STANDARD, ("views",), 2)
    assert [(each.person, each.role) for each in found.messages] == [(CHAIR.id, "chair")]
    assert found.messages[0] in came.world.case(MONTHS[6]).occurrence.receipts


def test_a_run_is_told_again_only_when_as_many_more_have_followed(autumn: World) -> None:
    world = submitting(autumn, without(5), without(6))
    last(world, without(7)).then(ReportSubmitted)
    world = submitting(world, without(7))
    last(world, without(8)).then(ReportSubmitted, ContentFoundLacking)
    world = submitting(world, without(8))
    last(world, without(9)).then(ReportSubmitted)


def test_a_report_with_views_ends_the_run(autumn: World) -> None:
    world = submitting(autumn, without(5), whole(6))
    last(world, without(7)).then(ReportSubmitted)
    last(submitting(world, without(7)), without(8)).then(ReportSubmitted, ContentFoundLacking)


def test_only_received_reports_count(autumn: World) -> None:
    last(submitting(autumn, without(5)), without(7)).then(ReportSubmitted)


def test_only_the_last_version_of_a_report_counts(autumn: World) -> None:
    world = submitting(autumn, without(5), whole(5))
    last(world, without(6)).then(ReportSubmitted)
    world = submitting(autumn, whole(5), without(5))
    last(world, without(6)).then(ReportSubmitted, ContentFoundLacking)


def test_another_version_of_the_same_report_tells_nobody_twice(autumn: World) -> None:
    world = submitting(autumn, without(5), without(6))
    last(world, without(6)).then(ReportSubmitted)


def test_what_was_made_good_by_a_supplement_is_not_counted(autumn: World) -> None:
    world = submitting(autumn, without(5))
    world = world.after(ReturnReport(MAY_REPORT, "Nobody was heard."), CHAIR, london(2016, 6, 8))
    supplement = occurrence("monthly-report", "2016-05-supplement-1")
    world = world.after(SubmitReport(supplement, answers("views")), OFFICER, london(2016, 6, 9))
    last(world, without(6)).then(ReportSubmitted, ContentFoundLacking)
    world = world.after(AcceptReport(supplement), CHAIR, london(2016, 6, 10))
    last(world, without(6)).then(ReportSubmitted)


def test_a_supplement_stands_in_no_row(autumn: World) -> None:
    world = submitting(autumn, without(5), SubmitReport(MONTHS[6], answers("data")))
    world = world.after(ReturnReport(MONTHS[6], "Thin.", ("views", "impact")), CHAIR, london(2016, 7, 6))
    thin = SubmitReport(occurrence("monthly-report", "2016-06-supplement-1"), answers("impact"))
    given(world).when(thin, OFFICER, at=london(2016, 7, 7)).then(ReportSubmitted)


def with_standard(world: World, **changes: object) -> World:
    standard = world.notice.obligation(STANDARD).model_copy(update=changes)
    return world.told(
        (Draft(notice_stream("lancashire-2016"), ObligationImposed(standard, london(2016, 5, 20))),)
    )


def test_a_standard_that_counts_one_report_tells_of_each(autumn: World) -> None:
    world = with_standard(autumn, absent_for=1)
    last(world, without(5)).then(ReportSubmitted, ContentFoundLacking)
    last(submitting(world, without(5)), without(6)).then(ReportSubmitted, ContentFoundLacking)


def test_a_standard_looks_for_all_of_its_sections(autumn: World) -> None:
    world = with_standard(autumn, absent_for=2, clause="6c")
    some = SubmitReport(MAY_REPORT, answers("data"))
    world = submitting(world, some)
    last(world, replace(some, occurrence=MONTHS[6])).then(ReportSubmitted)
    none = answers("views")
    world = submitting(world, SubmitReport(MAY_REPORT, none))
    came = last(world, SubmitReport(MONTHS[6], none)).then(ReportSubmitted, ContentFoundLacking)
    assert came.the(ContentFoundLacking).sections == ("data", "analysis", "recommendations", "impact")


def test_three_in_a_row_across_the_turn_of_a_quarter(autumn: World) -> None:
    world = submitting(with_standard(autumn, absent_for=3), whole(5), without(6), without(7))
    last(world, without(8)).then(ReportSubmitted, ContentFoundLacking)
    assert last(world, without(8)).the(ContentFoundLacking).reports == 3


def test_a_clause_without_a_section_in_the_report_finds_nothing(autumn: World) -> None:
    world = submitting(with_standard(autumn, absent_for=2, clause="5"), without(5))
    last(world, without(6)).then(ReportSubmitted)
