"""A concern may be recorded at any time; whoever answers it closes it with reasons or refers it, and decides nothing."""

from datetime import date

import pytest

from domain.actor import ENGINE, Actor
from domain.case import Draft
from domain.chasing.outlook import is_closed, look
from domain.commands import AnswerConcern, LiftNotice, RecordConcern
from domain.events.chasing import EscalationResolved
from domain.events.deciding import ConcernClosed, ConcernRecorded, ConcernReferred
from domain.events.excusing import OccurrenceWithdrawn
from domain.events.owing import OccurrenceOpened
from domain.events.tending import ObligationEnded, RoleDelegated
from domain.identity import notice_stream
from domain.notice.secrecy import may_see, may_see_occurrence
from domain.refusals import (
    ClauseNotKnown,
    ConcernAlreadyAnswered,
    FourEyesRequired,
    NoLongerOwed,
    NoticeHasEnded,
    NotInYourRole,
    NotYourTask,
    ObligationNotKnown,
    OnlyPeopleDecide,
    ReasonMissing,
    WrongKindOfObligation,
)
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SENIOR_CIVIL_SERVANT,
    STRANGER,
    THE_COUNCIL,
    occurrence,
)
from tests.domain.specification import World, given, london, raised

POWER = "referral-power"
CONCERN = occurrence(POWER, "concern-1")
RECORD = RecordConcern("lancashire-2016", POWER, "  Case files are closed unread. ", ("5b", "6c", "5b"))
WORDS = "Files were sampled; the practice has stopped."
CLOSE = AnswerConcern(CONCERN, WORDS)
REFER = AnswerConcern(CONCERN, "It has not stopped.", refer=True)
RECORDED_AT = london(2016, 8, 3, 11)


@pytest.fixture(scope="module")
def of_the_adviser(report_open: World) -> World:
    return report_open.after(RECORD, ADVISER, RECORDED_AT)


@pytest.fixture(scope="module")
def of_the_chair(report_open: World) -> World:
    return report_open.after(RECORD, CHAIR, RECORDED_AT)


@pytest.fixture(scope="module")
def of_the_case_lead(report_open: World) -> World:
    return report_open.after(RECORD, CASE_LEAD, RECORDED_AT)


def stands_in(world: World, role: str, holder: Actor, to: str) -> World:
    delegated = RoleDelegated(
        role, holder.id, to, date(2016, 8, 1), date(2016, 8, 31), "Leave.", london(2016, 7, 29)
    )
    return world.told([Draft(notice_stream("lancashire-2016"), delegated)])


def test_a_concern_opens_with_a_clock_of_its_own(report_open: World) -> None:
    came = given(report_open).when(RECORD, ADVISER, at=RECORDED_AT).then(OccurrenceOpened, ConcernRecorded)
    opened, recorded = came.the(OccurrenceOpened), came.the(ConcernRecorded)
    assert opened.title == "Concern 1, recorded on 3 August 2016"
    # Twenty working days, over the bank holiday of Monday 29 August.
    assert opened.due_on == date(2016, 9, 1)
    assert (opened.about, opened.assignee) == ("Case files are closed unread.", "case-lead")
    assert (opened.asked_by, opened.asked_as) == (ADVISER.id, "adviser")
    assert recorded.concern == "Case files are closed unread."
    assert recorded.clauses == ("5b", "6c")
    assert [(each.person, each.role) for each in recorded.messages] == [(CASE_LEAD.id, "case-lead")]


def test_a_long_concern_is_told_in_short_and_kept_whole(report_open: World) -> None:
    long = RecordConcern("lancashire-2016", POWER, "a" * 200)
    came = given(report_open).when(long, ADVISER, at=RECORDED_AT)
    assert came.the(OccurrenceOpened).about == "a" * 80
    assert came.the(ConcernRecorded).concern == "a" * 200


def test_concerns_are_numbered(of_the_adviser: World) -> None:
    came = given(of_the_adviser).when(RECORD, CHAIR, at=london(2016, 8, 4))
    assert came.the(OccurrenceOpened).period == "concern-2"


def test_nothing_need_be_overdue(notice_issued: World) -> None:
    given(notice_issued).when(RECORD, CHAIR, at=london(2016, 5, 20)).then(OccurrenceOpened, ConcernRecorded)


@pytest.mark.parametrize("by", [OFFICER, DIRECTOR, MINISTERS_OFFICE, STRANGER])
def test_only_the_roles_that_the_power_names_record_a_concern(report_open: World, by: Actor) -> None:
    given(report_open).when(RECORD, by, at=RECORDED_AT).then_refused(NotInYourRole, "Adviser")


