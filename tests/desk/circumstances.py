"""Everything that a command can be about under one notice, with somebody of each role to ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from domain import commands as asked
from domain.actor import Actor
from domain.case import Decision
from domain.decide import decide
from domain.events.planning import Objective, PlanAction
from domain.events.reviewing import Finding
from domain.handing.tasks import roles_beside
from domain.identity import OccurrenceId
from domain.occurrence.state import OWED
from domain.refusals import Refusal
from domain.terms.parties import Appointment
from tests.domain.every_command import (
    A_CONCERN,
    A_DECISION,
    A_REQUEST,
    OPENED,
    PLAN,
    REQUIRED,
    Subject,
    every_command,
    in_state,
    planned,
)
from tests.domain.people import full
from tests.domain.specification import World

STRANGER = Actor("person", "a-stranger")
LATE = datetime(2017, 3, 1, 10, tzinfo=UTC)
A_WEEK = timedelta(days=7)
Act = Callable[[OccurrenceId, World], asked.Command]


def alone(role: str) -> Actor:
    """Somebody who holds one role and no other."""
    return Actor("person", f"{role}-alone")


@dataclass(frozen=True)
class Circumstances:
    """`issued`: a notice at its beginning, the same for every command."""

    issued: World
    issue: asked.IssueNotice

    @cached_property
    def everybody(self) -> World:
        """The same, where each role has a holder of its own besides those it had."""
        notice = self.issued.notice
        holders = tuple(
            Appointment(role=each.id, person=alone(each.id).id, since=notice.terms.issued)
            for each in notice.roles
        )
        names = {each.person: each.person for each in holders}
        people = replace(
            notice, appointments=(*notice.appointments, *holders), names={**notice.names, **names}
        )
        return replace(self.issued, notice=people, successor=notice)

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.issued.notice.roles)

    def may(self, name: str) -> set[str]:
        """The roles whose holder a rule does not turn away in some circumstance as it turns away a stranger."""
        return {
            role
            for world, command, at in self.of(name)
            for role in _not_turned_away(world, command, at, self.roles)
        }

    def of(self, name: str) -> Iterator[tuple[World, asked.Command, datetime]]:
        subject, make, _ = self._table[name]
        for state in ("open", "overdue", "clock stopped"):
            placed = in_state(self.everybody, subject, state)
            if placed is not None:
                yield placed[0], make(placed[0]), placed[1]
        for world, at in self._worlds:
            for variant, command in _variants(world, make(world), self.roles, at):
                yield variant, command, at

    @cached_property
    def _table(self) -> dict[str, tuple[Subject, Callable[[World], asked.Command], Actor]]:
        return dict(every_command(self.issue))

    @cached_property
    def _worlds(self) -> tuple[tuple[World, datetime], ...]:
        begun = self._begun
        held = self._each(begun, _held)
        return (
            (self._agreed, OPENED),
            (self._planned, OPENED),
            (begun, OPENED),
            (held, OPENED),
            (self._each(begun, _submitted), OPENED),
            (self._each(begun, _stopped), OPENED),
            (self._each(begun, _more_time), OPENED),
            (self._each(held, self._found), OPENED),
            (_chased(begun), LATE),
        )

    @cached_property
    def _begun(self) -> World:
        return self._each(self._planned, lambda name, _: asked.NotifyReview(name))

    @cached_property
    def _planned(self) -> World:
        return self._each(self._agreed, lambda name, _: planned(name))

    @cached_property
    def _agreed(self) -> World:
        return self._each(self._opened, lambda name, _: asked.AgreeParty(name, "A neighbour"))

    @cached_property
    def _opened(self) -> World:
        world = self.everybody.opened(OPENED)
        for subject in (A_REQUEST, A_CONCERN, A_DECISION, Subject(None, (REQUIRED,))):
            for command, actor in subject.opens:
                world = world.after(command, actor, OPENED)
        return _or_as_it_was(world, asked.AdoptPlan(PLAN, tuple(self._objectives())), self.roles, OPENED)

    def _objectives(self) -> Iterator[Objective]:
        for role in self.roles:
            action = PlanAction(f"action-{role}", "An action", role, date(2016, 9, 30))
            areas = ("performance-and-audit",)
            yield Objective(f"objective-{role}", "An objective", role, areas, ("A report",), (action,))

    def _found(self, name: OccurrenceId, _: World) -> asked.Command:
        findings = (Finding(f"of-{role}", "Seen.", "To be done.", role) for role in self.roles)
        return asked.IssueOutcome(name, "A letter.", tuple(findings))

    def _each(self, world: World, *acts: Act) -> World:
        """After these acts on every occurrence on which somebody may do them."""
        for act in acts:
            for name in map(OccurrenceId.parse, world.occurrences):
                world = _or_as_it_was(world, act(name, world), self.roles, OPENED)
        return world


def _submitted(name: OccurrenceId, world: World) -> asked.Command:
    return asked.SubmitReport(name, full(world.case(name).occurrence.facts.sections))


def _stopped(name: OccurrenceId, _: World) -> asked.Command:
    return asked.StopClock(name, OPENED.date(), "A flood.")


def _more_time(name: OccurrenceId, world: World) -> asked.Command:
    return asked.RequestExtension(name, world.case(name).occurrence.facts.due_on + A_WEEK, "Illness.")


def _held(name: OccurrenceId, _: World) -> asked.Command:
    return asked.RecordReviewHeld(name, OPENED.date(), "Progress was seen.")


def _or_as_it_was(world: World, command: asked.Command, roles: tuple[str, ...], at: datetime) -> World:
    for role in roles:
        decision = world.decided(command, alone(role), at)
        if not isinstance(decision, Refusal):
            return world.told(decision)
    return world


def _chased(world: World) -> World:
    for name in map(OccurrenceId.parse, world.occurrences):
        world = world.chased(name, OPENED, LATE)
    return world


def _not_turned_away(
    world: World, command: asked.Command, at: datetime, roles: tuple[str, ...]
) -> Iterator[str]:
    case = world.case_for(command)
    turned_away = _told(decide(case, command, STRANGER, at))
    return (role for role in roles if _told(decide(case, command, alone(role), at)) != turned_away)


def _told(decision: Decision) -> str:
    return decision.name if isinstance(decision, Refusal) else "allowed"


def _variants(
    world: World, command: asked.Command, roles: tuple[str, ...], at: datetime
) -> Iterator[tuple[World, asked.Command]]:
    """The same command on one occurrence of every obligation, or on every role or obligation that it may name."""
    match command:
        case asked.AppointPerson():
            for role in roles:
                new = Appointment(role=role, person="ada", since=OPENED.date())
                yield world, replace(command, appointment=new)
        case asked.EndAppointment() | asked.DelegateRole():
            for role in roles:
                who = {"person": alone(role).id} if isinstance(command, asked.EndAppointment) else {}
                yield world, replace(command, role=role, **who)
        case asked.RateCompliance():
            for each in world.notice.obligations:
                yield world, replace(command, obligation=each.id)
        case _ if hasattr(command, "occurrence"):
            for name in _one_of_each(world):
                yield from _about(world, replace(command, occurrence=name), roles, at)


def _about(
    world: World, about: Any, roles: tuple[str, ...], at: datetime
) -> Iterator[tuple[World, asked.Command]]:
    """The command on one occurrence, with every finding, objective, action or task of it."""
    match about:
        case asked.ActOnFinding() | asked.FollowUpFinding():
            yield from ((world, replace(about, finding=f"of-{role}")) for role in roles)
        case asked.UpdateProgress():
            yield from ((world, replace(about, objective=f"objective-{role}")) for role in roles)
        case asked.DeliverAction():
            yield from ((world, replace(about, action=f"action-{role}")) for role in roles)
        case asked.AcknowledgeTask() | asked.ClaimTask() | asked.RefuseTask() | asked.ReassignTask():
            yield from _tasks(world, about, at)
        case asked.AnswerConcern():
            yield from ((given, about) for given in _given(world, about.occurrence, OWED, at))
        case _:
            yield world, about


def _one_of_each(world: World) -> Iterator[OccurrenceId]:
    seen: set[tuple[str, str]] = set()
    for name in map(OccurrenceId.parse, world.occurrences):
        kind = (name.obligation, name.period.rstrip("0123456789"))
        if kind not in seen:
            seen.add(kind)
            yield name


def _tasks(world: World, command: asked.Command, at: datetime) -> Iterator[tuple[World, asked.Command]]:
    name = command.occurrence
    for task in (OWED, *(each.rung.id for each in world.case(name).occurrence.rungs)):
        about = replace(command, task=task)
        yield world, about
        if not isinstance(command, asked.ReassignTask):
            yield from ((given, about) for given in _given(world, name, task, at))


def _given(world: World, name: OccurrenceId, task: str, at: datetime) -> Iterator[World]:
    """The task in the hands of each role of the body to which it belongs."""
    beside = roles_beside(world.case(name), task)
    for role in beside:
        yield _or_as_it_was(world, asked.ReassignTask(name, alone(role).id, "Leave.", task), beside, at)
