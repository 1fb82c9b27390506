"""What follows from a correction is decided with it: late or in time, the next review, decisions, the schedule."""

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from domain.actor import ENGINE
from domain.chasing.outlook import look
from domain.commands import (
    ApproveCorrection,
    IssueDecision,
    LiftNotice,
    OpenConsideration,
    OpenOccurrences,
    PublishDecision,
    RecordConcern,
    RecordReviewHeld,
    SignDecision,
    SubmitReport,
)
from domain.corrections.changing import as_recorded
from domain.events.correcting import CorrectionProposed, EventCorrected
from domain.events.deciding import (
    ConcernRecorded,
    CorrectionNoted,
    DecisionIssued,
    DecisionMade,
    DecisionPublished,
)
from domain.events.excusing import OccurrenceRedated, OccurrenceWithdrawn
from domain.events.handing import RungWithdrawn
from domain.events.instrument import NoticeIssued, PersonAppointed
from domain.events.kinds import sentence_of
from domain.events.owing import OccurrenceOpened, ReportSubmitted, ReviewHeld
from domain.events.tending import BodySucceeded, RoleDelegated
from domain.occurrence.standing import was_late
from domain.refusals import (
    DateBeforeOpening,
    DateBeyondCalendar,
    DateOutOfOrder,
    FieldNotCorrectable,
    ValueNotFitting,
)
from tests.domain.correcting import (
    AT,
    IN_TIME,
    IN_TIME_AS_RECORDED,
    WHY,
    approval,
    corrected,
    state,
    told,
    wrong,
)
from tests.domain.deciding import CONCERN, CONSIDERED, NOTICE, POWER, opened_on, proposal
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    REVIEW_TEAM,
    SECOND_REVIEW,
    SENIOR_CIVIL_SERVANT,
    WHOLE_REPORT,
)
from tests.domain.specification import World, given, london, raised


@pytest.fixture(scope="module")
def came_late(director_told: World) -> World:
    """The report is recorded as received on 20 June, when the director had been told."""
    return director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 20, 11))


@pytest.fixture(scope="module")
def came_in_time(report_open: World) -> World:
    return report_open.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 10, 10))


@pytest.fixture(scope="module")
def reviewed(report_open: World) -> World:
    held = RecordReviewHeld(FIRST_REVIEW, date(2016, 11, 10), "Progress is visible.")
    return report_open.after(held, REVIEW_TEAM, london(2016, 11, 14))


def test_what_was_in_time_after_all_was_never_overdue_and_those_who_were_told_are_told(
    came_late: World,
) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", IN_TIME)
    world = came_late.after(proposed, CHAIR, AT)
    came = given(world).when(approval(proposed), CASE_LEAD, at=AT)
    came.then(EventCorrected, RungWithdrawn, RungWithdrawn)
    assert [each.rung for each in came.events[1:]] == ["overdue", "director"]
    assert [each.person for event in came.events[1:] for each in event.messages] == [OFFICER.id, DIRECTOR.id]
    report = state(came.world, MAY_REPORT)
    assert not was_late(report)
    assert report.met_at == london(2016, 6, 14, 16)
    assert look(came.world.case(MAY_REPORT), AT).closed


def test_a_referral_of_what_was_in_time_is_taken_back(referred_for_consideration: World) -> None:
    at = london(2016, 7, 6)
    world = referred_for_consideration.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, at)
    proposed = wrong(world, ReportSubmitted, "received_at", IN_TIME)
    came = given(world.after(proposed, CHAIR, at)).when(approval(proposed), CASE_LEAD, at=at)
    assert "refer" in [each.rung for each in came.events if isinstance(each, RungWithdrawn)]
    assert look(came.world.case(MAY_REPORT), at).closed
    ids = [message.id for message in came.world.messages()]
    assert len(ids) == len(set(ids))


