"""Somebody is away for some days: whoever stands in is told and may act, and nobody judges their own work by it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import ENGINE
from domain.commands import AcceptReport, AcknowledgeTask, DelegateRole, EndAppointment, SubmitReport
from domain.events.owing import ReportSubmitted, TaskAcknowledged
from domain.events.tending import RoleDelegated
from domain.refusals import (
    DateInThePast,
    DateOutOfOrder,
    FourEyesRequired,
    NothingChanges,
    NotInYourRole,
    NotYourTask,
    OnlyPeopleDecide,
    PersonNotKnown,
    ReasonMissing,
    RoleNotKnown,
    RolesConflict,
)
from tests.domain.people import (
    ADVISER,
    BOARD_SECRETARY,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    MAY_REPORT,
    OFFICER,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, london, raised

NOTICE = "lancashire-2016"
AWAY = DelegateRole(
    NOTICE, "director", CHIEF_EXECUTIVE.id, date(2016, 6, 16), date(2016, 6, 20), "On leave until the 20th."
)


@pytest.fixture(scope="module")
def director_away(report_overdue: World) -> World:
    return report_overdue.after(AWAY, DIRECTOR, london(2016, 6, 15, 12))


def told(world: World, rung: str) -> list[str]:
    standing = world.case(MAY_REPORT).occurrence.standing_of(rung)
    assert standing is not None
    return [each.person for each in standing.messages]


def test_the_ladder_tells_whoever_stands_in_and_goes_on_with_whoever_is_back(director_away: World) -> None:
    world = director_away.chased(MAY_REPORT, london(2016, 6, 15, 12), london(2016, 6, 21))
    assert told(world, "overdue") == [OFFICER.id, DIRECTOR.id]
    assert told(world, "director") == [CHIEF_EXECUTIVE.id]
    assert told(world, "director-reminder") == [DIRECTOR.id]
    assert raised(world, MAY_REPORT, "director", "director-reminder") == [
        ("director", london(2016, 6, 17)),
        ("director-reminder", london(2016, 6, 21)),
    ]


def test_what_either_of_them_does_is_valid_on_those_days(director_away: World) -> None:
    world = director_away.chased(MAY_REPORT, london(2016, 6, 15, 12), london(2016, 6, 17))
    seen = AcknowledgeTask(MAY_REPORT, "director")
    for by in (CHIEF_EXECUTIVE, DIRECTOR):
        given_as = given(world).when(seen, by, at=london(2016, 6, 20, 23, 59)).the(TaskAcknowledged)
        assert given_as.acknowledged_as == "director"
    given(world).when(seen, CHIEF_EXECUTIVE, at=london(2016, 6, 21, 0)).then_refused(NotYourTask)


def test_the_days_are_both_included_as_the_clocks_there_show_them(director_away: World) -> None:
    notice = director_away.notice
    assert notice.holders("director", date(2016, 6, 15)) == (DIRECTOR.id,)
    assert notice.holders("director", date(2016, 6, 16)) == (CHIEF_EXECUTIVE.id,)
    assert notice.holders("director", date(2016, 6, 20)) == (CHIEF_EXECUTIVE.id,)
    assert notice.holders("director", date(2016, 6, 21)) == (DIRECTOR.id,)


def test_a_stand_in_submits_for_the_one_who_is_away(report_open: World) -> None:
    away = replace(
        AWAY, role="reporting-officer", to=DIRECTOR.id, since=date(2016, 6, 6), until=date(2016, 6, 10)
    )
    world = report_open.after(away, OFFICER, london(2016, 6, 3))
    came = given(world).when(SubmitReport(MAY_REPORT, WHOLE_REPORT), DIRECTOR, at=london(2016, 6, 8))
    submitted = came.the(ReportSubmitted)
    assert (submitted.submitted_as, submitted.on_behalf_of) == ("reporting-officer", OFFICER.id)


def test_a_delegate_does_not_approve_their_own_submission(notice_issued: World) -> None:
    """Scenario 17: the officer stands in for the chair of the board, to whom the report is owed."""
    world = notice_issued.opened(london(2016, 6, 1, 0))
    away = replace(AWAY, role="board-chair", to=OFFICER.id, since=date(2016, 6, 6), until=date(2016, 6, 30))
    world = world.after(away, CHAIR, london(2016, 6, 3))
    world = world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 10))
    given(world).when(AcceptReport(MAY_REPORT), OFFICER, at=london(2016, 6, 13)).then_refused(
        FourEyesRequired
    )


def test_only_whoever_holds_the_role_themselves_delegates_it(
    report_open: World, director_away: World
) -> None:
    for by in (CHIEF_EXECUTIVE, CHAIR):
        given(report_open).when(AWAY, by, at=london(2016, 6, 15)).then_refused(NotInYourRole, "Director")
    given(report_open).when(AWAY, ENGINE, at=london(2016, 6, 15)).then_refused(OnlyPeopleDecide)
    onward = replace(AWAY, to=OFFICER.id)
    given(director_away).when(onward, CHIEF_EXECUTIVE, at=london(2016, 6, 17)).then_refused(
        NotInYourRole, "does not hold it themselves"
    )


def test_whoever_will_have_left_by_then_delegates_nothing(report_open: World) -> None:
    gone = EndAppointment(NOTICE, "director", DIRECTOR.id, date(2016, 6, 15), "She has left.")
    world = report_open.after(gone, CHIEF_EXECUTIVE, london(2016, 6, 1))
    given(world).when(AWAY, DIRECTOR, at=london(2016, 6, 10)).then_refused(NotInYourRole, "16 June 2016")


def test_a_delegation_ends_with_the_appointment(director_away: World) -> None:
    gone = EndAppointment(NOTICE, "director", DIRECTOR.id, date(2016, 6, 17), "She has left.")
    world = director_away.after(gone, CHIEF_EXECUTIVE, london(2016, 6, 16))
    assert world.notice.holders("director", date(2016, 6, 18)) == ()
    assert "director" not in world.notice.roles_of(CHIEF_EXECUTIVE.id, date(2016, 6, 18))


def test_a_later_delegation_takes_the_place_of_an_earlier_one(director_away: World) -> None:
    instead = replace(AWAY, to=OFFICER.id, since=date(2016, 6, 17))
    world = director_away.after(instead, DIRECTOR, london(2016, 6, 16))
    assert world.notice.holders("director", date(2016, 6, 16)) == (CHIEF_EXECUTIVE.id,)
    assert world.notice.holders("director", date(2016, 6, 17)) == (OFFICER.id,)


def test_the_days_of_a_delegation_are_in_order_and_not_all_past(report_open: World) -> None:
    backwards = replace(AWAY, since=date(2016, 6, 21))
    given(report_open).when(backwards, DIRECTOR, at=london(2016, 6, 15)).then_refused(DateOutOfOrder)
    given(report_open).when(AWAY, DIRECTOR, at=london(2016, 6, 21, 0)).then_refused(DateInThePast)
    given(report_open).when(AWAY, DIRECTOR, at=london(2016, 6, 20, 23, 59)).then(RoleDelegated)


def test_it_is_delegated_to_somebody_else_who_is_known(report_open: World) -> None:
    now = london(2016, 6, 15)
    given(report_open).when(replace(AWAY, to="nobody-known"), DIRECTOR, at=now).then_refused(PersonNotKnown)
    given(report_open).when(replace(AWAY, to=DIRECTOR.id), DIRECTOR, at=now).then_refused(NothingChanges)
    given(report_open).when(replace(AWAY, role="mayor"), DIRECTOR, at=now).then_refused(RoleNotKnown)
    given(report_open).when(replace(AWAY, reason=" "), DIRECTOR, at=now).then_refused(ReasonMissing)


def test_nobody_stands_in_whose_own_role_conflicts_with_it(report_open: World) -> None:
    now = london(2016, 6, 15)
    for by, role, to in (
        (CHAIR, "chair", ADVISER),
        (ADVISER, "adviser", CHAIR),
        (DIRECTOR, "director", CHAIR),
    ):
        command = replace(AWAY, role=role, to=to.id)
        given(report_open).when(command, by, at=now).then_refused(
            RolesConflict, report_open.notice.person_name(to.id)
        )


def test_a_role_that_somebody_stands_in_for_conflicts_like_their_own(report_open: World) -> None:
    now = london(2016, 6, 15)
    secretary = replace(AWAY, role="adviser", to=BOARD_SECRETARY.id)
    world = report_open.after(secretary, ADVISER, now)
    both = replace(AWAY, role="chair", to=BOARD_SECRETARY.id, until=date(2016, 7, 20))
    given(world).when(both, CHAIR, at=now).then_refused(RolesConflict)
    after = replace(both, since=date(2016, 6, 21))
    given(world).when(after, CHAIR, at=now).then(RoleDelegated)
