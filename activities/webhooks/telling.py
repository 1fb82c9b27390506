"""Telling each webhook what has been recorded: every event it asked for, in order, each under an id of its own."""

import asyncio
import json
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import structlog

from activities.delivery.patience import Patience
from activities.webhooks.sending import Caller, Endpoint, NotTaken
from domain.clock import Clock, LiveClock
from domain.ports import Ledger, WebhookBook, WebhookState
from domain.record import LedgerUnreachable, Recorded

AT_ONCE = 200
log = structlog.get_logger()


class Teller:
    """Tells one webhook; a new one hears what is recorded from now on.

    An event that its receiver has refused for as long as `patience` lasts is passed over and counted; the others wait
    for it, so that a receiver never hears of an end before its beginning.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        ledger: Ledger,
        book: WebhookBook,
        caller: Caller,
        links: str,
        *,
        clock: Clock | None = None,
        patience: Patience | None = None,
        poll_seconds: float = 1.0,
    ) -> None:
        self._endpoint, self._ledger, self._book, self._caller = endpoint, ledger, book, caller
        self._links, self._clock = links, clock or LiveClock()
        self._patience, self._poll = patience or Patience(), poll_seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Until stopped, or until the receiver wants no more."""
        while not stop.is_set():
            wait = self._poll
            try:
                state = await self._state()
                if state.closed_at is not None:
                    return
                wait = await self._tell_next(state, stop)
            except LedgerUnreachable as fault:
                log.warning(
                    "the record could not be read for a webhook",
                    webhook=self._endpoint.name,
                    fault=str(fault),
                )
            await _unless_stopped(asyncio.sleep(wait), stop)

    async def tell_waiting(self) -> WebhookState:
        """One pass: everything that waits, up to the first that is not taken."""
        state = await self._state()
        while state.closed_at is None and (events := await self._ledger.read(state.told, AT_ONCE)):
            state = await self._tell(events, state)
            if state.tries:
                break
        return state

    async def _tell_next(self, state: WebhookState, stop: asyncio.Event) -> float:
        """How long to wait before looking again, in seconds."""
        events = await self._ledger.read(state.told, AT_ONCE)
        state = await self._tell(events, state, stop)
        if state.tries:
            return self._patience.wait(state.tries).total_seconds()
        return 0.0 if len(events) == AT_ONCE else self._poll

    async def _tell(
        self, events: Sequence[Recorded], state: WebhookState, stop: asyncio.Event | None = None
    ) -> WebhookState:
        unkept = False
        for event in events:
            if stop is not None and stop.is_set():
                break
            if not _asked_for(self._endpoint, event):
                state, unkept = replace(state, told=event.index), True
                continue
            state, unkept = await self._call(event, state), False
            await self._book.keep(self._endpoint.name, state)
            if state.tries or state.closed_at is not None:
                return state
        if unkept:
            await self._book.keep(self._endpoint.name, state)
        return state

    async def _call(self, event: Recorded, state: WebhookState) -> WebhookState:
        try:
            await self._caller.call(self._endpoint, message_of(event), body_of(event, self._links))
        except NotTaken as fault:
            return self._after(fault, event, state)
        log.info("webhook told", webhook=self._endpoint.name, index=event.index)
        return WebhookState(event.index, passed_over=state.passed_over)

    def _after(self, fault: NotTaken, event: Recorded, state: WebhookState) -> WebhookState:
        now, tries = self._clock.now(), state.tries + 1
        since = state.failing_since or now
        if fault.gone:
            log.error("webhook wants no more", webhook=self._endpoint.name)
            return replace(state, closed_at=now, fault=str(fault))
        if self._patience.wait_unless_over(tries, since, now) is None:
            log.error(
                "webhook passed over an event",
                webhook=self._endpoint.name,
                index=event.index,
                fault=str(fault),
            )
            return WebhookState(event.index, passed_over=state.passed_over + 1, fault=str(fault))
        log.warning(
            "webhook did not take an event", webhook=self._endpoint.name, index=event.index, fault=str(fault)
        )
        return replace(state, tries=tries, failing_since=since, fault=str(fault))

    async def _state(self) -> WebhookState:
        """A webhook that is new hears what happens from now on, and not the whole past at once."""
        state = await self._book.state(self._endpoint.name)
        if state is None:
            state = WebhookState((await self._ledger.head()).size)
            await self._book.keep(self._endpoint.name, state)
        return state


def message_of(event: Recorded) -> str:
    """The same for every try, so that a receiver can tell a repetition; made of the event's own hash."""
    return f"evt_{event.leaf[:32]}"


def body_of(event: Recorded, links: str) -> bytes:
    """What happened and where to read it: no names and no texts, because what was sent out cannot be erased."""
    envelope = event.envelope
    data = {
        "index": event.index,
        "leaf": event.leaf,
        "stream": event.stream,
        "notice": envelope.notice,
        "obligation": envelope.obligation,
        "occurrence": envelope.occurrence,
        "effective": _instant(envelope.effective),
        "recorded": _instant(event.recorded),
        "link": f"{links.rstrip('/')}/events/{quote(str(event.index))}",
    }
    told: dict[str, Any] = {"type": event.type, "timestamp": _instant(event.recorded), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _asked_for(endpoint: Endpoint, event: Recorded) -> bool:
    if endpoint.notice is not None and event.envelope.notice != endpoint.notice:
        return False
    return not endpoint.topics or event.type.partition(".v")[0] in endpoint.topics


async def _unless_stopped(waiting: Coroutine[Any, Any, None], stop: asyncio.Event) -> None:
    both = [asyncio.ensure_future(waiting), asyncio.ensure_future(stop.wait())]
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in both:
            each.cancel()
        await asyncio.gather(*both, return_exceptions=True)
