"""Commits together the commands that wait at the same moment.

Whatever arrives while one flush is under way goes into the next. There is no timer, so an idle ledger is not
slower; and a busy one pays for one lock and one disk write per flush, not per command. A very busy one has two flushes
under way, half of what waits in each, where that pays (`ledger.pace`): while the database writes the one, the next is
read, decided and encoded here.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

from domain.record import LedgerUnreachable, Receipt
from ledger.pace import Pace
from ledger.request import Request

Outcome = Receipt | Exception
Flush = Callable[[Sequence[Request]], Awaitable[Sequence[Outcome]]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one flush may hold, and how many commands may wait before callers have to."""

    commands: int = 512
    bytes: int = 8 * 1024 * 1024
    waiting: int = 8192
    # How few commands a second flush may hold; None: as few as pay.
    half: int | None = None


USUAL = Limits()


@dataclass(slots=True)
class _Waiting:
    request: Request
    answer: asyncio.Future[Receipt]


_UNDER_WAY = 2


class GroupCommit:
    """A queue in front of one flush at a time, or two that have no stream in common."""

    def __init__(self, flush: Flush, limits: Limits = USUAL) -> None:
        self._flush = flush
        self._limits = limits
        self._room = asyncio.Semaphore(limits.waiting)
        self._queue: deque[_Waiting] = deque()
        self._under_way: dict[asyncio.Task[None], list[_Waiting]] = {}
        self._is_looking = False
        self._pace = Pace()

    async def submit(self, request: Request) -> Receipt:
        """The command's own receipt or refusal. A caller who gives up while still queued has sent nothing."""
        async with self._room:
            waiting = _Waiting(request, asyncio.get_running_loop().create_future())
            self._queue.append(waiting)
            self._look_soon()
            return await waiting.answer

    async def close(self) -> None:
        """Let the flush under way finish; whoever is still queued is told that nothing was saved."""
        for waiting in self._queue:
            _answer(waiting, LedgerUnreachable("The ledger is closing; nothing was saved."))
        self._queue.clear()
        await asyncio.gather(*self._under_way)

    def _look_soon(self) -> None:
        """Look at the queue once everybody who is about to join it has."""
        if not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_soon(self._look)

    def _look(self) -> None:
        self._is_looking = False
        while len(self._under_way) < _UNDER_WAY and (batch := self._next_batch()):
            task = asyncio.create_task(self._settle(batch), name="ledger group commit")
            self._under_way[task] = batch
            task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._look_soon()

    async def _settle(self, batch: list[_Waiting]) -> None:
        began, is_alone = perf_counter(), len(self._under_way) == 1
        try:
            outcomes = await self._flush([waiting.request for waiting in batch])
        except Exception as fault:  # noqa: BLE001 - else every caller would wait for ever
            outcomes = [fault] * len(batch)
        is_alone = is_alone and len(self._under_way) == 1
        self._pace.landed(len(batch), perf_counter() - began if is_alone else None)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            _answer(waiting, outcome)

    def _next_batch(self) -> list[_Waiting]:
        most = self._share()
        batch: list[_Waiting] = []
        later: list[_Waiting] = []
        touched = _Touched(waiting.request for under_way in self._under_way.values() for waiting in under_way)
        room = self._limits.bytes
        while self._queue and len(batch) < most and len(later) < self._limits.commands:
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

    def _share(self) -> int:
        """How many commands the next flush may hold; none, when a second flush would be too small to be worth it."""
        waiting, half = len(self._queue), self._limits.half or self._pace.half
        if not self._under_way:
            share = waiting if waiting < 2 * half else (waiting + 1) // 2
        else:
            share = waiting if waiting >= half else 0
        return min(share, self._limits.commands)


class _Touched:
    """What the commands before have in hand.

    Each is judged by the versions before the flush, so two commands of one flush may not meet on a stream,
    and none may overtake an earlier one that has to wait.
    """

    def __init__(self, under_way: Iterable[Request]) -> None:
        self.written: set[str] = set()
        self.guarded: set[str] = set()
        self.commands: set[object] = set()
        for request in under_way:
            self.add(request)

    def allows(self, request: Request) -> bool:
        if request.command_id in self.commands:
            return False
        for claim in request.claims:
            if claim.stream in self.written or (claim.events and claim.stream in self.guarded):
                return False
        return True

    def add(self, request: Request) -> None:
        for claim in request.claims:
            (self.written if claim.events else self.guarded).add(claim.stream)
        self.commands.add(request.command_id)


def _answer(waiting: _Waiting, outcome: Outcome) -> None:
    if waiting.answer.done():
        return
    if isinstance(outcome, Exception):
        waiting.answer.set_exception(outcome)
    else:
        waiting.answer.set_result(outcome)
