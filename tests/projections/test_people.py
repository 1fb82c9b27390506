"""Who acts under a notice on a day, who stands in, and whose roles do not go together."""

from datetime import UTC, date, datetime

import pytest

from domain.commands import AppointPerson, DelegateRole, EndAppointment
from domain.terms.parties import Appointment, Person
from projections.people import people
from tests.domain.people import CASE_LEAD, CHAIR, DIRECTOR, OFFICER
from tests.domain.specification import World, london

NOTICE, NOW = "lancashire-2016", london(2016, 9, 16, 10)


@pytest.fixture(scope="module")
async def report_open(book_at) -> World:
    """June 2016: the notice has been issued, and nobody has acted yet."""
    book = await book_at("nobody-acts", datetime(2016, 6, 2, tzinfo=UTC))
    return World(book.notice(NOTICE), {str(each.id): each for each in book.occurrences(NOTICE)})


def row(world: World, role: str, day: date):
    return next(each for each in people(world.notice, day) if each.role == role)


def test_each_role_is_there_with_its_holder(report_open: World) -> None:
    rows = people(report_open.notice, date(2016, 9, 16))
    assert [each.role for each in rows] == [each.id for each in report_open.notice.roles]
    assert row(report_open, "director", date(2016, 9, 16)).holders == ("Helen Marsh",)
    assert not any(each.conflicts or each.stand_ins or each.vacant for each in rows)


def test_one_person_as_chair_and_adviser_is_shown_on_both(report_open: World) -> None:
    appoint = AppointPerson(
        NOTICE,
        Appointment(role="adviser", person=CHAIR.id, since=date(2016, 9, 19)),
        Person(id=CHAIR.id, name="Margaret Oduya"),
    )
    world = report_open.after(appoint, CASE_LEAD, NOW)
    assert row(world, "adviser", date(2016, 9, 16)).conflicts == ()
    assert row(world, "adviser", date(2016, 9, 19)).conflicts == (
        "Margaret Oduya is also Independent chair of the improvement board; one person should not be both.",
    )
    assert row(world, "chair", date(2016, 9, 19)).conflicts == (
        "Margaret Oduya is also Adviser; one person should not be both.",
    )


def test_whoever_stands_in_is_named_for_those_days(report_open: World) -> None:
    away = DelegateRole(NOTICE, "director", OFFICER.id, date(2016, 9, 19), date(2016, 9, 30), "Leave.")
    world = report_open.after(away, DIRECTOR, NOW)
    assert row(world, "director", date(2016, 9, 20)).stand_ins == ("Priya Nandra acts for Helen Marsh.",)
    assert row(world, "director", date(2016, 10, 3)).stand_ins == ()


def test_a_role_that_nobody_holds_is_vacant(report_open: World) -> None:
    leaves = EndAppointment(NOTICE, "chair", CHAIR.id, date(2016, 9, 30), "Another office.")
    world = report_open.after(leaves, CASE_LEAD, NOW)
    assert not row(world, "chair", date(2016, 9, 30)).vacant
    assert row(world, "chair", date(2016, 10, 1)).vacant
