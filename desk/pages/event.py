"""One event of the record, with everything that the record keeps of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import ActLink, on_event
from desk.acts.place import at_event
from desk.addresses import notice_page, occurrence_page
from desk.book import Book
from desk.event_facts import event_facts
from desk.looking_back import now_of
from desk.ports import Persona
from desk.render import render
from desk.signing_in import SignedIn, ports_of
from desk.words import moment
from domain.record import Recorded
from domain.refusals import NotFound
from domain.time.zones import zone_named
from projections.casebook import Casebook
from projections.corrected import tell_entry
from projections.tellings.of_the_record import tell_of_the_record
from projections.words import actor_name, occurrence_title

router = APIRouter(include_in_schema=False)


@router.get("/events/{index}")
async def one_event(request: Request, persona: SignedIn, book: Book, index: int) -> Response:
    """Who, when, what, on what authority, where it stands in the record, and the bytes that were hashed."""
    of_the_record = book.of_the_record(index)
    if of_the_record is not None:
        return await _under_no_notice(request, of_the_record, book.position)
    entry = book.event(index)
    record, envelope = entry.record, entry.record.envelope
    if envelope.notice is None:
        raise NotFound(f"Event {index} belongs to no notice.")
    notice = book.notice(envelope.notice)
    case = book.case(entry.occurrence) if entry.occurrence else None
    zone = zone_named(notice.terms.zone)
    return await render(
        request,
        "event.html",
        index=index,
        sentence=tell_entry(entry, notice, case.occurrence if case else None),
        notice={"title": notice.terms.title, "href": notice_page(envelope.notice)},
        about=case
        and {
            "title": occurrence_title(notice, case.occurrence.facts),
            "href": occurrence_page(case.occurrence.id),
        },
        facts=[
            ("Who", actor_name(notice, envelope.actor)),
            ("True from", moment(entry.effective, zone)),
            ("Written down", moment(entry.recorded, zone)),
            ("On the authority of", envelope.authority),
            ("Reason", envelope.reason),
        ],
        words=event_facts(envelope.data, zone, notice.names),
        **_hashed(record),
        proof=_proof(request, record.index),
        last=book.position,
        acts=[(each.href, each.text) for each in _acts(request, book, persona, envelope.notice, index)],
    )


def _acts(request: Request, book: Casebook, persona: Persona, notice: str, index: int) -> Iterable[ActLink]:
    place = at_event(book, notice, index, persona.id, now_of(request))
    return on_event(place, index).values()


async def _under_no_notice(request: Request, record: Recorded, last: int) -> Response:
    """What happened to the record itself. Times are in UTC, as it is under no notice."""
    envelope, zone = record.envelope, zone_named("UTC")
    return await render(
        request,
        "event.html",
        index=record.index,
        sentence=tell_of_the_record(record),
        notice=None,
        about=None,
        facts=[
            ("Who", envelope.actor.id),
            ("True from", f"{moment(envelope.effective, zone)} (UTC)"),
            ("Written down", f"{moment(record.recorded, zone)} (UTC)"),
            ("On the authority of", envelope.authority),
            ("Reason", envelope.reason),
        ],
        words=event_facts(envelope.data, zone, {}),
        **_hashed(record),
        proof=_proof(request, record.index),
        last=last,
        acts=(),
    )


def _hashed(record: Recorded) -> dict[str, Any]:
    """Where an event stands in the record, and what was hashed of it."""
    envelope = record.envelope
    return {
        "place": [
            ("Kind", record.type),
            ("Stream", f"{record.stream}, version {record.version}"),
            ("Command", str(record.command_id)),
            ("Caused by", envelope.causation),
            ("Belongs with", envelope.correlation),
        ],
        "leaf": record.leaf,
        "canonical": record.canonical.decode(),
    }


def _proof(request: Request, index: int) -> str | None:
    """Where its proof is, if the published log reaches that far."""
    log = ports_of(request).log
    return f"/log/proof/{index}" if log is not None and log.proof_text(index) is not None else None