def test_a_moment_after_the_due_day_is_late_all_the_same(came_late: World) -> None:
    proposed = wrong(came_late, ReportSubmitted, "received_at", "2016-06-15T00:00:00+01:00")
    came = given(came_late.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT)
    came.then(EventCorrected)
    last_second = wrong(came_late, ReportSubmitted, "received_at", "2016-06-14T23:59:59+01:00")
    came = given(came_late.after(last_second, CHAIR, AT)).when(approval(last_second), CASE_LEAD, at=AT)
    came.then(EventCorrected, RungWithdrawn, RungWithdrawn)


def test_what_turns_out_to_have_been_late_raises_nothing(came_in_time: World) -> None:
    proposed = wrong(came_in_time, ReportSubmitted, "received_at", "2016-06-20T10:00:00Z")
    came = given(came_in_time.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT)
    came.then(EventCorrected)
    assert was_late(state(came.world, MAY_REPORT))
    assert look(came.world.case(MAY_REPORT), AT).closed
    assert raised(came.world, MAY_REPORT) == raised(came_in_time, MAY_REPORT)


def test_a_due_day_that_somebody_set_is_corrected_with_its_steps(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    world = world.chased(CONCERN, london(2016, 7, 1), london(2016, 8, 2))
    assert [rung for rung, _ in raised(world, CONCERN)] == ["remind-1", "overdue"]
    at = london(2016, 8, 2, 12)
    proposed = wrong(world, OccurrenceOpened, "due_on", "2016-08-12", CONCERN)
    came = given(world.after(proposed, CHAIR, at)).when(approval(proposed), CASE_LEAD, at=at)
    came.then(EventCorrected, EventCorrected, RungWithdrawn, OccurrenceRedated)
    concern = state(came.world, CONCERN)
    assert [each.field for each in concern.corrections] == ["due_on", "due"]
    assert concern.facts.due == concern.opened.due == london(2016, 8, 12, 23, 59).replace(second=59)
    assert came.the(OccurrenceRedated).cause == "correction"
    chased = came.world.delivered(CONCERN, at).chased(CONCERN, at, london(2016, 8, 16))
    assert raised(chased, CONCERN)[2:] == [("remind-1", london(2016, 8, 5)), ("overdue", london(2016, 8, 15))]
    back = wrong(came.world, OccurrenceOpened, "due_on", "2016-07-29", CONCERN)
    again = corrected(came.world, back, at)
    assert state(again, CONCERN).facts.due_on == state(again, CONCERN).opened.due_on == date(2016, 7, 29)


def test_a_due_day_that_follows_from_the_notice_is_not_corrected_by_itself(came_late: World) -> None:
    proposed = wrong(came_late, OccurrenceOpened, "due_on", "2016-06-30")
    given(came_late).when(proposed, CHAIR, at=AT).then_refused(
        FieldNotCorrectable, "reckoned from the notice"
    )


def test_a_day_that_was_set_since_stands_when_the_first_one_is_corrected(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    concern = state(world, CONCERN)
    later = OccurrenceRedated(
        concern.facts.due, date(2016, 9, 1), concern.opened.plan, "extension", "Leave.", london(2016, 7, 2)
    )
    world = corrected(
        told(world, later, CONCERN), wrong(world, OccurrenceOpened, "due_on", "2016-08-12", CONCERN)
    )
    assert state(world, CONCERN).opened.due_on == date(2016, 8, 12)
    assert state(world, CONCERN).facts.due_on == date(2016, 9, 1)


def test_a_due_day_is_not_before_the_opening_nor_beyond_the_calendar(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    early = wrong(world, OccurrenceOpened, "due_on", "2016-06-30", CONCERN)
    given(world).when(early, CHAIR, at=AT).then_refused(DateBeforeOpening)
    beyond = wrong(world, OccurrenceOpened, "due_on", "2199-12-31", CONCERN)
    given(world).when(beyond, CHAIR, at=AT).then_refused(DateBeyondCalendar)


def held(world: World, now: str, at: datetime) -> tuple[World, ApproveCorrection]:
    proposed = wrong(world, ReviewHeld, "held_on", now, FIRST_REVIEW)
    return world.after(proposed, CHAIR, at), approval(proposed)


def test_the_next_review_runs_from_the_day_on_which_the_last_one_was_really_held(reviewed: World) -> None:
    at = london(2016, 12, 1)
    world, approve = held(reviewed, "2016-10-27", at)
    came = given(world).when(approve, CASE_LEAD, at=at)
    came.then(EventCorrected, EventCorrected, EventCorrected, OccurrenceRedated)
    assert [each.field for each in came.events[:3]] == ["held_on", "held_at", "opens"]
    first, second = state(came.world, FIRST_REVIEW), state(came.world, SECOND_REVIEW)
    assert (first.held.held_on, first.held.held_at) == (date(2016, 10, 27), london(2016, 10, 27, 0))
    assert (second.facts.due_on, second.opened.due_on) == (date(2017, 4, 27), date(2017, 5, 10))
    assert second.facts.opens == london(2016, 10, 27, 0)
    assert came.the(OccurrenceRedated).cause == "correction"
    assert came.the(OccurrenceRedated).reason == WHY
    chased = came.world.chased(SECOND_REVIEW, at, london(2017, 5, 2))
    assert raised(chased, SECOND_REVIEW, "overdue") == [("overdue", london(2017, 4, 28))]


def test_a_review_that_was_in_time_after_all_is_late_no_more(report_open: World) -> None:
    world = report_open.chased(FIRST_REVIEW, london(2016, 6, 1), london(2016, 11, 28))
    late = RecordReviewHeld(FIRST_REVIEW, date(2016, 11, 28), "Progress is visible.")
    world = world.after(late, REVIEW_TEAM, london(2016, 11, 28, 17))
    assert was_late(state(world, FIRST_REVIEW))
    at = london(2016, 12, 1)
    world, approve = held(world, "2016-11-18", at)
    came = given(world).when(approve, CASE_LEAD, at=at)
    assert not was_late(state(came.world, FIRST_REVIEW))
    assert next(each.rung for each in came.events if isinstance(each, RungWithdrawn)) == "overdue"


def test_a_next_review_that_was_overdue_wrongly_is_overdue_no_more(reviewed: World) -> None:
    world = reviewed.chased(SECOND_REVIEW, london(2016, 11, 14), london(2017, 5, 12))
    assert raised(world, SECOND_REVIEW, "overdue") == [("overdue", london(2017, 5, 11))]
    at = london(2017, 5, 12, 12)
    world, approve = held(world, "2016-11-14", at)
    came = given(world).when(approve, CASE_LEAD, at=at)
    came.then(*[EventCorrected] * 3, RungWithdrawn, RungWithdrawn, OccurrenceRedated)
    chased = came.world.delivered(SECOND_REVIEW, at).chased(SECOND_REVIEW, at, london(2017, 5, 20))
    assert raised(chased, SECOND_REVIEW, "overdue")[1:] == [("overdue", london(2017, 5, 15))]


def test_a_next_review_may_be_owed_no_more_or_for_the_first_time(report_open: World) -> None:
    late = RecordReviewHeld(FIRST_REVIEW, date(2016, 11, 30), "Progress is visible.")
    at = london(2017, 1, 10)
    world = report_open.after(late, REVIEW_TEAM, london(2016, 12, 6))
    assert state(world, SECOND_REVIEW).exists
    proposed, approve = held(world, "2016-12-05", at)
    came = (
        given(proposed)
        .when(approve, CASE_LEAD, at=at)
        .then(EventCorrected, EventCorrected, OccurrenceWithdrawn)
    )
    assert look(came.world.case(SECOND_REVIEW), at).closed
    none = report_open.after(replace(late, held_on=date(2016, 12, 5)), REVIEW_TEAM, london(2016, 12, 6))
    assert not state(none, SECOND_REVIEW).exists
    proposed, approve = held(none, "2016-11-30", at)
    came = given(proposed).when(approve, CASE_LEAD, at=at)
    assert came.the(OccurrenceOpened).due_on == date(2017, 5, 30)


def test_a_review_was_held_when_it_can_have_been(reviewed: World) -> None:
    at = london(2017, 1, 10)
    for day, refusal in (
        ("2016-11-15", DateOutOfOrder),
        ("2016-05-18", DateBeforeOpening),
    ):
        proposed = wrong(reviewed, ReviewHeld, "held_on", day, FIRST_REVIEW)
        given(reviewed).when(proposed, CHAIR, at=at).then_refused(refusal)
    again = RecordReviewHeld(SECOND_REVIEW, date(2016, 11, 12), "Once more.")
    world = reviewed.after(again, REVIEW_TEAM, london(2016, 12, 1))
    after_the_next = wrong(world, ReviewHeld, "held_on", "2016-11-13", FIRST_REVIEW)
    given(world).when(after_the_next, CHAIR, at=at).then_refused(DateOutOfOrder, "follows")


def test_the_words_of_a_review_move_nothing(reviewed: World) -> None:
    at = london(2016, 12, 1)
    proposed = wrong(
        reviewed, ReviewHeld, "summary", "Progress is visible; recording is uneven.", FIRST_REVIEW
    )
    came = given(reviewed.after(proposed, CHAIR, at)).when(approval(proposed), CASE_LEAD, at=at)
    came.then(EventCorrected)


@pytest.fixture(scope="module")
def decided(came_late: World) -> World:
    world = opened_on(came_late, london(2016, 6, 21), MAY_REPORT)
    world = world.after(proposal("decline", date(2016, 6, 22)), MINISTERS_OFFICE, london(2016, 6, 22))
    return world.after(SignDecision(CONSIDERED), SENIOR_CIVIL_SERVANT, london(2016, 6, 22, 12))


def test_a_correction_after_a_decision_says_so_on_the_decision(decided: World) -> None:
    proposed = wrong(decided, ReportSubmitted, "received_at", IN_TIME)
    came = given(decided.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT)
    noted = came.the(CorrectionNoted)
    assert (noted.stream, noted.version, noted.field) == (MAY_REPORT.stream, proposed.version, "received_at")
    assert (noted.was, noted.now) == ("2016-06-20T10:00:00.000000Z", IN_TIME_AS_RECORDED)
    assert {each.person for each in noted.messages} == {MINISTERS_OFFICE.id, CASE_LEAD.id}
    consideration = state(came.world, CONSIDERED).consideration
    assert consideration.corrected == (noted,)
    assert consideration.decided == state(decided, CONSIDERED).consideration.decided


def test_what_the_deciders_did_not_have_before_them_is_not_noted(
    came_late: World, report_open: World
) -> None:
    before_it_came = opened_on(report_open, london(2016, 6, 9), MAY_REPORT)
    world = before_it_came.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 10))
    proposed = wrong(world, ReportSubmitted, "received_at", "2016-06-09T08:00:00Z")
    given(world.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT).then(EventCorrected)
    elsewhere = opened_on(came_late, london(2016, 6, 21), FIRST_REVIEW)
    proposed = wrong(elsewhere, ReportSubmitted, "received_at", IN_TIME)
    came = given(elsewhere.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT)
    came.then(EventCorrected, RungWithdrawn, RungWithdrawn)


def test_a_correction_is_noted_wherever_it_was_before_deciders_also_undecided(came_late: World) -> None:
    world = opened_on(came_late, london(2016, 6, 21), MAY_REPORT)
    second = OpenConsideration(NOTICE, POWER, "Ministers are not satisfied.")
    world = world.after(second, CASE_LEAD, london(2016, 6, 22))
    appointed = wrong(world, PersonAppointed, "name", "Dr Fiona Laidlaw", None)
    came = given(world.after(appointed, CHAIR, AT)).when(approval(appointed), CASE_LEAD, at=AT)
    came.then(EventCorrected, CorrectionNoted, CorrectionNoted)
    assert came.world.notice.names[MINISTERS_OFFICE.id] == "Dr Fiona Laidlaw"
    twice = corrected(world, wrong(world, OccurrenceOpened, "title", "The May report"))
    twice = corrected(twice, wrong(twice, ReportSubmitted, "received_at", IN_TIME))
    assert len(state(twice, CONSIDERED).consideration.corrected) == 2
    ids = [message.id for message in twice.messages()]
    assert len(ids) == len(set(ids))


def test_what_is_hidden_is_noted_without_its_words(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), ADVISER, london(2016, 6, 9))
    world = opened_on(world, london(2016, 6, 10))
    proposed = wrong(world, ConcernRecorded, "concern", "Drift in care planning.", CONCERN)
    came = given(world.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT)
    noted = came.then(EventCorrected, CorrectionNoted).the(CorrectionNoted)
    assert "Drift" not in sentence_of(noted)


