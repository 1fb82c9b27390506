"""Who holds a role is stated with its days; a conflict is shown and refused to nobody."""

from dataclasses import replace
from datetime import date

from domain.actor import ENGINE
from domain.commands import AppointPerson, EndAppointment
from domain.events.instrument import PersonAppointed
from domain.events.tending import AppointmentEnded, RoleConflictFound
from domain.refusals import (
    DateOutOfOrder,
    NothingChanges,
    NotInYourRole,
    OnlyPeopleDecide,
    PersonNotKnown,
    ReasonMissing,
    RoleNotKnown,
)
from domain.terms.parties import Appointment, Person
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    MAY_REPORT,
    OFFICER,
    STRANGER,
)
from tests.domain.specification import World, given, london, person, raised

NOTICE = "lancashire-2016"
NOW = london(2016, 6, 1, 10)
NEW_DIRECTOR = person("edward-lowe")


def appoint(
    role: str, who: str, since: date, until: date | None = None, name: str = "Edward Lowe"
) -> AppointPerson:
    appointment = Appointment(role=role, person=who, since=since, until=until)
    return AppointPerson(NOTICE, appointment, Person(id=who, name=name))


def end(role: str, who: str, until: date) -> EndAppointment:
    return EndAppointment(NOTICE, role, who, until, "A new post.")


APPOINT = appoint("director", NEW_DIRECTOR.id, date(2016, 6, 16))


def test_the_body_itself_or_whoever_keeps_the_notice_appoints(notice_issued: World) -> None:
    for by in (CHIEF_EXECUTIVE, OFFICER, CASE_LEAD):
        came = given(notice_issued).when(APPOINT, by, at=NOW).then(PersonAppointed)
        assert came.the(PersonAppointed).name == "Edward Lowe"
    for by in (CHAIR, ADVISER, STRANGER):
        given(notice_issued).when(APPOINT, by, at=NOW).then_refused(
            NotInYourRole, "Lancashire County Council", "Case lead for the notice"
        )
    given(notice_issued).when(APPOINT, ENGINE, at=NOW).then_refused(OnlyPeopleDecide)


def test_the_ladder_tells_whoever_holds_the_role_that_day(report_overdue: World) -> None:
    world = report_overdue.after(APPOINT, CHIEF_EXECUTIVE, london(2016, 6, 15, 10))
    world = world.after(
        end("director", DIRECTOR.id, date(2016, 6, 15)), CHIEF_EXECUTIVE, london(2016, 6, 15, 10)
    )
    world = world.chased(MAY_REPORT, london(2016, 6, 15, 10), london(2016, 6, 17))
    standing = world.case(MAY_REPORT).occurrence.standing_of("director")
    assert standing is not None
    assert [each.person for each in standing.messages] == [NEW_DIRECTOR.id]
    assert raised(world, MAY_REPORT)[-1] == ("director", london(2016, 6, 17))


def test_one_person_as_chair_and_adviser_is_shown_and_not_refused(notice_issued: World) -> None:
    """Scenario 11: the conflict is stated by one of the two roles, and found from either."""
    for role, other, who in (("chair", "adviser", ADVISER), ("adviser", "chair", CHAIR)):
        command = appoint(role, who.id, date(2016, 7, 1), name="As before")
        came = given(notice_issued).when(command, CASE_LEAD, at=NOW).then(PersonAppointed, RoleConflictFound)
        found = came.the(RoleConflictFound)
        assert (found.person, found.roles) == (who.id, (role, other))
        assert came.world.notice.conflicts == (found,)


def test_a_conflict_that_only_one_of_two_roles_states_is_found_from_the_other(notice_issued: World) -> None:
    """The director’s role names no conflict; that of the chair names it."""
    command = appoint("director", CHAIR.id, date(2016, 7, 1), name="Margaret Oduya")
    came = given(notice_issued).when(command, CASE_LEAD, at=NOW).then(PersonAppointed, RoleConflictFound)
    assert came.the(RoleConflictFound).roles == ("director", "chair")


