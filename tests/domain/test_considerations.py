"""The use of a power is considered by named people, with nothing overdue or with much; the pack says what they had."""

from datetime import date

import pytest

from domain.actor import ENGINE, Actor
from domain.commands import (
    AcknowledgeTask,
    AnswerRepresentations,
    InviteRepresentations,
    LiftNotice,
    MakeRepresentations,
    OpenConsideration,
    RecordConcern,
    SignDecision,
    SubmitReport,
)
from domain.deciding.pack import contents
from domain.events.deciding import (
    ConsiderationOpened,
    DecisionMade,
    Evidence,
    RepresentationsAnswered,
    RepresentationsInvited,
    RepresentationsMade,
)
from domain.events.owing import OccurrenceOpened
from domain.identity import OccurrenceId
from domain.refusals import (
    AlreadyConsidered,
    DateInThePast,
    DateOutOfOrder,
    DecisionAlreadyMade,
    MatterNotKnown,
    NoticeHasEnded,
    NotInYourRole,
    ObligationNotKnown,
    OnlyPeopleDecide,
    ReasonMissing,
    RepresentationsAlreadyAnswered,
    RepresentationsNotInvited,
    RepresentationsNotKnown,
    WrongKindOfObligation,
)
from tests.domain.deciding import (
    BECAUSE,
    CONCERN,
    CONSIDERED,
    NOTICE,
    POWER,
    considering,
    opened_on,
    proposal,
    stands_in,
)
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    CHIEF_EXECUTIVE,
    DEADLINE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    SENIOR_CIVIL_SERVANT,
    STRANGER,
    WHOLE_REPORT,
    occurrence,
)
from tests.domain.specification import World, given, london, raised

OPENED_AT = london(2016, 7, 6, 10)
INVITE = InviteRepresentations(CONSIDERED, date(2016, 7, 20))
SPEAK = MakeRepresentations(CONSIDERED, " The report was delayed by an illness. ")
ANSWER = AnswerRepresentations(CONSIDERED, 1, "An illness of one officer does not explain three weeks.")


@pytest.fixture(scope="module")
def considered(referred_for_consideration: World) -> World:
    return opened_on(referred_for_consideration, OPENED_AT, MAY_REPORT)


@pytest.fixture(scope="module")
def invited(considered: World) -> World:
    return considered.after(INVITE, CASE_LEAD, london(2016, 7, 7))


@pytest.fixture(scope="module")
def spoken(invited: World) -> World:
    return invited.after(SPEAK, DIRECTOR, london(2016, 7, 11))


def test_a_referral_opens_no_consideration_by_itself(referred_for_consideration: World) -> None:
    assert not referred_for_consideration.case(CONSIDERED).occurrence.exists


def test_the_ministers_office_considers_a_referral(referred_for_consideration: World) -> None:
    came = given(referred_for_consideration).when(considering(MAY_REPORT), MINISTERS_OFFICE, at=OPENED_AT)
    came.then(OccurrenceOpened, ConsiderationOpened)
    opened, considered = came.the(OccurrenceOpened), came.the(ConsiderationOpened)
    assert opened.title == "Consideration 1 under Section 497A of the Education Act 1996, as amended"
    # Twenty working days from 6 July.
    assert opened.due_on == date(2016, 8, 3)
    assert opened.hidden_from == ()
    assert considered.because == BECAUSE
    assert considered.matters == (str(MAY_REPORT),)
    assert considered.options == ("decline", "continue", "vary", "direct")
    assert (considered.opened_by, considered.opened_as) == (MINISTERS_OFFICE.id, "ministers-office")


def test_ministers_may_act_with_nothing_overdue(notice_issued: World) -> None:
    alone = considering(because="Ministers are not satisfied with progress.")
    came = given(notice_issued).when(alone, CASE_LEAD, at=london(2016, 5, 20))
    assert came.the(ConsiderationOpened).matters == ()
    on_what_is_not_due = given(notice_issued.opened(london(2016, 6, 1, 0))).when(
        considering(MAY_REPORT), CASE_LEAD, at=london(2016, 6, 2)
    )
    on_what_is_not_due.then(OccurrenceOpened, ConsiderationOpened)


@pytest.mark.parametrize("by", [OFFICER, DIRECTOR, CHAIR, ADVISER, SENIOR_CIVIL_SERVANT, STRANGER])
def test_nobody_else_opens_a_consideration(referred_for_consideration: World, by: Actor) -> None:
    given(referred_for_consideration).when(considering(), by, at=OPENED_AT).then_refused(
        NotInYourRole, "Head of the minister’s private office"
    )