def test_the_day_of_a_decision_is_corrected_and_its_words_are_not(decided: World) -> None:
    proposed = wrong(decided, DecisionMade, "decided_on", "2016-06-21", CONSIDERED)
    world = corrected(decided, proposed)
    assert state(world, CONSIDERED).consideration.decided.decided_on == date(2016, 6, 21)
    for field in ("option", "reasons", "law", "signatories"):
        given(decided).when(
            wrong(decided, DecisionMade, field, "direct", CONSIDERED), CHAIR, at=AT
        ).then_refused(FieldNotCorrectable)
    for day in ("2016-06-20", "2016-06-23"):
        outside = wrong(decided, DecisionMade, "decided_on", day, CONSIDERED)
        given(decided).when(outside, CHAIR, at=AT).then_refused(DateOutOfOrder)


def header(world: World, **changes: str) -> str:
    (issued,) = [draft.event for draft in world.history if isinstance(draft.event, NoticeIssued)]
    return json.dumps({**json.loads(as_recorded(issued, "header")), **changes})


def test_the_day_of_issue_moves_what_is_reckoned_from_it(report_open: World) -> None:
    proposed = wrong(report_open, NoticeIssued, "header", header(report_open, issued="2016-05-20"), None)
    world = report_open.after(proposed, CHAIR, AT)
    came = given(world).when(approval(proposed), CASE_LEAD, at=AT)
    came.then(EventCorrected, OccurrenceRedated)
    assert came.world.notice.terms.issued == date(2016, 5, 20)
    assert state(came.world, FIRST_REVIEW).facts.due_on == date(2016, 11, 20)
    assert came.the(OccurrenceRedated).cause == "correction"
    again = wrong(came.world, NoticeIssued, "header", header(report_open, title="The Notice"), None)
    back = corrected(came.world, again)
    assert state(back, FIRST_REVIEW).facts.due_on == date(2016, 11, 19)
    opened = came.world.after(OpenOccurrences(NOTICE), ENGINE, AT)
    assert opened.notice.version == came.world.notice.version


