"""What is told about reports, and about requests and what came of them."""

from activities.delivery.call import Call
from activities.delivery.matters.matter import Matter, MatterOf, doer, said, sections, what
from activities.delivery.sentences import long_date
from domain.case import Case
from domain.events import owing, reporting
from domain.identity import OccurrenceId
from domain.occurrence.state import OWED
from domain.time.words import counted


def _returned(event: reporting.ReportReturned, case: Case, call: Call) -> Matter:
    who, facts = doer(case, call, event.returned_by, event.returned_as), case.occurrence.facts
    due = long_date(event.supplement_due_on)
    return Matter(
        subject="Returned as deficient",
        happened=f"{who} returned version {event.version} of {what(case)} as deficient: {said(event.reasons)} "
        f"What is deficient: {sections(case, event.sections)}. A supplemental report is owed by the end of {due}.",
        act="Send the supplemental report here:",
        task=OWED,
        occurrence=OccurrenceId(facts.notice, facts.obligation, event.supplement),
    )


def _queried(event: reporting.QueryRaised, case: Case, call: Call) -> Matter:
    is_asked = call.role in (
        case.occurrence.facts.assignee,
        *case.notice.roles_in(case.occurrence.facts.obligor),
    )
    return Matter(
        subject="A query about",
        happened=f"A report was received that does not fit the record of the plan. {event.question}",
        act="Answer the query here:" if is_asked else "The report, the query and its answer are here:",
        task=f"query-{event.query}",
    )


def _lacking(event: reporting.ContentFoundLacking, case: Case, _: Call) -> Matter:
    standard = case.notice.find_obligation(event.standard)
    asks = f" The notice asks for it: “{standard.title}”." if standard else ""
    return Matter(
        subject=f"Missing from {event.reports} reports in a row",
        happened=f"{counted(event.reports, 'report')} in a row, of which this is the last, said nothing under "
        f"{sections(case, event.sections)}.{asks}",
        act="Take it up with those who report. The report is here:",
    )


def _answered(event: owing.RequestAnswered, case: Case, call: Call) -> Matter:
    who = doer(case, call, event.answered_by, event.answered_as)
    return Matter(
        subject="Answered",
        happened=f"{who} answered what was asked for: {said(event.answer)}",
        act="Read the answer here. If it does not give what was asked for, that can be recorded:",
    )


def _not_given(event: owing.NonCooperationRecorded, case: Case, call: Call) -> Matter:
    who, facts = doer(case, call, event.recorded_by, event.recorded_as), case.occurrence.facts
    asked = f" What was asked for: {said(facts.about)}" if facts.about else ""
    return Matter(
        subject="Not given as asked",
        happened=f"{who} recorded that what was asked for was not given: {said(event.account)}{asked}",
        act="Take it up with those who owe it. Nothing follows from this record by itself. It is here:",
    )


MATTERS: dict[str, MatterOf] = {
    "report-returned": _returned,
    "query-raised": _queried,
    "content-found-lacking": _lacking,
    "request-answered": _answered,
    "non-cooperation-recorded": _not_given,
}
