"""Lifted, with or without after-care; superseded by a direction, and stepped back down; another body in its place."""

from dataclasses import replace
from datetime import date

import pytest

from domain.actor import ENGINE, Actor
from domain.commands import (
    IssueNotice,
    LiftNotice,
    OpenOccurrences,
    RecordSuccession,
    ReleaseObligation,
    SubmitReport,
    SupersedeNotice,
    TakeDueStep,
)
from domain.events import tending
from domain.events.chasing import EscalationResolved
from domain.events.excusing import OccurrenceWithdrawn
from domain.notice.keeping import next_opening
from domain.notice.schedule import expected
from domain.refusals import (
    AlreadyReleased,
    DateInTheFuture,
    DateInThePast,
    DateOutOfOrder,
    NoLongerOwed,
    NothingChanges,
    NoticeHasEnded,
    NotInYourRole,
    ObligationNotKnown,
    OnlyPeopleDecide,
    PartyNotKnown,
    ReasonMissing,
    SuccessorNotIssued,
    WrongKindOfObligation,
)
from domain.terms.notice_file import NoticeFile
from domain.terms.parties import Party
from tests.domain.people import (
    CASE_LEAD,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SENIOR_CIVIL_SERVANT,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, london, raised

NOTICE = "lancashire-2016"
NOW = london(2016, 6, 17, 12)
TODAY = date(2016, 6, 17)


def lift(**changes: object) -> LiftNotice:
    lifting = LiftNotice(NOTICE, "The council has improved.", decided_on=TODAY, issued_on=TODAY)
    return replace(lifting, **changes)  # type: ignore[arg-type]


def known(world: World) -> dict:
    return dict(world.case_for(OpenOccurrences(NOTICE)).others)


def test_lifting_withdraws_what_is_open_and_opens_no_more(director_told: World) -> None:
    came = given(director_told).when(lift(), SENIOR_CIVIL_SERVANT, at=NOW)
    assert came.events[0] == came.the(tending.NoticeLifted)
    assert {type(each) for each in came.events[1:]} == {EscalationResolved, OccurrenceWithdrawn}
    assert came.world.notice.phase == "lifted"
    assert expected(came.world.notice) == ()
    assert next_opening(came.world.notice, known(came.world)) is None
    assert all(each.is_over for each in came.world.occurrences.values())


def test_those_who_were_told_of_an_escalation_are_told_that_it_is_over(director_told: World) -> None:
    came = given(director_told).when(lift(), SENIOR_CIVIL_SERVANT, at=NOW)
    resolved = came.the(EscalationResolved)
    assert [message.person for message in resolved.messages] == [DIRECTOR.id]
    assert resolved.because == "The notice was lifted."


def test_nothing_is_chased_after_that(director_told: World) -> None:
    world = director_told.after(lift(), SENIOR_CIVIL_SERVANT, NOW)
    given(world).when(TakeDueStep(MAY_REPORT), at=london(2016, 9, 1)).then_nothing_happened()
    given(world).when(OpenOccurrences(NOTICE), at=london(2016, 9, 1)).then_nothing_happened()


def test_nothing_can_be_submitted_any_more(director_told: World) -> None:
    world = director_told.after(lift(), SENIOR_CIVIL_SERVANT, NOW)
    submit = SubmitReport(MAY_REPORT, WHOLE_REPORT)
    given(world).when(submit, OFFICER, at=london(2016, 6, 20)).then_refused(NoticeHasEnded, "lifted")


def test_a_referral_stays_with_those_who_decide(referred_for_consideration: World) -> None:
    world = referred_for_consideration.after(
        lift(decided_on=date(2016, 7, 5), issued_on=date(2016, 7, 5)),
        SENIOR_CIVIL_SERVANT,
        london(2016, 7, 5, 12),
    )
    referral = world.case(MAY_REPORT).occurrence.standing_of("refer")
    assert referral is not None
    assert referral.task_is_open


def test_in_after_care_some_obligations_go_on(report_overdue: World) -> None:
    command = lift(kept=("monthly-report",), after_care_until=date(2017, 1, 31))
    came = given(report_overdue).when(command, SENIOR_CIVIL_SERVANT, at=NOW)
    assert came.world.notice.phase == "after-care"
    assert not came.world.case(MAY_REPORT).occurrence.is_over
    labels = [each.id.period for each in expected(came.world.notice)]
    assert labels == ["2016-05", "2016-06", "2016-07", "2016-08", "2016-09", "2016-10", "2016-11", "2016-12"]
    chased = came.world.chased(MAY_REPORT, NOW, london(2016, 6, 18))
    assert raised(chased, MAY_REPORT, "director") == [("director", NOW)]


def test_after_care_runs_out_by_itself_on_the_day_that_people_set(report_overdue: World) -> None:
    command = lift(kept=("monthly-report",), after_care_until=date(2016, 8, 1))
    world = report_overdue.after(command, SENIOR_CIVIL_SERVANT, NOW)
    world = world.opened(london(2016, 7, 1, 0))
    ends = next_opening(world.notice, known(world))
    assert ends == london(2016, 8, 2, 0)
    came = given(world).when(OpenOccurrences(NOTICE), at=ends)
    assert came.the(tending.NoticeClosed).closed_at == london(2016, 8, 2, 0)
    assert came.world.notice.phase == "closed"
    assert all(each.is_over for each in came.world.occurrences.values())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kept": ("no-such-report",), "after_care_until": date(2016, 12, 1)}, ObligationNotKnown),
        ({"reason": "  "}, ReasonMissing),
        ({"kept": ("monthly-report",)}, DateOutOfOrder),
        ({"after_care_until": date(2016, 12, 1)}, DateOutOfOrder),
        ({"issued_on": date(2016, 6, 18)}, DateInTheFuture),
        ({"decided_on": TODAY, "issued_on": date(2016, 6, 16)}, DateOutOfOrder),
        ({"kept": ("monthly-report",), "after_care_until": date(2016, 6, 16)}, DateInThePast),
    ],
)
def test_lifting_is_refused_with_a_sentence(report_open: World, changes: dict, refusal: type) -> None:
    given(report_open).when(lift(**changes), CASE_LEAD, at=NOW).then_refused(refusal)


