"""Requests and access: what was asked for and what came of it, and what reviewers were given, item by item."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import ActLink, on_notice, on_occurrence
from desk.addresses import occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.ports import Persona
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, moment
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.requests_and_access import Access, Item, Said, access, requests
from projections.requests_and_access import Request as Asked

router = APIRouter(include_in_schema=False)
OF_A_REQUEST = ("answer-request", "record-non-cooperation")
OF_AN_ITEM = {"confirm-item": "Confirm that it was provided", "record-item-refused": "Record that it was not"}


@router.get("/notice/{notice}/requests")
async def requests_and_access(request: Request, persona: SignedIn, book: Book, notice: str) -> Response:
    """The newest first."""
    terms, now = book.notice(notice).terms, now_of(request)
    zone = zone_named(terms.zone)
    make = on_notice(book, notice, persona, now).get("make-request")
    return await render(
        request,
        "requests.html",
        notice_title=terms.title,
        acts=[(make.href, make.text)] if make else [],
        requests=[_request(book, each, persona, request, zone) for each in requests(book, notice, now)],
        reviews=[_access(book, each, persona, request, zone) for each in access(book, notice, now)],
    )


def _request(
    book: Casebook, row: Asked, persona: Persona, request: Request, zone: ZoneInfo
) -> dict[str, Any]:
    acts = on_occurrence(book, row.occurrence, persona, now_of(request))
    return {
        "href": occurrence_page(row.occurrence),
        "asked": row.asked.text,
        "standing": row.standing,
        "facts": [
            ("Asked by", _by(row.asked, zone)),
            ("Wanted by", f"The end of {day(row.wanted_by)}"),
            ("Answer", row.answer.text if row.answer else None),
            ("Answered by", _by(row.answer, zone) if row.answer else None),
            *(("Recorded as not given", f"{each.text} ({_by(each, zone)})") for each in row.not_given),
        ],
        "acts": [(acts[act].href, acts[act].text) for act in OF_A_REQUEST if act in acts],
    }


def _access(
    book: Casebook, row: Access, persona: Persona, request: Request, zone: ZoneInfo
) -> dict[str, Any]:
    acts = on_occurrence(book, row.occurrence, persona, now_of(request))
    return {
        "title": row.title,
        "href": occurrence_page(row.occurrence),
        "standing": row.standing,
        "from_day": day(row.from_day),
        "items": [_item(each, acts, zone) for each in row.items],
    }


def _item(item: Item, acts: dict[str, ActLink], zone: ZoneInfo) -> dict[str, Any]:
    links = ((acts[act].about(item=item.id), text) for act, text in OF_AN_ITEM.items() if act in acts)
    return {
        "title": item.title,
        "clause": item.clause,
        "outcome": item.outcome,
        "said": [f"{each.text} ({_by(each, zone)})" for each in item.said],
        "acts": [(href, text) for href, text in links if href is not None],
    }


def _by(said: Said, zone: ZoneInfo) -> str:
    return f"{said.by}, {moment(said.at, zone)}"
