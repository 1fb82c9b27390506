"""The dispatcher: takes waiting messages from the outbox and sees each one through.

Always in this order: hand over, record, settle. Whoever stops in between leaves a row that is lent again; a
message that was handed over and not recorded is sent once more under the same Message-ID. None is lost.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any, Protocol

import structlog

from activities.delivery.answers import for_the_record
from activities.delivery.call import Call, UnreadableCall, read_call
from activities.delivery.letter import DEFAULT_MAIL_HOST, Letter
from activities.delivery.occasion import occasion_of
from activities.delivery.patience import Patience
from activities.delivery.writing import write_letter
from domain.case import Case
from domain.clock import Clock
from domain.commands import RecordMessageSent, RecordMessageUndeliverable
from domain.ports import ChannelFault, Directory, Handles, Handover, Outbox
from domain.record import ClaimedItem, LedgerUnreachable

# That the record is away is no fault of the message: the doubling waits are for what a mail server says.
RECORD_AWAY = timedelta(seconds=5)
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

    `base_url` is the address of the desk, for links. `lease_seconds` is how long a message stays with a worker
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
        patience: Patience | None = None,
        at_once: int = 4,
        lease_seconds: float = 30.0,
        poll_seconds: float = 1.0,
    ) -> None:
        self._office, self._outbox, self._directory = office, outbox, directory
        self._channel, self._clock = channel, clock
        self._base_url, self._mail_host = base_url, mail_host
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
        # No task group: a worker that cannot reach the outbox must not cut off another's letter half-way.
        workers = (self._work(stop) for _ in range(self._at_once))
        outcomes = await asyncio.gather(*workers, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome for outcome in outcomes if isinstance(outcome, int))

    async def _work(self, stop: asyncio.Event | None) -> int:
        seen_through = 0
        while stop is None or not stop.is_set():
            # One at a time, so that no row waits out its lease behind a slow one.
            items = await self._outbox.claim("message", 1, self._lease)
            if not items:
                break
            async with self._holding(items[0]):
                await self._see_through(items[0])
            seen_through += 1
        return seen_through

    @asynccontextmanager
    async def _holding(self, item: ClaimedItem) -> AsyncIterator[None]:
        """However long a mail server takes, nobody else is lent the message meanwhile."""
        renewing = asyncio.create_task(self._renew(item))
        try:
            yield
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)

    async def _renew(self, item: ClaimedItem) -> None:
        while True:
            await asyncio.sleep(self._lease / 3)
            with suppress(LedgerUnreachable):
                await self._outbox.renew([item.id], self._lease)

    async def _see_through(self, item: ClaimedItem) -> None:
        """Whatever is wrong with one message stays with that message."""
        try:
            call = read_call(item, self._clock.now())
            case = await self._office.case(call.occurrence)
            if call.id not in case.occurrence.messages_settled:
                await self._deliver(item, call, case)
            else:
                await self._settle(item)
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
            handover = self._taken.get(call.id) or await self._hand_over(call, case)
        except ChannelFault as fault:
            await self._after_fault(item, call, case, fault)
            return
        # Kept until it is recorded: if the record is out of reach, the next try records and sends nothing.
        self._taken[call.id] = handover
        await self._office.handle(_sent(call, handover))
        await self._settle(item)
        log.info("message sent", message=call.id, channel=handover.channel, message_id=handover.message_id)

    async def _hand_over(self, call: Call, case: Case) -> Handover:
        address = await self._directory.address_of(call.person)
        if not address:
            title = case.notice.role(call.role).title
            raise ChannelFault(f"No mail address is known for {call.person} ({title}).", lasting=True)
        return await self._channel.hand_over(self._write(call, case), address)

    def _write(self, call: Call, case: Case) -> Letter:
        """A letter that cannot be written is our fault: tried as long as any other, then seen by people."""
        try:
            return write_letter(case, call, self._base_url, self._mail_host)
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
                call.occurrence, call.id, self._channel.name, for_the_record(str(fault))
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
