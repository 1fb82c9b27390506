"""A notice varied in mid-flight: what differs becomes events, what is open is dated anew, and the history stays whole."""

from datetime import date

import pytest

from domain.actor import ENGINE
from domain.commands import LiftNotice, SubmitReport, VaryNotice
from domain.events import instrument, tending
from domain.events.excusing import OccurrenceRedated, OccurrenceWithdrawn
from domain.notice.schedule import expected
from domain.occurrence.standing import was_late
from domain.refusals import (
    DateInTheFuture,
    NothingChanges,
    NoticeHasEnded,
    NotInYourRole,
    ReasonMissing,
    VariationUnsound,
)
from domain.terms.notice_file import NoticeFile
from domain.time.due import NthWorkingDayAfterPeriod
from tests.domain.people import CASE_LEAD, DIRECTOR, MAY_REPORT, OFFICER, WHOLE_REPORT
from tests.domain.specification import World, given, london, raised


def with_monthly_due(terms: NoticeFile, n: int) -> NoticeFile:
    """The same notice, with the monthly report due on another working day of the month."""
    obligations = tuple(
        each.model_copy(update={"due": NthWorkingDayAfterPeriod(n=n)})
        if each.id == "monthly-report"
        else each
        for each in terms.obligations
    )
    return terms.model_copy(update={"obligations": obligations})


def without(terms: NoticeFile, obligation: str) -> NoticeFile:
    kept = tuple(each for each in terms.obligations if each.id != obligation)
    return terms.model_copy(update={"obligations": kept})


def variation(
    terms: NoticeFile, day: date, reason: str = "The board meets later in the month."
) -> VaryNotice:
    return VaryNotice(terms, "First variation", reason, decided_on=day, effective_on=day)


def test_a_later_due_day_moves_what_is_open_and_what_is_to_come(
    lancashire: NoticeFile, report_reminded: World
) -> None:
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 13))
    came = given(report_reminded).when(command, CASE_LEAD, at=london(2016, 6, 13, 10))
    came.then(tending.NoticeVaried, instrument.ObligationImposed, OccurrenceRedated)
    moved = came.the(OccurrenceRedated)
    assert (moved.due_on, moved.cause, moved.reason) == (
        date(2016, 6, 21),
        "variation",
        "The board meets later in the month.",
    )
    report = came.world.case(MAY_REPORT).occurrence
    assert report.opened is not None
    assert (report.opened.due_on, report.facts.due_on) == (date(2016, 6, 14), date(2016, 6, 21))
    june = next(each for each in expected(came.world.notice) if each.id.period == "2016-06")
    assert june.due_on == date(2016, 7, 21)


def test_the_chase_goes_on_by_the_new_day(lancashire: NoticeFile, report_reminded: World) -> None:
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 13))
    world = report_reminded.after(command, CASE_LEAD, london(2016, 6, 13, 10))
    world = world.chased(MAY_REPORT, london(2016, 6, 13, 10), london(2016, 6, 28))
    assert raised(world, MAY_REPORT, "overdue", "director") == [
        ("overdue", london(2016, 6, 22)),
        ("director", london(2016, 6, 24)),
    ]


def test_what_had_fallen_due_before_stays_overdue(lancashire: NoticeFile, director_told: World) -> None:
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 17))
    came = given(director_told).when(command, CASE_LEAD, at=london(2016, 6, 17, 12))
    came.then(tending.NoticeVaried, instrument.ObligationImposed)
    assert came.world.case(MAY_REPORT).occurrence.facts.due_on == date(2016, 6, 14)
    later = came.world.chased(MAY_REPORT, london(2016, 6, 17, 12), london(2016, 6, 22))
    assert raised(later, MAY_REPORT, "chief-executive") == [("chief-executive", london(2016, 6, 21))]


def test_what_is_no_longer_asked_for_is_withdrawn_and_opens_no_more(
    lancashire: NoticeFile, report_overdue: World
) -> None:
    command = variation(
        without(lancashire, "monthly-report"), date(2016, 6, 15), "It is asked for elsewhere."
    )
    terms = command.terms
    standards = tuple(each for each in terms.obligations if getattr(each, "of", None) != "monthly-report")
    command = variation(terms.model_copy(update={"obligations": standards}), date(2016, 6, 15))
    came = given(report_overdue).when(command, CASE_LEAD, at=london(2016, 6, 15, 11))
    assert came.world.case(MAY_REPORT).occurrence.withdrawn is not None
    assert "monthly-report" not in {each.obligation.id for each in expected(came.world.notice)}
    later = came.world.chased(MAY_REPORT, london(2016, 6, 15, 11), london(2016, 9, 1))
    assert raised(later, MAY_REPORT)[-1][0] == "overdue"


