"""One flush: from requests to arguments of the append function, and from rows to receipts and refusals."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from domain.record import CommandIdReused, Conflict, Receipt, SimulatedTimeRefused, UnfitEvent
from ledger.canonical import instant
from ledger.group_commit import Outcome
from ledger.request import Request

ID_TAKEN = "An event with the same id is already in the record."
REFUSED_BY_DATABASE = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    asyncpg.CardinalityViolationError,
    asyncpg.ProgramLimitExceededError,
)


def arguments(batch: Sequence[Request]) -> list[list[Any] | None]:
    """The parameters of the append function, column by column; commands and claims are counted from 1.

    A column without a single value is None: the database reads it alike, and asyncpg looks at every item of an array.
    """
    commands = [(request.command_id, request.digest, request.told) for request in batch]
    claims = [(command, claim) for command, request in enumerate(batch, start=1) for claim in request.claims]
    outbox = [(command, *item) for command, request in enumerate(batch, start=1) for item in request.outbox]
    claim_rows = [(command, claim.stream, claim.expected) for command, claim in claims]
    events = [row for place, (_, claim) in enumerate(claims, start=1) for row in _events(place, claim.events)]
    return [
        *_columns(commands, 3),
        *_columns(claim_rows, 3),
        *_columns(events, 11),
        *_columns(outbox, 4),
    ]


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


def _events(place: int, events: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    for event, template in events:
        yield (
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


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any] | None]:
    if not rows:
        return [[] for _ in range(width)]
    return [None if column.count(None) == len(column) else list(column) for column in zip(*rows, strict=True)]
