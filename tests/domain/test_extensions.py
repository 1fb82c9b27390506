"""More time is asked for, given or refused by name; the ladder begins anew, and the first due day is kept."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as for_any
from hypothesis import settings
from hypothesis import strategies as st

from domain.actor import ENGINE
from domain.case import Case
from domain.chasing.outlook import look
from domain.commands import (
    AcknowledgeTask,
    ClaimTask,
    GrantExtension,
    IssueNotice,
    RefuseExtension,
    RequestExtension,
    StopClock,
    SubmitReport,
)
from domain.events.chasing import EscalationResolved
from domain.events.excusing import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    OccurrenceRedated,
)
from domain.events.owing import PlannedRung, TaskAcknowledged
from domain.excusing.redating import redate
from domain.occurrence.fold import evolve
from domain.occurrence.standing import Standing, standing, was_late
from domain.occurrence.state import Occurrence
from domain.refusals import (
    ClockAlreadyStopped,
    DateBeyondCalendar,
    DateInThePast,
    ExtensionAlreadyRequested,
    ExtensionNotLater,
    ExtensionNotRequested,
    FourEyesRequired,
    NotInYourRole,
    OccurrenceAlreadyMet,
    OnlyPeopleDecide,
    ReasonMissing,
    WrongKindOfObligation,
)
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import AfterEvent
from domain.time.calendar import load_calendar
from tests.domain.conftest import DEPARTMENT
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    STRANGER,
    WHOLE_REPORT,
    occurrence,
)
from tests.domain.random_ladders import OPENS, fits_a_notice, ladders, report_open_on
from tests.domain.specification import World, given, london, raised

WHY = "The figures of two teams are being checked again."
ASK = RequestExtension(MAY_REPORT, date(2016, 6, 28), WHY)
GRANT = GrantExtension(MAY_REPORT, date(2016, 6, 28), "The check is worth the wait.")
REFUSE = RefuseExtension(MAY_REPORT, "The board needs the report as it stands.")


@pytest.fixture(scope="module")
def extension_asked(report_open: World) -> World:
    return report_open.after(ASK, OFFICER, london(2016, 6, 9))


def test_those_who_owe_it_may_ask_and_whoever_may_give_time_is_told(report_open: World) -> None:
    for by, role in ((OFFICER, "reporting-officer"), (DIRECTOR, "director")):
        asked = given(report_open).when(ASK, by, at=london(2016, 6, 9)).the(ExtensionRequested)
        assert (asked.until, asked.requested_as) == (date(2016, 6, 28), role)
        assert [each.person for each in asked.messages] == [CASE_LEAD.id]


def test_nobody_else_may_ask(report_open: World) -> None:
    for by in (CHAIR, STRANGER):
        given(report_open).when(ASK, by, at=london(2016, 6, 9)).then_refused(
            NotInYourRole, "Lancashire County Council"
        )


def test_a_second_request_waits_for_the_first(extension_asked: World) -> None:
    given(extension_asked).when(ASK, DIRECTOR, at=london(2016, 6, 10)).then_refused(
        ExtensionAlreadyRequested, "Priya Nandra", "28 June 2016", "9 June 2016"
    )


def test_an_extension_ends_after_the_due_day(report_open: World) -> None:
    for until in (date(2016, 6, 14), date(2016, 6, 1)):
        for command, by in ((RequestExtension, OFFICER), (GrantExtension, CASE_LEAD)):
            given(report_open).when(command(MAY_REPORT, until, WHY), by, at=london(2016, 6, 9)).then_refused(
                ExtensionNotLater, "14 June 2016"
            )


def test_an_extension_ends_today_or_later(report_overdue: World) -> None:
    for command, by in ((RequestExtension, OFFICER), (GrantExtension, CASE_LEAD)):
        ask = command(MAY_REPORT, date(2016, 6, 16), WHY)
        given(report_overdue).when(ask, by, at=london(2016, 6, 17)).then_refused(DateInThePast)
        assert given(report_overdue).when(ask, by, at=london(2016, 6, 16, 23, 59)).events


def test_an_extension_ends_on_a_day_that_the_calendar_reaches(report_open: World) -> None:
    for command, by in ((RequestExtension, OFFICER), (GrantExtension, CASE_LEAD)):
        ask = command(MAY_REPORT, date(2099, 1, 1), WHY)
        given(report_open).when(ask, by, at=london(2016, 6, 9)).then_refused(DateBeyondCalendar)


def test_every_act_wants_a_reason(report_open: World, extension_asked: World) -> None:
    ask = replace(ASK, reason=" \n")
    given(report_open).when(ask, OFFICER, at=london(2016, 6, 9)).then_refused(ReasonMissing)
    for command in (replace(GRANT, reason=""), replace(REFUSE, reason=" ")):
        given(extension_asked).when(command, CASE_LEAD, at=london(2016, 6, 9)).then_refused(ReasonMissing)


def test_the_engine_decides_nothing(extension_asked: World) -> None:
    for command in (ASK, GRANT, REFUSE):
        given(extension_asked).when(command, ENGINE, at=london(2016, 6, 9)).then_refused(OnlyPeopleDecide)


def test_only_whoever_may_give_time_decides(extension_asked: World) -> None:
    for command in (GRANT, REFUSE):
        for by in (CHAIR, STRANGER, MINISTERS_OFFICE):
            given(extension_asked).when(command, by, at=london(2016, 6, 10)).then_refused(
                NotInYourRole, "Case lead for the notice"
            )


def test_what_has_come_needs_no_time(report_submitted: World) -> None:
    for command, by in ((ASK, OFFICER), (GRANT, CASE_LEAD), (REFUSE, CASE_LEAD)):
        given(report_submitted).when(command, by, at=london(2016, 6, 13)).then_refused(OccurrenceAlreadyMet)


def test_there_is_no_day_to_move_for_a_plan_that_goes_stale(notice_issued: World) -> None:
    world = notice_issued.opened(london(2016, 6, 1, 0))
    plan = occurrence("plan-kept-up-to-date", "plan")
    for command, by in ((ASK, OFFICER), (GRANT, CASE_LEAD), (REFUSE, CASE_LEAD)):
        given(world).when(replace(command, occurrence=plan), by, at=london(2016, 6, 9)).then_refused(
            WrongKindOfObligation
        )


def test_a_refusal_tells_whoever_asked_and_they_may_ask_again(extension_asked: World) -> None:
    came = given(extension_asked).when(REFUSE, CASE_LEAD, at=london(2016, 6, 10)).then(ExtensionRefused)
    (told,) = came.the(ExtensionRefused).messages
    assert (told.person, told.role) == (OFFICER.id, "reporting-officer")
    assert came.world.case(MAY_REPORT).occurrence.facts.due_on == date(2016, 6, 14)
    again = given(came.world).when(ASK, OFFICER, at=london(2016, 6, 10, 12)).the(ExtensionRequested)
    first = extension_asked.case(MAY_REPORT).occurrence.extensions.asked
    assert first is not None
    assert {each.id for each in again.messages}.isdisjoint({each.id for each in first.messages})


def test_what_nobody_asked_for_cannot_be_refused(report_open: World) -> None:
    given(report_open).when(REFUSE, CASE_LEAD, at=london(2016, 6, 9)).then_refused(ExtensionNotRequested)


def test_an_extension_moves_the_due_day_and_every_step_and_keeps_the_first_day(
    extension_asked: World,
) -> None:
    came = given(extension_asked).when(GRANT, CASE_LEAD, at=london(2016, 6, 10))
    came.then(ExtensionGranted, OccurrenceRedated)
    assert [each.person for each in came.the(ExtensionGranted).messages] == [OFFICER.id]
    state = came.world.case(MAY_REPORT).occurrence
    assert state.facts.due == london(2016, 6, 28, 23, 59).replace(second=59)
    assert state.opened is not None
    assert state.opened.due_on == date(2016, 6, 14)
    assert state.extensions.asked is None
    world = came.world.chased(MAY_REPORT, london(2016, 6, 10), london(2016, 8, 1))
    assert raised(world, MAY_REPORT, "remind-1", "remind-2", "overdue", "director", "refer") == [
        ("remind-1", london(2016, 6, 21)),
        ("remind-2", london(2016, 6, 27)),
        ("overdue", london(2016, 6, 29)),
        ("director", london(2016, 7, 1)),
        ("refer", london(2016, 7, 19)),
    ]


def test_whoever_asked_is_told_besides_whoever_has_the_work(report_open: World) -> None:
    world = report_open.after(ASK, DIRECTOR, london(2016, 6, 9))
    granted = given(world).when(GRANT, CASE_LEAD, at=london(2016, 6, 10)).the(ExtensionGranted)
    assert [each.person for each in granted.messages] == [OFFICER.id, DIRECTOR.id]


def test_whoever_asked_does_not_grant(notice_issued: World) -> None:
    """One person is the director and the case lead."""
    world = appointed(notice_issued, DIRECTOR.id, "case-lead").opened(london(2016, 6, 1, 0))
    asked = world.after(ASK, DIRECTOR, london(2016, 6, 9))
    given(asked).when(GRANT, DIRECTOR, at=london(2016, 6, 10)).then_refused(FourEyesRequired, "Helen Marsh")
    given(asked).when(GRANT, CASE_LEAD, at=london(2016, 6, 10)).then(ExtensionGranted, OccurrenceRedated)


def test_whoever_has_the_work_to_do_does_not_give_themselves_time(notice_issued: World) -> None:
    world = appointed(notice_issued, OFFICER.id, "case-lead").opened(london(2016, 6, 1, 0))
    given(world).when(GRANT, OFFICER, at=london(2016, 6, 10)).then_refused(
        FourEyesRequired, "reporting officer"
    )


def test_nothing_is_granted_while_the_clock_stands(report_open: World) -> None:
    world = report_open.after(StopClock(MAY_REPORT, date(2016, 6, 8), WHY), CASE_LEAD, london(2016, 6, 8))
    given(world).when(GRANT, CASE_LEAD, at=london(2016, 6, 9)).then_refused(
        ClockAlreadyStopped, "8 June 2016"
    )


def test_an_extension_granted_after_the_due_day_ends_what_its_passing_had_caused(
    case_lead_told: World,
) -> None:
    """Scenario 20: the original due date is kept."""
    grant = GrantExtension(MAY_REPORT, date(2016, 7, 5), "The team lost its data for a week.")
    came = given(case_lead_told).when(grant, CASE_LEAD, at=london(2016, 6, 29))
    came.then(ExtensionGranted, *[EscalationResolved] * 4, OccurrenceRedated)
    resolved = [each for each in came.events if isinstance(each, EscalationResolved)]
    assert {each.because for each in resolved} == {"an extension was granted until 5 July 2016."}
    assert {message.person for each in resolved for message in each.messages} == {
        "helen-marsh",
        "duncan-ashworth",
        "margaret-oduya",
        "imogen-hartley",
    }
    state = came.world.case(MAY_REPORT).occurrence
    assert standing(state, london(2016, 6, 29)) is Standing.DUE_SOON
    in_time = came.world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 7, 5, 20))
    assert not was_late(in_time.case(MAY_REPORT).occurrence)
    assert look(in_time.case(MAY_REPORT), london(2016, 7, 6)).closed


def test_what_was_taken_is_kept_and_taken_again_under_another_name(case_lead_told: World) -> None:
    grant = GrantExtension(MAY_REPORT, date(2016, 7, 5), WHY)
    world = case_lead_told.after(grant, CASE_LEAD, london(2016, 6, 29)).delivered(
        MAY_REPORT, london(2016, 6, 29)
    )
    state = world.case(MAY_REPORT).occurrence
    assert {each.rung.id for each in state.earlier} >= {"overdue", "director", "case-lead"}
    chased = world.chased(MAY_REPORT, london(2016, 6, 29), london(2016, 9, 1))
    assert raised(chased, MAY_REPORT, "overdue") == [
        ("overdue", london(2016, 6, 15)),
        ("overdue", london(2016, 7, 6)),
    ]
    names = [each.id for each in chased.messages()]
    assert len(names) == len(set(names))
    assert any("#overdue~1:" in name for name in names)


def test_a_referral_stays_before_those_who_decide(referred_for_consideration: World) -> None:
    grant = GrantExtension(MAY_REPORT, date(2016, 7, 20), WHY)
    world = referred_for_consideration.after(grant, CASE_LEAD, london(2016, 7, 6))
    referral = world.case(MAY_REPORT).occurrence.standing_of("refer")
    assert referral is not None
    assert (referral.status, referral.raised_at) == ("raised", london(2016, 7, 5))
    seen = AcknowledgeTask(MAY_REPORT, "refer")
    given(world).when(seen, MINISTERS_OFFICE, at=london(2016, 7, 7)).then(TaskAcknowledged)
    chased = world.chased(MAY_REPORT, london(2016, 7, 6), london(2016, 10, 1))
    assert raised(chased, MAY_REPORT, "refer") == [("refer", london(2016, 7, 5))]
    assert raised(chased, MAY_REPORT, "director")[1:] == [("director", london(2016, 7, 25))]


def test_whoever_had_a_task_has_it_no_more_when_it_comes_again(director_told: World) -> None:
    world = director_told.after(ClaimTask(MAY_REPORT, "director"), DIRECTOR, london(2016, 6, 17, 12))
    world = world.after(AcknowledgeTask(MAY_REPORT, "director"), DIRECTOR, london(2016, 6, 17, 13))
    world = world.after(GRANT, CASE_LEAD, london(2016, 6, 20))
    state = world.case(MAY_REPORT).occurrence
    again = state.standing_of("director")
    assert again is not None
    assert (again.status, again.acknowledged, state.claimed) == ("waiting", None, {})


# --- what is dated from it --------------------------------------------------------------------------------------------


def with_a_determination(lancashire: NoticeFile) -> World:
    """The Department has to say of each monthly report, ten working days after its day, whether it was enough."""
    determination = AfterEvent.model_validate(
        {
            "id": "report-determined",
            "kind": "after-event",
            "clause": "6b",
            "title": "Determined whether the monthly report was enough",
            "strength": "must",
            "obligor": "department",
            "obligee": "council",
            "assignee": "case-lead",
            "ladder": "department-review",
            "event": "monthly-report",
            "due": {"rule": "after-event", "working_days": 10},
        }
    )
    terms = lancashire.model_copy(update={"obligations": (*lancashire.obligations, determination)})
    issue = IssueNotice(terms, load_calendar("england"), london(2016, 5, 19))
    return World().after(issue, DEPARTMENT, london(2016, 5, 19))


DETERMINATION = occurrence("report-determined", "2016-05")


def test_what_is_owed_after_its_day_follows_when_that_day_moves(lancashire: NoticeFile) -> None:
    world = with_a_determination(lancashire).opened(london(2016, 6, 15, 0))
    assert world.case(DETERMINATION).occurrence.facts.due_on == date(2016, 6, 28)
    came = given(world).when(GRANT, CASE_LEAD, at=london(2016, 6, 15, 10))
    came.then(ExtensionGranted, OccurrenceRedated, OccurrenceRedated)
    facts = came.world.case(DETERMINATION).occurrence.facts
    assert facts.due_on == date(2016, 7, 12)
    (redated,) = came.world.case(DETERMINATION).occurrence.redated
    assert redated.cause == "event moved"
    assert "28 June 2016" in redated.reason


def test_what_has_not_opened_yet_opens_after_the_new_day(lancashire: NoticeFile) -> None:
    world = with_a_determination(lancashire).opened(london(2016, 6, 1, 0))
    world = world.after(GRANT, CASE_LEAD, london(2016, 6, 10)).opened(london(2016, 6, 28, 12))
    assert not world.case(DETERMINATION).occurrence.exists
    assert world.opened(london(2016, 6, 29, 0)).case(DETERMINATION).occurrence.facts.due_on == date(
        2016, 7, 12
    )


def test_more_time_that_was_given_for_the_follower_is_not_taken_back(lancashire: NoticeFile) -> None:
    world = with_a_determination(lancashire).opened(london(2016, 6, 15, 0))
    longer = GrantExtension(DETERMINATION, date(2016, 8, 31), WHY)
    world = world.after(longer, DIRECTOR, london(2016, 6, 15, 9))
    given(world).when(GRANT, CASE_LEAD, at=london(2016, 6, 15, 10)).then(ExtensionGranted, OccurrenceRedated)


# --- dating anew, whatever the ladder ---------------------------------------------------------------------------------

LADDERS = ladders().filter(fits_a_notice)
DAYS = st.dates(date(2016, 6, 2), date(2016, 9, 30))


def dated_anew(world: World, due_on: date, now: object) -> World:
    case = world.case(MAY_REPORT)
    return world.told(redate(case.notice, case.occurrence, due_on, "event moved", "It moved.", now))  # type: ignore[arg-type]


@settings(max_examples=80, deadline=None)
@for_any(
    ladder=LADDERS,
    moves=st.lists(st.tuples(st.integers(0, 40 * 24), DAYS), min_size=1, max_size=4),
)
def test_no_step_is_ever_raised_twice_under_one_name_and_none_is_forgotten(
    ladder: object, moves: list[tuple[int, date]]
) -> None:
    world, now = report_open_on(ladder), OPENS  # type: ignore[arg-type]
    for hours, due_on in moves:
        later = now.fromtimestamp(now.timestamp() + hours * 3600, tz=now.tzinfo)
        world = world.chased(MAY_REPORT, now, later)
        now, before = later, world.case(MAY_REPORT).occurrence
        world = dated_anew(world, due_on, now)
        _nothing_is_lost(before, world.case(MAY_REPORT).occurrence, now)
    world = world.chased(MAY_REPORT, now, london(2017, 4, 1))
    names = [each.id for each in world.messages()]
    assert len(names) == len(set(names))
    _nobody_is_escalated_unheard(world.case(MAY_REPORT).occurrence)


def _nothing_is_lost(before: Occurrence, after: Occurrence, now: object) -> None:
    for each in before.rungs:
        if each.raised_at is None:
            continue
        kept = after.standing_of(each.rung.id)
        stands = kept is not None and kept.raised_at == each.raised_at
        assert stands != (each in after.earlier), "a step that was taken is kept in one place"
        if each.task_is_open:
            assert stands, "no new day takes a task away from whoever has it"
    for each in after.rungs:
        if each.status == "waiting" and each.planned_at is not None and each.planned_at <= now:  # type: ignore[operator]
            was = before.standing_of(each.rung.id)
            assert was is not None
            assert was.status == "waiting", "what was over does not begin again in the past"


def _nobody_is_escalated_unheard(state: Occurrence) -> None:
    statuses = {each.rung.do: each.status for each in state.rungs if each.rung.chases is None}
    if "escalate" in statuses and statuses["escalate"] == "raised":
        assert statuses["overdue"] == "raised"


def test_a_step_that_the_ladder_never_had_before_and_whose_day_is_past_is_not_chased(
    report_open: World,
) -> None:
    case = report_open.case(MAY_REPORT)
    ladder = case.notice.ladder("council-monthly")
    early = ladder.rungs[1].model_copy(update={"id": "remind-0", "working_days": -9})
    longer = ladder.model_copy(update={"rungs": (early, *ladder.rungs)})
    after = _climbing(case, longer, london(2016, 6, 9))
    found = after.standing_of("remind-0")
    assert found is not None
    assert found.status == "not chased"


def test_a_task_outlives_the_step_that_opened_it(director_told: World) -> None:
    """The ladder tells the director no more; what is before the director stays there until it is over."""
    case = director_told.case(MAY_REPORT)
    ladder = case.notice.ladder("council-monthly")
    kept = tuple(each for each in ladder.rungs if not each.id.startswith("director"))
    after = _climbing(case, ladder.model_copy(update={"rungs": kept}), london(2016, 6, 17, 12))
    still = after.standing_of("director")
    assert still is not None
    assert still.task_is_open


def test_nothing_is_recorded_when_nothing_moves_and_a_step_that_tells_others_is_recorded(
    report_open: World,
) -> None:
    case = report_open.case(MAY_REPORT)
    same = redate(
        case.notice, case.occurrence, date(2016, 6, 14), "interpretation", "Read again.", london(2016, 6, 2)
    )
    assert same == ()
    ladder = case.notice.ladder("council-monthly")
    others = tuple(
        each.model_copy(update={"to": ("chair",)}) if each.id == "chief-executive" else each
        for each in ladder.rungs
    )
    after = _climbing(case, ladder.model_copy(update={"rungs": others}), london(2016, 6, 2))
    found = after.standing_of("chief-executive")
    assert found is not None
    assert found.rung.to == ("chair",)


def _climbing(case: Case, ladder: object, now: object) -> Occurrence:
    """The occurrence on another ladder of the same name."""
    others = tuple(ladder if each.id == "council-monthly" else each for each in case.notice.ladders)
    notice = replace(case.notice, ladders=others)  # type: ignore[arg-type]
    due_on = case.occurrence.facts.due_on
    (draft,) = redate(notice, case.occurrence, due_on, "interpretation", "Read otherwise.", now)  # type: ignore[arg-type]
    assert all(isinstance(each, PlannedRung) for each in draft.event.plan)
    return evolve(case.occurrence, draft.event)


def appointed(world: World, person: str, role: str) -> World:
    """They hold another role besides."""
    appointment = world.notice.appointments[0].model_copy(update={"person": person, "role": role})
    return replace(
        world, notice=replace(world.notice, appointments=(*world.notice.appointments, appointment))
    )
