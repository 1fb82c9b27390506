"""A command as the append function wants it: checked, encoded, and with a digest of what it says."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.record import Append, Envelope, OutboxItem, StreamWrite, UnfitEvent
from ledger.canonical import Template, encode, for_the_record, instant, statement
from ledger.people_decide import require_a_person
from ledger.profile import canonical_json, require_stream, require_text, spell

_LARGEST_VERSION = 2**31 - 1
_LONGEST_KEY = 500


class Claim(NamedTuple):
    """One stream that must be at version `expected`, and the events written to it (none: a guard)."""

    stream: str
    expected: int
    events: tuple[tuple[Envelope, Template], ...]


class Request(NamedTuple):
    """One command, ready to be sent. `outbox` holds kind, key and payload as JSON text.

    `withholding`: the events of which the record holds commitments only; `people`: whose keys seal values of these.
    """

    command_id: UUID
    digest: bytes
    told: datetime | None
    claims: tuple[Claim, ...]
    outbox: tuple[tuple[str, str, str], ...]
    size: int
    act: Append
    withholding: tuple[tuple[Envelope, Template], ...] = ()
    people: frozenset[str] = frozenset()

    @property
    def events(self) -> int:
        """How many it has."""
        return sum([len(claim.events) for claim in self.claims])


def prepare(act: Append) -> Request:
    """Check and encode a command; raises UnfitEvent with a sentence."""
    _require_whole(act)
    claims = tuple([_written(write, act.command_id) for write in act.writes])
    if act.guards:
        claims += tuple(_guarded(stream, expected) for stream, expected in act.guards)
    outbox = tuple([_queued(item) for item in act.outbox])
    size = sum(len(payload) for _, _, payload in outbox)
    withholding: list[tuple[Envelope, Template]] = []
    for claim in claims:
        for pair in claim.events:
            size += pair[1].size
            if pair[1].withheld:
                withholding.append(pair)
    told = None if act.told is None else instant(act.told, "The told time")
    request = Request(act.command_id, digest(claims), told, claims, outbox, size, act)
    return _withholding(request, withholding) if withholding else request


def _withholding(request: Request, events: list[tuple[Envelope, Template]]) -> Request:
    withheld = [each for _, template in events for each in template.withheld]
    return request._replace(
        size=request.size + sum(len(each.content) for each in withheld),
        withholding=tuple(events),
        people=frozenset(each.person for each in withheld if each.person is not None),
    )


def digest(claims: Sequence[Claim]) -> bytes:
    """SHA-256 over what a command says: its streams and the events' words, not their ids, times or versions.

    So an honest repetition that was decided afresh is recognised, and other words under the same id are not. Of what is
    withheld it covers the commitments, with which no guess can be tried once they are erased; these differ each time, so
    there a repetition is recognised by the words themselves (`ledger.privacy.repetition`).
    """
    said = [
        [claim.stream, [statement(event) for event, _ in claim.events]] for claim in claims if claim.events
    ]
    return hashlib.sha256(spell(said)).digest()


def _require_whole(act: Append) -> None:
    if not act.writes or any(not write.events for write in act.writes):
        raise UnfitEvent("A command must record at least one event in each stream it writes.")
    if len(act.writes) > 1 and len({write.stream for write in act.writes}) < len(act.writes):
        raise UnfitEvent("A command may write a stream only once; put its events together.")
    for write in act.writes:
        _require_version(write.stream, write.expected)
    for stream, expected in act.guards:
        _require_version(stream, expected)


def _require_version(stream: str, expected: int) -> None:
    if not 0 <= expected <= _LARGEST_VERSION:
        raise UnfitEvent(f"“{stream}” can never be at version {expected}.")


def _written(write: StreamWrite, command_id: UUID) -> Claim:
    for event in write.events:
        require_a_person(event)
    require_stream(write.stream)
    said = [for_the_record(event) for event in write.events]
    encoded = (
        (event, encode(event, write.stream, version, command_id, withheld))
        for version, (event, withheld) in enumerate(said, start=write.expected + 1)
    )
    return Claim(write.stream, write.expected, tuple(encoded))


def _guarded(stream: str, expected: int) -> Claim:
    require_stream(stream)
    return Claim(stream, expected, ())


def _queued(item: OutboxItem) -> tuple[str, str, str]:
    require_text(item.key, "outbox.key")
    if item.kind not in ("poke", "message") or not 1 <= len(item.key) <= _LONGEST_KEY:
        raise UnfitEvent("An outbox item is a poke or a message with a key of 1 to 500 characters.")
    payload = canonical_json(item.payload, "outbox.payload")
    return item.kind, item.key, payload.decode()
