"""The events themselves: CloudEvents 1.0, one JSON object a line, each line exactly the bytes that were hashed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

import orjson

from domain.ports import Ledger
from domain.record import Recorded

_PAGE = 500


class TooFewEvents(ValueError):
    """The record holds fewer events than were asked for."""


def json_lines(objects: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """One object a line, in the order given."""
    return (orjson.dumps(each, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE) for each in objects)


class Keeps(Protocol):
    """A list of events, or something that keeps them elsewhere."""

    def extend(self, events: Iterable[Recorded], /) -> None: ...

    def __len__(self) -> int: ...


async def read_record(ledger: Ledger, size: int | None = None) -> list[Recorded]:
    """The first `size` events of the record, or all of them. Raises TooFewEvents."""
    events: list[Recorded] = []
    await read_into(events, ledger, size)
    return events


async def read_into(
    events: Keeps,
    ledger: Ledger,
    size: int | None = None,
    on_progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> None:
    """The same, page by page, into an empty `events`."""
    there = (await ledger.head()).size
    wanted = there if size is None else size
    if wanted > there:
        raise TooFewEvents(
            f"The record holds {there:,} events, and the checkpoint is over {wanted:,}. Events are missing."
        )
    while len(events) < wanted:
        page = await ledger.read(after=len(events), limit=min(_PAGE, wanted - len(events)))
        if not page:
            raise TooFewEvents(f"The record ends at event {len(events):,}, although it says {there:,}.")
        events.extend(page)
        on_progress(len(events), wanted)


class ReadOnce:
    """Events that have been read, for whatever reads a ledger from its beginning. Nothing of them is erased meanwhile."""

    erasures = 0

    def __init__(self, events: Sequence[Recorded]) -> None:
        self._events = events

    async def read(self, after: int = 0, limit: int = _PAGE) -> Sequence[Recorded]:
        return self._events[after : after + limit]
