"""What was decided under a notice, and what whoever decided had before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import event_page, occurrence_page
from desk.book import Book
from desk.looking_back import look_of
from desk.render import render
from desk.signing_in import ports_of
from desk.words import day, moment
from domain.identity import OccurrenceId
from domain.refusals import NotFound
from domain.time.zones import zone_named
from projections.decision_replay import DecisionThen, InView, Said, as_open_in, decisions_on
from projections.judgements import JudgementRow, judgements
from projections.past.lately import past_of
from projections.past.moments import END_OF_TIME, Moments
from projections.seen_by import SeenBy
from projections.words import person_name

router = APIRouter(include_in_schema=False)
COLUMNS = ("Decision", "By", "When", "What they had before them")
ON_THE_NOTICE = "notice"
SENT = "message-sent.v1"  # that it was called for is told by the event that called for it


@router.get("/notice/{notice}/decisions")
async def decisions(request: Request, book: Book, notice: str, about: str = "") -> Response:
    """The list of them, or those on one occurrence, or on the notice itself."""
    terms = book.notice(notice).terms
    zone = zone_named(terms.zone)
    if not about:
        rows = [_listed(each, zone) for each in judgements(book, notice)]
        return await render(request, "decisions.html", notice_title=terms.title, columns=COLUMNS, rows=rows)
    found = _found(request, book, notice, about)
    return await render(
        request,
        "decided.html",
        notice_title=terms.title,
        back=f"/notice/{notice}/decisions",
        decisions=[
            _shown(as_open_in(book, each, whole=book.hides_nothing(notice)), book, notice, zone)
            for each in found
        ],
    )


def _listed(row: JudgementRow, zone: ZoneInfo) -> list[Any]:
    about = f"{row.about.obligation}/{row.about.period}" if row.about else ON_THE_NOTICE
    return [
        {"text": row.sentence, "href": event_page(row.index)},
        row.by,
        moment(row.at, zone),
        {"text": row.about_title or "On the notice itself", "href": f"?about={about}#decision-{row.index}"},
    ]


def _found(request: Request, book: SeenBy, notice: str, about: str) -> Sequence[DecisionThen]:
    """Raises NotFound, also for what is hidden from whoever asks."""
    name = _named(notice, about)
    if isinstance(name, OccurrenceId):
        book.case(name)
    moments = look_of(request).moments
    known = Moments(END_OF_TIME, moments.known_at if moments else END_OF_TIME)
    return decisions_on(past_of(ports_of(request).casebook, known, notice), name)


def _named(notice: str, about: str) -> OccurrenceId | str:
    if about == ON_THE_NOTICE:
        return notice
    try:
        return OccurrenceId.parse(f"{notice}/{about}")
    except ValueError as fault:
        raise NotFound(str(fault)) from None


def _shown(each: DecisionThen, book: SeenBy, notice: str, zone: ZoneInfo) -> dict[str, Any]:
    """The digest is over all that there was; whoever may not see all of it could not reckon it again."""
    return {
        "index": each.decision.index,
        "href": event_page(each.decision.index),
        "sentence": each.decision.sentence,
        "facts": [
            ("By", person_name(book.notice(notice), each.by)),
            ("When", moment(each.decision.recorded, zone)),
            ("Options that were open", ", ".join(each.options) or None),
            ("Reasons given", each.reasons),
            ("The record held", f"{each.position} events"),
            ("Digest of the state", each.digest),
        ],
        "in_view": [_in_view(seen, zone) for seen in each.in_view],
        "not_known_then": _told(each.not_known_then, zone),
        "corrected_since": _told(each.corrected_since, zone),
    }


def _in_view(seen: InView, zone: ZoneInfo) -> dict[str, Any]:
    is_occurrence = seen.stream.startswith("occ/")
    return {
        "title": seen.title,
        "href": occurrence_page(OccurrenceId.parse(seen.stream)) if is_occurrence else None,
        "standing": seen.standing,
        "due": day(seen.due_on) if seen.due_on else None,
        "in_pack": seen.in_pack is not None,
        "events": [
            {**told, "later": told["index"] in seen.since_pack}
            for told in _told([one for one in seen.told if one.type != SENT], zone)
        ],
    }


def _told(events: Sequence[Said], zone: ZoneInfo) -> list[dict[str, Any]]:
    return [
        {
            "index": each.index,
            "sentence": each.sentence,
            "href": event_page(each.index),
            "when": moment(each.recorded, zone),
        }
        for each in events
    ]
