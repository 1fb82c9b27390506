"""The inbox: what is asked of the person who looks, most urgent first."""

from __future__ import annotations

from collections import Counter
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
from desk.language.speaking import language, worded
from desk.looking_back import now_of
from desk.many_notices import search_field
from desk.numbered import on_page, page_numbers
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, moment
from domain.notice.state import Notice
from domain.terms.notice_file import Header
from domain.time.zones import local_date, zone_named
from projections.casebook import Casebook
from projections.inbox import Inbox, InboxUnder, OpenTask, in_their_order, inbox_in_turns
from projections.tasks import TaskRow, row_of

router = APIRouter(include_in_schema=False)
PER_PAGE = 25
MOST_CHOICES, MOST_ELSEWHERE = 20, 8


@router.get("/tasks")
async def my_tasks(
    request: Request,
    persona: SignedIn,
    book: Book,
    urgency: str = "",
    notice: str = "",
    role: str = "",
    page: int = 1,
) -> Response:
    """The tasks of whoever is signed in, in groups, and how much else is overdue; of one kind alone, if that is asked."""
    now = now_of(request)
    found = await inbox_in_turns(book, persona.id, now)
    chosen = {"urgency": urgency, "notice": notice, "role": role}
    wanted = in_their_order(_under(found.under, notice)) if notice else found.tasks
    tasks = [each for each in wanted if _is_wanted(each, urgency, role)]
    here = on_page(tasks, page, PER_PAGE)
    counts = Counter(each.urgency for each in tasks)
    several = len(_with_tasks(found)) > 1
    return await render(
        request,
        "tasks.html",
        groups=[
            (
                urgency,
                counts[urgency],
                [_kept(book, each, persona.id, now, several=several) for each in group],
            )
            for urgency, group in groupby(here.shown, lambda each: each.urgency)
        ],
        count=len(tasks),
        hidden=len(found.tasks) - len(tasks),
        filters=_filters(found, chosen),
        search=search_field(notice) if len(_with_tasks(found)) > MOST_CHOICES else None,
        pages=page_numbers(here.page, here.pages, chosen, worded("Pages of the tasks")),
        elsewhere=_elsewhere(found.under),
    )


def _kept(
    book: Casebook, task: OpenTask, person: str, now: datetime, *, several: bool
) -> Mapping[str, object]:
    """What is shown of a task holds as long as its urgency, and the day; the sentence of what comes next is not shown."""
    name = task.case.occurrence.id
    return book.kept(
        name.notice,
        ("shown", name, task.task.id, person, language(), several),
        (task.urgency, local_date(now, task.case.notice.terms.zone)),
        lambda: shown_task(row_of(task, person, now), several=several),
    )


def _under(found: Sequence[InboxUnder], wanted: str) -> list[InboxUnder]:
    """By its name, or by words of its title."""
    named = [each for each in found if wanted == each.notice.terms.id]
    words = wanted.casefold()
    return named or [each for each in found if words in each.notice.terms.title.casefold()]


def _is_wanted(task: OpenTask, urgency: str, role: str) -> bool:
    return urgency in ("", task.urgency) and (not role or role in task.roles)


def _filters(found: Inbox, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Only what there is to choose between; what is chosen already stays, so that it can be taken back."""
    under = _with_tasks(found)
    choices: dict[str, dict[str, str]] = {
        "urgency": {
            urgency: urgency.capitalize() for urgency in dict.fromkeys(each.urgency for each in found.tasks)
        },
        "notice": {each.id: each.title for each in under} if len(under) <= MOST_CHOICES else {},
        "role": {role: role for roles in dict.fromkeys(each.roles for each in found.tasks) for role in roles},
    }
    return [
        {
            "id": name,
            "name": name,
            "label": {"text": worded(LABELS[name])},
            "items": [
                {"value": value, "text": text, "selected": value == chosen[name]}
                for value, text in {"": "All", **each}.items()
            ],
        }
        for name, each in choices.items()
        if len(each) > 1 or (each and chosen[name])
    ]


LABELS = {"urgency": "How urgent", "notice": "Notice", "role": "As"}


def _with_tasks(found: Inbox) -> list[Header]:
    return [each.notice.terms for each in found.under if each.tasks]


def shown_task(row: TaskRow, *, several: bool) -> dict[str, object]:
    """A row as `task_list` draws it. `several`: there are others of another notice, so that it has to say of which it is."""
    zone = zone_named(row.zone)
    taken = None
    if row.acknowledged_by and row.acknowledged_at:
        taken = f"Acknowledged by {row.acknowledged_by} on {moment(row.acknowledged_at, zone)}"
    return {
        "title": row.title,
        "notice": row.notice_title if several else None,
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


def _elsewhere(found: Sequence[InboxUnder]) -> dict[str, Any]:
    """What else is overdue: under each notice, where they are few; of many, how much altogether."""
    if len(found) <= MOST_ELSEWHERE:
        return {"under": [_overdue_under(each.notice, each.others_overdue) for each in found], "count": 0}
    late = [each.others_overdue for each in found if each.others_overdue]
    return {"under": [], "count": sum(late), "notices": len(late)}


def _overdue_under(notice: Notice, count: int) -> dict[str, object]:
    return {
        "href": f"{notice_page(notice.terms.id)}#overdue",
        "title": notice.terms.title,
        "count": count,
    }
