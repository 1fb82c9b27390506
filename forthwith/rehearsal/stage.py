"""What both engines of a rehearsal stand on: a ledger in memory, a clock that is told, mail that always arrives."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from domain.actor import Actor
from domain.case import Case
from domain.clock import SteppedClock
from domain.commands import IssueNotice, RecordMessageSent, RecordMessageUndeliverable
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.ports import ClockView, Outbox
from domain.record import Recorded
from domain.refusals import NotFound, Refused
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import CalendarDoesNotReach, load_calendar
from domain.time.zones import local_date
from forthwith.rehearsal.breakdowns import Undelivered
from forthwith.rehearsal.files import SHIPPED
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import Planned, Script, script_of, start_of
from ledger.chase import OfficeChase
from ledger.memory import MemoryLedger, MemoryOutbox
from ledger.office import Office

REHEARSAL = Actor("system", "rehearsal")


@dataclass(frozen=True, slots=True)
class RefusedAct:
    """An act of the scenario that the rules refused, and whether the scenario expected that.

    An act that the scenario expected to be refused and that was allowed stands here too, as ``Allowed``.
    """

    planned: Planned
    refusal: str
    sentence: str

    @property
    def expected(self) -> bool:
        return self.planned.refused == self.refusal


@dataclass(slots=True)
class Stage:
    """One rehearsal's world. `deliver` sends what waits to be sent, at once."""

    outbox: Outbox
    clock: SteppedClock
    office: Office
    notice: Notice
    script: Script
    deliver: Callable[[], Awaitable[None]]
    refused: list[RefusedAct] = field(default_factory=list)

    @property
    def chase(self) -> OfficeChase:
        return OfficeChase(self.office)

    async def perform(self, planned: Planned) -> None:
        """Somebody acts, at the act's instant."""
        self.clock.advance_to(planned.at)
        try:
            case = await self._case(planned)
            command = planned.command(case)
            await self.office.handle(command, self._actor(planned, case.notice))
            if planned.refused is not None:
                self.refused.append(RefusedAct(planned, "Allowed", f"{planned.refused} was expected."))
        except Refused as refused:
            self.refused.append(RefusedAct(planned, refused.refusal.name, refused.refusal.sentence))
        except NotFound as missing:
            self.refused.append(RefusedAct(planned, "NotFound", str(missing)))
        except CalendarDoesNotReach as fault:
            self.refused.append(RefusedAct(planned, "CalendarDoesNotReach", str(fault)))
        await self.deliver()

    async def _case(self, planned: Planned) -> Case:
        """What the act is on, as it is now; raises NotFound."""
        if planned.issues is not None:
            return Case(Notice())
        if planned.occurrence is not None:
            return await self.office.case(planned.occurrence)
        return Case(await self.office.notice(planned.notice))

    def _actor(self, planned: Planned, notice: Notice) -> Actor:
        """Whoever issues another instrument is known to that, or else to the one that is rehearsed."""
        if planned.issues is None:
            return actor_for(notice, planned.who, planned.at)
        issues = planned.issues
        known = {*issues.names, *(role.id for role in issues.roles)}
        return actor_for(issues if planned.who in known else self.notice, planned.who, planned.at)

    async def poked(self) -> list[str]:
        """The streams whose clocks have to look again, each once."""
        streams: dict[str, None] = {}
        while waiting := await self.outbox.claim("poke", limit=500, lease_seconds=60):
            streams.update(dict.fromkeys(item.payload["stream"] for item in waiting))
            await self.outbox.settle([item.id for item in waiting])
        return list(streams)


@dataclass(slots=True)
class RehearsedChase:
    """The office's chase on a stage: its clock is moved to the instant waited for, and its mail goes out."""

    stage: Stage

    async def look_at_occurrence(self, occurrence: str) -> ClockView:
        return await self.stage.chase.look_at_occurrence(occurrence)

    async def take_step(self, occurrence: str, woken_for: datetime) -> ClockView:
        self.stage.clock.advance_to(woken_for)
        await self.stage.chase.take_step(occurrence, woken_for)
        await self.stage.deliver()
        return await self.look_at_occurrence(occurrence)

    async def look_at_notice(self, notice: str) -> ClockView:
        return await self.stage.chase.look_at_notice(notice)

    async def open_occurrences(self, notice: str, woken_for: datetime) -> ClockView:
        self.stage.clock.advance_to(woken_for)
        return await self.stage.chase.open_occurrences(notice, woken_for)


@dataclass(slots=True)
class RehearsedMail:
    """Everything that is waiting to be sent is taken at once, but for what the scenario lets come back."""

    office: Office
    outbox: Outbox
    bounces: tuple[Undelivered, ...] = ()

    async def deliver(self) -> None:
        while waiting := await self.outbox.claim("message", limit=100, lease_seconds=60):
            for item in waiting:
                occurrence = OccurrenceId.parse(item.payload["occurrence"])
                await self.office.handle(self._answer(occurrence, item.key, item.payload["person"]))
                await self.outbox.settle([item.id])

    def _answer(
        self, occurrence: OccurrenceId, message: str, person: str
    ) -> RecordMessageSent | RecordMessageUndeliverable:
        now = self.office.clock.now()
        for each in self.bounces:
            if each.person == person and each.time.covers(now):
                return RecordMessageUndeliverable(occurrence, message, "rehearsal", each.fault)
        answer = "250 taken in rehearsal"
        return RecordMessageSent(occurrence, message, "rehearsal", f"<{message}>", "", answer)


def actor_for(notice: Notice, who: str, now: datetime) -> Actor:
    """`who` is a role, played by whoever holds it, or a person."""
    if who in notice.names:
        return Actor("person", who)
    holders = notice.holders(who, local_date(now, notice.terms.zone))
    return Actor("person", holders[0] if holders else who)


async def set_stage(terms: NoticeFile, scenario: Scenario, beside: Path = SHIPPED) -> Stage:
    """A world in memory in which the notice has just been issued; raises ScenarioFault."""
    clock = SteppedClock(start_of(terms.notice.issued, terms.notice.zone))
    ledger = MemoryLedger(simulated=True)
    office, outbox = Office(ledger, clock), MemoryOutbox(ledger)
    mail = RehearsedMail(office, outbox)
    stage = await issue_on_stage(terms, scenario, office, outbox, clock, mail.deliver, beside=beside)
    mail.bounces = stage.script.bounces
    return stage


async def issue_on_stage(
    terms: NoticeFile,
    scenario: Scenario,
    office: Office,
    outbox: Outbox,
    clock: SteppedClock,
    deliver: Callable[[], Awaitable[None]],
    issuer: Actor = REHEARSAL,
    beside: Path = SHIPPED,
) -> Stage:
    """The notice is issued on the morning of its day; raises ScenarioFault."""
    await office.handle(IssueNotice(terms, load_calendar(terms.notice.calendar), clock.now()), issuer)
    notice = await office.notice(terms.notice.id)
    return Stage(outbox, clock, office, notice, script_of(scenario, notice, beside), deliver)


async def events_in_order(stage: Stage) -> list[Recorded]:
    """The whole record. Events of one instant have no order among occurrences, so they are listed by occurrence."""
    events = await stage.office.ledger.read(limit=1_000_000)
    return sorted(
        events,
        key=lambda each: (each.recorded, not each.stream.startswith("notice/"), each.stream, each.version),
    )
