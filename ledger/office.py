"""Where commands are handled: read, decide, record, all as of one moment, and once however often it is asked.

The decision is made on what the streams hold, and is recorded only if they still hold that; otherwise it is made
again on what they hold by then. So a late, repeated or lost wake-up, or two people at once, do no harm.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from domain import commands as asked
from domain.actor import ENGINE, Actor
from domain.case import Case, Decision, Draft
from domain.chasing.outlook import is_closed
from domain.chasing.step import name_of_step
from domain.clock import Clock
from domain.decide import decide
from domain.identity import OccurrenceId, command_id, notice_stream, occurrence_streams
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.ports import Ledger
from domain.reach import Reach, notice_of, reach, rests_on, subject_of
from domain.record import Append, CommandIdReused, Conflict, MovedOn, Receipt, StreamWrite
from domain.refusals import NotFound, Refusal, Refused
from domain.terms.obligations import AfterEvent
from ledger.envelopes import envelopes_of, errands_of
from ledger.shelf import Shelf

ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Handled:
    """What came of a command: the events, and the receipt unless there was nothing to record."""

    events: tuple[Draft, ...]
    receipt: Receipt | None


class Office:
    """Handles commands on a ledger, by a clock."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self.ledger = ledger
        self.clock = clock
        self._shelf = Shelf(ledger)

    async def handle(
        self,
        command: asked.Command,
        by: Actor = ENGINE,
        key: UUID | None = None,
        expected: Collection[int] | None = None,
    ) -> Handled:
        """Record what comes of a command; raises Refused, NotFound, or a LedgerRefusal.

        `key` makes a repeated request answer with the first receipt. `expected`: only while what the command is about
        is at one of these versions; raises MovedOn otherwise.
        """
        if key is not None and (receipt := await self.ledger.receipt_of(key)) is not None:
            return Handled((), _repeated(receipt))
        for attempt in range(ATTEMPTS):
            case = await self._load(command)
            _require_version(command, case, expected)
            now = self.clock.now()
            decision = decide(case, command, by, now)
            drafts = _allowed(decision)
            if not drafts:
                return Handled((), None)
            act = self._act(command, case, drafts, by, now, key)
            try:
                return Handled(drafts, await self.ledger.append(act))
            except CommandIdReused:
                # Somebody else has taken the engine's own step meanwhile; a person's key says the same thing twice.
                if key is not None or attempt == ATTEMPTS - 1:
                    raise
            except Conflict:
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    async def would(
        self, command: asked.Command, by: Actor = ENGINE, expected: Collection[int] | None = None
    ) -> tuple[Draft, ...]:
        """What would come of a command now, with nothing recorded; raises Refused, NotFound or MovedOn."""
        _, drafts = await self.weighed(command, by, expected)
        return drafts

    async def weighed(
        self, command: asked.Command, by: Actor = ENGINE, expected: Collection[int] | None = None
    ) -> tuple[Case, tuple[Draft, ...]]:
        """The same, with the case that it would be decided on."""
        case = await self._load(command)
        _require_version(command, case, expected)
        return case, _allowed(decide(case, command, by, self.clock.now()))

    async def notice(self, notice_id: str) -> Notice:
        """The notice as it is now; raises NotFound."""
        notice = await self._shelf.notice(notice_id)
        if not notice.is_issued:
            raise NotFound(f"There is no notice “{notice_id}” in the record.")
        return notice

    async def case(self, occurrence: OccurrenceId) -> Case:
        """An occurrence with its notice, as they are now; raises NotFound."""
        notice = await self.notice(occurrence.notice)
        found = await self._shelf.occurrence(occurrence)
        if not found.exists:
            raise NotFound(
                f"There is no occurrence “{occurrence}” in the record; it may not have opened yet."
            )
        return Case(notice, found)

    async def opened(self, notice_id: str) -> dict[OccurrenceId, Occurrence]:
        """The occurrences of a notice that the record holds."""
        return await self._shelf.beginning(occurrence_streams(notice_id))

    async def _load(self, command: asked.Command) -> Case:
        """Everything that the decision looks at, as it is now; raises NotFound."""
        if isinstance(command, asked.IssueNotice):
            return Case(await self._shelf.notice(command.notice))
        subject = subject_of(command)
        case = await self.case(subject) if subject else Case(await self.notice(notice_of(command)))
        case = replace(case, others=await self._others(reach(command, case.notice)))
        if isinstance(command, asked.SupersedeNotice):
            case = replace(case, successor=await self._shelf.notice(command.successor))
        return case

    async def _others(self, further: Reach) -> dict[OccurrenceId, Occurrence]:
        found = {name: await self._shelf.occurrence(name) for name in further.names}
        for beginning in further.beginnings:
            found |= await self._shelf.beginning(beginning)
        return found

    def _act(
        self,
        command: asked.Command,
        case: Case,
        drafts: tuple[Draft, ...],
        by: Actor,
        now: datetime,
        key: UUID | None,
    ) -> Append:
        versions = _versions(command, case)
        by_stream: dict[str, list[Any]] = {}
        for draft in drafts:
            by_stream.setdefault(draft.stream, []).append(draft.event)
        writes = tuple(
            StreamWrite(stream, versions.get(stream, 0), envelopes_of(stream, events, case, by))
            for stream, events in by_stream.items()
        )
        moved_by_others = {name.stream for name in case.others} - {
            each.stream for each in rests_on(command, case)
        }
        guards = tuple(
            (stream, version)
            for stream, version in versions.items()
            if stream not in by_stream and stream not in moved_by_others
        )
        return Append(
            command_id=key or _own_key(command, drafts, case),
            writes=writes,
            guards=guards,
            outbox=errands_of(
                writes, drafts, clock_knows=_clock_knows(command, case), opens_by=_opens_by(command, case)
            ),
            told=now if self.clock.simulated else None,
        )