def test_what_a_notice_is_called_moves_nothing(report_open: World) -> None:
    proposed = wrong(report_open, NoticeIssued, "header", header(report_open, title="The Notice"), None)
    came = given(report_open.after(proposed, CHAIR, AT)).when(approval(proposed), CASE_LEAD, at=AT)
    came.then(EventCorrected)
    assert came.world.notice.terms.title == "The Notice"
    assert came.world.notice.obligations == report_open.notice.obligations


@pytest.mark.parametrize(
    "changes", [{"id": "other"}, {"recipient": "board"}, {"kept_by": "director"}, {"zone": "UTC"}]
)
def test_no_correction_puts_another_in_somebodys_place(report_open: World, changes: dict[str, str]) -> None:
    proposed = wrong(report_open, NoticeIssued, "header", header(report_open, **changes), None)
    given(report_open).when(proposed, CHAIR, at=AT).then_refused(FieldNotCorrectable, *changes)


def test_a_corrected_notice_still_makes_sense(report_open: World) -> None:
    proposed = wrong(report_open, NoticeIssued, "header", header(report_open, runs_until="2016-01-01"), None)
    given(report_open).when(proposed, CHAIR, at=AT).then_refused(ValueNotFitting, "would not make sense")
    nonsense = wrong(report_open, NoticeIssued, "header", "{}", None)
    given(report_open).when(nonsense, CHAIR, at=AT).then_refused(ValueNotFitting)


