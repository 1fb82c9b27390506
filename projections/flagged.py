"""What would be recorded beside a report if it were sent now: what it lacks, and what is asked because of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.actor import Actor
from domain.commands import SubmitReport
from domain.decide import decide
from domain.events.owing import ReportSubmitted, SectionAnswered
from domain.events.reporting import ContentFoundLacking, QueryRaised
from domain.identity import OccurrenceId
from domain.refusals import Refusal
from projections.casebook import Casebook
from projections.telling import tell


@dataclass(frozen=True, slots=True)
class Flagged:
    """`missing`: required sections, by id. `questions`: what the author would be asked. `told`: what others would be told.

    `refusal`: why it could not be sent at all.
    """

    missing: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    late: bool = False
    refusal: str | None = None


def flagged(
    book: Casebook,
    occurrence: OccurrenceId,
    answers: tuple[SectionAnswered, ...],
    person: str,
    now: datetime,
) -> Flagged:
    """By the very rules that will record it; raises NotFound."""
    case = book.case(occurrence)
    case = replace(case, others={each.id: each for each in book.occurrences(occurrence.notice)})
    decision = decide(case, SubmitReport(occurrence, answers), Actor("person", person), now)
    if isinstance(decision, Refusal):
        return Flagged(refusal=decision.sentence)
    events = [each.event for each in decision]
    submitted = next(each for each in events if isinstance(each, ReportSubmitted))
    return Flagged(
        missing=submitted.missing,
        questions=tuple(each.question for each in events if isinstance(each, QueryRaised)),
        told=tuple(
            tell(each, case.notice, case.occurrence)
            for each in events
            if isinstance(each, ContentFoundLacking)
        ),
        late=submitted.received_at > case.occurrence.facts.due,
    )
