"""One flush: from requests to arguments of the append function, and from rows to receipts and refusals."""

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any
from uuid import UUID

import asyncpg

from domain.record import CommandIdReused, Conflict, Receipt, SimulatedTimeRefused, UnfitEvent
from domain.values import write_instant
from ledger.canonical import instant, leaf_hash
from ledger.group_commit import Outcome
from ledger.request import Claim, Request

ID_TAKEN = "An event with the same id is already in the record."
REFUSED_BY_DATABASE = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.CardinalityViolationError,
    asyncpg.ProgramLimitExceededError,
)


Columns = list[list[Any] | None]


def arguments(batch: Sequence[Request]) -> Columns:
    """The parameters of the append function, column by column; commands and claims are counted from 1.

    A column without a single value is None: the database reads it alike, and asyncpg looks at every item of an array.
    """
    commands = [(request.command_id, request.digest, request.told) for request in batch]
    claims = _claims(batch)
    claim_rows = [(command, claim.stream, claim.expected) for command, claim in claims]
    return [
        *_columns(commands, 3),
        *_columns(claim_rows, 3),
        *_event_columns(claims),
        *_outbox_columns(batch),
    ]


def expected_arguments(batch: Sequence[Request]) -> Columns:
    """The parameters of the append function for flushes that will hardly need judging; where they begin is counted in
    events of the flush, from 0."""
    claims = _claims(batch)
    begins = list(accumulate((len(claim.events) for _, claim in claims), initial=0))
    claim_rows = [
        (command, claim.stream, claim.expected, begin)
        for (command, claim), begin in zip(claims, begins, strict=False)
    ]
    command_begins = accumulate((request.events for request in batch), initial=0)
    commands = [
        (request.command_id, request.digest, begin)
        for request, begin in zip(batch, command_begins, strict=False)
    ]
    return [
        *_columns(commands, 3),
        *_columns(claim_rows, 4),
        *_event_columns(claims),
        *_outbox_columns(batch),
    ]


def receipts(batch: Sequence[Request], first_index: int, recorded: datetime) -> list[Outcome]:
    """The receipts of a flush that was recorded whole, from `first_index` on, all at the same time."""
    given: list[Outcome] = []
    stamp = write_instant(recorded).encode("ascii")
    for request in batch:
        leaves = tuple(
            [
                leaf_hash(template.around(stamp)).hex()
                for claim in request.claims
                for _, template in claim.events
            ]
        )
        given.append(
            Receipt(request.command_id, first_index, first_index + len(leaves) - 1, recorded, leaves)
        )
        first_index += len(leaves)
    return given


def outcomes(batch: Sequence[Request], rows: Sequence[asyncpg.Record]) -> list[Outcome]:
    """One answer for each request, in the order of the batch."""
    by_command = {row["command"]: row for row in rows}
    return [_outcome(request, by_command[command]) for command, request in enumerate(batch, start=1)]


def receipt(command_id: UUID, row: asyncpg.Record, repeated: bool) -> Receipt:
    """A receipt from its row."""
    leaves = tuple(leaf.hex() for leaf in row["leaves"])
    return Receipt(command_id, row["first_index"], row["last_index"], row["recorded"], leaves, repeated)


def unfit(refusal: asyncpg.PostgresError) -> UnfitEvent:
    """What the database said, as a sentence about the command."""
    if getattr(refusal, "constraint_name", None) == "events_event_id_key":
        return UnfitEvent(ID_TAKEN)
    return UnfitEvent(f"The database refused the command: {refusal}")


def wrong_time(told: bool) -> SimulatedTimeRefused:
    """The refusal for a time from the wrong world."""
    if told:
        return SimulatedTimeRefused("This store is live; a simulated time is refused.")
    return SimulatedTimeRefused("This store is simulated; it must be told the time of every act.")


def _outcome(request: Request, row: asyncpg.Record) -> Outcome:
    match row["outcome"]:
        case "appended":
            return receipt(request.command_id, row, repeated=False)
        case "repeated":
            return receipt(request.command_id, row, repeated=True)
        case "conflict":
            return Conflict(row["conflict_stream"], row["expected"], row["actual"])
        case "reused":
            return reused(request)
        case _:
            return wrong_time(request.told is not None)


def reused(request: Request) -> CommandIdReused:
    """The refusal for a command id that stands for something else."""
    return CommandIdReused(f"The command id {request.command_id} was used before, for something else.")


def _claims(batch: Sequence[Request]) -> list[tuple[int, Claim]]:
    return [(command, claim) for command, request in enumerate(batch, start=1) for claim in request.claims]


def _event_columns(claims: Sequence[tuple[int, Claim]]) -> Columns:
    rows = [
        (
            place,
            event.id,
            event.type,
            instant(event.effective, "event.effective"),
            event.notice,
            event.obligation,
            event.occurrence,
            event.rung,
            str(event.actor),
            template.prefix,
            template.suffix,
        )
        for place, (_, claim) in enumerate(claims, start=1)
        for event, template in claim.events
    ]
    return _columns(rows, 11)


def _outbox_columns(batch: Sequence[Request]) -> Columns:
    rows = [(command, *item) for command, request in enumerate(batch, start=1) for item in request.outbox]
    return _columns(rows, 4)


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> Columns:
    if not rows:
        return [[] for _ in range(width)]
    return [None if column.count(None) == len(column) else list(column) for column in zip(*rows, strict=True)]
