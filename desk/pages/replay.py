"""The record of one notice, event by event: what each of them changed, forward and back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import event_page, occurrence_page
from desk.book import Book, book_as_of
from desk.looking_back import look_of
from desk.ports import Persona
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import moment
from domain.refusals import NotFound
from domain.time.zones import zone_named
from projections.casebook import Entry
from projections.differences import View
from projections.one_step import Step, one_step
from projections.past.moments import END_OF_TIME, Moments
from projections.words import capital

router = APIRouter(include_in_schema=False)
CHANGES = ("What", "Before", "After")
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@router.get("/notice/{notice}/replay")
async def replay(
    request: Request, persona: SignedIn, book: Book, notice: str, event: int | None = None
) -> Response:
    """The last event, or the one that is named; of a number between two of this notice, the next one."""
    terms = book.notice(notice).terms
    entries = book.history(notice)
    place = _place([each.index for each in entries], event)
    step = _step(request, persona, entries, place, notice)
    return await render(
        request,
        "replay.html",
        notice=notice,
        notice_title=terms.title,
        number=place + 1,
        count=len(entries),
        index=entries[place].index,
        **_links(notice, entries, place),
        **_shown(step, entries[place], terms.zone),
    )


def _place(indexes: Sequence[int], event: int | None) -> int:
    """Where in the history it stands, from 0. Raises NotFound beyond its end."""
    if not indexes:
        raise NotFound("Nothing had happened yet.")
    if event is None:
        return len(indexes) - 1
    place = bisect_left(indexes, event)
    if place == len(indexes) or event < 1:
        raise NotFound(f"This notice has no event {event}; its last is {indexes[-1]}.")
    return place


def _step(request: Request, persona: Persona, entries: Sequence[Entry], place: int, notice: str) -> Step:
    """The record without the whole act and with it: a notice is issued with its parties, not before them."""
    command = entries[place].record.command_id
    act = [each for each in entries if each.record.command_id == command]
    last = max((each for each in entries if each.index < act[0].index), key=_index, default=None)
    moments = look_of(request).moments
    known = Moments(END_OF_TIME, moments.known_at if moments else END_OF_TIME)
    before = book_as_of(request, persona, notice, known, act[0].index - 1)
    after = book_as_of(request, persona, notice, known, act[-1].index)
    return one_step(
        View(before, last.recorded if last else BEFORE_ALL),
        View(after, act[-1].recorded),
        notice,
        entries[place].index,
    )


def _index(entry: Entry) -> int:
    return entry.index


def _links(notice: str, entries: Sequence[Entry], place: int) -> dict[str, Any]:
    def link(to: int) -> str | None:
        return (
            f"/notice/{notice}/replay?event={entries[to].index}"
            if 0 <= to < len(entries) and to != place
            else None
        )

    return {
        "first": link(0),
        "back": link(place - 1),
        "forward": link(place + 1),
        "last": link(len(entries) - 1),
    }


def _shown(step: Step, entry: Entry, zone_name: str) -> dict[str, Any]:
    row, zone = step.row, zone_named(zone_name)
    return {
        "sentence": row.sentence,
        "event_href": event_page(row.index),
        "facts": [
            ("Who", row.actor),
            ("True from", moment(row.effective, zone)),
            ("Written down", moment(row.recorded, zone)),
            ("On the authority of", entry.record.envelope.authority),
        ],
        "about": row.occurrence and {"title": row.occurrence_title, "href": occurrence_page(row.occurrence)},
        "columns": CHANGES,
        "changes": [[each.what, capital(each.before or "–"), capital(each.after)] for each in step.changes],
        "by_time": [
            {
                "sentence": each.sentence,
                "href": occurrence_page(each.occurrence) if each.occurrence else None,
            }
            for each in step.by_time
        ],
        "stood": step.before.sentence,
        "stands": step.then.sentence,
        "late": [{"text": title, "href": occurrence_page(each)} for each, title in step.overdue],
    }
