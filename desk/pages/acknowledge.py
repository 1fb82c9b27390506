"""Acknowledging from a mail in two clicks: the link opens a page, the button on it acts. No sign-in is needed.

Opening the page changes nothing, because programs that examine mail open every link. The button needs the form token,
which only a browser that was shown the page has. The act is recorded under an id made of the pass, so it is recorded once.
"""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from activities.delivery.passes import PATH, Pass, PassRefused
from desk.addresses import task_page
from desk.ports import DeskPorts, MailPasses
from desk.render import render
from desk.sessions import visit_of
from desk.signing_in import ports_of
from desk.words import day, moment
from domain.actor import Actor
from domain.case import Case
from domain.commands import AcknowledgeTask
from domain.handing.tasks import acknowledged, not_open
from domain.record import Receipt
from domain.refusals import Refused
from domain.time.zones import zone_named
from projections.seen_by import SeenBy

router = APIRouter(include_in_schema=False)
PAGE = f"{PATH}/{{words}}"


@dataclass(frozen=True, slots=True)
class Held:
    """A pass that was read, with what it is about as the record stands now."""

    given: Pass
    case: Case
    receipt: Receipt | None


@router.get(PAGE)
async def ask(request: Request, words: str) -> Response:
    """The task in short, and the button; or what has come of it."""
    try:
        return await _draw(request, words, await _held(request, words))
    except PassRefused as refused:
        return await _refuse(request, str(refused))


@router.post(PAGE)
async def acknowledge(request: Request, words: str) -> Response:
    """Recorded in the name of whom the pass was given to; whoever presses twice gets the first receipt."""
    try:
        held = await _held(request, words)
    except PassRefused as refused:
        return await _refuse(request, str(refused))
    given = held.given
    command = AcknowledgeTask(given.occurrence, given.task)
    try:
        await ports_of(request).office.handle(command, Actor("person", given.person), given.command)
    except Refused as refused:
        return await _draw(request, words, held, refusal=refused.refusal.sentence)
    return RedirectResponse(f"{PATH}/{words}", 303)


async def _held(request: Request, words: str) -> Held:
    """Raises PassRefused, NotFound."""
    ports, passes = _passes_of(request)
    given = passes.read(words, ports.clock_now())
    await ports.casebook.catch_up()
    book = SeenBy(ports.casebook, given.person, ports.clock_now())
    return Held(given, book.case(given.occurrence), await passes.receipt_of(given))


def _passes_of(request: Request) -> tuple[DeskPorts, MailPasses]:
    ports = ports_of(request)
    if ports.mail_passes is None:
        raise HTTPException(404)
    return ports, ports.mail_passes


async def _draw(request: Request, words: str, held: Held, refusal: str | None = None) -> Response:
    given, case = held.given, held.case
    notice, facts, zone = case.notice, case.occurrence.facts, zone_named(case.notice.terms.zone)
    taken = acknowledged(case.occurrence, given.task)
    clause = notice.clause(facts.clause)
    return await render(
        request,
        "acknowledge.html",
        status=409 if refusal else 200,
        form_token=visit_of(request).form_token,
        action=f"{PATH}/{words}",
        refusal=refusal,
        person=notice.names.get(given.person, given.person),
        title=facts.title,
        notice_title=notice.terms.title,
        clause=clause,
        due=day(facts.due_on),
        until=moment(given.until, zone),
        taken_by=notice.names.get(taken.by, taken.by) if taken else None,
        taken_at=moment(taken.at, zone) if taken else None,
        over=not_open(case, given.task) is not None,
        receipt=held.receipt,
        task_href=task_page(given.occurrence, given.task),
    )


async def _refuse(request: Request, sentence: str) -> Response:
    return await render(request, "acknowledge_refused.html", status=410, sentence=sentence)