def test_a_concern_is_about_a_power_and_about_clauses_of_the_notice(report_open: World) -> None:
    nowhere = RecordConcern("lancashire-2016", "no-such-power", "Something.")
    given(report_open).when(nowhere, ADVISER, at=RECORDED_AT).then_refused(ObligationNotKnown)
    report = RecordConcern("lancashire-2016", "monthly-report", "Something.")
    given(report_open).when(report, ADVISER, at=RECORDED_AT).then_refused(WrongKindOfObligation)
    nobody = RecordConcern("lancashire-2016", "adviser-appointed", "Something.")
    given(report_open).when(nobody, ADVISER, at=RECORDED_AT).then_refused(WrongKindOfObligation)
    empty = RecordConcern("lancashire-2016", POWER, " \n ")
    given(report_open).when(empty, ADVISER, at=RECORDED_AT).then_refused(ReasonMissing)
    clause = RecordConcern("lancashire-2016", POWER, "Something.", ("6b", "99"))
    given(report_open).when(clause, ADVISER, at=RECORDED_AT).then_refused(ClauseNotKnown, "99")


def test_nothing_new_comes_under_a_notice_that_has_ended(report_open: World) -> None:
    lifted = report_open.after(
        LiftNotice("lancashire-2016", "Good progress.", date(2016, 8, 2), date(2016, 8, 2)),
        SENIOR_CIVIL_SERVANT,
        london(2016, 8, 2),
    )
    given(lifted).when(RECORD, ADVISER, at=RECORDED_AT).then_refused(NoticeHasEnded)


def test_nothing_new_comes_under_a_power_that_was_taken_out_of_the_notice(report_open: World) -> None:
    ended = ObligationEnded(POWER, "Varied.", london(2016, 8, 1))
    world = report_open.told([Draft(notice_stream("lancashire-2016"), ended)])
    given(world).when(RECORD, ADVISER, at=RECORDED_AT).then_refused(NoLongerOwed)


def test_the_concern_of_somebody_whose_reports_are_not_shown_is_not_shown_either(
    of_the_adviser: World, of_the_chair: World
) -> None:
    day = date(2016, 8, 3)
    assert of_the_adviser.case(CONCERN).occurrence.facts.hidden_from == ("council",)
    assert of_the_chair.case(CONCERN).occurrence.facts.hidden_from == ()
    for world, shown_to_the_council in ((of_the_adviser, False), (of_the_chair, True)):
        case = world.case(CONCERN)
        for name in THE_COUNCIL:
            assert may_see_occurrence(case.notice, case.occurrence, name, day) is shown_to_the_council
        for who in (ADVISER, CHAIR, CASE_LEAD, MINISTERS_OFFICE):
            assert may_see_occurrence(case.notice, case.occurrence, who.id, day)
    assert may_see(of_the_adviser.notice, POWER, OFFICER.id, day)


def test_what_is_hidden_as_an_obligation_is_hidden_as_an_occurrence(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 7, 1, 0))
    report = world.case(occurrence("adviser-report", "2016-Q2"))
    assert not may_see_occurrence(report.notice, report.occurrence, OFFICER.id, date(2016, 7, 1))
    assert may_see_occurrence(report.notice, report.occurrence, CASE_LEAD.id, date(2016, 7, 1))
    monthly = world.case(MAY_REPORT)
    assert may_see_occurrence(monthly.notice, monthly.occurrence, STRANGER.id, date(2016, 7, 1))


def test_a_concern_is_closed_with_reasons_and_whoever_recorded_it_is_told(of_the_adviser: World) -> None:
    came = given(of_the_adviser).when(CLOSE, CASE_LEAD, at=london(2016, 8, 10)).then(ConcernClosed)
    closed = came.the(ConcernClosed)
    assert closed.reasons == WORDS
    assert [(each.person, each.role) for each in closed.messages] == [(ADVISER.id, "adviser")]
    assert is_closed(came.world.case(CONCERN).occurrence)


def test_a_concern_is_referred_by_a_person_who_names_the_power(of_the_adviser: World) -> None:
    came = given(of_the_adviser).when(REFER, CASE_LEAD, at=london(2016, 8, 10)).then(ConcernReferred)
    referred = came.the(ConcernReferred)
    assert referred.power == "Section 497A of the Education Act 1996, as amended"
    assert [each.person for each in referred.messages] == [MINISTERS_OFFICE.id, ADVISER.id]
    assert is_closed(came.world.case(CONCERN).occurrence)


def test_if_whoever_recorded_it_is_away_whoever_stands_in_is_told(of_the_adviser: World) -> None:
    world = stands_in(of_the_adviser, "adviser", ADVISER, CHAIR.id)
    came = given(world).when(CLOSE, CASE_LEAD, at=london(2016, 8, 10))
    assert [(each.person, each.role) for each in came.the(ConcernClosed).messages] == [(CHAIR.id, "adviser")]


