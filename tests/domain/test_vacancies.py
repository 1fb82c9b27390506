"""A role that has to be maintained falls vacant: that is found, told the same day, owed, chased, and filled."""

from datetime import date, datetime

import pytest

from domain.chasing.outlook import look
from domain.commands import OpenOccurrences
from domain.events.chasing import EscalationResolved
from domain.events.handing import RungWithdrawn
from domain.events.instrument import PersonAppointed
from domain.events.owing import OccurrenceOpened, VacancyFilled
from domain.events.tending import VacancyFound
from domain.identity import OccurrenceId
from domain.notice.keeping import next_opening
from domain.occurrence.standing import Standing, standing, was_late
from tests.domain.people import CASE_LEAD, CHAIR, CHIEF_EXECUTIVE, DIRECTOR, occurrence
from tests.domain.specification import World, given, london, raised
from tests.domain.test_appointments import appoint, end

REPAIR = occurrence("board-maintained", "vacancy-chair-1")
SECOND_REPAIR = occurrence("board-maintained", "vacancy-chair-2")
OPEN = OpenOccurrences("lancashire-2016")
NEW_CHAIR = appoint("chair", "nora-whitfield", date(2016, 7, 11), name="Nora Whitfield")


@pytest.fixture(scope="module")
def chair_leaves(notice_issued: World) -> World:
    """The chair's last day is Thursday 30 June; that is known on 20 June."""
    world = notice_issued.opened(london(2016, 6, 20))
    return world.after(end("chair", CHAIR.id, date(2016, 6, 30)), CHAIR, london(2016, 6, 20))


@pytest.fixture(scope="module")
def chair_vacant(chair_leaves: World) -> World:
    return chair_leaves.opened(london(2016, 7, 1, 0))


def opens_next(world: World) -> datetime | None:
    return next_opening(
        world.notice, {OccurrenceId.parse(name): each for name, each in world.occurrences.items()}
    )


def people_told(world: World, rung: str) -> list[str]:
    found = world.case(REPAIR).occurrence.standing_of(rung)
    assert found is not None
    return [each.person for each in found.messages]


def test_the_notices_clock_wakes_on_the_day_on_which_the_role_falls_vacant(chair_leaves: World) -> None:
    assert opens_next(chair_leaves) == london(2016, 7, 1, 0)
    before = given(chair_leaves).when(OPEN, at=london(2016, 6, 30, 23, 59))
    assert not [each for each in before.events if isinstance(each, VacancyFound)]
    found = given(chair_leaves).when(OPEN, at=london(2016, 7, 1, 0)).the(VacancyFound)
    assert (found.role, found.since, found.obligation) == ("chair", date(2016, 7, 1), "board-maintained")


def test_its_repair_is_owed_ten_working_days_later(chair_vacant: World) -> None:
    facts = chair_vacant.case(REPAIR).occurrence.facts
    assert (facts.due_on, facts.about, facts.ladder) == (date(2016, 7, 15), "chair", "vacancy-filled")


def test_the_department_is_told_on_the_same_day(chair_vacant: World) -> None:
    world = chair_vacant.chased(REPAIR, london(2016, 7, 1, 0), london(2016, 7, 1, 9))
    assert raised(world, REPAIR) == [("department-told", london(2016, 7, 1))]
    assert people_told(world, "department-told") == [CASE_LEAD.id, DIRECTOR.id]


def test_a_vacancy_that_comes_in_the_afternoon_is_told_in_the_afternoon(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 7, 4, 9))
    world = world.after(end("chair", CHAIR.id, date(2016, 7, 3)), CASE_LEAD, london(2016, 7, 4, 15))
    world = world.opened(london(2016, 7, 4, 15)).chased(
        REPAIR, london(2016, 7, 4, 15), london(2016, 7, 4, 18)
    )
    assert raised(world, REPAIR) == [("department-told", london(2016, 7, 4, 15))]


def test_a_vacancy_that_is_not_filled_is_chased_like_anything_else(chair_vacant: World) -> None:
    world = chair_vacant.chased(REPAIR, london(2016, 7, 1, 0), london(2016, 8, 1))
    assert raised(world, REPAIR, "overdue", "chief-executive", "case-lead") == [
        ("overdue", london(2016, 7, 18)),
        ("chief-executive", london(2016, 7, 20)),
        ("case-lead", london(2016, 7, 22)),
    ]
    assert standing(world.case(REPAIR).occurrence, london(2016, 7, 18)) is Standing.OVERDUE


def test_it_is_found_once(chair_vacant: World) -> None:
    given(chair_vacant).when(OPEN, at=london(2016, 7, 1, 0)).then_nothing_happened()
    assert (opens_next(chair_vacant) or london(2016, 7, 1)) > london(2016, 7, 1)


