"""What is asked of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import JSONResponse, Response

from desk.api.bearer import Reader
from desk.api.paging import Cursor, Limit, page_of
from desk.api.problems import ANYWHERE
from desk.api.reading import Moment, Name, OfNotice, Reading, readings
from desk.api.shapes import Page, shape_of
from domain.identity import OccurrenceId
from projections.state.spelling import plain
from projections.task_detail import TaskDetail, task_detail
from projections.tasks import TaskRow, all_tasks, tasks_of
from projections.urgency import MOST_URGENT_FIRST

router = APIRouter(tags=["Tasks"], responses=ANYWHERE)
Whose = Annotated[Literal["mine", "everybody"], Query(description="Those of the token's person, or all.")]


@router.get("/tasks", response_model=Page[shape_of(TaskRow)])  # type: ignore[misc]
async def tasks(
    caller: Reader,
    whose: Whose = "mine",
    as_at: Moment = None,
    known_at: Moment = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Open tasks, the most urgent and the soonest first."""
    found = [row for read in await readings(caller, as_at, known_at) for row in _tasks(read, whose)]
    return page_of(found, _place, cursor, limit, plain)


@router.get(
    "/notices/{notice}/occurrences/{obligation}/{period}/tasks/{task}", response_model=shape_of(TaskDetail)
)
async def one_task(read: OfNotice, notice: Name, obligation: Name, period: Name, task: Name) -> Response:
    """One of them, with everything around it: the clause, why, the ladder, what came and who was told."""
    person = read.caller.token.person
    name = OccurrenceId(notice, obligation, period)
    return JSONResponse(plain(task_detail(read.book, name, task, person, read.now)))


def _tasks(read: Reading, whose: str) -> Iterator[TaskRow]:
    if whose == "mine":
        yield from tasks_of(read.book, read.caller.token.person, read.now)
        return
    for notice in read.book.notices():
        yield from all_tasks(read.book, notice.terms.id, read.now)


def _place(row: TaskRow) -> tuple[str | int, ...]:
    return (
        MOST_URGENT_FIRST.index(row.urgency),
        plain(row.due),
        str(row.occurrence),
        plain(row.opened),
        row.task,
    )