def test_a_concern_is_answered_once(of_the_adviser: World) -> None:
    for answer in (CLOSE, REFER):
        world = of_the_adviser.after(answer, CASE_LEAD, london(2016, 8, 10))
        given(world).when(CLOSE, CASE_LEAD, at=london(2016, 8, 11)).then_refused(ConcernAlreadyAnswered)


@pytest.mark.parametrize("by", [ADVISER, OFFICER, MINISTERS_OFFICE, STRANGER])
def test_only_whose_task_it_is_answers_a_concern(of_the_adviser: World, by: Actor) -> None:
    given(of_the_adviser).when(CLOSE, by, at=london(2016, 8, 10)).then_refused(NotYourTask, "Case lead")


def test_reasons_are_wanted_and_only_concerns_are_answered(of_the_adviser: World) -> None:
    for refer in (True, False):
        empty = AnswerConcern(CONCERN, "  ", refer=refer)
        given(of_the_adviser).when(empty, CASE_LEAD, at=london(2016, 8, 10)).then_refused(ReasonMissing)
    report = AnswerConcern(MAY_REPORT, WORDS)
    given(of_the_adviser).when(report, CASE_LEAD, at=london(2016, 8, 10)).then_refused(WrongKindOfObligation)


def test_whoever_recorded_a_concern_does_not_close_it_and_may_refer_it(of_the_case_lead: World) -> None:
    (recorded,) = [e for e in of_the_case_lead.events_of(CONCERN) if isinstance(e, ConcernRecorded)]
    assert recorded.messages == ()
    at = london(2016, 8, 10)
    given(of_the_case_lead).when(CLOSE, CASE_LEAD, at=at).then_refused(FourEyesRequired, "Imogen Hartley")
    referred = given(of_the_case_lead).when(REFER, CASE_LEAD, at=at).the(ConcernReferred)
    assert [each.person for each in referred.messages] == [MINISTERS_OFFICE.id]


def test_nor_does_anybody_close_it_who_stands_in_for_whoever_recorded_it(of_the_case_lead: World) -> None:
    world = stands_in(of_the_case_lead, "case-lead", CASE_LEAD, CHAIR.id)
    given(world).when(CLOSE, CHAIR, at=london(2016, 8, 10)).then_refused(FourEyesRequired)


def test_nor_does_whoever_comes_back_to_a_concern_that_was_recorded_in_their_place(
    report_open: World,
) -> None:
    away = stands_in(report_open, "case-lead", CASE_LEAD, OFFICER.id)
    world = away.after(RECORD, OFFICER, london(2016, 8, 30))
    given(world).when(CLOSE, CASE_LEAD, at=london(2016, 9, 1)).then_refused(FourEyesRequired)


@pytest.mark.parametrize("command", [RECORD, CLOSE, REFER], ids=["record", "close", "refer"])
@pytest.mark.parametrize("system", [ENGINE, Actor("system", CASE_LEAD.id)], ids=str)
def test_the_engine_neither_records_nor_answers_concerns(
    of_the_adviser: World, command: RecordConcern | AnswerConcern, system: Actor
) -> None:
    given(of_the_adviser).when(command, system, at=london(2016, 8, 10)).then_refused(OnlyPeopleDecide)


def test_a_concern_that_nobody_answers_is_chased_in_the_department_and_never_on_the_council(
    of_the_adviser: World,
) -> None:
    world = of_the_adviser.chased(CONCERN, RECORDED_AT, london(2016, 10, 1))
    assert raised(world, CONCERN)[:3] == [
        ("remind-1", london(2016, 8, 24)),
        ("overdue", london(2016, 9, 2)),
        ("senior-civil-servant", london(2016, 9, 8)),
    ]
    told = {each.person for event in world.events_of(CONCERN) for each in getattr(event, "messages", ())}
    assert told == {CASE_LEAD.id, MINISTERS_OFFICE.id, SENIOR_CIVIL_SERVANT.id}
    came = given(world).when(CLOSE, CASE_LEAD, at=london(2016, 10, 3)).then(ConcernClosed, EscalationResolved)
    assert look(came.world.case(CONCERN), london(2016, 10, 3)).closed


def test_an_answer_to_what_was_withdrawn_is_owed_no_more(of_the_adviser: World) -> None:
    gone = OccurrenceWithdrawn("The notice was varied.", london(2016, 8, 5))
    world = of_the_adviser.told([Draft(CONCERN.stream, gone)])
    given(world).when(CLOSE, CASE_LEAD, at=london(2016, 8, 10)).then_refused(NoLongerOwed)