def test_whoever_is_appointed_on_the_day_fills_it_at_once(chair_vacant: World) -> None:
    world = chair_vacant.chased(REPAIR, london(2016, 7, 1, 0), london(2016, 7, 21))
    today = appoint("chair", "nora-whitfield", date(2016, 7, 21), name="Nora Whitfield")
    came = given(world).when(today, CASE_LEAD, at=london(2016, 7, 21, 15))
    came.then(PersonAppointed, VacancyFilled, EscalationResolved)
    assert came.the(VacancyFilled).person == "nora-whitfield"
    assert [each.person for each in came.the(EscalationResolved).messages] == [CHIEF_EXECUTIVE.id]
    state = came.world.case(REPAIR).occurrence
    assert was_late(state)
    assert look(came.world.case(REPAIR), london(2016, 7, 21, 15)).closed


def test_whoever_is_appointed_ahead_fills_it_on_their_first_day(chair_vacant: World) -> None:
    came = given(chair_vacant).when(NEW_CHAIR, CASE_LEAD, at=london(2016, 7, 5)).then(PersonAppointed)
    assert opens_next(came.world) == london(2016, 7, 11, 0)
    filled = given(came.world).when(OPEN, at=london(2016, 7, 11, 0)).the(VacancyFilled)
    assert filled.filled_at == london(2016, 7, 11, 0)


def test_a_successor_who_begins_at_once_leaves_no_vacancy(chair_leaves: World) -> None:
    at_once = appoint("chair", "nora-whitfield", date(2016, 7, 1), name="Nora Whitfield")
    world = chair_leaves.after(at_once, CASE_LEAD, london(2016, 6, 21)).opened(london(2016, 7, 15))
    assert world.notice.vacancies == ()


def test_an_appointment_recorded_late_takes_back_what_its_absence_had_caused(chair_vacant: World) -> None:
    """She took office on 11 July, in time; that is recorded on 21 July."""
    world = chair_vacant.chased(REPAIR, london(2016, 7, 1, 0), london(2016, 7, 21))
    came = given(world).when(NEW_CHAIR, CASE_LEAD, at=london(2016, 7, 21, 15))
    came.then(PersonAppointed, VacancyFilled, RungWithdrawn, RungWithdrawn)
    assert came.the(VacancyFilled).filled_at == london(2016, 7, 11, 0)
    assert not was_late(came.world.case(REPAIR).occurrence)


def test_a_vacancy_that_began_and_ended_during_an_interruption_is_recorded_and_storms_nobody(
    chair_leaves: World,
) -> None:
    world = chair_leaves.after(NEW_CHAIR, CASE_LEAD, london(2016, 6, 21))
    came = given(world).when(OPEN, at=london(2016, 7, 20))
    kinds = [type(each) for each in came.events]
    assert (kinds.count(VacancyFound), kinds.count(VacancyFilled)) == (1, 1)
    assert came.world.case(REPAIR).occurrence.met_at == london(2016, 7, 11, 0)
    assert look(came.world.case(REPAIR), london(2016, 7, 20)).closed
    given(came.world).when(OPEN, at=london(2016, 7, 20)).then_nothing_happened()


def test_a_role_that_falls_vacant_again_is_found_again(chair_vacant: World) -> None:
    """Filled for a week only, while the engine was interrupted."""
    brief = appoint("chair", "nora-whitfield", date(2016, 7, 11), date(2016, 7, 15), "Nora Whitfield")
    world = chair_vacant.after(brief, CASE_LEAD, london(2016, 7, 5))
    came = given(world).when(OPEN, at=london(2016, 7, 20))
    assert came.the(VacancyFound).since == date(2016, 7, 16)
    assert came.world.case(REPAIR).occurrence.met_at == london(2016, 7, 11, 0)
    second = came.world.case(SECOND_REPAIR).occurrence
    assert (second.facts.due_on, second.is_over) == (date(2016, 7, 29), False)
    assert (opens_next(came.world) or london(2016, 7, 21)) > london(2016, 7, 20)


def test_two_vacancies_of_one_role_found_together_have_repairs_of_their_own(chair_leaves: World) -> None:
    brief = appoint("chair", "nora-whitfield", date(2016, 7, 11), date(2016, 7, 15), "Nora Whitfield")
    world = chair_leaves.after(brief, CASE_LEAD, london(2016, 6, 21))
    came = given(world).when(OPEN, at=london(2016, 7, 20))
    opened = [
        each.period
        for each in came.events
        if isinstance(each, OccurrenceOpened) and each.period.startswith("vacancy")
    ]
    assert opened == ["vacancy-chair-1", "vacancy-chair-2"]
    assert came.world.case(REPAIR).occurrence.is_over
    assert not came.world.case(SECOND_REPAIR).occurrence.is_over


def test_a_role_that_need_not_be_maintained_may_stand_vacant(notice_issued: World) -> None:
    world = notice_issued.after(
        end("director", DIRECTOR.id, date(2016, 6, 30)), CASE_LEAD, london(2016, 6, 20)
    )
    assert world.opened(london(2016, 7, 15)).notice.vacancies == ()
