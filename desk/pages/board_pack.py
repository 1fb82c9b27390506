"""The board pack: everything for a meeting as at the day of its papers, frozen, to be read, printed, downloaded and made again."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from importlib.resources import files

from fastapi import APIRouter, HTTPException
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import event_page, pack_page
from desk.ports import DeskPorts
from desk.render import render
from desk.signing_in import ports_of
from desk.words import day
from domain.reporting.naming import report_of
from domain.time.zones import local_date, zone_named
from domain.values import write_instant
from projections.board_pack.open_to_all import OpenToAll
from projections.board_pack.pack import BoardPack, Moment, board_pack, is_moment, moment_of
from projections.board_pack.page import file_name, pack_body, pack_file
from projections.past.naming import UnfitMoment, last_instant
from projections.words import occurrence_title

router = APIRouter(include_in_schema=False)
CHOICE = "/notice/{notice}/board-pack"
PAGE = f"{CHOICE}/{{at}}/{{event}}"
NO_SUCH_PACK = "There is no pack of that moment: begin at the page on which its day is chosen."


@router.get("/board-pack.css")
async def style() -> Response:
    """The one style of the page and of the file."""
    text = (files("projections.board_pack") / "pack.css").read_text("utf-8")
    return Response(text, media_type="text/css", headers={"cache-control": "public, max-age=3600"})


@router.get(CHOICE)
async def choose(request: Request, notice: str, on: str = "") -> Response:
    """The day of the papers; on to the pack that is frozen at its end, or now, if the day is today."""
    ports = await _caught_up(request)
    if not on.strip():
        return await _choice(request, ports, notice)
    zone, now = ports.casebook.notice(notice).terms.zone, ports.clock_now()
    try:
        at = last_instant(on.strip(), zone, now, "The day of the papers")
    except UnfitMoment as fault:
        return await _choice(request, ports, notice, on, str(fault))
    moment = moment_of(ports.casebook, at)
    if not any(each.index <= moment.event for each in ports.casebook.history(notice)):
        return await _choice(request, ports, notice, on, "The notice had not been issued by that day.")
    return RedirectResponse(pack_page(notice, write_instant(at), moment.event), 303)


@router.get(PAGE)
async def one_pack(request: Request, notice: str, at: str, event: int) -> Response:
    """The pack, with the digest of its file and the way to its proof."""
    ports = await _caught_up(request)
    pack = _pack(ports, notice, at, event)
    content = pack_file(pack)
    has_proof = ports.log is not None and ports.log.proof_text(pack.events) is not None
    return await render(
        request,
        "board_pack.html",
        body=Markup(pack_body(pack)),  # noqa: S704 - it has escaped what others wrote
        notice_title=pack.title,
        choice=CHOICE.format(notice=notice),
        name=file_name(pack),
        download=f"{pack_page(notice, at, event)}/file",
        digest=sha256(content).hexdigest(),
        size=len(content),
        proof=f"/log/proof/{pack.events}" if has_proof else None,
        event_href=event_page(pack.events),
        event=pack.events,
    )


@router.get(f"{PAGE}/file")
async def one_file(request: Request, notice: str, at: str, event: int) -> Response:
    """The same bytes each time."""
    pack = _pack(await _caught_up(request), notice, at, event)
    headers = {
        "content-disposition": f'attachment; filename="{file_name(pack)}"',
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    }
    return Response(pack_file(pack), media_type="text/html; charset=utf-8", headers=headers)


async def _caught_up(request: Request) -> DeskPorts:
    """Whoever may read the notice may read the pack: what is hidden from anybody is not in it."""
    ports = ports_of(request)
    await ports.casebook.catch_up()
    return ports


def _pack(ports: DeskPorts, notice: str, at: str, event: int) -> BoardPack:
    """Raises HTTPException where the address is not that of a pack."""
    try:
        moment = Moment(datetime.fromisoformat(at), event)
    except ValueError:
        raise HTTPException(404, NO_SUCH_PACK) from None
    if moment.at.tzinfo is None or moment.at > ports.clock_now() or not is_moment(ports.casebook, moment):
        raise HTTPException(404, NO_SUCH_PACK)
    return board_pack(ports.casebook, notice, moment)


async def _choice(
    request: Request, ports: DeskPorts, notice: str, on: str = "", fault: str | None = None
) -> Response:
    terms = ports.casebook.notice(notice).terms
    today = local_date(ports.clock_now(), terms.zone)
    seen = OpenToAll(ports.casebook)
    due = [
        case.occurrence.facts
        for case in seen.cases(notice)
        if case.occurrence.facts.kind == "recurring-report"
        and case.occurrence.facts.due_on < today
        and report_of(case.occurrence.id) == case.occurrence.id
    ]
    return await render(
        request,
        "board_pack_choice.html",
        status=422 if fault else 200,
        errors={"on": fault} if fault else {},
        notice_title=terms.title,
        here=CHOICE.format(notice=notice),
        on=on,
        today=today.isoformat(),
        zone_name=zone_named(terms.zone).key,
        suggested=[
            {
                "href": f"{CHOICE.format(notice=notice)}?on={each.due_on.isoformat()}",
                "day": day(each.due_on),
                "because": occurrence_title(ports.casebook.notice(notice), each),
            }
            for each in reversed(due)
        ],
    )
