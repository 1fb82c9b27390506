"""Server-sent events: what is recorded, told as it happens. A listener that comes back says where it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from typing import Annotated

import orjson
from fastapi import APIRouter, Header, Query
from starlette.responses import Response, StreamingResponse

from desk.api.bearer import Caller, Reader
from desk.api.events import row_of
from desk.api.one_event import LARGEST
from desk.api.problems import ANYWHERE, ProblemError
from desk.api.reading import Reading, reading_now
from desk.noting import note_opened
from domain.record import LedgerUnreachable, Recorded
from domain.refusals import NotFound
from projections.casebook import Casebook
from projections.state.spelling import plain

router = APIRouter(tags=["Events"], responses=ANYWHERE)
HEARTBEAT_SECONDS = 15.0
HEADERS = {"X-Accel-Buffering": "no"}
After = Annotated[
    int | None, Query(ge=0, le=LARGEST, description="The number of the last event that is known already.")
]
LastEventId = Annotated[str | None, Header(max_length=20, description="The same; it goes before `after`.")]


class EventStream(StreamingResponse):
    media_type = "text/event-stream"


@router.get("/events", response_class=EventStream)
async def follow(
    caller: Reader, notice: str | None = None, after: After = None, last_event_id: LastEventId = None
) -> Response:
    """Every event from now on, or after one that is known: `id` is its number, `event` its type, `data` as in a history."""
    read = await reading_now(caller)
    if notice is not None:
        read.book.notice(notice)
    start = _number(last_event_id) if last_event_id else after
    position = read.book.position if start is None else start
    return EventStream(_told(read, notice, position), headers=HEADERS)


def _number(last_event_id: str) -> int:
    if not (last_event_id.isascii() and last_event_id.isdigit()) or int(last_event_id) > LARGEST:
        raise ProblemError(422, "UnfitEventId", "Last-Event-ID is the number of an event.")
    return int(last_event_id)


async def _told(read: Reading, notice: str | None, after: int) -> AsyncIterator[bytes]:
    """Until the listener leaves, the token is good no more, the record cannot be reached, or everything stops."""
    yield b"retry: 2000\n\n"
    caller = read.caller
    assert caller.ports.record is not None
    batches = aiter(caller.ports.record.follow(after))
    stopping = asyncio.ensure_future((caller.ports.stopping or asyncio.Event()).wait())
    coming = asyncio.ensure_future(anext(batches))
    try:
        while True:
            done, _ = await asyncio.wait(
                {coming, stopping}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            if stopping in done or not await caller.is_still_welcome():
                return
            if coming not in done:
                yield b": still here\n\n"
                continue
            book = (await reading_now(caller)).book
            frames = _frames(book, coming.result(), notice)
            await _note_what_few_see(caller)
            for frame in frames:
                yield frame
            coming = asyncio.ensure_future(anext(batches))
    except (LedgerUnreachable, StopAsyncIteration):
        return
    finally:
        stopping.cancel()
        coming.cancel()
        await asyncio.gather(stopping, coming, return_exceptions=True)
        if isinstance(batches, AsyncGenerator):
            await batches.aclose()


async def _note_what_few_see(caller: Caller) -> None:
    """Before it goes out, as with every answer; raises LedgerUnreachable, and then nothing goes out."""
    *_, newest = caller.request.state.books
    caller.request.state.books = ()  # a stream that is followed for days opens one book after the other
    for notice, names in newest.shown_to_few().items():
        sentence = f"Heard what is hidden from some: {', '.join(names)}."
        await note_opened(caller.request, "read-event", sentence, notice, caller.request.url.path)


def _frames(book: Casebook, batch: Sequence[Recorded], notice: str | None) -> list[bytes]:
    """What is not open to the listener is left out, and so are its numbers."""
    found = []
    for row in batch:
        if notice is not None and row.envelope.notice != notice:
            continue
        with suppress(NotFound):
            told = plain(row_of(book, row))
            found.append(
                b"id: %d\nevent: %s\ndata: %s\n\n" % (row.index, row.type.encode(), orjson.dumps(told))
            )
    return found