def _allowed(decision: Decision) -> tuple[Draft, ...]:
    if isinstance(decision, Refusal):
        raise Refused(decision)
    return decision


def _require_version(command: asked.Command, case: Case, expected: Collection[int] | None) -> None:
    if expected is None:
        return
    subject = subject_of(command)
    stream = subject.stream if subject else notice_stream(notice_of(command))
    actual = case.occurrence.version if subject else case.notice.version
    if actual not in expected:
        raise MovedOn(stream, max(expected, default=0), actual)


def _versions(command: asked.Command, case: Case) -> dict[str, int]:
    """Every stream that was read for the decision, as it was then."""
    versions = {name.stream: other.version for name, other in case.others.items()}
    subject = subject_of(command)
    if subject is not None:
        versions[subject.stream] = case.occurrence.version
    if isinstance(command, asked.SupersedeNotice) and case.successor is not None:
        versions[notice_stream(command.successor)] = case.successor.version
    return {**versions, notice_stream(notice_of(command)): case.notice.version}


def _clock_knows(command: asked.Command, case: Case) -> str | None:
    """The stream whose clock need not be woken: it took the step itself, or has nothing left to chase."""
    subject = subject_of(command)
    if subject is None:
        return None
    took_it_itself = isinstance(command, asked.TakeDueStep)
    return subject.stream if took_it_itself or is_closed(case.occurrence) else None


def _opens_by(command: asked.Command, case: Case) -> tuple[str, ...]:
    """The stream of the occurrence, where another obligation opens on its day: that day may have moved."""
    subject = subject_of(command)
    if subject is None or isinstance(command, asked.ChasingCommand):
        return ()
    hang_on_it = (
        isinstance(each, AfterEvent) and each.event == subject.obligation for each in case.notice.owed
    )
    return (subject.stream,) if any(hang_on_it) else ()


def _own_key(command: asked.Command, drafts: tuple[Draft, ...], case: Case) -> UUID:
    """The engine's own acts carry the key of their effect, so that two clocks cannot take the same step twice."""
    match command:
        case asked.TakeDueStep():
            step = name_of_step(case.occurrence, drafts[-1].event.rung)
            return command_id("step", str(command.occurrence), step)
        case asked.OpenOccurrences():
            versions = _versions(command, case)
            return command_id(
                "open", *sorted({f"{each.stream}@{versions.get(each.stream, 0)}" for each in drafts})
            )
        case asked.RecordMessageUndeliverable(bounced=True):
            return command_id("bounced", command.message)
        case asked.RecordMessageSent() | asked.RecordMessageUndeliverable():
            return command_id("settled", command.message)
        case asked.IssueNotice():
            return command_id("issue", command.notice)
    return uuid4()


def _repeated(receipt: Receipt) -> Receipt:
    return Receipt(
        receipt.command_id,
        receipt.first_index,
        receipt.last_index,
        receipt.recorded,
        receipt.leaves,
        repeated=True,
    )
