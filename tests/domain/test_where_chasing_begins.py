"""Starting late must not storm: what fell due before chasing began is recorded as not chased, and nothing is sent."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.chasing.outlook import look
from domain.commands import IssueNotice
from domain.events.chasing import RungsNotChased
from domain.identity import OccurrenceId
from tests.domain.conftest import DEPARTMENT
from tests.domain.people import DEADLINE, FIRST_REVIEW, MAY_REPORT
from tests.domain.specification import World, london, raised


def issued(issue_on_the_day: IssueNotice, at: datetime) -> World:
    """The notice of 2016 is entered later, and chasing begins then."""
    return World().after(replace(issue_on_the_day, chase_from=at), DEPARTMENT, at).opened(at)


@pytest.fixture(scope="module")
def issued_ten_years_later(issue_on_the_day: IssueNotice) -> World:
    return issued(issue_on_the_day, london(2026, 11, 23, 10))


def test_issuing_the_notice_ten_years_later_sends_nothing_for_the_past(issued_ten_years_later: World) -> None:
    now = london(2026, 11, 23, 10)
    assert len(issued_ten_years_later.occurrences) == 22 + 4 + 1
    for name in issued_ten_years_later.occurrences:
        outlook = look(issued_ten_years_later.case(OccurrenceId.parse(name)), now)
        assert (outlook.next_at, outlook.waiting) == (None, "for somebody to act")
    assert issued_ten_years_later.messages() == []


def test_every_rung_of_the_past_is_recorded_as_not_chased(issued_ten_years_later: World) -> None:
    for occurrence in issued_ten_years_later.occurrences.values():
        assert {each.status for each in occurrence.rungs} == {"not chased"}


def test_only_the_rungs_before_chasing_began_are_left_out(issue_on_the_day: IssueNotice) -> None:
    world = issued(issue_on_the_day, london(2016, 6, 10))
    (left_out,) = [each for each in world.events_of(MAY_REPORT) if isinstance(each, RungsNotChased)]
    assert left_out.rungs == ("acknowledge-reminder", "remind-1")
    assert left_out.chase_from == london(2016, 6, 10)
    chased = world.chased(MAY_REPORT, london(2016, 6, 10), london(2016, 6, 15))
    assert raised(chased, MAY_REPORT) == [("remind-2", london(2016, 6, 13)), ("overdue", london(2016, 6, 15))]


def test_a_report_that_was_due_when_chasing_began_is_not_chased_at_all(issue_on_the_day: IssueNotice) -> None:
    world = issued(issue_on_the_day, london(2016, 6, 15, 0))
    assert look(world.case(MAY_REPORT), london(2016, 6, 15, 0)).next_at is None


def test_a_report_that_is_due_on_the_day_on_which_chasing_begins_is_chased(
    issue_on_the_day: IssueNotice,
) -> None:
    world = issued(issue_on_the_day, london(2016, 6, 14, 12))
    assert look(world.case(MAY_REPORT), london(2016, 6, 14, 12)).next_at == london(2016, 6, 15)


def test_what_falls_due_later_is_chased_in_full(issue_on_the_day: IssueNotice) -> None:
    world = issued(issue_on_the_day, london(2016, 11, 21, 12))
    assert look(world.case(DEADLINE), london(2016, 11, 21, 12)).next_at == london(2016, 12, 2)
    assert look(world.case(FIRST_REVIEW), london(2016, 11, 21, 12)).next_at is None
