"""What no scenario shows: each event as it might happen, with the sentence in which it is told."""

from datetime import UTC, date, datetime
from typing import Any

from domain.events import (
    chasing,
    correcting,
    deciding,
    evidence,
    excusing,
    handing,
    owing,
    reporting,
    reviewing,
    tending,
)
from domain.terms.clauses import Interpretation

NOON = datetime(2016, 8, 15, 12, tzinfo=UTC)
LEAD = ("imogen-hartley", "case-lead")
OFFICER = ("priya-nandra", "reporting-officer")
REPORT = "the monthly report to the improvement board for July 2016"
WHO = {
    "lead": "Imogen Hartley (Case lead for the notice)",
    "officer": "Priya Nandra (Improvement reporting officer)",
}
READING = Interpretation(
    id="monthly-report-day",
    clause="6b",
    question="On which day of the month is the report due?",
    ruling="By the last working day of the month.",
    basis="The board meets then.",
    ruled_by="case-lead",
)

BY_HAND: list[tuple[Any, str]] = [
    (
        reporting.ContentFoundLacking("views-taken-into-consideration", ("views",), 2, (), NOON),
        f"2 reports in a row said nothing under “Views of frontline staff and of children and young people”, as {REPORT} "
        "did; the notice asks for “The views of frontline staff and of children and young people are taken into "
        "consideration”.",
    ),
    (
        evidence.EvidenceLodged("ab" * 32, "Minutes.pdf", "application/pdf", 2048, None, *OFFICER, NOON),
        f"{WHO['officer']} lodged the file “Minutes.pdf” with {REPORT}: SHA-256 abababababab.",
    ),
    (
        reviewing.ItemRefused("data", "It was not ready.", *LEAD, (), NOON),
        f"{WHO['lead']} recorded that “Data” was not provided: “It was not ready”.",
    ),
    (
        reviewing.WentAheadWithout("lancashire-2016/department-review/1", date(2016, 11, 10), NOON),
        "The monthly report to the improvement board for July 2016 was not there when the review was held on "
        "Thursday 10 November 2016: it was held without.",
    ),
    (
        owing.NonCooperationRecorded("Half of it came.", *LEAD, (), NOON),
        f"{WHO['lead']} recorded that what {REPORT} asks for was not given: “Half of it came”.",
    ),
    (
        excusing.OccurrenceRedated(NOON, date(2016, 8, 12), (), "holiday", "A holiday was proclaimed.", NOON),
        "The monthly report to the improvement board for July 2016 stays due by the end of Friday 12 August 2016, and the "
        "steps of its ladder fall on other days, because a working day became a holiday: “A holiday was proclaimed”.",
    ),
    (
        excusing.ExtensionRefused("The figures are there.", *LEAD, (), NOON),
        f"{WHO['lead']} refused an extension of {REPORT}: “The figures are there”.",
    ),
    (
        excusing.ClockStopped(date(2016, 8, 15), "A flood.", *LEAD, NOON),
        f"{WHO['lead']} stopped the clock of {REPORT} from Monday 15 August 2016 on: “A flood”.",
    ),
    (
        excusing.ClockRestarted(date(2016, 8, 22), 5, "It is over.", *LEAD, NOON),
        f"{WHO['lead']} restarted the clock of {REPORT} on Monday 22 August 2016; 5 working days did not count: "
        "“It is over”.",
    ),
    (
        excusing.OccurrenceWaived("The next one covers it.", *LEAD, (), NOON),
        f"{WHO['lead']} waived {REPORT}, so that it is owed no more: “The next one covers it”.",
    ),
    (
        excusing.OccurrenceWithdrawn("The notice was superseded.", NOON),
        "The monthly report to the improvement board for July 2016 is owed no more, because the notice does not ask for it "
        "any more: “The notice was superseded”.",
    ),
    (handing.TaskClaimed("owed", *OFFICER, NOON), f"{WHO['officer']} took on {REPORT}."),
    (
        handing.TaskReassigned("director", "duncan-ashworth", "I am away.", "helen-marsh", "director", (), NOON),
        f"Helen Marsh (Director of children’s services) gave the escalation of {REPORT} to Duncan Ashworth: “I am away”.",
    ),
    (
        handing.TaskRefused("owed", "I have “no” figures.", *OFFICER, (), NOON),
        f"{WHO['officer']} will not take on {REPORT}: “I have ‘no’ figures”.",
    ),
    (
        handing.RungWithdrawn("director", "It was a mistake.", "imogen-hartley", (), NOON),
        f"Imogen Hartley withdrew the escalation of {REPORT}, because it was raised in error: “It was a mistake”.",
    ),
    (
        handing.RungWithdrawn("director", "it had arrived in time.", None, (), NOON),
        f"The escalation of {REPORT} was withdrawn: it had arrived in time.",
    ),
    (
        chasing.EscalationRaised(
            "director", NOON, (chasing.Message("a", "helen-marsh", "director"),), (), NOON, *("priya-nandra", "It is urgent.")
        ),
        f"Priya Nandra chose to bring {REPORT} to Helen Marsh (Director of children’s services): “It is urgent”.",
    ),
    (
        deciding.ConcernClosed("It was taken up.", *LEAD, (), NOON),
        f"{WHO['lead']} answered and closed the concern: “It was taken up”.",
    ),
    (
        deciding.ConcernReferred("It is serious.", "Section 497A", *LEAD, (), NOON),
        f"{WHO['lead']} referred the concern for consideration under Section 497A: “It is serious”.",
    ),
    (
        correcting.CorrectionRejected(3, "The day is right.", *LEAD, NOON),
        f"{WHO['lead']} rejected the correction of event 3 of its stream: “The day is right”.",
    ),
    (
        tending.ClauseRemoved("6c", "It stands in 6b now.", NOON),
        "Clause 6c is no longer part of the notice: “It stands in 6b now”.",
    ),
    (
        tending.ObligationEnded("chair-report", "The chair reports orally.", NOON),
        "“Quarterly progress report of the chair” is owed no more: “The chair reports orally”.",
    ),
    (
        tending.NoticeLifted(
            "All is well.", ("monthly-report",), date(2017, 11, 30), date(2017, 5, 1), date(2017, 5, 31), *LEAD, NOON
        ),
        f"{WHO['lead']} lifted the notice, as decided on Monday 1 May 2017 and issued on Wednesday 31 May 2017: "
        "“All is well”. In after-care it goes on until Thursday 30 November 2017 for “Monthly report to the improvement "
        "board”.",
    ),
    (
        tending.NoticeSuperseded(
            "direction-2017", "Direction", False, "No progress.", "Section 497A", date(2017, 1, 9), *LEAD, NOON
        ),
        f"{WHO['lead']} recorded that the Direction takes the place of this notice, under Section 497A, as decided on "
        "Monday 9 January 2017: “No progress”.",
    ),
    (tending.NoticeClosed(NOON), "After-care has run out, and the notice is closed."),
    (
        tending.InterpretationRevised(READING, "By the tenth working day.", "The board meets later.", *LEAD, NOON),
        f"{WHO['lead']} read clause 6b otherwise: “By the last working day of the month”, and no longer “By the tenth "
        "working day”, because “The board meets later”.",
    ),
    (
        tending.ComplianceRated("monthly-report", "partial compliance", "Two were late.", *LEAD, NOON),
        f"{WHO['lead']} rated compliance with “Monthly report to the improvement board” as “partial compliance”: “Two were "
        "late”.",
    ),
]  # fmt: skip
