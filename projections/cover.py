"""What an absence would do: who covers it, what does not go together, and where the open tasks go.

Nothing is judged here anew: the absence is folded into the notice as it would be recorded, and the rules of the domain
are then asked what the stand-in could not do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.actor import Actor
from domain.case import Case
from domain.commands import (
    AcceptReport,
    AnswerConcern,
    Command,
    EndAppointment,
    GrantExtension,
    SignDecision,
)
from domain.decide import decide
from domain.events.tending import RoleDelegated
from domain.identity import OccurrenceId
from domain.notice.conflicts import have_a_day_in_common
from domain.notice.fold import fold
from domain.notice.state import Notice
from domain.occurrence.state import OWED
from domain.refusals import FourEyesRequired
from domain.terms.obligations import Continuing, DiscretionaryPower
from domain.time.words import plain_date
from domain.time.zones import day_start
from projections.case_tasks import ACCEPTANCE, EXTENSION, SIGNATURE, CaseTask, is_theirs, tasks_in
from projections.casebook import Casebook
from projections.words import body, joined, occurrence_title, person_name, role_title

_SOME_REASON = "a reason"


@dataclass(frozen=True, slots=True)
class TaskInAbsence:
    """An open task of whoever is away. `falls_due`: its day is one of the absence."""

    occurrence: OccurrenceId
    task: str
    title: str
    due_on: date
    falls_due: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """What to know before an absence is recorded. `conflicts` are sentences, none of which forbids it.

    `covered`: tasks that come to the stand-in; `left`: tasks in other roles of the same person, for which nobody stands in.
    """

    conflicts: tuple[str, ...]
    covered: tuple[TaskInAbsence, ...]
    left: tuple[TaskInAbsence, ...]


def cover(book: Casebook, notice_id: str, absence: RoleDelegated, now: datetime) -> Cover:
    """As if the absence had been recorded. Raises NotFound."""
    before = book.notice(notice_id)
    after = fold((absence,), before)
    at = max(now, day_start(absence.since, before.terms.zone))
    cases = tuple(Case(after, case.occurrence, case.others) for case in book.cases(notice_id))
    tasks = tuple(_tasks(cases, absence, at))
    return Cover(
        conflicts=(
            *_away_themselves(before, absence),
            *_covering_already(before, absence),
            *_would_judge_themselves(cases, absence, at),
            *_too_few_to_sign(after, absence),
            *_of_another_body(after, absence),
        ),
        covered=tuple(row for row, is_covered in tasks if is_covered),
        left=tuple(row for row, is_covered in tasks if not is_covered),
    )


def _away_themselves(notice: Notice, absence: RoleDelegated) -> Iterator[str]:
    name = person_name(notice, absence.to)
    for each in notice.delegations:
        if each.holder == absence.to and _meet(each, absence):
            yield (
                f"{name} is away too, from {plain_date(each.since)} until {plain_date(each.until)}. "
                "A stand-in cannot pass the role on."
            )


def _covering_already(notice: Notice, absence: RoleDelegated) -> Iterator[str]:
    """Whoever is away may have promised to stand in for somebody else."""
    for each in notice.delegations:
        if each.to == absence.holder and _meet(each, absence):
            yield (
                f"{person_name(notice, absence.holder)} stands in for {person_name(notice, each.holder)} as "
                f"{role_title(notice, each.role)} from {plain_date(each.since)} until {plain_date(each.until)}, "
                "and this absence does not change that."
            )


def _would_judge_themselves(cases: Iterable[Case], absence: RoleDelegated, at: datetime) -> Iterator[str]:
    by = Actor("person", absence.to)
    for case in cases:
        for task in tasks_in(case):
            command = _judgement(case, task)
            refused = decide(case, command, by, at) if command and task.is_open else None
            if isinstance(refused, FourEyesRequired):
                title = occurrence_title(case.notice, case.occurrence.facts)
                name = person_name(case.notice, absence.to)
                yield f"{title}: {name} could not decide on it. {refused.sentence}"


def _judgement(case: Case, task: CaseTask) -> Command | None:
    """What two people are wanted for, where this task is of that kind."""
    name = case.occurrence.id
    if task.id == ACCEPTANCE:
        return AcceptReport(name)
    if task.id == EXTENSION and case.occurrence.extensions.asked is not None:
        return GrantExtension(name, case.occurrence.extensions.asked.until, _SOME_REASON)
    if task.id == SIGNATURE:
        return SignDecision(name)
    if task.id == OWED and case.occurrence.concern is not None:
        return AnswerConcern(name, _SOME_REASON)
    return None


def _too_few_to_sign(after: Notice, absence: RoleDelegated) -> Iterator[str]:
    for power in after.owed:
        if not isinstance(power, DiscretionaryPower) or absence.role not in power.signatories:
            continue
        people = dict.fromkeys(
            person for role in power.signatories for person in after.holders(role, absence.since)
        )
        if len(people) < 2:
            names = joined([person_name(after, each) for each in people]) or "nobody"
            yield f"{power.title}: two people sign a decision, and only {names} could in those days."


def _of_another_body(after: Notice, absence: RoleDelegated) -> Iterator[str]:
    """They would receive what their own body owes, or see what is hidden from it."""
    party = after.role(absence.role).party
    own = {
        after.role(each.role).party
        for each in after.appointments
        if each.person == absence.to and each.covers(absence.since)
    } - {party}
    name, title = person_name(after, absence.to), role_title(after, absence.role)
    for each in own:
        owed = [
            obligation.title
            for obligation in after.owed
            if obligation.obligor == each and absence.role in after.accepting_roles(obligation.id)
        ]
        if owed:
            yield (
                f"{name} is of {body(after, each)}, and as {title} would accept what {body(after, each)} owes: "
                f"{joined([f'“{one}”' for one in owed])}."
            )
        hidden = [
            obligation.title
            for obligation in after.owed
            if each in obligation.hidden_from and party not in obligation.hidden_from
        ]
        if hidden:
            yield (
                f"{name} would see in those days what is hidden from {body(after, each)}: "
                f"{joined([f'“{one}”' for one in hidden])}."
            )


def _tasks(
    cases: Iterable[Case], absence: RoleDelegated, at: datetime
) -> Iterator[tuple[TaskInAbsence, bool]]:
    """Each open task of whoever is away, and whether the stand-in has it too."""
    for case in cases:
        for task in tasks_in(case):
            if task.is_open and is_theirs(case, task, absence.holder, at):
                yield _row(case, task, absence), absence.role in task.roles


def _row(case: Case, task: CaseTask, absence: RoleDelegated) -> TaskInAbsence:
    facts = case.occurrence.facts
    return TaskInAbsence(
        case.occurrence.id,
        task.id,
        occurrence_title(case.notice, facts),
        facts.due_on,
        absence.since <= facts.due_on <= absence.until,
    )


def _meet(one: RoleDelegated, other: RoleDelegated) -> bool:
    return have_a_day_in_common((one.since, one.until), (other.since, other.until))


def tasks_that_nobody_has(
    book: Casebook, notice_id: str, events: Iterable[object], ended: EndAppointment
) -> tuple[str, ...]:
    """Sentences for what an appointment that ends leaves without anybody. Raises NotFound."""
    after = fold(events, book.notice(notice_id))
    first_without = ended.until + timedelta(days=1)
    if after.appointed(ended.role, first_without):
        return ()
    count = sum(
        task.is_open and ended.role in task.roles for case in book.cases(notice_id) for task in tasks_in(case)
    )
    title, since = role_title(after, ended.role), plain_date(first_without)
    tasks = "One open task belongs" if count == 1 else f"{count or 'No'} open tasks belong"
    yielded = [
        f"Nobody holds the role of {title} from {since}. {tasks} to it; messages in it go to nobody then."
    ]
    if any(isinstance(each, Continuing) and ended.role in each.maintains for each in after.owed):
        yielded.append(
            "The notice requires that this role is held: from that day it is owed that it is filled again."
        )
    return tuple(yielded)