def test_a_delegation_does_not_end_before_it_begins(report_open: World) -> None:
    leave = RoleDelegated(
        "chair", CHAIR.id, ADVISER.id, date(2016, 7, 10), date(2016, 7, 20), "Leave.", london(2016, 7, 1)
    )
    world = told(report_open, leave)
    given(world).when(wrong(world, RoleDelegated, "until", "2016-07-09", None), CHAIR, at=AT).then_refused(
        DateOutOfOrder
    )
    shorter = corrected(world, wrong(world, RoleDelegated, "until", "2016-07-12", None))
    assert shorter.notice.holders("chair", date(2016, 7, 13)) == (CHAIR.id,)


def test_the_days_of_a_decision_keep_their_order_also_when_corrected(decided: World) -> None:
    world = decided.after(IssueDecision(CONSIDERED, date(2016, 6, 24)), CASE_LEAD, london(2016, 6, 27))
    world = world.after(PublishDecision(CONSIDERED, date(2016, 6, 25)), CASE_LEAD, london(2016, 6, 27))
    for kind, field, day in (
        (DecisionIssued, "issued_on", "2016-06-21"),
        (DecisionIssued, "issued_on", "2016-06-26"),
        (DecisionPublished, "published_on", "2016-06-23"),
        (DecisionPublished, "published_on", "2016-06-28"),
    ):
        given(world).when(wrong(world, kind, field, day, CONSIDERED), CHAIR, at=AT).then_refused(
            DateOutOfOrder
        )
    later = corrected(world, wrong(world, DecisionPublished, "published_on", "2016-06-27", CONSIDERED))
    assert state(later, CONSIDERED).consideration.published.published_on == date(2016, 6, 27)


