"""A task is claimed, given, refused, brought further up, and a step raised in error is taken back."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from domain.actor import ENGINE
from domain.chasing.outlook import look
from domain.commands import (
    AcknowledgeTask,
    ClaimTask,
    DelegateRole,
    EndAppointment,
    EscalateTask,
    GrantExtension,
    ReassignTask,
    RefuseTask,
    SubmitReport,
    TakeDueStep,
    WithdrawRung,
)
from domain.events.chasing import EscalationRaised, EscalationResolved, OverdueNoticeIssued
from domain.events.handing import RungWithdrawn, TaskClaimed, TaskReassigned, TaskRefused
from domain.events.owing import TaskAcknowledged
from domain.occurrence.fold import fold
from domain.refusals import (
    NothingChanges,
    NothingFurtherUp,
    NotInYourRole,
    NotYourTask,
    OnlyPeopleDecide,
    PersonNotKnown,
    ReasonMissing,
    RungNotRaised,
    TaskAlreadyAcknowledged,
    TaskClaimedByAnother,
    TaskNotOpen,
)
from domain.terms.ladders import Ladder
from domain.time.zones import to_local
from tests.domain.people import (
    ADVISER,
    BOARD_SECRETARY,
    CASE_LEAD,
    CHAIR,
    CHAIR_REPORT,
    CHIEF_EXECUTIVE,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SENIOR_CIVIL_SERVANT,
    STRANGER,
    WHOLE_REPORT,
)
from tests.domain.random_ladders import OPENS, fits_a_notice, ladders, report_open_on
from tests.domain.specification import LONDON, World, given, london, person, raised
from tests.domain.test_extensions import appointed

SECOND_OFFICER = person("samir-qureshi")
CLAIM = ClaimTask(MAY_REPORT)
WHY = "The officer is away."
STEP = TakeDueStep(MAY_REPORT)


@pytest.fixture(scope="module")
def two_officers(notice_issued: World) -> World:
    """Two people hold the role of the reporting officer."""
    notice = replace(
        notice_issued.notice, names={**notice_issued.notice.names, SECOND_OFFICER.id: "Samir Qureshi"}
    )
    world = appointed(replace(notice_issued, notice=notice), SECOND_OFFICER.id, "reporting-officer")
    return world.opened(london(2016, 6, 1, 0))


@pytest.fixture(scope="module")
def task_claimed(two_officers: World) -> World:
    return two_officers.after(CLAIM, OFFICER, london(2016, 6, 2))


# --- claiming ---------------------------------------------------------------------------------------------------------


def test_whoever_holds_the_role_claims_the_task(two_officers: World) -> None:
    claimed = given(two_officers).when(CLAIM, SECOND_OFFICER, at=london(2016, 6, 2)).the(TaskClaimed)
    assert (claimed.task, claimed.claimed_as) == ("owed", "reporting-officer")
    for by in (DIRECTOR, STRANGER):
        given(two_officers).when(CLAIM, by, at=london(2016, 6, 2)).then_refused(NotYourTask)


def test_a_claimed_task_is_not_claimed_by_another(task_claimed: World) -> None:
    for command in (CLAIM, AcknowledgeTask(MAY_REPORT), RefuseTask(MAY_REPORT, "Too much.")):
        given(task_claimed).when(command, SECOND_OFFICER, at=london(2016, 6, 3)).then_refused(
            TaskClaimedByAnother, "Priya Nandra"
        )
    given(task_claimed).when(AcknowledgeTask(MAY_REPORT), OFFICER, at=london(2016, 6, 3)).then(
        TaskAcknowledged
    )


def test_claiming_twice_changes_nothing(task_claimed: World) -> None:
    given(task_claimed).when(CLAIM, OFFICER, at=london(2016, 6, 3)).then_nothing_happened()


def test_whoever_no_longer_holds_the_role_has_the_task_no_more(task_claimed: World) -> None:
    gone = EndAppointment(
        "lancashire-2016", "reporting-officer", OFFICER.id, date(2016, 6, 3), "She has left."
    )
    world = task_claimed.after(gone, DIRECTOR, london(2016, 6, 3))
    given(world).when(CLAIM, SECOND_OFFICER, at=london(2016, 6, 3)).then_refused(TaskClaimedByAnother)
    given(world).when(CLAIM, SECOND_OFFICER, at=london(2016, 6, 4)).then(TaskClaimed)
    given(world).when(AcknowledgeTask(MAY_REPORT), OFFICER, at=london(2016, 6, 4)).then_refused(NotYourTask)


def test_whoever_stands_in_for_them_has_their_task(task_claimed: World) -> None:
    away = DelegateRole(
        "lancashire-2016", "reporting-officer", DIRECTOR.id, date(2016, 6, 3), date(2016, 6, 10), "On leave."
    )
    world = task_claimed.after(away, OFFICER, london(2016, 6, 2))
    given(world).when(AcknowledgeTask(MAY_REPORT), DIRECTOR, at=london(2016, 6, 3)).then(TaskAcknowledged)
    given(world).when(AcknowledgeTask(MAY_REPORT), OFFICER, at=london(2016, 6, 3)).then(TaskAcknowledged)
    given(world).when(AcknowledgeTask(MAY_REPORT), DIRECTOR, at=london(2016, 6, 11)).then_refused(NotYourTask)


def test_what_is_no_open_task_can_neither_be_claimed_nor_given_nor_refused(
    report_open: World, report_submitted: World
) -> None:
    for world, task in ((report_open, "director"), (report_open, "nonsense"), (report_submitted, "owed")):
        for command in (
            ClaimTask(MAY_REPORT, task),
            ReassignTask(MAY_REPORT, DIRECTOR.id, WHY, task),
            RefuseTask(MAY_REPORT, WHY, task),
        ):
            given(world).when(command, OFFICER, at=london(2016, 6, 10, 12)).then_refused(TaskNotOpen, task)


# --- giving -----------------------------------------------------------------------------------------------------------

GIVE = ReassignTask(MAY_REPORT, DIRECTOR.id, WHY)


def test_anybody_of_the_same_body_gives_a_task_and_whoever_gets_it_is_told(report_open: World) -> None:
    for by in (OFFICER, CHIEF_EXECUTIVE, DIRECTOR):
        given_on = given(report_open).when(GIVE, by, at=london(2016, 6, 2)).the(TaskReassigned)
        (told,) = given_on.messages
        assert (given_on.to, told.person, told.role) == (DIRECTOR.id, DIRECTOR.id, "director")


def test_nobody_else_gives_it_away(report_open: World) -> None:
    for by in (CHAIR, CASE_LEAD, STRANGER):
        given(report_open).when(GIVE, by, at=london(2016, 6, 2)).then_refused(NotYourTask, "Chief executive")


def test_it_is_given_to_somebody_known_of_the_same_body(report_open: World) -> None:
    given(report_open).when(replace(GIVE, to="nobody-known"), OFFICER, at=london(2016, 6, 2)).then_refused(
        PersonNotKnown
    )
    given(report_open).when(replace(GIVE, to=CHAIR.id), OFFICER, at=london(2016, 6, 2)).then_refused(
        NotInYourRole, "Lancashire County Council", "Margaret Oduya"
    )


def test_it_is_given_with_a_reason_and_once(report_open: World) -> None:
    given(report_open).when(replace(GIVE, reason="\t"), OFFICER, at=london(2016, 6, 2)).then_refused(
        ReasonMissing
    )
    world = report_open.after(GIVE, OFFICER, london(2016, 6, 2))
    given(world).when(GIVE, OFFICER, at=london(2016, 6, 3)).then_refused(NothingChanges, "Helen Marsh")


def test_whoever_is_given_it_has_to_acknowledge_it_themselves(report_open: World) -> None:
    world = report_open.after(AcknowledgeTask(MAY_REPORT), OFFICER, london(2016, 6, 2))
    world = world.after(GIVE, OFFICER, london(2016, 6, 3))
    given(world).when(AcknowledgeTask(MAY_REPORT), OFFICER, at=london(2016, 6, 3, 10)).then_refused(
        TaskClaimedByAnother, "Helen Marsh"
    )
    came = given(world).when(AcknowledgeTask(MAY_REPORT), DIRECTOR, at=london(2016, 6, 3, 10))
    assert came.the(TaskAcknowledged).acknowledged_as == "director"
    given(came.world).when(AcknowledgeTask(MAY_REPORT), DIRECTOR, at=london(2016, 6, 3, 11)).then_refused(
        TaskAlreadyAcknowledged
    )


def test_a_task_given_and_given_back_has_messages_of_its_own_each_time(report_open: World) -> None:
    world = report_open.after(GIVE, OFFICER, london(2016, 6, 2))
    world = world.after(replace(GIVE, to=OFFICER.id), DIRECTOR, london(2016, 6, 3))
    world = world.after(GIVE, OFFICER, london(2016, 6, 4))
    names = [each.id for each in world.messages()]
    assert len(names) == len(set(names)) == 3


# --- refusing ---------------------------------------------------------------------------------------------------------

REFUSE = RefuseTask(MAY_REPORT, "I have not been given the figures.")


def test_a_refusal_tells_the_next_in_line_and_the_task_stays_open(report_open: World) -> None:
    world = report_open.after(CLAIM, OFFICER, london(2016, 6, 2))
    world = world.after(AcknowledgeTask(MAY_REPORT), OFFICER, london(2016, 6, 2))
    came = given(world).when(REFUSE, OFFICER, at=london(2016, 6, 3)).then(TaskRefused)
    assert [each.person for each in came.the(TaskRefused).messages] == [DIRECTOR.id]
    state = came.world.case(MAY_REPORT).occurrence
    assert (state.claimed, state.refused, state.acknowledged) == ({}, {"owed": OFFICER.id}, None)
    given(came.world).when(AcknowledgeTask(MAY_REPORT), OFFICER, at=london(2016, 6, 4)).then(TaskAcknowledged)
    again = given(came.world).when(REFUSE, OFFICER, at=london(2016, 6, 4)).the(TaskRefused)
    assert {each.id for each in again.messages}.isdisjoint(
        {each.id for each in came.the(TaskRefused).messages}
    )


def test_further_up_the_one_above_is_told(director_told: World) -> None:
    refuse = RefuseTask(MAY_REPORT, "It is not mine.", "director")
    refused = given(director_told).when(refuse, DIRECTOR, at=london(2016, 6, 17, 12)).the(TaskRefused)
    assert [each.person for each in refused.messages] == [CHIEF_EXECUTIVE.id]


def test_where_there_is_nobody_above_those_who_receive_it_are_told(case_lead_told: World) -> None:
    refuse = RefuseTask(MAY_REPORT, "It is not mine.", "case-lead")
    refused = given(case_lead_told).when(refuse, CASE_LEAD, at=london(2016, 6, 28, 12)).the(TaskRefused)
    assert [each.person for each in refused.messages] == [CHAIR.id]


def test_a_referral_that_is_refused_goes_to_whoever_keeps_the_notice(
    referred_for_consideration: World,
) -> None:
    refuse = RefuseTask(MAY_REPORT, "It is for another office.", "refer")
    refused = given(referred_for_consideration).when(refuse, MINISTERS_OFFICE, at=london(2016, 7, 6))
    assert [each.person for each in refused.the(TaskRefused).messages] == [CASE_LEAD.id]


def test_where_the_next_in_line_is_not_there_the_one_after_is_told(report_open: World) -> None:
    gone = EndAppointment("lancashire-2016", "director", DIRECTOR.id, date(2016, 6, 1), "She has left.")
    world = report_open.after(gone, CHIEF_EXECUTIVE, london(2016, 6, 1))
    refused = given(world).when(REFUSE, OFFICER, at=london(2016, 6, 3)).the(TaskRefused)
    assert [each.person for each in refused.messages] == [CHIEF_EXECUTIVE.id]


def test_it_is_refused_by_whoever_has_it_with_a_reason(report_open: World) -> None:
    given(report_open).when(REFUSE, DIRECTOR, at=london(2016, 6, 3)).then_refused(NotYourTask)
    given(report_open).when(replace(REFUSE, reason=""), OFFICER, at=london(2016, 6, 3)).then_refused(
        ReasonMissing
    )


# --- bringing further up ----------------------------------------------------------------------------------------------

UP = EscalateTask(MAY_REPORT, "The figures are being withheld from me.")


def test_somebody_brings_it_to_the_next_in_line_before_it_is_due(report_reminded: World) -> None:
    came = given(report_reminded).when(UP, OFFICER, at=london(2016, 6, 13, 11)).then(EscalationRaised)
    brought = came.the(EscalationRaised)
    assert (brought.rung, brought.chosen_by, brought.planned_at) == (
        "director",
        OFFICER.id,
        london(2016, 6, 17),
    )
    assert brought.reason == "The figures are being withheld from me."
    given(came.world).when(
        AcknowledgeTask(MAY_REPORT, "director"), DIRECTOR, at=london(2016, 6, 13, 12)
    ).then(TaskAcknowledged)


def test_the_overdue_notice_still_comes_at_its_time_and_everything_above_as_planned(
    report_reminded: World,
) -> None:
    world = report_reminded.after(UP, OFFICER, london(2016, 6, 13, 11)).delivered(
        MAY_REPORT, london(2016, 6, 13, 11)
    )
    chased = world.chased(MAY_REPORT, london(2016, 6, 13, 11), london(2016, 9, 1))
    assert dict(raised(chased, MAY_REPORT)[3:]) == {
        "director": london(2016, 6, 13, 11),
        "overdue": london(2016, 6, 15),
        "director-reminder": london(2016, 6, 15),
        "chief-executive": london(2016, 6, 21),
        "chief-executive-reminder": london(2016, 6, 23),
        "chair": london(2016, 6, 24),
        "chair-reminder": london(2016, 6, 28),
        "case-lead": london(2016, 6, 28),
        "case-lead-reminder": london(2016, 6, 30),
        "refer": london(2016, 7, 5),
        "referral-reminder": london(2016, 7, 8),
    }


def test_an_overdue_notice_that_goes_out_late_still_gives_the_time_to_answer(report_reminded: World) -> None:
    world = report_reminded.after(UP, OFFICER, london(2016, 6, 13, 11)).delivered(
        MAY_REPORT, london(2016, 6, 13, 11)
    )
    world = world.woken(MAY_REPORT, london(2016, 6, 20, 12))
    given(world).when(STEP, at=london(2016, 8, 1)).then_nothing_happened()
    world = world.delivered(MAY_REPORT, london(2016, 6, 20, 12))
    chased = world.chased(MAY_REPORT, london(2016, 6, 20, 12), london(2016, 7, 1))
    assert raised(chased, MAY_REPORT, "overdue", "chief-executive") == [
        ("overdue", london(2016, 6, 20, 12)),
        ("chief-executive", london(2016, 6, 24)),
    ]


def test_nobody_above_hears_before_the_one_to_whom_it_was_brought(report_reminded: World) -> None:
    world = report_reminded.after(UP, OFFICER, london(2016, 6, 13, 11))
    given(world).when(STEP, at=london(2016, 6, 15)).then(OverdueNoticeIssued)
    chased = world.chased(MAY_REPORT, london(2016, 6, 15), london(2016, 8, 1), mail_works=False)
    assert {rung for rung, _ in raised(chased, MAY_REPORT)[4:]} == {"overdue", "director-reminder"}
    assert look(chased.case(MAY_REPORT), london(2016, 8, 1)).waiting == "for a message to be sent"


def test_it_can_be_brought_up_step_by_step_but_never_referred(report_overdue: World) -> None:
    world, now = report_overdue, london(2016, 6, 15, 10)
    steps = ((OFFICER, "director"), (DIRECTOR, "chief-executive"), (OFFICER, "chair"), (CHAIR, "case-lead"))
    for by, rung in steps:
        came = given(world).when(UP, by, at=now)
        assert came.the(EscalationRaised).rung == rung
        world = came.world.delivered(MAY_REPORT, now)
    for by in (OFFICER, CASE_LEAD):
        given(world).when(UP, by, at=now).then_refused(NothingFurtherUp)
    chased = world.chased(MAY_REPORT, now, london(2016, 9, 1))
    assert raised(chased, MAY_REPORT, "refer") == [("refer", london(2016, 7, 5))]


def test_it_is_brought_up_by_those_who_owe_it_or_to_whom_it_was_brought(report_open: World) -> None:
    for by in (CHAIR, CASE_LEAD, STRANGER):
        given(report_open).when(UP, by, at=london(2016, 6, 3)).then_refused(NotYourTask)
    given(report_open).when(UP, ENGINE, at=london(2016, 6, 3)).then_refused(OnlyPeopleDecide)
    given(report_open).when(replace(UP, reason=" "), OFFICER, at=london(2016, 6, 3)).then_refused(
        ReasonMissing
    )


def test_it_goes_up_its_own_track(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 7, 1, 0))
    up = EscalateTask(CHAIR_REPORT, "I am ill.")
    brought = given(world).when(up, CHAIR, at=london(2016, 7, 4)).the(EscalationRaised)
    assert [each.person for each in brought.messages] == [BOARD_SECRETARY.id]


def test_what_has_come_goes_no_further(report_submitted: World) -> None:
    given(report_submitted).when(UP, OFFICER, at=london(2016, 6, 13)).then_refused(TaskNotOpen)


def test_what_was_brought_up_is_over_when_it_comes(report_reminded: World) -> None:
    world = report_reminded.after(UP, OFFICER, london(2016, 6, 13, 11))
    came = given(world).when(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, at=london(2016, 6, 14))
    assert [each.person for each in came.the(EscalationResolved).messages] == [DIRECTOR.id]


LADDERS = ladders().filter(fits_a_notice)


@settings(max_examples=80, deadline=None)
@for_any(ladder=LADDERS, after=st.lists(st.integers(0, 30 * 24), min_size=1, max_size=3))
def test_whatever_is_brought_up_nothing_else_comes_sooner_or_never(ladder: Ladder, after: list[int]) -> None:
    calm = dict(raised(report_open_on(ladder).chased(MAY_REPORT, OPENS, london(2017, 3, 1)), MAY_REPORT))
    world, now = report_open_on(ladder), OPENS
    chosen: set[str] = set()
    for hours in after:
        later = datetime.fromtimestamp(now.timestamp() + hours * 3600, tz=now.tzinfo)
        world, now = world.chased(MAY_REPORT, now, later), later
        decision = world.decided(UP, OFFICER, now)
        if isinstance(decision, tuple):
            chosen |= {each.event.rung for each in decision}
            world = world.told(decision).delivered(MAY_REPORT, now)
    world = world.chased(MAY_REPORT, now, london(2017, 3, 1))
    for rung in ladder.rungs:
        at = dict(raised(world, MAY_REPORT)).get(rung.id)
        if rung.chases is None and rung.id not in chosen and rung.id in calm:
            assert at is not None
            assert to_local(at, LONDON).date() == to_local(calm[rung.id], LONDON).date()


# --- taking back ------------------------------------------------------------------------------------------------------


def take_back(rung: str) -> WithdrawRung:
    return WithdrawRung(MAY_REPORT, rung, "The report lay in another office.")


def test_whoever_was_told_is_told_and_the_step_does_not_come_again(director_told: World) -> None:
    came = given(director_told).when(take_back("director"), CASE_LEAD, at=london(2016, 6, 17, 12))
    withdrawn = came.then(RungWithdrawn).the(RungWithdrawn)
    assert (withdrawn.withdrawn_by, [each.person for each in withdrawn.messages]) == (
        CASE_LEAD.id,
        [DIRECTOR.id],
    )
    world = came.world.delivered(MAY_REPORT, london(2016, 6, 17, 12))
    given(world).when(AcknowledgeTask(MAY_REPORT, "director"), DIRECTOR, at=london(2016, 6, 18)).then_refused(
        TaskNotOpen
    )
    chased = world.chased(MAY_REPORT, london(2016, 6, 17, 12), london(2016, 9, 1))
    assert raised(chased, MAY_REPORT, "director", "director-reminder", "chief-executive", "refer") == [
        ("director", london(2016, 6, 17)),
        ("chief-executive", london(2016, 6, 21)),
        ("refer", london(2016, 7, 5)),
    ]


def test_with_the_overdue_notice_goes_everything_above_it_and_nobody_hears_more(
    case_lead_told: World,
) -> None:
    came = given(case_lead_told).when(take_back("overdue"), CASE_LEAD, at=london(2016, 6, 29))
    came.then(*[RungWithdrawn] * 5)
    told = [message.person for each in came.events for message in each.messages]
    assert len(told) == len(set(told)) == 5
    world = came.world.delivered(MAY_REPORT, london(2016, 6, 29))
    assert look(world.case(MAY_REPORT), london(2016, 6, 29)).next_at is None
    given(world).when(STEP, at=london(2016, 8, 1)).then_nothing_happened()
    given(world).when(UP, OFFICER, at=london(2016, 6, 30)).then_refused(NothingFurtherUp)


def test_another_due_day_begins_the_ladder_afresh(case_lead_told: World) -> None:
    world = case_lead_told.after(take_back("overdue"), CASE_LEAD, london(2016, 6, 29))
    grant = GrantExtension(MAY_REPORT, date(2016, 7, 5), "More time.")
    world = world.after(grant, CASE_LEAD, london(2016, 6, 29, 10))
    chased = world.chased(MAY_REPORT, london(2016, 6, 29, 10), london(2016, 7, 8))
    assert raised(chased, MAY_REPORT)[-2:] == [
        ("overdue", london(2016, 7, 6)),
        ("director", london(2016, 7, 8)),
    ]


def test_an_escalation_that_was_over_can_still_be_taken_back(director_told: World) -> None:
    world = director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 17, 10))
    came = given(world).when(take_back("director"), CASE_LEAD, at=london(2016, 6, 17, 12)).then(RungWithdrawn)
    assert came.world.delivered(MAY_REPORT, london(2016, 6, 17, 13)).unsettled(MAY_REPORT) == []
    history = came.world.events_of(MAY_REPORT)
    assert fold(history) == came.world.case(MAY_REPORT).occurrence


def test_only_what_stands_as_raised_is_taken_back(director_told: World) -> None:
    for rung in ("chief-executive", "nonsense"):
        given(director_told).when(take_back(rung), CASE_LEAD, at=london(2016, 6, 17, 12)).then_refused(
            RungNotRaised, rung
        )
    world = director_told.after(take_back("director"), CASE_LEAD, london(2016, 6, 17, 12))
    given(world).when(take_back("director"), CASE_LEAD, at=london(2016, 6, 17, 13)).then_refused(
        RungNotRaised
    )


def test_it_is_taken_back_by_whoever_keeps_the_notice_with_a_reason(director_told: World) -> None:
    now = london(2016, 6, 17, 12)
    for by in (DIRECTOR, CHAIR, ADVISER, SENIOR_CIVIL_SERVANT):
        given(director_told).when(take_back("director"), by, at=now).then_refused(
            NotInYourRole, "Case lead for the notice"
        )
    given(director_told).when(take_back("director"), ENGINE, at=now).then_refused(OnlyPeopleDecide)
    silent = replace(take_back("director"), reason=" ")
    given(director_told).when(silent, CASE_LEAD, at=now).then_refused(ReasonMissing)
