"""Every message of a notice, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE
from desk.api.reading import Name, OfNotice
from desk.api.shapes import Page, shape_of
from domain.identity import OccurrenceId
from projections.deliveries import Delivery, MessageRow, deliveries
from projections.state.spelling import plain

router = APIRouter(tags=["Deliveries"], responses=ANYWHERE)


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A message with the occurrence that called for it."""

    occurrence: OccurrenceId
    message: MessageRow


@router.get("/notices/{notice}/deliveries", response_model=Page[shape_of(DeliveryRow)])  # type: ignore[misc]
async def of_notice(
    read: OfNotice,
    notice: Name,
    delivery: Annotated[Delivery | None, Query(description="Only those that stand so.")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """In the order in which they were called for."""
    rows = (
        DeliveryRow(case.occurrence.id, message)
        for case in read.book.cases(notice)
        for message in deliveries(case, read.book.history(case.occurrence.id))
        if delivery is None or message.delivery == delivery
    )
    return page_of(rows, lambda row: (row.message.index, row.message.id), cursor, limit, plain)
