"""Queries: a report says that there is nothing where the plan's own record says otherwise."""

from collections.abc import Iterator
from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import AnswerQuery
from domain.events.owing import ReportSubmitted
from domain.events.planning import Objective, PlanAction
from domain.events.reporting import QueryAnswered, QueryRaised
from domain.reach import plans
from domain.refusals import NotYourTask, QueryNotOpen, ReasonMissing
from domain.reporting.receipts import submitter_and_receivers
from domain.reporting.tracked import on_record
from domain.terms.obligations import Continuing, Section, Tracked
from domain.values import tidy
from domain.who import held_role, obligor_roles, titles

_SAID: dict[Tracked, str] = {
    "slow-objectives": "objectives that are slow",
    "stale-objectives": "objectives that have not been kept up to date",
    "outstanding-actions": "actions that are past their day and not delivered",
}


def queries_raised(case: Case, submitted: ReportSubmitted, now: datetime) -> tuple[Draft, ...]:
    """One for each express “none” that the plan contradicts. What was asked of an earlier version is not asked again."""
    drafts: list[Draft] = []
    for section, found in _contradicted(case, submitted):
        query = len(case.occurrence.queries) + len(drafts) + 1
        event = QueryRaised(
            query=query,
            section=section.id,
            question=_question(section, found),
            contradicted_by=tuple(each.id for each in found),
            messages=submitter_and_receivers(
                case, f"query-{query}", submitted.submitted_by, submitted.submitted_as, now
            ),
            queried_at=now,
        )
        drafts.append(Draft(case.occurrence.id.stream, event))
    return tuple(drafts)


def answer(case: Case, command: AnswerQuery, by: Actor, now: datetime) -> Decision:
    facts, notice = case.occurrence.facts, case.notice
    query = next((each for each in case.occurrence.queries if each.raised.query == command.query), None)
    if query is None:
        return QueryNotOpen(f"There is no query {command.query} on {facts.title}.")
    if query.answered is not None:
        return QueryNotOpen(
            f"{notice.person_name(query.answered.answered_by)} has answered query {command.query} already."
        )
    held = held_role(notice, by, obligor_roles(case), now)
    if held is None:
        return NotYourTask(f"A query on {facts.title} is answered by {titles(notice, obligor_roles(case))}.")
    if not tidy(command.answer):
        return ReasonMissing(
            "Say how the report and the record of the plan agree, or which of them is wrong."
        )
    event = QueryAnswered(command.query, tidy(command.answer), by.id, held, now)
    return (Draft(command.occurrence.stream, event),)


def _contradicted(
    case: Case, submitted: ReportSubmitted
) -> Iterator[tuple[Section, tuple[Objective | PlanAction, ...]]]:
    """The record as it stood on the day on which the report was received."""
    said_none = {each.section for each in submitted.sections if each.nil}
    for section in case.occurrence.facts.sections:
        if section.id in said_none and section.filled_from in _SAID:
            found = _found(case, section.filled_from, submitted.received_at)
            if found and not _asked_before(case, section, found):
                yield section, found


def _found(case: Case, head: Tracked, at: datetime) -> tuple[Objective | PlanAction, ...]:
    kept = [case.of(name) for name in plans(case.notice)]
    return tuple(
        each
        for plan in kept
        if plan.exists and not plan.is_excused
        for each in on_record(head, case.notice, plan.plan, _days(case, plan.facts.obligation), at)
    )


def _days(case: Case, obligation_id: str) -> int | None:
    obligation = case.notice.obligation(obligation_id)
    return obligation.stale_after_days if isinstance(obligation, Continuing) else None


def _asked_before(case: Case, section: Section, found: tuple[Objective | PlanAction, ...]) -> bool:
    now_contradicting = {each.id for each in found}
    return any(
        each.raised.section == section.id and now_contradicting <= set(each.raised.contradicted_by)
        for each in case.occurrence.queries
    )


def _question(section: Section, found: tuple[Objective | PlanAction, ...]) -> str:
    assert section.filled_from is not None
    return (
        f"“{section.title}” says that there is none, but the record of the plan holds "
        f"{_SAID[section.filled_from]}: {'; '.join(each.title for each in found)}. How do the two agree?"
    )
