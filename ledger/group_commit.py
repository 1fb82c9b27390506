"""Commits together the commands that wait at the same moment.

Whatever arrives while one flush is under way goes into the next. There is no timer, so an idle ledger is not
slower; and a busy one pays for one lock and one disk write per flush, not per command.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from domain.record import LedgerUnreachable, Receipt
from ledger.request import Request

Outcome = Receipt | Exception
Flush = Callable[[Sequence[Request]], Awaitable[Sequence[Outcome]]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one flush may hold, and how many commands may wait before callers have to."""

    commands: int = 512
    bytes: int = 8 * 1024 * 1024
    waiting: int = 8192


USUAL = Limits()


@dataclass(slots=True)
class _Waiting:
    request: Request
    answer: asyncio.Future[Receipt]


class GroupCommit:
    """A queue in front of one flush at a time."""

    def __init__(self, flush: Flush, limits: Limits = USUAL) -> None:
        self._flush = flush
        self._limits = limits
        self._room = asyncio.Semaphore(limits.waiting)
        self._queue: deque[_Waiting] = deque()
        self._pump: asyncio.Task[None] | None = None

    async def submit(self, request: Request) -> Receipt:
        """The command's own receipt or refusal. A caller who gives up while still queued has sent nothing."""
        async with self._room:
            waiting = _Waiting(request, asyncio.get_running_loop().create_future())
            self._queue.append(waiting)
            if self._pump is None or self._pump.done():
                self._pump = asyncio.create_task(self._run(), name="ledger group commit")
            return await waiting.answer

    async def close(self) -> None:
        """Let the flush under way finish; whoever is still queued is told that nothing was saved."""
        for waiting in self._queue:
            _answer(waiting, LedgerUnreachable("The ledger is closing; nothing was saved."))
        self._queue.clear()
        if self._pump is not None:
            await self._pump

    async def _run(self) -> None:
        while batch := self._next_batch():
            await self._settle(batch)

    async def _settle(self, batch: list[_Waiting]) -> None:
        try:
            outcomes = await self._flush([waiting.request for waiting in batch])
        except Exception as fault:  # noqa: BLE001 - else every caller would wait for ever
            outcomes = [fault] * len(batch)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            _answer(waiting, outcome)

    def _next_batch(self) -> list[_Waiting]:
        batch: list[_Waiting] = []
        later: list[_Waiting] = []
        touched = _Touched()
        room = self._limits.bytes
        while self._queue and len(batch) < self._limits.commands and len(later) < self._limits.commands:
            waiting = self._queue.popleft()
            if waiting.answer.done():
                continue
            if batch and waiting.request.size > room:
                later.append(waiting)
                break
            fits = touched.allows(waiting.request)
            touched.add(waiting.request)
            (batch if fits else later).append(waiting)
            room -= waiting.request.size if fits else 0
        self._queue.extendleft(reversed(later))
        return batch


class _Touched:
    """What the commands before have in hand.

    Each is judged by the versions before the flush, so two commands of one flush may not meet on a stream,
    and none may overtake an earlier one that has to wait.
    """

    def __init__(self) -> None:
        self.written: set[str] = set()
        self.guarded: set[str] = set()
        self.commands: set[object] = set()

    def allows(self, request: Request) -> bool:
        return (
            request.command_id not in self.commands
            and self.written.isdisjoint(request.written | request.guarded)
            and self.guarded.isdisjoint(request.written)
        )

    def add(self, request: Request) -> None:
        self.written |= request.written
        self.guarded |= request.guarded
        self.commands.add(request.command_id)


def _answer(waiting: _Waiting, outcome: Outcome) -> None:
    if waiting.answer.done():
        return
    if isinstance(outcome, Exception):
        waiting.answer.set_exception(outcome)
    else:
        waiting.answer.set_result(outcome)
