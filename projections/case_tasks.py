"""The tasks that one occurrence has given to people."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from domain.case import Case
from domain.events.excusing import ExtensionRequested
from domain.occurrence.owed import owed_on
from domain.occurrence.state import AGREEMENT, OWED, Acknowledgement, Query, RungStanding
from domain.terms.obligations import DiscretionaryPower, OnDemand
from domain.time.zones import local_date
from domain.who import obligor_roles

ACCEPTANCE = "acceptance"
CONFIRMATION = "confirmation"
EXTENSION = "extension"
SIGNATURE = "signature"
REPRESENTATIONS = "representations"
_QUERY = "query-"


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A holder of any of the `roles` may act, unless somebody has claimed it: then it is theirs.

    `id`: ``owed``, the rung that opened it, or what has to be done: ``acceptance``, ``confirmation``, ``agreement``,
    ``extension``, ``query-1``, ``representations``, ``signature``. `refused_by`: who said that they will not do it.
    """

    id: str
    roles: tuple[str, ...]
    opened: datetime
    is_open: bool
    acknowledged: Acknowledgement | None = None
    rung: RungStanding | None = None
    claimed_by: str | None = None
    refused_by: str | None = None

    @property
    def is_acknowledged_first(self) -> bool:
        """What is owed, and what a rung has brought to somebody, is acknowledged; everything else is simply done."""
        return self.id == OWED or self.rung is not None

    @property
    def query(self) -> int | None:
        return int(self.id.removeprefix(_QUERY)) if self.id.startswith(_QUERY) and self.rung is None else None


def tasks_in(case: Case) -> tuple[CaseTask, ...]:
    """Every task the occurrence has opened so far, those that are over included."""
    state = case.occurrence
    if not state.claimed and not state.refused:
        return tuple(_given(case))
    return tuple(
        replace(task, claimed_by=state.claimed.get(task.id), refused_by=state.refused.get(task.id))
        for task in _given(case)
    )


def task_named(case: Case, task_id: str) -> CaseTask | None:
    return next((task for task in tasks_in(case) if task.id == task_id), None)


def held_role(case: Case, roles: tuple[str, ...], person: str, now: datetime) -> str | None:
    """The first of these roles that the person holds today."""
    held = case.notice.roles_of(person, local_date(now, case.notice.terms.zone))
    return next((role for role in roles if role in held), None)


def is_theirs(case: Case, task: CaseTask, person: str, now: datetime) -> bool:
    """It is for a role that they hold, and nobody else has claimed it."""
    held = case.notice.roles_of(person, local_date(now, case.notice.terms.zone))
    return is_for(task, person, frozenset(held))


def is_for(task: CaseTask, person: str, held: frozenset[str]) -> bool:
    """The same for somebody who holds these roles today."""
    if task.claimed_by is not None:
        return task.claimed_by == person
    return not held.isdisjoint(task.roles)


def _given(case: Case) -> Iterator[CaseTask]:
    occurrence, facts = case.occurrence, case.occurrence.facts
    yield CaseTask(OWED, (facts.assignee,), facts.opened_at, not occurrence.is_over, occurrence.acknowledged)
    for standing in occurrence.rungs:
        if standing.rung.opens_task and standing.raised_at is not None:
            yield _raised(case, standing, standing.raised_at)
    yield from _judgements(case)
    yield from (_query(case, each) for each in occurrence.queries)
    yield from _of_a_consideration(case)


def _raised(case: Case, standing: RungStanding, raised_at: datetime) -> CaseTask:
    """A referral stays open when the report comes after all: only those before whom it is can end it."""
    is_open = standing.task_is_open and (standing.rung.do == "refer" or not case.occurrence.is_over)
    return CaseTask(standing.rung.id, standing.rung.to, raised_at, is_open, standing.acknowledged, standing)


def _judgements(case: Case) -> Iterator[CaseTask]:
    """What others have to say before it can go on: they agree, confirm, accept, give more time."""
    occurrence, notice, facts = case.occurrence, case.notice, case.occurrence.facts
    obligation = notice.obligation(facts.obligation)
    if isinstance(obligation, OnDemand) and obligation.agreed_by:
        is_open = occurrence.review.party is None and not occurrence.is_over
        yield CaseTask(AGREEMENT, (obligation.agreed_by,), facts.opened_at, is_open)
    if owed_on(facts) == "bundle":
        roles = notice.accepting_roles(facts.obligation)
        yield CaseTask(CONFIRMATION, roles, facts.opened_at, not occurrence.is_over)
    if occurrence.submissions:
        last = occurrence.submissions[-1]
        is_open = not (last.accepted or last.returned or occurrence.made_good)
        yield CaseTask(ACCEPTANCE, notice.accepting_roles(facts.obligation), last.received_at, is_open)
    requests = [each for each in occurrence.history if isinstance(each, ExtensionRequested)]
    if requests:
        is_open = occurrence.extensions.asked is not None and not occurrence.is_over
        yield CaseTask(EXTENSION, notice.excusing_roles(facts.obligation), requests[-1].requested_at, is_open)


def _query(case: Case, query: Query) -> CaseTask:
    roles = obligor_roles(case)
    return CaseTask(f"{_QUERY}{query.raised.query}", roles, query.raised.queried_at, query.answered is None)


def _of_a_consideration(case: Case) -> Iterator[CaseTask]:
    considered = case.occurrence.consideration
    power = case.notice.find_obligation(case.occurrence.facts.obligation)
    if considered is None or not isinstance(power, DiscretionaryPower):
        return
    is_open = not case.occurrence.is_over
    if considered.invited is not None:
        roles = case.notice.roles_in(case.notice.terms.recipient)
        waiting = is_open and not considered.representations
        yield CaseTask(REPRESENTATIONS, roles, considered.invited.invited_at, waiting)
    if considered.proposed is not None:
        yield CaseTask(SIGNATURE, power.signatories, considered.proposed.proposed_at, is_open)
