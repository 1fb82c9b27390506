"""Each command, as somebody who may would ask it, on an occurrence in each state in which it can be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from domain import commands as asked
from domain.actor import ENGINE, Actor
from domain.events.owing import SectionAnswered
from domain.events.planning import Objective, PlanAction
from domain.events.reviewing import Finding
from domain.identity import OccurrenceId
from domain.refusals import Refusal
from domain.terms.parties import Appointment, Party, Person
from domain.time.due import NthWorkingDayAfterPeriod
from tests.domain import people
from tests.domain.people import (
    ADVISER,
    CASE_LEAD,
    CHAIR,
    DEADLINE,
    DIRECTOR,
    FIRST_REVIEW,
    MAY_REPORT,
    MINISTERS_OFFICE,
    OFFICER,
    REVIEW_TEAM,
    SENIOR_CIVIL_SERVANT,
    WHOLE_REPORT,
    answers,
    occurrence,
)
from tests.domain.specification import World, handed_over, london

NOTICE = "lancashire-2016"
PLAN = occurrence("plan-kept-up-to-date", "plan")
ATTESTATION = occurrence("board-maintained", "2016-Q2")
REQUEST = occurrence("work-with-adviser", "request-1")
DIAGNOSTIC = occurrence("diagnostic-review", "1")
BUNDLE = occurrence("review-access", "1")
CONCERN = occurrence("referral-power", "concern-1")
CONSIDERATION = occurrence("referral-power", "1")

OPENED = london(2016, 7, 4, 10)
LATER = london(2017, 1, 20, 10)
STATES = ("not issued", "not open", "open", "overdue", "clock stopped", "met", "waived", "notice lifted")

OBJECTIVES = (
    Objective(
        "audit",
        "Audits support challenge",
        "director",
        ("performance-and-audit",),
        ("The report",),
        (PlanAction("cycle", "A cycle of audits", "director", date(2016, 9, 30)),),
    ),
)
FINDINGS = (Finding("recording", "Recording is uneven.", "Agree a standard.", "director", date(2017, 2, 28)),)


@dataclass(frozen=True)
class Subject:
    """What a command is about. `opens`: acts that bring it about; `meets`: the one that meets it; `due`: a time after its day."""

    name: OccurrenceId | None
    opens: tuple[tuple[asked.Command, Actor], ...] = ()
    meets: tuple[asked.Command, Actor] | None = None
    overdue_at: datetime = LATER


def planned(review: OccurrenceId, start: date = date(2016, 8, 1)) -> asked.PlanReview:
    return asked.PlanReview(review, start, start, ("Somebody",), "Progress")


ADOPTED = (asked.AdoptPlan(PLAN, OBJECTIVES), OFFICER)
REQUIRED = (
    asked.RequireDiagnosticReview(NOTICE, "diagnostic-review", "Care leavers", date(2016, 8, 31)),
    ADVISER,
)
HELD = asked.RecordReviewHeld(FIRST_REVIEW, date(2016, 7, 4), "Progress was seen.")
CONSIDERING = (asked.OpenConsideration(NOTICE, "referral-power", "A concern."), MINISTERS_OFFICE)
PROPOSED = (
    asked.ProposeDecision(CONSIDERATION, "continue", "There is progress.", date(2016, 7, 4)),
    MINISTERS_OFFICE,
)
SIGNED = (asked.SignDecision(CONSIDERATION), SENIOR_CIVIL_SERVANT)
INVITED = (asked.InviteRepresentations(CONSIDERATION, date(2016, 7, 29)), CASE_LEAD)
HEARD = (asked.MakeRepresentations(CONSIDERATION, "We have improved."), people.CHIEF_EXECUTIVE)
SUBMITTED = (asked.SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER)
ITEMS = tuple(
    (asked.ConfirmItem(BUNDLE, each), REVIEW_TEAM) for each in ("staff-access", "data", "facilities")
)
PROPOSED_CORRECTION = (
    asked.ProposeCorrection(
        NOTICE, 2, "received_at", "2016-06-13T09:00:00.000000Z", "It came earlier.", MAY_REPORT
    ),
    OFFICER,
)

THE_NOTICE = Subject(None)
REPORT = Subject(MAY_REPORT, (), SUBMITTED)
REPORT_RECEIVED = Subject(MAY_REPORT, (SUBMITTED,), (asked.AcceptReport(MAY_REPORT), CHAIR))
REPORT_AWAITING_AN_UPDATE = Subject(
    MAY_REPORT, ((asked.CommissionUpdate(MAY_REPORT, "Health", "Figures?", date(2017, 2, 1)), OFFICER),)
)
REPORT_WITH_A_REQUEST = Subject(
    MAY_REPORT, ((asked.RequestExtension(MAY_REPORT, date(2017, 2, 10), "Illness."), OFFICER),)
)
REPORT_QUERIED = Subject(
    MAY_REPORT,
    (
        ADOPTED,
        (asked.UpdateProgress(PLAN, "audit", "slow", "It is slow."), DIRECTOR),
        (
            asked.SubmitReport(
                MAY_REPORT, (*answers("data"), SectionAnswered("slow-objectives", "", nil=True))
            ),
            OFFICER,
        ),
    ),
)
TASK_ACKNOWLEDGED = Subject(MAY_REPORT, ((asked.AcknowledgeTask(MAY_REPORT), OFFICER),))
RECEIPT = f"{MAY_REPORT}:acknowledged-owed:{OFFICER.id}"
REVIEW = Subject(FIRST_REVIEW, (), (HELD, REVIEW_TEAM))
REVIEW_PLANNED = Subject(FIRST_REVIEW, ((planned(FIRST_REVIEW), REVIEW_TEAM),), (HELD, REVIEW_TEAM))
REVIEW_HELD = Subject(
    FIRST_REVIEW,
    ((HELD, REVIEW_TEAM),),
    (asked.IssueOutcome(FIRST_REVIEW, "A letter.", FINDINGS), REVIEW_TEAM),
)
REVIEW_REPORTED = Subject(
    FIRST_REVIEW,
    ((HELD, REVIEW_TEAM), (asked.IssueOutcome(FIRST_REVIEW, "A letter.", FINDINGS), REVIEW_TEAM)),
    (asked.FollowUpFinding(FIRST_REVIEW, "recording", "It is kept.", closed=True), REVIEW_TEAM),
)
THE_BUNDLE = Subject(
    BUNDLE,
    ((planned(FIRST_REVIEW), REVIEW_TEAM), (asked.NotifyReview(FIRST_REVIEW), REVIEW_TEAM), *ITEMS),
    (asked.ConfirmItem(BUNDLE, "records"), REVIEW_TEAM),
)
THE_PLAN = Subject(PLAN, (ADOPTED,))
AN_ATTESTATION = Subject(ATTESTATION, (), (asked.Attest(ATTESTATION, "All is in place."), DIRECTOR))
A_REQUEST = Subject(
    REQUEST,
    ((asked.MakeRequest(NOTICE, "work-with-adviser", "The caseloads", date(2016, 7, 15)), ADVISER),),
    (asked.AnswerRequest(REQUEST, "Here they are."), DIRECTOR),
)
A_DIAGNOSTIC_REVIEW = Subject(DIAGNOSTIC, (REQUIRED,))
THE_DEADLINE = Subject(
    DEADLINE, (), (asked.RecordAssessment(DEADLINE, "Delivered.", "met"), CASE_LEAD), london(2017, 6, 5)
)
A_CONCERN = Subject(
    CONCERN,
    ((asked.RecordConcern(NOTICE, "referral-power", "Nothing moves."), ADVISER),),
    (asked.AnswerConcern(CONCERN, "It does move."), CASE_LEAD),
)
A_CONSIDERATION = Subject(CONSIDERATION, (CONSIDERING, PROPOSED), SIGNED)
A_HEARING = Subject(CONSIDERATION, (CONSIDERING, INVITED, HEARD))
A_DECISION = Subject(CONSIDERATION, (CONSIDERING, PROPOSED, SIGNED))
A_REPORT_TO_BE_CORRECTED = Subject(MAY_REPORT, (SUBMITTED, PROPOSED_CORRECTION))


def _of(world: World, changes: str) -> asked.Command:
    """Commands that restate a part of the notice start from the notice as it is."""
    from domain.notice.restating import restated

    notice = world.notice
    obligation = notice.obligation("monthly-report").model_copy(
        update={"due": NthWorkingDayAfterPeriod(n=12)}
    )
    if changes == "vary":
        terms = restated(notice)
        kept = tuple(each for each in terms.obligations if each.id != obligation.id)
        terms = terms.model_copy(update={"obligations": (*kept, obligation)})
        return asked.VaryNotice(terms, "First", "To give time.", date(2016, 7, 4), date(2016, 7, 4))
    reading = next(each for each in notice.interpretations if each.id == "monthly-report-day")
    revised = reading.model_copy(update={"ruling": "By the twelfth working day."})
    return asked.ReviseInterpretation(NOTICE, revised, "To give time.", (obligation,))


def every_command(
    issue: asked.IssueNotice,
) -> Mapping[str, tuple[Subject, Callable[[World], asked.Command], Actor]]:
    """By the name of the command."""
    day = date(2016, 7, 4)
    simple: list[tuple[Subject, asked.Command, Actor]] = [
        (THE_NOTICE, issue, CASE_LEAD),
        (THE_NOTICE, asked.OpenOccurrences(NOTICE), ENGINE),
        (THE_NOTICE, asked.LiftNotice(NOTICE, "All is well.", day, day), SENIOR_CIVIL_SERVANT),
        (
            THE_NOTICE,
            asked.SupersedeNotice(NOTICE, "direction", "It is directed.", day),
            SENIOR_CIVIL_SERVANT,
        ),
        (
            THE_NOTICE,
            asked.RecordSuccession(NOTICE, Party(id="council", name="Another"), day, "An order"),
            CASE_LEAD,
        ),
        (
            THE_NOTICE,
            asked.ProclaimHoliday(NOTICE, date(2016, 9, 9), "A wedding", "By proclamation"),
            CASE_LEAD,
        ),
        (
            THE_NOTICE,
            asked.AppointPerson(
                NOTICE,
                Appointment(role="director", person="ada", since=day),
                Person(id="ada", name="Ada Lund"),
            ),
            DIRECTOR,
        ),
        (
            THE_NOTICE,
            asked.EndAppointment(NOTICE, "chair", CHAIR.id, date(2016, 9, 30), "She leaves."),
            CASE_LEAD,
        ),
        (
            THE_NOTICE,
            asked.DelegateRole(NOTICE, "director", OFFICER.id, date(2017, 8, 1), date(2017, 8, 12), "Leave."),
            DIRECTOR,
        ),
        (THE_NOTICE, asked.NoteVisit(NOTICE, "Ofsted", date(2016, 9, 20), "Monitoring"), CASE_LEAD),
        (THE_NOTICE, asked.RateCompliance(NOTICE, "monthly-report", "met", "All came."), ADVISER),
        (
            THE_NOTICE,
            asked.ReleaseObligation(NOTICE, "work-with-adviser", "No longer.", day),
            MINISTERS_OFFICE,
        ),
        (THE_NOTICE, asked.MakeRequest(NOTICE, "work-with-adviser", "Figures", date(2017, 2, 15)), ADVISER),
        (
            THE_NOTICE,
            asked.RequireDiagnosticReview(NOTICE, "diagnostic-review", "Audit", date(2017, 3, 31)),
            ADVISER,
        ),
        (THE_NOTICE, asked.RecordConcern(NOTICE, "referral-power", "A concern."), CHAIR),
        (THE_NOTICE, asked.OpenConsideration(NOTICE, "referral-power", "A reason."), MINISTERS_OFFICE),
        (REPORT, *SUBMITTED),
        (REPORT_RECEIVED, asked.AcceptReport(MAY_REPORT), CHAIR),
        (REPORT_RECEIVED, asked.ReturnReport(MAY_REPORT, "Too thin.", ("data",)), CHAIR),
        (REPORT_QUERIED, asked.AnswerQuery(MAY_REPORT, 1, "An answer."), OFFICER),
        (REPORT, asked.LodgeEvidence(MAY_REPORT, "0" * 64, "minutes.pdf", "application/pdf", 8), OFFICER),
        (REPORT, asked.CommissionUpdate(MAY_REPORT, "Health", "Figures?", date(2017, 2, 1)), OFFICER),
        (REPORT_AWAITING_AN_UPDATE, asked.RecordUpdate(MAY_REPORT, 1, "Health", "Figures."), OFFICER),
        (AN_ATTESTATION, asked.Attest(ATTESTATION, "All is in place."), DIRECTOR),
        (THE_DEADLINE, asked.RecordAssessment(DEADLINE, "Delivered.", "met"), CASE_LEAD),
        (A_REQUEST, asked.AnswerRequest(REQUEST, "Here."), DIRECTOR),
        (A_REQUEST, asked.RecordNonCooperation(REQUEST, "Nothing came."), ADVISER),
        (A_DIAGNOSTIC_REVIEW, asked.AgreeParty(DIAGNOSTIC, "A neighbour"), CASE_LEAD),
        (REVIEW, planned(FIRST_REVIEW, date(2017, 2, 1)), REVIEW_TEAM),
        (REVIEW_PLANNED, asked.NotifyReview(FIRST_REVIEW), REVIEW_TEAM),
        (
            REVIEW_PLANNED,
            asked.MoveReview(FIRST_REVIEW, date(2017, 2, 8), date(2017, 2, 9), "Illness."),
            REVIEW_TEAM,
        ),
        (REVIEW, HELD, REVIEW_TEAM),
        (REVIEW_HELD, asked.IssueOutcome(FIRST_REVIEW, "A letter.", FINDINGS), REVIEW_TEAM),
        (REVIEW_REPORTED, asked.ActOnFinding(FIRST_REVIEW, "recording", "It was agreed."), DIRECTOR),
        (
            REVIEW_REPORTED,
            asked.FollowUpFinding(FIRST_REVIEW, "recording", "It is kept.", closed=True),
            REVIEW_TEAM,
        ),
        (THE_BUNDLE, asked.ConfirmItem(BUNDLE, "records"), REVIEW_TEAM),
        (THE_BUNDLE, asked.RecordItemRefused(BUNDLE, "records", "Not given."), REVIEW_TEAM),
        (replace(THE_PLAN, opens=()), *ADOPTED),
        (THE_PLAN, asked.UpdateProgress(PLAN, "audit", "on-track", "It goes on."), DIRECTOR),
        (THE_PLAN, asked.DeliverAction(PLAN, "cycle", day, "The calendar."), DIRECTOR),
        (REPORT, asked.RequestExtension(MAY_REPORT, date(2017, 2, 10), "Illness."), OFFICER),
        (REPORT, asked.GrantExtension(MAY_REPORT, date(2017, 2, 10), "Illness."), CASE_LEAD),
        (REPORT_WITH_A_REQUEST, asked.RefuseExtension(MAY_REPORT, "No reason."), CASE_LEAD),
        (REPORT, asked.StopClock(MAY_REPORT, day, "A flood."), CASE_LEAD),
        (REPORT, asked.RestartClock(MAY_REPORT, day, "It is over."), CASE_LEAD),
        (REPORT, asked.WaiveOccurrence(MAY_REPORT, "It is covered."), CASE_LEAD),
        (REPORT, asked.AcknowledgeTask(MAY_REPORT), OFFICER),
        (REPORT, asked.ClaimTask(MAY_REPORT), OFFICER),
        (REPORT, asked.ReassignTask(MAY_REPORT, DIRECTOR.id, "Leave."), OFFICER),
        (REPORT, asked.RefuseTask(MAY_REPORT, "Not mine."), OFFICER),
        (REPORT, asked.EscalateTask(MAY_REPORT, "It is stuck."), OFFICER),
        (REPORT, asked.WithdrawRung(MAY_REPORT, "director", "In error."), CASE_LEAD),
        (A_CONCERN, asked.AnswerConcern(CONCERN, "It does move."), CASE_LEAD),
        (A_HEARING, asked.InviteRepresentations(CONSIDERATION, date(2017, 2, 28)), CASE_LEAD),
        (A_HEARING, asked.MakeRepresentations(CONSIDERATION, "More."), people.CHIEF_EXECUTIVE),
        (A_HEARING, asked.AnswerRepresentations(CONSIDERATION, 1, "We see."), CASE_LEAD),
        (replace(A_CONSIDERATION, opens=(CONSIDERING,), meets=None), *PROPOSED),
        (A_CONSIDERATION, *SIGNED),
        (A_DECISION, asked.IssueDecision(CONSIDERATION, day), CASE_LEAD),
        (A_DECISION, asked.PublishDecision(CONSIDERATION, day), CASE_LEAD),
        (REPORT_RECEIVED, *PROPOSED_CORRECTION),
        (A_REPORT_TO_BE_CORRECTED, asked.ApproveCorrection(NOTICE, 2, MAY_REPORT), CASE_LEAD),
        (A_REPORT_TO_BE_CORRECTED, asked.RejectCorrection(NOTICE, 2, "It did not.", MAY_REPORT), CASE_LEAD),
        (REPORT, asked.TakeDueStep(MAY_REPORT), ENGINE),
        (TASK_ACKNOWLEDGED, handed_over(MAY_REPORT, RECEIPT), ENGINE),
        (TASK_ACKNOWLEDGED, asked.RecordMessageUndeliverable(MAY_REPORT, RECEIPT, "post", "gone"), ENGINE),
    ]
    table = {
        type(command).__name__: (subject, lambda _, command=command: command, actor)
        for subject, command, actor in simple
    }
    table["VaryNotice"] = (THE_NOTICE, lambda world: _of(world, "vary"), CASE_LEAD)
    table["ReviseInterpretation"] = (THE_NOTICE, lambda world: _of(world, "read"), CASE_LEAD)
    return dict(sorted(table.items()))


def in_state(issued: World, subject: Subject, state: str) -> tuple[World, datetime] | None:
    """The world in which the subject is in a state, and the time then; None where it cannot be in it."""
    if state == "not issued":
        return World(), OPENED
    if state == "not open":
        return issued, london(2016, 5, 19, 10)
    world = issued.opened(OPENED)
    for command, actor in subject.opens:
        world = world.after(command, actor, OPENED)
    match state:
        case "open":
            return world, OPENED
        case "overdue":
            return (_chased(world, subject), subject.overdue_at) if subject.name else None
        case "met":
            return (world.after(*subject.meets, OPENED), OPENED) if subject.meets else None
        case "clock stopped" | "waived":
            return _excused(world, subject, state)
    lift = asked.LiftNotice(NOTICE, "All is well.", date(2016, 7, 4), date(2016, 7, 4))
    return world.after(lift, SENIOR_CIVIL_SERVANT, OPENED), OPENED


def _chased(world: World, subject: Subject) -> World:
    assert subject.name is not None
    return world.chased(subject.name, OPENED, subject.overdue_at)


def _excused(world: World, subject: Subject, state: str) -> tuple[World, datetime] | None:
    if subject.name is None:
        return None
    roles = world.notice.excusing_roles(subject.name.obligation)
    actor = Actor("person", world.notice.holders(roles[0], OPENED.date())[0])
    command = (
        asked.WaiveOccurrence(subject.name, "It is covered.")
        if state == "waived"
        else asked.StopClock(subject.name, OPENED.date(), "A flood.")
    )
    decided = world.decided(command, actor, OPENED)
    return None if isinstance(decided, Refusal) else (world.told(decided), OPENED)
