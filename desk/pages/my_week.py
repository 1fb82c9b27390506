"""My week: what is due, what waits to be acknowledged, which partners have not answered, and where the dates can be had."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import MY_CALENDAR, task_page
from desk.book import Book
from desk.looking_back import now_of
from desk.pages.tasks import shown_task
from desk.render import render
from desk.signing_in import SignedIn, ports_of
from desk.words import day, moment
from domain.occurrence.state import OWED
from domain.time.zones import local_date, zone_named
from projections.my_week import UpdateOutstanding, my_week
from projections.tasks import TaskRow
from projections.words import capital

router = APIRouter(include_in_schema=False)


@router.get("/my-week")
async def week(request: Request, persona: SignedIn, book: Book) -> Response:
    """From today to Sunday, and what is late already."""
    now = now_of(request)
    today = local_date(now, ports_of(request).zone.key)
    found = my_week(book, persona.id, today, now)
    rows = (*found.due, *found.later, *found.to_acknowledge)
    shown = partial(shown_task, several=_are_of_several_notices(rows))
    return await render(
        request,
        "my_week.html",
        today=day(today),
        last_day=day(found.last_day),
        due=[shown(row) for row in found.due],
        later=[shown(row) for row in found.later if row not in found.to_acknowledge],
        to_acknowledge=[shown(row) for row in found.to_acknowledge],
        updates=[_shown_update(each) for each in found.updates],
        my_calendar=MY_CALENDAR,
    )


def _are_of_several_notices(rows: Iterable[TaskRow]) -> bool:
    return len({row.occurrence.notice for row in rows}) > 1


def _shown_update(update: UpdateOutstanding) -> dict[str, object]:
    return {
        "partner": capital(update.partner),
        "asked": update.asked,
        "asked_on": moment(update.asked_at, zone_named(update.zone)),
        "wanted_by": day(update.wanted_by),
        "late": update.late,
        "href": task_page(update.occurrence, OWED),
        "title": update.title,
    }