def test_a_correction_under_a_notice_that_has_ended_opens_nothing(report_open: World) -> None:
    held_late = RecordReviewHeld(FIRST_REVIEW, date(2016, 12, 5), "Progress is visible.")
    world = report_open.after(held_late, REVIEW_TEAM, london(2016, 12, 6))
    lift = LiftNotice(NOTICE, "Good progress.", date(2016, 12, 7), date(2016, 12, 7))
    world = world.after(lift, SENIOR_CIVIL_SERVANT, london(2016, 12, 7))
    at = london(2017, 1, 10)
    world, approve = held(world, "2016-11-30", at)
    given(world).when(approve, CASE_LEAD, at=at).then(EventCorrected, EventCorrected)


def test_a_body_does_not_take_a_place_after_that_was_recorded(report_open: World) -> None:
    party = report_open.notice.parties[0]
    succeeded = BodySucceeded(
        party, "Before", date(2016, 7, 1), "An order.", CASE_LEAD.id, "case-lead", london(2016, 7, 2)
    )
    world = told(report_open, succeeded)
    for day, came in (("2016-07-03", DateOutOfOrder), ("2016-06-30", None)):
        proposed = given(world).when(wrong(world, BodySucceeded, "since", day, None), CHAIR, at=AT)
        if came:
            proposed.then_refused(came)
        else:
            proposed.then(CorrectionProposed)
