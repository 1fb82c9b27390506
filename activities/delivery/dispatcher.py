"""The dispatcher: takes waiting messages from the outbox and sees each one through.

Always in this order: hand over, record, settle. Whoever stops in between leaves a row that is lent again; a
message that was handed over and not recorded is sent once more under the same Message-ID. None is lost.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog

from activities.delivery.answers import for_the_record
from activities.delivery.call import Call, UnreadableCall, read_call
from activities.delivery.digest import write_digest
from activities.delivery.holding import Hold, Holding, passes_an_instant
from activities.delivery.letter import DEFAULT_MAIL_HOST, Letter
from activities.delivery.occasion import occasion_of
from activities.delivery.passes import Passes
from activities.delivery.patience import Patience
from activities.delivery.writing import compose, write_letter
from domain.case import Case
from domain.clock import Clock
from domain.commands import RecordMessageSent, RecordMessageUndeliverable
from domain.ports import ChannelFault, Directory, Handles, Handover, Outbox
from domain.record import ClaimedItem, LedgerUnreachable
from domain.time.calendar import CalendarDoesNotReach

# That the record is away is no fault of the message: the doubling waits are for what a mail server says.
RECORD_AWAY = timedelta(seconds=5)
LOOK_AGAIN = timedelta(seconds=5)
MOST_IN_A_DIGEST = 200
Part = tuple[ClaimedItem, Call, Case]
log = structlog.get_logger()


class Channel(Protocol):
    """A way of reaching people."""

    @property
    def name(self) -> str: ...

    async def hand_over(self, letter: Letter, address: str) -> Handover:
        """Give the letter away for delivery, or raise ChannelFault."""
        ...


class Dispatcher:
    """Sees the messages of one office through.

    `base_url` is the address of the desk, for links. `passes`: without them, nothing can be acknowledged from a letter.
    `holding`: what waits; without it, nothing does. `lease_seconds` is how long a message stays with a worker
    that has died; one that lives renews it as long as the hand-over takes.
    """

    def __init__(
        self,
        office: Handles,
        outbox: Outbox,
        directory: Directory,
        channel: Channel,
        base_url: str,
        clock: Clock,
        *,
        mail_host: str = DEFAULT_MAIL_HOST,
        passes: Passes | None = None,
        holding: Holding | None = None,
        patience: Patience | None = None,
        at_once: int = 4,
        lease_seconds: float = 30.0,
        poll_seconds: float = 1.0,
    ) -> None:
        self._office, self._outbox, self._directory = office, outbox, directory
        self._channel, self._clock = channel, clock
        self._base_url, self._mail_host = base_url, mail_host
        self._passes, self._holding = passes, holding
        self._patience = patience or Patience()
        self._at_once, self._lease, self._poll = at_once, lease_seconds, poll_seconds
        self._taken: dict[str, Handover] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Send what waits, for ever. Once `stop` is set, what is in hand is finished and nothing is begun."""
        while not stop.is_set():
            try:
                await self.dispatch_waiting(stop)
                await _unless_stopped(self._outbox.wait_for_work(self._poll), stop)
            except Exception as fault:  # noqa: BLE001 - an outbox out of reach must not end the sending for good
                log.warning("the outbox could not be read", fault=_named(fault))
                await _unless_stopped(asyncio.sleep(self._poll), stop)

    async def dispatch_waiting(self, stop: asyncio.Event | None = None) -> int:
        """One pass over what is due now: how many messages were sent, given up or put back."""
        digests = await self._dispatch_digests(stop)
        # No task group: a worker that cannot reach the outbox must not cut off another's letter half-way.
        workers = (self._work(stop) for _ in range(self._at_once))
        outcomes = await asyncio.gather(*workers, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return digests + sum(outcome for outcome in outcomes if isinstance(outcome, int))

    async def _work(self, stop: asyncio.Event | None) -> int:
        seen_through = 0
        while stop is None or not stop.is_set():
            # One at a time, so that no row waits out its lease behind a slow one.
            items = await self._outbox.claim("message", 1, self._lease)
            if not items:
                break
            async with self._in_hand(items):
                await self._see_through(items[0])
            seen_through += 1
        return seen_through

    @asynccontextmanager
    async def _in_hand(self, items: Sequence[ClaimedItem]) -> AsyncIterator[None]:
        """However long a mail server takes, nobody else is lent the messages meanwhile."""
        renewing = asyncio.create_task(self._renew([item.id for item in items]))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _renew(self, ids: Sequence[int]) -> None:
        while True:
            await asyncio.sleep(self._lease / 3)
            with suppress(LedgerUnreachable):
                await self._outbox.renew(ids, self._lease)

    async def _see_through(self, item: ClaimedItem) -> None:
        """Whatever is wrong with one message stays with that message."""
        try:
            call = read_call(item, self._clock.now())
            case = await self._office.case(call.occurrence)
            if call.id in case.occurrence.messages_settled:
                await self._settle(item)
            elif not await self._held(item, call, case):
                await self._deliver(item, call, case)
        except LedgerUnreachable as fault:
            log.warning("record out of reach", message=item.key, fault=_named(fault))
            await self._put_back(item, RECORD_AWAY, _named(fault))
        except Exception as fault:  # noqa: BLE001 - a fault of one row must never reach the others
            # There is no giving up here: only what a channel said can make a message undeliverable.
            log.error(  # noqa: TRY400 - a traceback would carry the address
                "message is stuck", message=item.key, attempts=item.attempts, fault=_named(fault)
            )
            await self._put_back(item, self._patience.wait(item.attempts), _named(fault))

    async def _deliver(self, item: ClaimedItem, call: Call, case: Case) -> None:
        try:
            handover = self._taken.get(call.id) or await self._hand_over(
                self._write(call, case), call, case, item.attempts
            )
        except ChannelFault as fault:
            await self._after_fault(item, call, case, fault)
            return
        # Kept until it is recorded: if the record is out of reach, the next try records and sends nothing.
        await self._record(item, call, handover)

    async def _record(self, item: ClaimedItem, call: Call, handover: Handover) -> None:
        self._taken[call.id] = handover
        await self._office.handle(_sent(call, handover))
        await self._settle(item)
        log.info("message sent", message=call.id, channel=handover.channel, message_id=handover.message_id)

    async def _hand_over(self, letter: Letter, call: Call, case: Case, tries: int) -> Handover:
        """To their address; where that will not take it, or has not often enough, to their other one if they have one."""
        try:
            return await self._channel.hand_over(letter, await self._address(call, case))
        except ChannelFault as fault:
            other = await self._directory.other_address_of(call.person)
            if not other or not (fault.lasting or tries >= self._patience.fewest_tries):
                raise
            return await self._hand_over_elsewhere(letter, other, fault)

    async def _hand_over_elsewhere(self, letter: Letter, other: str, first: ChannelFault) -> Handover:
        try:
            handover = await self._channel.hand_over(letter, other)
        except ChannelFault as fault:
            raise ChannelFault(
                f"{first} Their other address: {fault}", lasting=fault.lasting, channel=fault.channel
            ) from fault
        because = for_the_record(f"to their other address, because: {first}")
        return replace(handover, answer=f"{handover.answer} ({because})")

    async def _address(self, call: Call, case: Case) -> str:
        address = await self._directory.address_of(call.person)
        if not address:
            title = case.notice.role(call.role).title
            raise ChannelFault(f"No mail address is known for {call.person} ({title}).", lasting=True)
        return address

    async def _held(self, item: ClaimedItem, call: Call, case: Case) -> bool:
        """Whether it waits; if it does, it is back in the outbox."""
        if self._holding is None:
            return False
        now = self._clock.now()
        digest = await self._directory.wants_digest(call.person)
        try:
            hold = self._holding.hold(case, call, now, digest=digest)
        except CalendarDoesNotReach:
            return False  # that nobody knows the holidays of a year must not keep back what is to be said
        if hold is None:
            return False
        await self._hold(item, call, hold, now)
        return True

    async def _hold(self, item: ClaimedItem, call: Call, hold: Hold, now: datetime) -> None:
        # A notice's own time may leap or run fast, and the outbox knows real time only: there we look again soon.
        wait = LOOK_AGAIN if self._clock.simulated else hold.until - now
        bundle = f"{call.person} {hold.until.isoformat()}" if hold.bundled else None
        await self._outbox.hold(item.id, wait.total_seconds(), bundle)

    async def _dispatch_digests(self, stop: asyncio.Event | None) -> int:
        """Every bundle that is due, each as one mail."""
        seen_through = 0
        while stop is None or not stop.is_set():
            items = await self._outbox.claim_bundle(MOST_IN_A_DIGEST, self._lease)
            if not items:
                break
            async with self._in_hand(items):
                await self._see_bundle_through(items)
            seen_through += len(items)
        return seen_through

    async def _see_bundle_through(self, items: Sequence[ClaimedItem]) -> None:
        """What cannot be put into the one mail goes by itself, with the faults that it has."""
        parts: list[Part] = []
        for item in items:
            part = await self._part_of_a_digest(item)
            if part is None:
                await self._see_through(item)
            elif not await self._too_soon(*part):
                parts.append(part)
        is_sent = all(call.id in case.occurrence.messages_settled for _, call, case in parts)
        try:
            if len(parts) == 1 or is_sent:
                for part in parts:
                    await self._deliver_unless_settled(*part)
            else:
                await self._deliver_digest(parts)
        except Exception as fault:  # noqa: BLE001 - as for one message
            log.error("digest is stuck", messages=len(parts), fault=_named(fault))  # noqa: TRY400 - the same
            for item, _, _ in parts:
                await self._put_back(item, RECORD_AWAY, _named(fault))

    async def _part_of_a_digest(self, item: ClaimedItem) -> Part | None:
        try:
            call = read_call(item, self._clock.now())
            case = await self._office.case(call.occurrence)
            compose(case, call, self._base_url, self._passes)
        except Exception:  # noqa: BLE001 - seen through by itself, it is put back and its fault is told
            return None
        return item, call, case

    async def _too_soon(self, item: ClaimedItem, call: Call, case: Case) -> bool:
        """In simulated time a bundle is looked at before its hour."""
        now = self._clock.now()
        if self._holding is None or not self._clock.simulated:
            return False
        hold = self._holding.digest(case.notice, occasion_of(case, call).at)
        if hold.until <= now or passes_an_instant(case, now, hold.until):
            return False
        await self._hold(item, call, hold, now)
        return True

    async def _deliver_unless_settled(self, item: ClaimedItem, call: Call, case: Case) -> None:
        if call.id in case.occurrence.messages_settled:
            await self._settle(item)
        else:
            await self._deliver(item, call, case)

    async def _deliver_digest(self, parts: Sequence[Part]) -> None:
        """One mail; each message is recorded as sent with it, and all are settled together.

        Whoever stops in between leaves all of them, so that the same mail goes out again under the same Message-ID.
        """
        letter = write_digest(
            [(case, call) for _, call, case in parts], self._base_url, self._mail_host, self._passes
        )
        try:
            handover = self._taken.get(letter.message_id)
            if handover is None:
                item, call, case = parts[0]
                handover = await self._hand_over(letter, call, case, item.attempts)
        except ChannelFault as fault:
            for item, call, case in parts:
                await self._after_fault(item, call, case, fault)
            return
        self._taken[letter.message_id] = handover
        for _, call, _ in parts:
            await self._office.handle(_sent(call, handover))
        await self._outbox.settle([item.id for item, _, _ in parts])
        self._taken.pop(letter.message_id, None)
        log.info("digest sent", messages=len(parts), channel=handover.channel, message_id=handover.message_id)

    def _write(self, call: Call, case: Case) -> Letter:
        """A letter that cannot be written is our fault: tried as long as any other, then seen by people."""
        try:
            return write_letter(case, call, self._base_url, self._mail_host, self._passes)
        except Exception as fault:
            raise ChannelFault(f"The letter could not be written: {_named(fault)}", lasting=False) from fault

    async def _after_fault(self, item: ClaimedItem, call: Call, case: Case, fault: ChannelFault) -> None:
        since = occasion_of(case, call).at
        wait = (
            None
            if fault.lasting
            else self._patience.wait_unless_over(item.attempts, since, self._clock.now())
        )
        if wait is not None:
            log.warning("message put back", message=call.id, attempts=item.attempts, fault=str(fault))
            await self._put_back(item, wait, str(fault))
            return
        await self._office.handle(
            RecordMessageUndeliverable(
                call.occurrence, call.id, fault.channel or self._channel.name, for_the_record(str(fault))
            )
        )
        await self._settle(item)
        log.error("message is undeliverable", message=call.id, attempts=item.attempts, fault=str(fault))

    async def _settle(self, item: ClaimedItem) -> None:
        await self._outbox.settle([item.id])
        self._taken.pop(item.key, None)

    async def _put_back(self, item: ClaimedItem, wait: timedelta, fault: str) -> None:
        try:
            await self._outbox.put_back(item.id, wait.total_seconds(), fault)
        except Exception as again:  # noqa: BLE001 - its lease will end, and it will be lent again
            log.error(  # noqa: TRY400 - the same
                "message could not be put back", message=item.key, fault=_named(again)
            )


def _sent(call: Call, handover: Handover) -> RecordMessageSent:
    return RecordMessageSent(
        call.occurrence,
        call.id,
        handover.channel,
        handover.message_id,
        handover.content_sha256,
        handover.answer,
    )


def _named(fault: Exception) -> str:
    sentence = for_the_record(str(fault)) or "no words"
    return sentence if isinstance(fault, UnreadableCall) else f"{type(fault).__name__}: {sentence}"


async def _unless_stopped(waiting: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    """Wait, but no longer than until `stop` is set."""
    both = [asyncio.ensure_future(waiting), asyncio.ensure_future(stop.wait())]
    try:
        done, _ = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in both:
            each.cancel()
        await asyncio.gather(*both, return_exceptions=True)
    for each in done:
        each.result()