def test_only_the_issuer_and_only_people_end_a_notice(report_open: World) -> None:
    given(report_open).when(lift(), DIRECTOR, at=NOW).then_refused(NotInYourRole, "issuer")
    given(report_open).when(lift(), ENGINE, at=NOW).then_refused(OnlyPeopleDecide)


def direction_issued(lancashire: NoticeFile, issue: IssueNotice) -> World:
    header = lancashire.notice.model_copy(
        update={"id": "direction-2016", "title": "Direction of 16 June 2016"}
    )
    terms = lancashire.model_copy(update={"notice": header})
    issued_at = london(2016, 6, 16)
    return World().after(
        IssueNotice(terms, issue.calendar, issued_at), Actor("person", "department"), issued_at
    )


def supersede(**changes: object) -> SupersedeNotice:
    command = SupersedeNotice(NOTICE, "direction-2016", "The powers were used.", decided_on=TODAY)
    return replace(command, **changes)  # type: ignore[arg-type]


def test_a_direction_takes_the_place_of_the_notice(
    lancashire: NoticeFile, issue_on_the_day: IssueNotice, director_told: World
) -> None:
    direction = direction_issued(lancashire, issue_on_the_day).notice
    came = given(replace(director_told, successor=direction)).when(supersede(), SENIOR_CIVIL_SERVANT, at=NOW)
    superseded = came.the(tending.NoticeSuperseded)
    assert (superseded.instrument, superseded.law, superseded.stepped_down) == (
        "Direction of 16 June 2016",
        "Section 497A of the Education Act 1996, as amended",
        False,
    )
    assert came.world.notice.phase == "superseded"
    assert all(each.is_over for each in came.world.occurrences.values())
    submit = SubmitReport(MAY_REPORT, WHOLE_REPORT)
    given(came.world).when(submit, OFFICER, at=london(2016, 6, 20)).then_refused(NoticeHasEnded, "superseded")


def test_stepping_down_says_so(
    lancashire: NoticeFile, issue_on_the_day: IssueNotice, report_open: World
) -> None:
    successor = direction_issued(lancashire, issue_on_the_day).notice
    world = replace(report_open, successor=successor)
    came = given(world).when(supersede(stepped_down=True), SENIOR_CIVIL_SERVANT, at=NOW)
    assert came.the(tending.NoticeSuperseded).stepped_down


