"""The engine as the machine drives it: it reads, decides and records, and its clocks wake, or do not.

Each fault of `faults.py` is a small change to one of these steps. Nothing here judges; that is for the oracle.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from domain.actor import ENGINE, Actor
from domain.case import Case, Decision, Draft
from domain.chasing.outlook import look
from domain.commands import (
    Command,
    OpenOccurrences,
    RecordMessageSent,
    RecordMessageUndeliverable,
    TakeDueStep,
)
from domain.decide import decide
from domain.identity import OccurrenceId
from domain.notice.fold import evolve as evolve_notice
from domain.notice.keeping import next_opening
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from domain.reach import reach, subject_of
from domain.refusals import Refusal

Witness = Callable[[tuple[Draft, ...], datetime], None]
UNKNOWN = Occurrence()


class Office:
    """Holds one notice and what it called for. `witness` is shown whatever is recorded, at once."""

    def __init__(self, notice: Notice, witness: Witness) -> None:
        self.notice = notice
        self.witness = witness
        self.known: dict[OccurrenceId, Occurrence] = {}
        self.by_name: dict[str, Occurrence] = {}
        self.unsent: dict[str, OccurrenceId] = {}
        self.mail_works = True
        self._next: dict[OccurrenceId, datetime | None] = {}
        self._opens_next: tuple[datetime | None] | None = None

    # --- reading, deciding, recording -------------------------------------------------------------------------------

    def read(self, command: Command) -> Case:
        subject = subject_of(command)
        further = reach(command, self.notice)
        others = {each: self.known.get(each, UNKNOWN) for each in further.names}
        others |= {name: each for name, each in self.known.items() if further.covers(name)}
        return Case(self.notice, self.known.get(subject, UNKNOWN) if subject else UNKNOWN, others)

    def ask(
        self, command: Command, by: Actor, now: datetime, *, beforehand: Callable[[], object] | None = None
    ) -> Decision:
        """`beforehand` is called when the act is not refused, before anybody sees what came of it."""
        decision = decide(self.read(command), command, by, now)
        if not isinstance(decision, Refusal):
            if beforehand is not None:
                beforehand()
            self.record(decision, now)
        return decision

    def record(self, drafts: tuple[Draft, ...], now: datetime) -> None:
        for draft in drafts:
            if draft.stream.startswith("notice/"):
                self.notice = evolve_notice(self.notice, draft.event)
                self._next.clear()
                self._opens_next = None
            else:
                self._record_of(OccurrenceId.parse(draft.stream), draft.event)
        if drafts:
            self.witness(drafts, now)

    def _record_of(self, name: OccurrenceId, event: Any) -> None:
        if name not in self.known:
            self._opens_next = None
        after = evolve_occurrence(self.known.get(name, UNKNOWN), event)
        self.known[name] = self.by_name[str(name)] = after
        self._next.pop(name, None)
        for message in getattr(event, "messages", ()):
            self.unsent[message.id] = name

    # --- the clocks -------------------------------------------------------------------------------------------------

    def wake(self, name: OccurrenceId, now: datetime) -> bool:
        """The clock of one occurrence asks for the step that is due; whether there was one."""
        decision = self.ask(TakeDueStep(name), ENGINE, now)
        return bool(decision) and not isinstance(decision, Refusal)

    def wake_notice(self, now: datetime) -> None:
        self.ask(OpenOccurrences(self.notice.terms.id), ENGINE, now)
        self._opens_next = None

    def next_of(self, name: OccurrenceId, now: datetime) -> datetime | None:
        """When the clock of an occurrence means to wake."""
        if name not in self._next or ((at := self._next[name]) is not None and at <= now):
            self._next[name] = look(Case(self.notice, self.known[name]), now).next_at
        return self._next[name]

    def next_opening(self) -> datetime | None:
        if self._opens_next is None:
            self._opens_next = (next_opening(self.notice, self.known),)
        return self._opens_next[0]

    def next_wake(self, now: datetime) -> tuple[datetime, OccurrenceId | None] | None:
        """The clock that wakes next: that of the notice, or of an occurrence."""
        waking: list[tuple[datetime, OccurrenceId | None]] = [
            (at, name) for name in self.known if (at := self.next_of(name, now)) is not None
        ]
        opening = self.next_opening()
        if opening is not None:
            waking.append((opening, None))
        return min(waking, key=lambda each: (each[0], str(each[1] or "")), default=None)

    # --- the mail ---------------------------------------------------------------------------------------------------

    def settle(self, message: str, now: datetime, *, lost: bool) -> None:
        name = self.unsent.pop(message)
        if lost:
            command: Command = RecordMessageUndeliverable(name, message, "post", "The address is not known.")
        else:
            command = RecordMessageSent(name, message, "post", f"<{message}>", "0" * 64, "taken")
        decision = self.ask(command, ENGINE, now)
        assert not isinstance(decision, Refusal), decision