def test_a_new_obligation_is_owed_from_the_day_on_which_it_takes_effect(
    lancashire: NoticeFile, notice_issued: World
) -> None:
    monthly = next(each for each in lancashire.obligations if each.id == "monthly-report")
    another = monthly.model_copy(update={"id": "second-report"})
    terms = lancashire.model_copy(update={"obligations": (*lancashire.obligations, another)})
    world = notice_issued.opened(london(2016, 10, 10))
    world = world.after(variation(terms, date(2016, 10, 10)), CASE_LEAD, london(2016, 10, 10, 10))
    periods = [each.period for each in expected(world.notice) if each.obligation.id == "second-report"]
    assert periods[0] is not None
    assert (periods[0].first, periods[0].last) == (date(2016, 10, 10), date(2016, 10, 31))


def test_a_notice_that_is_continued_asks_for_further_periods(
    lancashire: NoticeFile, notice_issued: World
) -> None:
    header = lancashire.notice.model_copy(update={"runs_until": date(2017, 12, 31)})
    terms = lancashire.model_copy(update={"notice": header})
    world = notice_issued.opened(london(2017, 5, 30))
    world = world.after(variation(terms, date(2017, 5, 30)), CASE_LEAD, london(2017, 5, 30, 10))
    labels = [each.id.period for each in expected(world.notice) if each.obligation.id == "monthly-report"]
    assert (len(labels), labels[-1]) == (19, "2017-11")


def test_what_came_late_before_stays_late(lancashire: NoticeFile, report_overdue: World) -> None:
    world = report_overdue.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 16, 10))
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 17))
    came = given(world).when(command, CASE_LEAD, at=london(2016, 6, 17, 10))
    assert was_late(came.world.case(MAY_REPORT).occurrence)


def test_the_history_stays_whole(lancashire: NoticeFile, report_overdue: World) -> None:
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 15))
    came = given(report_overdue).when(command, CASE_LEAD, at=london(2016, 6, 15, 11))
    assert came.world.history[: len(report_overdue.history)] == report_overdue.history
    (varied,) = came.world.notice.variations
    assert (varied.variation, varied.decided_on, varied.varied_by) == (
        "First variation",
        date(2016, 6, 15),
        CASE_LEAD.id,
    )


@pytest.mark.parametrize(
    ("key", "other"), [("issued", date(2016, 5, 20)), ("zone", "Europe/Dublin"), ("recipient", "board")]
)
def test_a_variation_cannot_make_another_instrument_of_it(
    lancashire: NoticeFile, report_open: World, key: str, other: object
) -> None:
    header = lancashire.notice.model_copy(update={key: other})
    command = variation(lancashire.model_copy(update={"notice": header}), date(2016, 6, 1))
    given(report_open).when(command, CASE_LEAD, at=london(2016, 6, 1, 10)).then_refused(VariationUnsound, key)


def test_what_changes_nothing_is_refused(lancashire: NoticeFile, report_open: World) -> None:
    command = variation(lancashire, date(2016, 6, 1))
    given(report_open).when(command, CASE_LEAD, at=london(2016, 6, 1, 10)).then_refused(NothingChanges)


def test_only_the_issuer_varies(lancashire: NoticeFile, report_open: World) -> None:
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 1))
    for actor in (DIRECTOR, ENGINE):
        given(report_open).when(command, actor, at=london(2016, 6, 1, 10)).then_refused(
            NotInYourRole, "issuer"
        )


def test_a_variation_says_why_and_is_not_of_tomorrow(lancashire: NoticeFile, report_open: World) -> None:
    terms, now = with_monthly_due(lancashire, 15), london(2016, 6, 1, 10)
    given(report_open).when(variation(terms, date(2016, 6, 1), " "), CASE_LEAD, at=now).then_refused(
        ReasonMissing
    )
    given(report_open).when(variation(terms, date(2016, 6, 2)), CASE_LEAD, at=now).then_refused(
        DateInTheFuture
    )


def test_another_kind_under_the_same_name_is_refused(lancashire: NoticeFile, report_open: World) -> None:
    deadline = next(each for each in lancashire.obligations if each.id == "plan-delivered")
    kept = tuple(each for each in lancashire.obligations if each.id != "monthly-report")
    renamed = deadline.model_copy(update={"id": "monthly-report"})
    terms = lancashire.model_copy(update={"obligations": (*kept, renamed)})
    given(report_open).when(
        variation(terms, date(2016, 6, 1)), CASE_LEAD, at=london(2016, 6, 1, 10)
    ).then_refused(VariationUnsound, "monthly-report")


def test_a_notice_that_has_ended_cannot_be_varied(lancashire: NoticeFile, report_open: World) -> None:
    lift = LiftNotice("lancashire-2016", "All is well.", date(2016, 6, 2), date(2016, 6, 2))
    world = report_open.after(lift, CASE_LEAD, london(2016, 6, 2, 10))
    command = variation(with_monthly_due(lancashire, 15), date(2016, 6, 3))
    given(world).when(command, CASE_LEAD, at=london(2016, 6, 3, 10)).then_refused(NoticeHasEnded, "lifted")
    assert world.case(MAY_REPORT).occurrence.withdrawn == OccurrenceWithdrawn(
        "The notice was lifted.", london(2016, 6, 2, 10)
    )
