"""What providers call back with: that a mail which they had taken did not arrive."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from desk.signing_in import ports_of

router = APIRouter(include_in_schema=False)


class NotifyReport(BaseModel):
    """A delivery receipt of GOV.UK Notify, as far as we read it; `reference` is our Message-ID. Addresses are left unread."""

    reference: str
    status: Literal["delivered", "permanent-failure", "temporary-failure", "technical-failure"]


@router.post("/api/hooks/notify")
async def notify(request: Request, report: NotifyReport) -> Response:
    """Notify presents its token; that a mail arrived is no news."""
    reports = ports_of(request).delivery_reports
    if reports is None:
        raise HTTPException(404)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not reports.accepts(token):
        raise HTTPException(401, "This needs the token that was agreed with GOV.UK Notify.")
    if report.status != "delivered":
        await reports.bounced(report.reference, f"GOV.UK Notify reports: {report.status}")
    return Response(status_code=204)
