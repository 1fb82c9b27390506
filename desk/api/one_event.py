"""One event with everything that shows that it was recorded: its bytes, its receipt, and its proof in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import JSONResponse, Response

from desk.api.events import EventRow, row_of
from desk.api.problems import ANYWHERE
from desk.api.reading import Now
from desk.api.shapes import shape_of
from domain.record import Receipt
from projections.state.spelling import plain

router = APIRouter(tags=["Events"], responses=ANYWHERE)
LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class ReceiptAnswer:
    """Proof that an act was recorded: the numbers of its events and their leaf hashes. `repeated`: it had been before."""

    command: str
    first_index: int
    last_index: int
    recorded: datetime
    leaves: tuple[str, ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """`canonical`: the bytes that were hashed, as text. `proof`: that of the published log, once it reaches so far."""

    event: EventRow
    stream: str
    version: int
    causation: str | None
    correlation: str | None
    canonical: str
    receipt: ReceiptAnswer | None
    proof: str | None


@router.get("/events/{index}", response_model=shape_of(EventAnswer))
async def one_event(read: Now, index: Annotated[int, Path(ge=1, le=LARGEST)]) -> Response:
    """By its number in the record, from 1."""
    record = read.book.of_the_record(index) or read.book.event(index).record
    envelope, ports = record.envelope, read.caller.ports
    assert ports.record is not None
    receipt = await ports.record.receipt_of(record.command_id)
    answer = EventAnswer(
        event=row_of(read.book, record),
        stream=record.stream,
        version=record.version,
        causation=envelope.causation,
        correlation=envelope.correlation,
        canonical=record.canonical.decode(),
        receipt=receipt_answer(receipt) if receipt else None,
        proof=ports.log.proof_text(index) if ports.log else None,
    )
    return JSONResponse(plain(answer))


def receipt_answer(receipt: Receipt) -> ReceiptAnswer:
    return ReceiptAnswer(
        str(receipt.command_id),
        receipt.first_index,
        receipt.last_index,
        receipt.recorded,
        receipt.leaves,
        receipt.repeated,
    )
