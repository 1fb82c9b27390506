"""The reviews of a notice: the gap, the pack, what was found and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import ActLink, on_notice, on_occurrence
from desk.addresses import occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, days_left, moment, short_day
from domain.identity import OccurrenceId
from domain.time.zones import zone_named
from projections.review_sheet import FindingRow, ItemRow, PackRow, ReviewSheet, reviews

router = APIRouter(include_in_schema=False)
Acts = Mapping[str, ActLink]
OF_A_FINDING = {"act-on-finding": "Say what was done", "follow-up-finding": "Follow it up"}
PACK = ("What is wanted", "Clause", "Due", "Standing")


@router.get("/notice/{notice}/reviews")
async def all_reviews(request: Request, persona: SignedIn, book: Book, notice: str) -> Response:
    """The next one first."""
    terms = book.notice(notice).terms
    zone = zone_named(terms.zone)
    now = now_of(request)

    def acts_on(name: OccurrenceId) -> Acts:
        return on_occurrence(book, name, persona, now)

    return await render(
        request,
        "reviews.html",
        notice_title=terms.title,
        reviews=[_review(each, zone, acts_on) for each in reviews(book, notice, now)],
        columns=PACK,
        acts=[
            (each.href, each.text)
            for each in on_notice(book, notice, persona, now).values()
            if each.act == "require-diagnostic-review"
        ],
    )


def _review(sheet: ReviewSheet, zone: ZoneInfo, acts_on: Callable[[OccurrenceId], Acts]) -> dict[str, Any]:
    acts = acts_on(sheet.occurrence)
    return {
        "title": sheet.title,
        "href": occurrence_page(sheet.occurrence),
        "standing": sheet.standing,
        "facts": [
            ("Conducted by", sheet.conducted_by),
            ("Clause", sheet.clause),
            ("Runs from", day(sheet.last_held) if sheet.last_held else None),
            ("Latest day", day(sheet.due_on)),
            ("Time left", None if sheet.days_left is None else days_left(sheet.days_left, sheet.due_on)),
            ("Planned for", _planned(sheet)),
            ("Reviewers", ", ".join(sheet.reviewers) or None),
            ("About", sheet.scope),
            ("Themes", ", ".join(sheet.themes) or None),
            ("Held on", day(sheet.held_on) if sheet.held_on else None),
            ("Days since the one before", str(sheet.gap_days) if sheet.gap_days is not None else None),
        ],
        "moves": [f"From {day(was)} to {day(now)}: {why}" for was, now, why in sheet.moves],
        "summary": sheet.summary,
        "letter": sheet.letter,
        "pack": [_part(each) for each in sheet.pack],
        "items": [_item(item, acts_on(part.occurrence)) for part in sheet.pack for item in part.items],
        "findings": [_finding(each, zone, acts) for each in sheet.findings],
        "acts": [(each.href, each.text) for each in acts.values() if each.act not in OF_A_FINDING],
    }


def _planned(sheet: ReviewSheet) -> str | None:
    if sheet.starts_on is None:
        return None if sheet.held_on else "No day yet"
    if sheet.ends_on is None or sheet.ends_on == sheet.starts_on:
        return day(sheet.starts_on)
    return f"{day(sheet.starts_on)} to {day(sheet.ends_on)}"


def _part(row: PackRow) -> list[Any]:
    title = {"text": row.title, "href": occurrence_page(row.occurrence)}
    return [title, row.clause, day(row.due_on), row.standing.capitalize()]


def _said_of(confirmed_by: str | None, refused_because: str | None) -> str:
    if confirmed_by:
        return f"provided, as {confirmed_by} confirmed"
    return f"not provided: {refused_because}" if refused_because else "nothing has been said of it yet"


def _item(row: ItemRow, acts: Acts) -> dict[str, Any]:
    return {
        "title": row.title,
        "said": _said_of(row.confirmed_by, row.refused_because),
        "acts": _about(acts, {"confirm-item": "Confirm", "record-item-refused": "Not provided"}, item=row.id),
    }


def _about(acts: Acts, words: Mapping[str, str], **chosen: str) -> list[tuple[str, str]]:
    """The links to those acts in which this can be chosen today."""
    found = ((acts[act].about(**chosen), text) for act, text in words.items() if act in acts)
    return [(href, text) for href, text in found if href is not None]


def _finding(row: FindingRow, zone: ZoneInfo, acts: Acts) -> dict[str, Any]:
    return {
        "id": row.id,
        "acts": _about(acts, OF_A_FINDING, finding=row.id),
        "text": row.text,
        "standing": "closed" if row.closed else "past its day" if row.past_its_day else "open",
        "facts": [
            ("To be done", row.action),
            ("By", f"{row.owner}{f', by the end of {short_day(row.due_on)}' if row.due_on else ''}"),
            *(("Done", _who(said, by, moment(at, zone))) for said, by, at in row.done),
            *(("Followed up", _who(said, by, moment(at, zone))) for said, by, at in row.seen),
        ],
    }


def _who(said: str, by: str, when: str) -> str:
    return f"{said} ({by}, {when})"
