"""A bag read as the record that it was taken from: every question can be asked of it, and nothing can be added.

Whoever was given a bag needs no database: what the commands tell, they tell from the events that lie in it, and from the
personal values that were given with it. What was withheld says under which exemption.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

import orjson

from domain.events.withheld import ERASED
from domain.record import Append, Head, LedgerRefusal, Receipt, Recorded
from ledger.export.checkpoint import UnfitCheckpoint, read_stated, require_root
from ledger.export.events import ReadOnce
from ledger.privacy.commitments import digests_in
from ledger.privacy.disclosure import Disclosed, NotADisclosure, read_disclosure
from ledger.reading import recorded_event, streams_of
from ledger.verify.bag import Bag


class UnreadableBag(ValueError):
    """What lies in the bag is not what its checkpoint is over; the sentence says where it fails."""


class BagIsClosed(LedgerRefusal):
    """Somebody wants to add to a bag."""

    def __init__(self) -> None:
        super().__init__(
            "This is a bag: its events can be read, and that is all. Ask the record itself, without FORTHWITH_BAG."
        )


class BagLedger(ReadOnce):
    """A `domain.ports.Ledger` that only reads. `events`: the first ones of a record."""

    def __init__(self, events: Sequence[Recorded]) -> None:
        super().__init__(events)
        self._streams: dict[str, list[Recorded]] = {}
        for each in events:
            self._streams.setdefault(each.stream, []).append(each)

    async def append(self, _act: Append) -> NoReturn:
        """Raises BagIsClosed."""
        raise BagIsClosed

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        """The events of one stream with version > after, in order."""
        return self._streams.get(stream, [])[max(after, 0) :]

    async def read_by(
        self, notice: str, obligation: str | None = None, type: str | None = None
    ) -> Sequence[Recorded]:
        """The events of one notice and all under it, or of one of its obligations, of every type or one, in order."""
        own, beginning = streams_of(notice, obligation)
        return [
            each
            for each in self._events
            if (each.stream == own or each.stream.startswith(beginning))
            and (type is None or each.type == type)
        ]

    async def streams(self, prefix: str) -> dict[str, int]:
        """The version of every stream whose name starts with `prefix`."""
        return {name: len(self._streams[name]) for name in sorted(self._streams) if name.startswith(prefix)}

    async def head(self) -> Head:
        """Where the bag ends."""
        return Head(len(self._events), self.ends)

    async def receipt_of(self, _command_id: UUID) -> Receipt | None:
        """None: receipts are kept by those to whom they were given."""
        return None

    async def follow(self, after: int = 0, _poll_seconds: float = 1.0) -> AsyncIterator[Sequence[Recorded]]:
        """What there is, once: nothing comes after."""
        yield self._events[after:]

    @property
    def database(self) -> NoReturn:
        """Raises BagIsClosed: whoever asks for it wants more than to read events."""
        raise BagIsClosed

    @property
    def ends(self) -> datetime:
        """When its newest event was recorded."""
        return self._events[-1].recorded


def read_bag(path: Path) -> BagLedger:
    """A folder or a zip. Raises NoBag, UnreadableBag.

    That the events are those of the bag's checkpoint is looked at; whether that was signed by whom one trusts is for
    `forthwith verify --bag` to say.
    """
    with Bag(path) as bag:
        lines = bag.read("data/events.jsonl").split(b"\n")[:-1]
        _require_signed_for(bag.read("data/checkpoint"), lines)
        disclosed = _disclosed(_objects(bag, "data/disclosures.jsonl"))
        withheld = _withheld(_objects(bag, "data/withheld.jsonl"))
    return BagLedger(
        [
            _event(index, line, disclosed.get(index, []), withheld.get(index, {}))
            for index, line in enumerate(lines, start=1)
        ]
    )


def _event(index: int, line: bytes, disclosed: list[Disclosed], withheld: dict[str, str]) -> Recorded:
    event = recorded_event(index, line, sha256(b"\x00" + line).hexdigest(), disclosed)
    if not withheld:
        return event
    missing = set(digests_in(orjson.loads(line)["data"])) - {each.digest for each in disclosed}
    exemptions = "; ".join(sorted(set(withheld.values())))
    # Which of the missing passages stood where cannot be told without them.
    mark = f"[withheld: {exemptions}]" if missing == withheld.keys() else "[withheld or erased]"
    return replace(event, envelope=replace(event.envelope, data=_marked(event.envelope.data, mark)))


def _marked(said: Any, mark: str) -> Any:
    if isinstance(said, dict):
        return {name: _marked(value, mark) for name, value in said.items()}
    if isinstance(said, list):
        return [_marked(value, mark) for value in said]
    return mark if said == ERASED else said


def _require_signed_for(checkpoint: bytes, lines: Sequence[bytes]) -> None:
    if not lines:
        raise UnreadableBag("The bag holds no events.")
    try:
        require_root(read_stated(checkpoint), [sha256(b"\x00" + line).digest() for line in lines])
    except UnfitCheckpoint as fault:
        raise UnreadableBag(f"{fault} Run `forthwith verify --bag` to see what is wrong with it.") from None


def _objects(bag: Bag, name: str) -> list[dict[str, Any]]:
    try:
        return [orjson.loads(line) for line in bag.read(name).splitlines()]
    except orjson.JSONDecodeError:
        raise UnreadableBag(f"The file “{name}” of the bag is not one JSON object a line.") from None


def _disclosed(lines: Sequence[dict[str, Any]]) -> dict[int, list[Disclosed]]:
    found: dict[int, list[Disclosed]] = {}
    for line in lines:
        try:
            found.setdefault(line["index"], []).append(read_disclosure(line["disclosure"]))
        except (KeyError, TypeError, AttributeError, NotADisclosure):
            raise UnreadableBag(
                "The file “data/disclosures.jsonl” of the bag holds a line that is no disclosure."
            ) from None
    return found


def _withheld(lines: Sequence[dict[str, Any]]) -> dict[int, dict[str, str]]:
    """By event, the exemption under which each digest is withheld."""
    found: dict[int, dict[str, str]] = {}
    for line in lines:
        match line:
            case {"index": int(index), "digest": str(digest), "exemption": str(exemption)}:
                found.setdefault(index, {})[digest] = exemption
            case _:
                raise UnreadableBag("The file “data/withheld.jsonl” of the bag holds a line that is none.")
    return found
