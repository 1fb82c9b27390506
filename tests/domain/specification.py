"""How a rule of the domain is specified: given a state of the world, when somebody asks, then this has happened.

A `World` is what has happened so far and is never changed; every act gives the next one. `chased` plays the part of
the clocks: it takes each step at its instant and hands over every message at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any, Self

from domain.actor import ENGINE, Actor
from domain.case import Case, Decision, Draft
from domain.chasing.outlook import look
from domain.commands import Command, IssueNotice, OpenOccurrences, RecordMessageSent, TakeDueStep
from domain.decide import decide
from domain.identity import OccurrenceId
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from domain.reach import reach, subject_of
from domain.refusals import Refusal
from domain.time.zones import at_local

LONDON = "Europe/London"


def london(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant, told as the clocks in London show it."""
    return at_local(datetime(year, month, day).date(), time(hour, minute), LONDON)


def person(name: str) -> Actor:
    return Actor("person", name)


@dataclass(frozen=True)
class World:
    """Everything that has happened, in order, and what follows from it."""

    notice: Notice = field(default_factory=Notice)
    occurrences: dict[str, Occurrence] = field(default_factory=dict)
    history: tuple[Draft, ...] = ()
    successor: Notice | None = None

    def case(self, occurrence: OccurrenceId) -> Case:
        return Case(self.notice, self.occurrences.get(str(occurrence), Occurrence()))

    def case_for(self, command: Command) -> Case:
        """What the office would read for the command."""
        if isinstance(command, IssueNotice):
            return Case(self.notice)
        subject = subject_of(command)
        case = self.case(subject) if subject else Case(self.notice)
        if not self.notice.is_issued:
            return case
        further = reach(command, self.notice)
        everything = {OccurrenceId.parse(name): each for name, each in self.occurrences.items()}
        others = {name: everything.get(name, Occurrence()) for name in further.names}
        others |= {name: each for name, each in everything.items() if further.covers(name)}
        return replace(case, others=others, successor=self.successor)

    def decided(self, command: Command, by: Actor, at: datetime) -> Decision:
        return decide(self.case_for(command), command, by, at)

    def after(self, command: Command, by: Actor, at: datetime) -> "World":
        """The world after an act that must not be refused."""
        decision = self.decided(command, by, at)
        assert not isinstance(decision, Refusal), decision
        return self.told(decision)

    def told(self, drafts: Iterable[Draft]) -> "World":
        world = self
        for draft in drafts:
            world = world._one_more(draft)
        return world

    def events_of(self, occurrence: OccurrenceId) -> list[Any]:
        return [draft.event for draft in self.history if draft.stream == occurrence.stream]

    def messages(self) -> list[Any]:
        return [message for draft in self.history for message in getattr(draft.event, "messages", ())]

    def opened(self, at: datetime) -> "World":
        """Everything whose time has come has opened."""
        return self.after(OpenOccurrences(self.notice.terms.id), ENGINE, at)

    def woken(self, occurrence: OccurrenceId, at: datetime) -> "World":
        """The clock of one occurrence woke at this instant, and no message has been handed over yet."""
        return self.after(TakeDueStep(occurrence), ENGINE, at)

    def delivered(self, occurrence: OccurrenceId, at: datetime) -> "World":
        """Every message that the occurrence has called for was taken by its channel."""
        world = self
        for message in self.unsettled(occurrence):
            world = world.after(handed_over(occurrence, message), ENGINE, at)
        return world

    def unsettled(self, occurrence: OccurrenceId) -> list[str]:
        state = self.case(occurrence).occurrence
        called_for = [each for rung in state.rungs for each in (*rung.messages, *rung.resolution)]
        return [each.id for each in called_for if each.id not in state.messages_settled]

    def chased(
        self, occurrence: OccurrenceId, since: datetime, until: datetime, *, mail_works: bool = True
    ) -> "World":
        """The clock of one occurrence ran from one instant to another, and woke whenever it had asked to."""
        world, now = self, since
        while (at := look(world.case(occurrence), now).next_at) is not None and at <= until:
            now = max(at, now)
            after = world.woken(occurrence, now)
            assert after.history != world.history, f"a clock woke in vain at {now}"
            world = after.delivered(occurrence, now) if mail_works else after
        return world

    def _one_more(self, draft: Draft) -> "World":
        history = (*self.history, draft)
        if draft.stream.startswith("notice/"):
            return replace(self, notice=evolve_notice(self.notice, draft.event), history=history)
        name = draft.stream.removeprefix("occ/")
        occurrence = evolve_occurrence(self.occurrences.get(name, Occurrence()), draft.event)
        return replace(self, occurrences={**self.occurrences, name: occurrence}, history=history)


def handed_over(occurrence: OccurrenceId, message: str) -> RecordMessageSent:
    return RecordMessageSent(occurrence, message, "post", f"<{message}>", "0" * 64, "taken")


@dataclass(frozen=True)
class Then:
    """What came of an act, to be compared with what the rules say."""

    decision: Decision
    world: World

    @property
    def events(self) -> list[Any]:
        assert not isinstance(self.decision, Refusal), f"refused: {self.decision!r}"
        return [draft.event for draft in self.decision]

    def then(self, *kinds: type) -> Self:
        """Exactly these kinds of events, in this order."""
        assert [type(event) for event in self.events] == list(kinds)
        return self

    def then_nothing_happened(self) -> None:
        assert self.decision == ()

    def then_refused(self, refusal: type[Refusal], *words: str) -> None:
        """Refused by name, with a sentence that a person can read and that holds these words."""
        assert type(self.decision) is refusal, self.decision
        assert isinstance(self.decision, Refusal)
        assert self.decision.sentence.endswith(".")
        for each in words:
            assert each in self.decision.sentence

    def the(self, kind: type) -> Any:
        """The one event of this kind."""
        (found,) = [event for event in self.events if type(event) is kind]
        return found


@dataclass(frozen=True)
class Given:
    world: World

    def when(self, command: Command, by: Actor = ENGINE, *, at: datetime) -> Then:
        decision = self.world.decided(command, by, at)
        assert decision == self.world.decided(command, by, at), "the same four give the same answer"
        return Then(decision, self.world if isinstance(decision, Refusal) else self.world.told(decision))


def given(world: World) -> Given:
    return Given(world)


def raised(world: World, occurrence: OccurrenceId, *rungs: str) -> list[tuple[str, datetime]]:
    """Which rungs have been raised, and when; only these, if any are named."""
    events = world.events_of(occurrence)
    found = [(each.rung, each.raised_at) for each in events if hasattr(each, "raised_at")]
    return [pair for pair in found if not rungs or pair[0] in rungs]
