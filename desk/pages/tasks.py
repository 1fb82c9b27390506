"""The inbox: what is asked of the person who looks, most urgent first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import notice_page, task_page
from desk.book import Book
from desk.doing import to_do
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, moment
from domain.identity import OccurrenceId
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.overdue import overdue
from projections.tasks import TaskRow, tasks_of

router = APIRouter(include_in_schema=False)


@router.get("/tasks")
async def my_tasks(
    request: Request, persona: SignedIn, book: Book, urgency: str = "", notice: str = "", role: str = ""
) -> Response:
    """The tasks of whoever is signed in, in groups, and how much else is overdue; of one kind alone, if that is asked."""
    now = now_of(request)
    everything = tasks_of(book, persona.id, now)
    rows = [row for row in everything if _is_wanted(row, urgency, notice, role)]
    groups = [(urgency, [_shown(row) for row in group]) for urgency, group in groupby(rows, _urgency)]
    mine = {row.occurrence for row in everything}
    return await render(
        request,
        "tasks.html",
        groups=groups,
        count=len(rows),
        hidden=len(everything) - len(rows),
        filters=_filters(everything, {"urgency": urgency, "notice": notice, "role": role}),
        elsewhere=[_elsewhere(book, notice.terms.id, mine, now) for notice in book.notices()],
    )


def _is_wanted(row: TaskRow, urgency: str, notice: str, role: str) -> bool:
    return (
        urgency in ("", row.urgency)
        and notice in ("", row.occurrence.notice)
        and (not role or role in row.roles)
    )


def _filters(rows: Sequence[TaskRow], chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Only what there is to choose between; what is chosen already stays, so that it can be taken back."""
    found: dict[str, dict[str, str]] = {
        "urgency": {row.urgency: row.urgency.capitalize() for row in rows},
        "notice": {row.occurrence.notice: row.notice_title for row in rows},
        "role": {role: role for row in rows for role in row.roles},
    }
    return [
        {
            "id": name,
            "name": name,
            "label": {"text": _LABELS[name]},
            "items": [
                {"value": value, "text": text, "selected": value == chosen[name]}
                for value, text in {"": "All", **choices}.items()
            ],
        }
        for name, choices in found.items()
        if len(choices) > 1 or chosen[name]
    ]


_LABELS = {"urgency": "How urgent", "notice": "Notice", "role": "As"}


def _urgency(row: TaskRow) -> str:
    return row.urgency


def _shown(row: TaskRow) -> dict[str, object]:
    zone = zone_named(row.zone)
    taken = None
    if row.acknowledged_by and row.acknowledged_at:
        taken = f"Acknowledged by {row.acknowledged_by} on {moment(row.acknowledged_at, zone)}"
    return {
        "title": row.title,
        "href": task_page(row.occurrence, row.task),
        "standing": row.urgency,
        "due": day(row.due_on),
        "due_iso": row.due_on.isoformat(),
        "clause": row.clause,
        "who": " or ".join(row.roles),
        "why": row.why,
        "do": to_do(row),
        "taken": taken,
    }


def _elsewhere(book: Casebook, notice: str, mine: set[OccurrenceId], now: datetime) -> dict[str, object]:
    others = [
        row for track in overdue(book, notice, now) for row in track.overdue if row.occurrence not in mine
    ]
    return {
        "href": f"{notice_page(notice)}#overdue",
        "title": book.notice(notice).terms.title,
        "count": len(others),
    }