def test_roles_held_one_after_the_other_do_not_conflict(notice_issued: World) -> None:
    world = notice_issued.after(end("adviser", ADVISER.id, date(2016, 6, 30)), CASE_LEAD, NOW)
    after = appoint("chair", ADVISER.id, date(2016, 7, 1), name="Ruth Pemberton")
    given(world).when(after, CASE_LEAD, at=NOW).then(PersonAppointed)
    one_day = appoint("chair", ADVISER.id, date(2016, 6, 30), name="Ruth Pemberton")
    given(world).when(one_day, CASE_LEAD, at=NOW).then(PersonAppointed, RoleConflictFound)


def test_roles_that_may_be_held_together_do_not_conflict(notice_issued: World) -> None:
    command = appoint("board-secretary", CHAIR.id, date(2016, 7, 1), name="Margaret Oduya")
    given(notice_issued).when(command, CHAIR, at=NOW).then(PersonAppointed)


def test_an_appointment_is_to_a_role_of_the_notice_and_ends_after_it_begins(notice_issued: World) -> None:
    given(notice_issued).when(
        appoint("mayor", "edward-lowe", date(2016, 6, 1)), CASE_LEAD, at=NOW
    ).then_refused(RoleNotKnown, "mayor", "director")
    backwards = appoint("director", "edward-lowe", date(2016, 6, 2), date(2016, 6, 1))
    given(notice_issued).when(backwards, CASE_LEAD, at=NOW).then_refused(DateOutOfOrder)
    one_day = appoint("director", "edward-lowe", date(2016, 6, 2), date(2016, 6, 2))
    given(notice_issued).when(one_day, CASE_LEAD, at=NOW).then(PersonAppointed)
    another = replace(APPOINT, person=Person(id="somebody", name="Somebody"))
    given(notice_issued).when(another, CASE_LEAD, at=NOW).then_refused(PersonNotKnown)


def test_nobody_is_appointed_twice_for_the_same_days(notice_issued: World) -> None:
    again = appoint("director", DIRECTOR.id, date(2016, 7, 1), name="Helen Marsh")
    given(notice_issued).when(again, CASE_LEAD, at=NOW).then_refused(NothingChanges, "Helen Marsh")
    world = notice_issued.after(end("director", DIRECTOR.id, date(2016, 6, 30)), CASE_LEAD, NOW)
    given(world).when(again, CASE_LEAD, at=NOW).then(PersonAppointed)


def test_an_appointment_ends_on_its_last_day(notice_issued: World) -> None:
    command = end("director", DIRECTOR.id, date(2016, 6, 30))
    came = given(notice_issued).when(command, CHIEF_EXECUTIVE, at=NOW).then(AppointmentEnded)
    assert came.the(AppointmentEnded).ended_as == "chief-executive"
    assert came.world.notice.holders("director", date(2016, 6, 30)) == (DIRECTOR.id,)
    assert came.world.notice.holders("director", date(2016, 7, 1)) == ()
    given(came.world).when(command, CHIEF_EXECUTIVE, at=NOW).then_refused(NothingChanges)
    given(came.world).when(replace(command, until=date(2016, 6, 15)), CHIEF_EXECUTIVE, at=NOW).then(
        AppointmentEnded
    )


def test_what_does_not_run_cannot_be_ended(notice_issued: World) -> None:
    given(notice_issued).when(end("mayor", DIRECTOR.id, date(2016, 6, 30)), CASE_LEAD, at=NOW).then_refused(
        RoleNotKnown
    )
    given(notice_issued).when(end("director", CHAIR.id, date(2016, 6, 30)), CASE_LEAD, at=NOW).then_refused(
        PersonNotKnown, "Margaret Oduya"
    )
    given(notice_issued).when(
        end("director", DIRECTOR.id, date(2016, 5, 18)), CASE_LEAD, at=NOW
    ).then_refused(DateOutOfOrder, "19 May 2016")
    silent = replace(end("director", DIRECTOR.id, date(2016, 6, 30)), reason="")
    given(notice_issued).when(silent, CASE_LEAD, at=NOW).then_refused(ReasonMissing)
    for by in (CHAIR, STRANGER):
        given(notice_issued).when(end("director", DIRECTOR.id, date(2016, 6, 30)), by, at=NOW).then_refused(
            NotInYourRole
        )
    given(notice_issued).when(end("director", DIRECTOR.id, date(2016, 6, 30)), ENGINE, at=NOW).then_refused(
        OnlyPeopleDecide
    )
