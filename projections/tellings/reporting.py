"""A report was returned, queried, made good; partners were asked and answered."""

from domain.actor import OUTSIDE
from domain.events import reporting
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.tellings.parts import Telling, by_the_end_of, said, sections, version
from projections.words import body, capital, long_date, obligation_title, person_in_role, thing


def _returned(event: reporting.ReportReturned, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.returned_by, event.returned_as)
    what = f"{version(event.version).lower()} of {thing(notice, occurrence.facts)}"
    where = f", in {sections(event.sections, occurrence)}" if event.sections else ""
    owed = f"A supplemental report is owed {by_the_end_of(event.supplement_due_on)}."
    return f"{who} returned {what} as deficient{where}: {said(event.reasons)} {owed}"


def _made_good(event: reporting.DeficiencyMadeGood, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.accepted_by, event.accepted_as), thing(notice, occurrence.facts)
    return f"What {what} lacked was made good: {who} accepted the supplemental report."


def _queried(event: reporting.QueryRaised, notice: Notice, occurrence: Occurrence) -> str:
    where = f"{sections((event.section,), occurrence)} of {thing(notice, occurrence.facts)}"
    return f"Query {event.query} was raised about {where}: {said(event.question)}"


def _query_answered(event: reporting.QueryAnswered, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.answered_by, event.answered_as), thing(notice, occurrence.facts)
    return f"{who} answered query {event.query} about {what}: {said(event.answer)}"


def _commissioned(event: reporting.UpdateCommissioned, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.commissioned_by, event.commissioned_as)
    whom, what = body(notice, event.partner), thing(notice, occurrence.facts)
    return f"{who} asked {whom} for an update for {what} by {long_date(event.wanted_by)}: {said(event.asked)}"


def _received(event: reporting.UpdateReceived, notice: Notice, occurrence: Occurrence) -> str:
    asked = next((each for each in occurrence.updates if each.commissioned.update == event.update), None)
    whose = f" of {body(notice, asked.commissioned.partner)}" if asked else ""
    if event.recorded_as == OUTSIDE:
        return f"“{event.received_from}” gave the update{whose} by a link that was sent to them: {said(event.text)}"
    who = person_in_role(notice, event.recorded_by, event.recorded_as)
    return f"{who} recorded the update{whose} from “{event.received_from}”: {said(event.text)}"


def _lacking(event: reporting.ContentFoundLacking, notice: Notice, occurrence: Occurrence) -> str:
    lacked = sections(event.sections, occurrence)
    standard = obligation_title(notice, event.standard)
    sentence = f"{event.reports} reports in a row said nothing under {lacked}, as {thing(notice, occurrence.facts)} did"
    return f"{capital(sentence)}; the notice asks for “{standard}”."


TELLINGS: dict[type, Telling] = {
    reporting.ReportReturned: _returned,
    reporting.DeficiencyMadeGood: _made_good,
    reporting.QueryRaised: _queried,
    reporting.QueryAnswered: _query_answered,
    reporting.UpdateCommissioned: _commissioned,
    reporting.UpdateReceived: _received,
    reporting.ContentFoundLacking: _lacking,
}
