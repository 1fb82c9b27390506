"""Visits of third parties, which feed the calendar; and how far an obligation is complied with, paragraph by paragraph."""

from dataclasses import replace
from datetime import date

from domain.actor import Actor
from domain.commands import NoteVisit, RateCompliance
from domain.events import tending
from domain.refusals import DateBeforeOpening, NotInYourRole, ObligationNotKnown, ReasonMissing
from tests.domain.people import ADVISER, CASE_LEAD, OFFICER, STRANGER
from tests.domain.specification import World, given, london

NOTICE, NOW = "lancashire-2016", london(2016, 9, 6, 10)
VISIT = NoteVisit(NOTICE, "Ofsted", date(2016, 9, 20), "Monitoring visit")
RATING = RateCompliance(NOTICE, "monthly-report", "in compliance", "Every report came in time.")


def test_a_visit_is_noted_and_nothing_is_owed_for_it(report_open: World) -> None:
    came = given(report_open).when(VISIT, CASE_LEAD, at=NOW)
    visit = came.the(tending.VisitNoted)
    assert (visit.visitor, visit.day, visit.noted_as) == ("Ofsted", date(2016, 9, 20), "case-lead")
    assert came.world.notice.visits == (visit,)
    assert came.world.occurrences == report_open.occurrences


def test_a_visit_that_has_been_can_be_noted_too(report_open: World) -> None:
    given(report_open).when(replace(VISIT, day=date(2016, 8, 1)), OFFICER, at=NOW).then(tending.VisitNoted)


def test_a_visit_is_refused_with_a_sentence(report_open: World) -> None:
    when = given(report_open).when
    when(VISIT, STRANGER, at=NOW).then_refused(NotInYourRole)
    when(replace(VISIT, purpose=" "), CASE_LEAD, at=NOW).then_refused(ReasonMissing)
    when(replace(VISIT, day=date(2016, 5, 18)), CASE_LEAD, at=NOW).then_refused(
        DateBeforeOpening, "19 May 2016"
    )


def test_ratings_of_an_obligation_follow_each_other(report_open: World) -> None:
    world = report_open.after(RATING, ADVISER, NOW)
    later = replace(RATING, rating="partly in compliance", basis="The last one was hollow.")
    came = given(world).when(later, CASE_LEAD, at=london(2016, 12, 1))
    assert [each.rating for each in came.world.notice.ratings["monthly-report"]] == [
        "in compliance",
        "partly in compliance",
    ]


def test_nobody_rates_what_they_owe(report_open: World) -> None:
    given(report_open).when(RATING, OFFICER, at=NOW).then_refused(NotInYourRole, "Lancashire County Council")
    given(report_open).when(RATING, Actor("system", "engine"), at=NOW).then_refused(NotInYourRole)


def test_a_rating_is_refused_with_a_sentence(report_open: World) -> None:
    when = given(report_open).when
    when(replace(RATING, obligation="nothing"), ADVISER, at=NOW).then_refused(ObligationNotKnown)
    when(replace(RATING, basis=""), ADVISER, at=NOW).then_refused(ReasonMissing)
