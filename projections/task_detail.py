"""Everything that the page of one task says."""

from dataclasses import dataclass
from datetime import datetime

from domain.case import Case
from domain.identity import OccurrenceId
from domain.occurrence.state import Submission
from domain.refusals import NotFound
from domain.terms.obligations import Section
from projections.case_tasks import task_named
from projections.casebook import Casebook
from projections.deliveries import MessageRow, deliveries
from projections.ladder_steps import LadderStep, ladder_steps
from projections.tasks import TaskRow, task_row
from projections.urgency import standing_in_words
from projections.why import Reason, why
from projections.words import (
    arrived,
    body,
    capital,
    clause_name,
    obligation_title,
    person_name,
    role_title,
)


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A section that was asked for, with what was said in it. `missing`: it was required and not answered."""

    section: Section
    text: str
    nil: bool
    missing: bool


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One version of a report as it was received."""

    version: int
    by: str
    received_at: datetime
    late: bool
    sections: tuple[AnsweredSection, ...]
    accepted_by: str | None
    accepted_at: datetime | None
    returned_by: str | None = None
    returned_because: str | None = None


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """One task, with all that surrounds it.

    `row` has what the list has, actions included. `is_acknowledged_first`: one says that one has seen it before one
    does it. `arrives`: what has to happen for it to be met. `clause_text` is the instrument's own words;
    `clause_by_editor` when its letter is not the instrument's. `is_open` is False once nothing is asked of
    anybody here any more.
    """

    row: TaskRow
    is_open: bool
    is_acknowledged_first: bool
    arrives: str
    owed_no_more: bool
    standing: str
    clause_name: str
    clause_text: str
    clause_by_editor: bool
    strength: str
    obligation_title: str
    obligor: str
    obligee: str
    assignee: str
    opens: datetime
    met_at: datetime | None
    asked: tuple[Section, ...]
    ladder: tuple[LadderStep, ...]
    messages: tuple[MessageRow, ...]
    submissions: tuple[SubmissionRow, ...]
    review_summary: str | None
    assessment: str | None
    why: tuple[Reason, ...]


def task_detail(
    casebook: Casebook, occurrence: OccurrenceId, task: str, person: str, now: datetime
) -> TaskDetail:
    """As seen by one person; raises NotFound. A task that is over can still be read."""
    case = casebook.case(occurrence)
    found = task_named(case, task)
    if found is None:
        raise NotFound(f"There is no task “{task}” on {case.occurrence.facts.title}.")
    notice, facts, state = case.notice, case.occurrence.facts, case.occurrence
    clause = notice.clause(facts.clause)
    return TaskDetail(
        row=task_row(case, found, person, now),
        is_open=found.is_open,
        is_acknowledged_first=found.is_acknowledged_first,
        arrives=arrived(facts),
        owed_no_more=state.is_excused,
        standing=standing_in_words(case, now),
        clause_name=capital(clause_name(notice, clause.id)),
        clause_text=clause.text,
        clause_by_editor=clause.label == "editor",
        strength=facts.strength,
        obligation_title=obligation_title(notice, facts.obligation),
        obligor=capital(body(notice, facts.obligor)),
        obligee=capital(body(notice, facts.obligee)),
        assignee=role_title(notice, facts.assignee),
        opens=facts.opens,
        met_at=state.met_at,
        asked=facts.sections,
        ladder=ladder_steps(case, now),
        messages=deliveries(case, casebook.history(occurrence)),
        submissions=tuple(_submission(case, each) for each in state.submissions),
        review_summary=state.held.summary if state.held else None,
        assessment=state.assessed.finding if state.assessed else None,
        why=why(case, casebook.history(occurrence.notice), now),
    )


def _submission(case: Case, given: Submission) -> SubmissionRow:
    return SubmissionRow(
        version=given.version,
        by=person_name(case.notice, given.by),
        received_at=given.received_at,
        late=given.received_at > case.occurrence.facts.due,
        sections=answers_of(case, given),
        accepted_by=person_name(case.notice, given.accepted.by) if given.accepted else None,
        accepted_at=given.accepted.at if given.accepted else None,
        returned_by=person_name(case.notice, given.returned.returned_by) if given.returned else None,
        returned_because=given.returned.reasons if given.returned else None,
    )


def answers_of(case: Case, given: Submission) -> tuple[AnsweredSection, ...]:
    """One version of a report, section by section, those in which nothing was said included."""
    said = {each.section: each for each in given.sections}
    return tuple(
        AnsweredSection(
            section,
            said[section.id].text if section.id in said else "",
            section.id in said and said[section.id].nil,
            section.id in given.missing,
        )
        for section in case.occurrence.facts.sections
    )
