"""What both engines of a rehearsal stand on: a ledger in memory, a clock that is told, mail that always arrives."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from domain.actor import Actor
from domain.clock import SteppedClock
from domain.commands import IssueNotice, RecordMessageSent
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.ports import ClockView, Outbox
from domain.record import Recorded
from domain.refusals import NotFound, Refused
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import Planned, Script, actor_for, script_of, start_of
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
            case = await self.office.case(planned.occurrence)
            who = actor_for(self.notice, planned.who, planned.at)
            await self.office.handle(planned.command(case), who)
            if planned.refused is not None:
                self.refused.append(RefusedAct(planned, "Allowed", f"{planned.refused} was expected."))
        except Refused as refused:
            self.refused.append(RefusedAct(planned, refused.refusal.name, refused.refusal.sentence))
        except NotFound as missing:
            self.refused.append(RefusedAct(planned, "NotFound", str(missing)))
        await self.deliver()

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


async def set_stage(terms: NoticeFile, scenario: Scenario) -> Stage:
    """A world in memory in which the notice has just been issued; raises ScenarioFault."""
    clock = SteppedClock(start_of(terms.notice.issued, terms.notice.zone))
    ledger = MemoryLedger(simulated=True)
    office, outbox = Office(ledger, clock), MemoryOutbox(ledger)
    return await issue_on_stage(
        terms, scenario, office, outbox, clock, lambda: deliver_at_once(office, outbox)
    )


async def issue_on_stage(
    terms: NoticeFile,
    scenario: Scenario,
    office: Office,
    outbox: Outbox,
    clock: SteppedClock,
    deliver: Callable[[], Awaitable[None]],
    issuer: Actor = REHEARSAL,
) -> Stage:
    """The notice is issued on the morning of its day; raises ScenarioFault."""
    await office.handle(IssueNotice(terms, load_calendar(terms.notice.calendar), clock.now()), issuer)
    notice = await office.notice(terms.notice.id)
    return Stage(outbox, clock, office, notice, script_of(scenario, notice), deliver)


async def deliver_at_once(office: Office, outbox: Outbox) -> None:
    """Everything that is waiting to be sent is taken."""
    while waiting := await outbox.claim("message", limit=100, lease_seconds=60):
        for item in waiting:
            occurrence = OccurrenceId.parse(item.payload["occurrence"])
            await office.handle(
                RecordMessageSent(
                    occurrence, item.key, "rehearsal", f"<{item.key}>", "", "250 taken in rehearsal"
                )
            )
            await outbox.settle([item.id])


async def events_in_order(stage: Stage) -> list[Recorded]:
    """The whole record. Events of one instant have no order among occurrences, so they are listed by occurrence."""
    events = await stage.office.ledger.read(limit=1_000_000)
    return sorted(
        events,
        key=lambda each: (each.recorded, not each.stream.startswith("notice/"), each.stream, each.version),
    )
