"""A calendar at its secret address. Whoever has the address reads it: calendar programs cannot sign in."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from desk.feeds.calendar_file import calendar_file
from desk.feeds.following import may_follow, title_of
from desk.feeds.freshness import headers_of, is_fresh
from desk.feeds.secret_address import digest_of
from desk.ports import DeskPorts
from desk.signing_in import ports_of
from domain.ports import Feed
from domain.time.zones import day_start, local_date
from projections.casebook import Casebook
from projections.due_dates import due_dates, notices_naming
from projections.seen_by import SeenBy

router = APIRouter(include_in_schema=False)
KIND = "text/calendar; charset=utf-8"


@router.api_route("/feeds/{secret}.ics", methods=["GET", "HEAD"])
async def feed(request: Request, secret: str) -> Response:
    """The dates as their reader may see them now. A wrong address, a revoked one and one of somebody who has left are alike."""
    ports = ports_of(request)
    found = await ports.feeds.at(digest_of(secret)) if ports.feeds else None
    if found is None:
        raise HTTPException(404)
    now = ports.clock_now()
    book = await _book_of(ports, found, now)
    dates = due_dates(book, now, found.notice, found.person, follows=found.notice is not None)
    content = calendar_file(title_of(book, found.notice), dates, str(request.base_url))
    headers = headers_of(content, _changed(book, found, now), now)
    if is_fresh(request.headers, headers):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=KIND, headers=headers)


async def _book_of(ports: DeskPorts, found: Feed, now: datetime) -> Casebook:
    """What they may see today; nothing, once they hold no role any more."""
    await ports.casebook.catch_up()
    book = SeenBy(ports.casebook, found.person, now)
    if not may_follow(book, found.notice, found.person, now):
        raise HTTPException(404)
    return book


def _changed(book: Casebook, found: Feed, now: datetime) -> datetime:
    """Something was recorded, or a day has begun on which others may hold a role."""
    notices = [book.notice(found.notice)] if found.notice else notices_naming(book, found.person)
    recorded = [book.history(each.terms.id)[-1].recorded for each in notices]
    begun = [day_start(local_date(now, each.terms.zone), each.terms.zone) for each in notices]
    return max((*recorded, *begun))