def test_what_was_not_issued_takes_the_place_of_nothing(
    lancashire: NoticeFile, issue_on_the_day: IssueNotice, report_open: World
) -> None:
    given(report_open).when(supersede(), SENIOR_CIVIL_SERVANT, at=NOW).then_refused(SuccessorNotIssued)
    world = replace(report_open, successor=direction_issued(lancashire, issue_on_the_day).notice)
    given(world).when(supersede(reason=""), SENIOR_CIVIL_SERVANT, at=NOW).then_refused(ReasonMissing)
    given(world).when(supersede(decided_on=date(2016, 6, 18)), CASE_LEAD, at=NOW).then_refused(
        DateInTheFuture
    )
    given(world).when(supersede(), DIRECTOR, at=NOW).then_refused(NotInYourRole)
    given(world).when(supersede(), ENGINE, at=NOW).then_refused(OnlyPeopleDecide)


SUCCESSOR = Party(id="council", name="The Lancashire Combined Council")


def succession(**changes: object) -> RecordSuccession:
    command = RecordSuccession(
        NOTICE, SUCCESSOR, TODAY, "The Lancashire (Structural Changes) Order, as invented here"
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def test_a_successor_body_stands_where_the_council_stood(director_told: World) -> None:
    came = given(director_told).when(succession(), CASE_LEAD, at=NOW)
    succeeded = came.the(tending.BodySucceeded)
    assert (succeeded.was, succeeded.since) == ("Lancashire County Council", TODAY)
    assert came.world.notice.party_name("council") == "The Lancashire Combined Council"
    assert came.world.notice.successions == (succeeded,)
    report = came.world.case(MAY_REPORT).occurrence
    assert (report.facts.obligor, report.is_over) == ("council", False)
    later = came.world.chased(MAY_REPORT, NOW, london(2016, 6, 22))
    assert raised(later, MAY_REPORT, "chief-executive") == [("chief-executive", london(2016, 6, 21))]


def test_a_succession_is_refused_with_a_sentence(report_open: World) -> None:
    stranger = Party(id="parish", name="The parish")
    same = Party(id="council", name="Lancashire County Council")
    when = given(report_open).when
    when(succession(party=stranger), CASE_LEAD, at=NOW).then_refused(PartyNotKnown, "parish")
    when(succession(party=same), CASE_LEAD, at=NOW).then_refused(NothingChanges)
    when(succession(law=" "), CASE_LEAD, at=NOW).then_refused(ReasonMissing)
    when(succession(since=date(2016, 6, 18)), CASE_LEAD, at=NOW).then_refused(DateInTheFuture)
    when(succession(), DIRECTOR, at=NOW).then_refused(NotInYourRole)


def released(**changes: object) -> ReleaseObligation:
    command = ReleaseObligation(NOTICE, "work-with-adviser", "Advice is no longer needed.", decided_on=TODAY)
    return replace(command, **changes)  # type: ignore[arg-type]


def test_working_with_the_adviser_ends_when_the_secretary_of_state_is_satisfied(report_open: World) -> None:
    came = given(report_open).when(released(), MINISTERS_OFFICE, at=NOW)
    assert came.the(tending.ObligationReleased).released_as == "ministers-office"
    assert "work-with-adviser" not in {each.id for each in came.world.notice.owed}
    given(came.world).when(released(), MINISTERS_OFFICE, at=NOW).then_refused(AlreadyReleased)


def test_a_release_is_refused_with_a_sentence(report_open: World) -> None:
    when = given(report_open).when
    when(released(), CASE_LEAD, at=NOW).then_refused(NotInYourRole, "The Secretary of State")
    when(released(), ENGINE, at=NOW).then_refused(OnlyPeopleDecide)
    when(released(obligation="monthly-report"), MINISTERS_OFFICE, at=NOW).then_refused(WrongKindOfObligation)
    when(released(obligation="nothing"), MINISTERS_OFFICE, at=NOW).then_refused(ObligationNotKnown)
    when(released(reasons=""), MINISTERS_OFFICE, at=NOW).then_refused(ReasonMissing)
    when(released(decided_on=date(2016, 6, 18)), MINISTERS_OFFICE, at=NOW).then_refused(DateInTheFuture)


def test_what_was_withdrawn_is_owed_no_more_even_while_the_notice_goes_on(
    lancashire: NoticeFile, report_open: World
) -> None:
    world = report_open.told(
        given(report_open)
        .when(lift(kept=("chair-report",), after_care_until=date(2017, 1, 1)), CASE_LEAD, at=NOW)
        .decision
    )
    submit = SubmitReport(MAY_REPORT, WHOLE_REPORT)
    given(world).when(submit, OFFICER, at=london(2016, 6, 20)).then_refused(NoLongerOwed)
