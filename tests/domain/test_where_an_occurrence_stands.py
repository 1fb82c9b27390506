"""Where an occurrence stands: computed from what has happened and from the time, and never overdue when nothing is owed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.events import deciding, excusing, owing, reporting, reviewing
from domain.occurrence.fold import fold
from domain.occurrence.standing import Standing, standing, was_late
from domain.occurrence.state import Occurrence
from tests.domain.people import CASE_LEAD, MAY_REPORT, OFFICER, WHOLE_REPORT
from tests.domain.specification import World, london

IN_TIME, LATE = london(2016, 6, 13), london(2016, 6, 20)
BY_LEAD = (CASE_LEAD.id, "case-lead")
SUBMITTED = owing.ReportSubmitted(1, WHOLE_REPORT, (), OFFICER.id, "reporting-officer", IN_TIME)
RETURNED = reporting.ReportReturned(
    1, "Hollow.", ("data",), "2016-05-supplement-1", date(2016, 7, 4), *BY_LEAD, (), LATE
)
STOPPED = excusing.ClockStopped(date(2016, 6, 10), "A flood.", *BY_LEAD, IN_TIME)
CONSIDERED = deciding.ConsiderationOpened("It is late.", (), (), ("decline",), *BY_LEAD, IN_TIME)
DECIDED = deciding.DecisionMade("decline", "It came.", "the law", date(2016, 6, 14), (), (), LATE)
WITHOUT = reviewing.WentAheadWithout("lancashire-2016/department-review/1", date(2016, 6, 14), LATE)


@pytest.fixture
def report(report_open: World) -> Occurrence:
    """Due at the end of Tuesday 14 June 2016."""
    return report_open.case(MAY_REPORT).occurrence


@pytest.mark.parametrize(
    ("happened", "stands"),
    [
        ((), Standing.OVERDUE),
        ((SUBMITTED,), Standing.SUBMITTED),
        ((SUBMITTED, owing.ReportAccepted(1, *BY_LEAD, LATE)), Standing.ACCEPTED),
        ((SUBMITTED, RETURNED), Standing.DEFICIENT),
        ((SUBMITTED, RETURNED, replace(SUBMITTED, version=2)), Standing.SUBMITTED),
        ((SUBMITTED, RETURNED, reporting.DeficiencyMadeGood("x", *BY_LEAD, LATE)), Standing.ACCEPTED),
        ((STOPPED,), Standing.SUSPENDED),
        ((replace(STOPPED, from_day=date(2016, 6, 15)),), Standing.OVERDUE),
        ((STOPPED, excusing.ClockRestarted(date(2016, 6, 14), 2, "Over.", *BY_LEAD, LATE)), Standing.OVERDUE),
        ((STOPPED, SUBMITTED), Standing.SUBMITTED),
        ((excusing.OccurrenceWaived("No need.", *BY_LEAD, (), LATE),), Standing.WAIVED),
        ((excusing.OccurrenceWithdrawn("Not asked for.", LATE),), Standing.WITHDRAWN),
        ((WITHOUT,), Standing.HELD_WITHOUT),
        ((SUBMITTED, WITHOUT), Standing.HELD_WITHOUT),
        ((owing.ReviewHeld(date(2016, 6, 14), IN_TIME, "", *BY_LEAD, LATE),), Standing.ACCEPTED),
        ((owing.DeliveryAssessed("All of it.", *BY_LEAD, LATE),), Standing.ACCEPTED),
        ((SUBMITTED, owing.DeliveryAssessed("All of it.", *BY_LEAD, LATE)), Standing.ACCEPTED),
        ((owing.AttestationGiven("It holds.", *BY_LEAD, LATE),), Standing.ACCEPTED),
        ((owing.RequestAnswered("Here.", *BY_LEAD, (), LATE),), Standing.ACCEPTED),
        ((owing.VacancyFilled("chair", "somebody", LATE),), Standing.ACCEPTED),
        ((deciding.ConcernClosed("Seen to.", *BY_LEAD, (), LATE),), Standing.ACCEPTED),
        ((deciding.ConcernReferred("Serious.", "the law", *BY_LEAD, (), LATE),), Standing.ACCEPTED),
        ((CONSIDERED,), Standing.OVERDUE),
        ((CONSIDERED, DECIDED), Standing.ACCEPTED),
    ],
    ids=lambda each: str(each) if isinstance(each, Standing) else "",
)
def test_it_stands_where_what_has_happened_puts_it(
    report: Occurrence, happened: tuple[Any, ...], stands: Standing
) -> None:
    assert standing(fold(happened, report), london(2016, 6, 21)) is stands


def test_a_bundle_is_accepted_with_the_last_of_its_items(report: Occurrence) -> None:
    items = [reviewing.ItemConfirmed(each.id, *BY_LEAD, IN_TIME) for each in report.facts.sections]
    assert standing(fold(items[:-1], report), london(2016, 6, 21)) is Standing.OVERDUE
    assert standing(fold(items, report), london(2016, 6, 21)) is Standing.ACCEPTED


@pytest.mark.parametrize(
    ("at", "stands"),
    [
        (london(2016, 5, 31, 23, 59), Standing.NOT_OPEN),
        (london(2016, 6, 1, 0), Standing.OPEN),
        (london(2016, 6, 7, 23, 59), Standing.OPEN),
        (london(2016, 6, 8, 0), Standing.DUE_SOON),
        (london(2016, 6, 14, 23, 59), Standing.DUE_SOON),
        (london(2016, 6, 15, 0), Standing.OVERDUE),
    ],
)
def test_while_it_is_owed_it_stands_by_the_time(report: Occurrence, at: Any, stands: Standing) -> None:
    assert standing(report, at) is stands


def test_nothing_that_does_not_exist_stands_anywhere() -> None:
    assert standing(Occurrence(), LATE) is Standing.NOT_OPEN


@pytest.mark.parametrize(
    ("happened", "late"),
    [
        ((), False),
        ((SUBMITTED,), False),
        ((replace(SUBMITTED, received_at=LATE),), True),
        ((owing.ReviewHeld(date(2016, 6, 14), IN_TIME, "", *BY_LEAD, LATE),), False),
        ((owing.ReviewHeld(date(2016, 6, 15), LATE, "", *BY_LEAD, LATE),), True),
        ((CONSIDERED, DECIDED), False),
        ((CONSIDERED, replace(DECIDED, decided_on=date(2016, 6, 15))), True),
        ((owing.AttestationGiven("It holds.", *BY_LEAD, LATE),), True),
    ],
)
def test_it_was_late_if_its_day_was_however_late_that_was_recorded(
    report: Occurrence, happened: tuple[Any, ...], late: bool
) -> None:
    assert was_late(fold(happened, report)) is late