def test_a_consideration_is_of_a_power_that_somebody_considers(referred_for_consideration: World) -> None:
    world, by = given(referred_for_consideration), MINISTERS_OFFICE
    nowhere = OpenConsideration(NOTICE, "no-such-power", BECAUSE)
    world.when(nowhere, by, at=OPENED_AT).then_refused(ObligationNotKnown)
    report = OpenConsideration(NOTICE, "monthly-report", BECAUSE)
    world.when(report, by, at=OPENED_AT).then_refused(WrongKindOfObligation)
    nobody = OpenConsideration(NOTICE, "adviser-appointed", BECAUSE)
    world.when(nobody, by, at=OPENED_AT).then_refused(WrongKindOfObligation)
    world.when(considering(because=" "), by, at=OPENED_AT).then_refused(ReasonMissing)


def test_a_matter_is_something_that_has_opened_and_no_consideration(considered: World) -> None:
    for unknown in (occurrence("monthly-report", "2031-01"), OccurrenceId("elsewhere", "a", "b"), CONSIDERED):
        given(considered).when(considering(unknown), CASE_LEAD, at=london(2016, 7, 8)).then_refused(
            MatterNotKnown
        )


def test_a_matter_is_considered_once_at_a_time_and_again_when_that_was_decided(considered: World) -> None:
    again = considering(MAY_REPORT)
    given(considered).when(again, CASE_LEAD, at=london(2016, 7, 8)).then_refused(
        AlreadyConsidered, str(CONSIDERED)
    )
    decided = considered.after(proposal("decline", date(2016, 7, 8)), MINISTERS_OFFICE, london(2016, 7, 8))
    decided = decided.after(SignDecision(CONSIDERED), SENIOR_CIVIL_SERVANT, london(2016, 7, 8, 12))
    came = given(decided).when(again, CASE_LEAD, at=london(2016, 7, 11))
    assert came.the(OccurrenceOpened).period == "2"


def test_several_considerations_run_beside_each_other_on_different_matters(considered: World) -> None:
    came = given(considered).when(considering(DEADLINE, FIRST_REVIEW), CASE_LEAD, at=london(2016, 7, 8))
    assert came.the(OccurrenceOpened).period == "2"
    assert came.the(ConsiderationOpened).matters == (str(DEADLINE), str(FIRST_REVIEW))
    without_matters = given(came.world).when(considering(), CASE_LEAD, at=london(2016, 7, 8))
    assert without_matters.the(OccurrenceOpened).period == "3"


def test_a_matter_named_twice_is_one_matter(referred_for_consideration: World) -> None:
    twice = considering(MAY_REPORT, MAY_REPORT)
    came = given(referred_for_consideration).when(twice, CASE_LEAD, at=OPENED_AT)
    assert came.the(ConsiderationOpened).matters == (str(MAY_REPORT),)


def test_concerns_and_considerations_are_numbered_apart(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    came = given(world).when(considering(CONCERN), MINISTERS_OFFICE, at=OPENED_AT)
    assert came.the(OccurrenceOpened).period == "1"
    assert came.the(ConsiderationOpened).matters == (str(CONCERN),)


def test_nothing_is_considered_any_more_once_the_notice_has_ended(report_open: World) -> None:
    lift = LiftNotice(NOTICE, "Good progress.", date(2016, 7, 5), date(2016, 7, 5))
    lifted = report_open.after(lift, SENIOR_CIVIL_SERVANT, london(2016, 7, 5))
    given(lifted).when(considering(), MINISTERS_OFFICE, at=OPENED_AT).then_refused(NoticeHasEnded)


def test_the_pack_is_where_the_record_stood(referred_for_consideration: World) -> None:
    world = referred_for_consideration.after(
        RecordConcern(NOTICE, POWER, "Drift."), ADVISER, london(2016, 7, 5, 12)
    )
    plan = occurrence("plan-kept-up-to-date", "plan")
    version = {name: each.version for name, each in world.occurrences.items()}
    came = given(world).when(considering(FIRST_REVIEW, MAY_REPORT), MINISTERS_OFFICE, at=OPENED_AT)
    assert came.the(ConsiderationOpened).pack == (
        Evidence(f"notice/{NOTICE}", world.notice.version),
        Evidence(FIRST_REVIEW.stream, version[str(FIRST_REVIEW)]),
        Evidence(MAY_REPORT.stream, version[str(MAY_REPORT)]),
        Evidence(CONCERN.stream, version[str(CONCERN)]),
        Evidence(plan.stream, version[str(plan)]),
    )


def test_what_is_in_the_pack_is_told_in_order(report_reminded: World) -> None:
    seen = report_reminded.after(AcknowledgeTask(MAY_REPORT), OFFICER, london(2016, 6, 13, 10))
    world = seen.chased(MAY_REPORT, london(2016, 6, 13, 10), london(2016, 6, 17))
    world = world.after(AcknowledgeTask(MAY_REPORT, "director"), DIRECTOR, london(2016, 6, 17, 14))
    world = world.after(SubmitReport(MAY_REPORT, WHOLE_REPORT[:2]), OFFICER, london(2016, 6, 20))
    before = {OccurrenceId.parse(name): each for name, each in world.occurrences.items()}
    came = given(world).when(considering(MAY_REPORT), MINISTERS_OFFICE, at=OPENED_AT)
    notice, report, *_ = contents(world.notice, came.the(ConsiderationOpened), before)
    assert (notice.title, notice.due_on, notice.steps) == (world.notice.terms.title, None, ())
    assert (report.due_on, report.first_due_on, report.met_on) == (
        date(2016, 6, 14),
        date(2016, 6, 14),
        date(2016, 6, 20),
    )
    assert (report.acknowledged_by, report.acknowledged_on) == ("Priya Nandra", date(2016, 6, 13))
    told = [(each.step, each.on, each.told, each.acknowledged_by, each.over_on) for each in report.steps]
    assert told[-2:] == [
        ("overdue", date(2016, 6, 15), ("Priya Nandra", "Helen Marsh"), None, None),
        ("director", date(2016, 6, 17), ("Helen Marsh",), "Helen Marsh", date(2016, 6, 20)),
    ]
    assert [each.on for each in report.steps] == sorted(each.on for each in report.steps)
    (submission,) = report.submissions
    assert (submission.by, submission.received_on) == ("Priya Nandra", date(2016, 6, 20))
    assert submission.missing == ("recommendations", "impact", "slow-objectives", "contributions", "views")
    assert (submission.accepted, submission.returned) == (False, False)


def test_a_concern_in_the_pack_is_there_in_its_words(report_open: World) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    before = {OccurrenceId.parse(name): each for name, each in world.occurrences.items()}
    opened = given(world).when(considering(), MINISTERS_OFFICE, at=OPENED_AT).the(ConsiderationOpened)
    sheets = {sheet.stream: sheet for sheet in contents(world.notice, opened, before)}
    assert sheets[CONCERN.stream].concern == "Drift."


def test_the_body_concerned_is_invited_to_speak(considered: World) -> None:
    came = given(considered).when(INVITE, CASE_LEAD, at=london(2016, 7, 7)).then(RepresentationsInvited)
    told = [(each.person, each.role) for each in came.the(RepresentationsInvited).messages]
    assert told == [
        (OFFICER.id, "reporting-officer"),
        (DIRECTOR.id, "director"),
        (CHIEF_EXECUTIVE.id, "chief-executive"),
    ]


def test_time_to_speak_begins_today_and_is_only_lengthened(invited: World, considered: World) -> None:
    at = london(2016, 7, 7, 23, 59)
    yesterday = InviteRepresentations(CONSIDERED, date(2016, 7, 6))
    given(considered).when(yesterday, CASE_LEAD, at=at).then_refused(DateInThePast)
    today = InviteRepresentations(CONSIDERED, date(2016, 7, 7))
    given(considered).when(today, CASE_LEAD, at=at).then(RepresentationsInvited)
    for day in (19, 20):
        shorter = InviteRepresentations(CONSIDERED, date(2016, 7, day))
        given(invited).when(shorter, CASE_LEAD, at=at).then_refused(DateOutOfOrder, "20 July 2016")
    longer = given(invited).when(InviteRepresentations(CONSIDERED, date(2016, 7, 27)), CASE_LEAD, at=at)
    ids = [message.id for message in longer.world.messages()]
    assert len(ids) == len(set(ids))


def test_only_the_body_concerned_speaks_and_only_once_invited(considered: World, invited: World) -> None:
    at = london(2016, 7, 11)
    given(considered).when(SPEAK, DIRECTOR, at=at).then_refused(RepresentationsNotInvited)
    came = given(invited).when(SPEAK, DIRECTOR, at=at).then(RepresentationsMade)
    made = came.the(RepresentationsMade)
    assert (made.number, made.text, made.late) == (1, "The report was delayed by an illness.", False)
    assert {each.person for each in made.messages} == {MINISTERS_OFFICE.id, CASE_LEAD.id}
    for by in (CHAIR, CASE_LEAD, STRANGER):
        given(invited).when(SPEAK, by, at=at).then_refused(NotInYourRole)
    given(invited).when(MakeRepresentations(CONSIDERED, " "), DIRECTOR, at=at).then_refused(ReasonMissing)


@pytest.mark.parametrize(
    ("at", "late"), [(london(2016, 7, 20, 23, 59), False), (london(2016, 7, 21, 0), True)], ids=str
)
def test_late_representations_are_heard_and_said_to_be_late(invited: World, at, late: bool) -> None:
    assert given(invited).when(SPEAK, DIRECTOR, at=at).the(RepresentationsMade).late is late


def test_representations_are_answered_with_reasons_to_whoever_made_them(spoken: World) -> None:
    at = london(2016, 7, 12)
    came = given(spoken).when(ANSWER, CASE_LEAD, at=at).then(RepresentationsAnswered)
    assert [each.person for each in came.the(RepresentationsAnswered).messages] == [DIRECTOR.id]
    given(came.world).when(ANSWER, CASE_LEAD, at=at).then_refused(RepresentationsAlreadyAnswered)
    for number in (0, 2):
        unknown = AnswerRepresentations(CONSIDERED, number, "Noted.")
        given(spoken).when(unknown, CASE_LEAD, at=at).then_refused(RepresentationsNotKnown)
    given(spoken).when(AnswerRepresentations(CONSIDERED, 1, ""), CASE_LEAD, at=at).then_refused(ReasonMissing)
    for by in (DIRECTOR, CHAIR, STRANGER):
        given(spoken).when(ANSWER, by, at=at).then_refused(NotInYourRole)


def test_after_a_decision_nobody_is_invited_heard_or_answered(spoken: World) -> None:
    world = spoken.after(proposal("decline", date(2016, 7, 12)), MINISTERS_OFFICE, london(2016, 7, 12))
    came = given(world).when(SignDecision(CONSIDERED), SENIOR_CIVIL_SERVANT, at=london(2016, 7, 12, 12))
    assert came.the(DecisionMade)
    at = london(2016, 7, 13)
    for command, by in ((INVITE, CASE_LEAD), (SPEAK, DIRECTOR), (ANSWER, CASE_LEAD)):
        given(came.world).when(command, by, at=at).then_refused(DecisionAlreadyMade, "12 July 2016")


@pytest.mark.parametrize("of", [MAY_REPORT, CONCERN])
def test_only_a_consideration_hears_anybody(report_open: World, of: OccurrenceId) -> None:
    world = report_open.after(RecordConcern(NOTICE, POWER, "Drift."), CHAIR, london(2016, 7, 1))
    for command in (
        InviteRepresentations(of, date(2016, 7, 20)),
        MakeRepresentations(of, "But."),
        AnswerRepresentations(of, 1, "So."),
    ):
        given(world).when(command, CASE_LEAD, at=OPENED_AT).then_refused(WrongKindOfObligation)


@pytest.mark.parametrize("system", [ENGINE, Actor("system", CASE_LEAD.id)], ids=str)
@pytest.mark.parametrize(
    "command", [considering(), INVITE, SPEAK, ANSWER], ids=lambda each: type(each).__name__
)
def test_the_engine_considers_nothing(spoken: World, command, system: Actor) -> None:
    given(spoken).when(command, system, at=london(2016, 7, 12)).then_refused(OnlyPeopleDecide)


def test_whoever_stands_in_is_invited(considered: World) -> None:
    world = stands_in(considered, "director", DIRECTOR, CHIEF_EXECUTIVE)
    told = given(world).when(INVITE, CASE_LEAD, at=london(2016, 7, 7)).the(RepresentationsInvited).messages
    assert [(each.person, each.role) for each in told] == [
        (OFFICER.id, "reporting-officer"),
        (CHIEF_EXECUTIVE.id, "director"),
    ]


def test_a_consideration_that_lasts_is_chased_in_the_department(considered: World) -> None:
    world = considered.chased(CONSIDERED, OPENED_AT, london(2016, 8, 20))
    assert raised(world, CONSIDERED)[:3] == [
        ("remind-1", london(2016, 7, 27)),
        ("overdue", london(2016, 8, 4)),
        ("senior-civil-servant", london(2016, 8, 10)),
    ]
