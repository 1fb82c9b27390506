"""What people do with a task besides doing it: refuse it, hand it on, let somebody stand in, bring it up sooner."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.responses import Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.dates import as_typed, day_fields, day_typed
from desk.form_page import NOTHING_TYPED
from desk.ladder_told import steps_told
from desk.signing import Trouble
from desk.typed import typed_in
from domain.commands import DelegateRole, EscalateTask, ReassignTask, RefuseTask
from domain.who import today
from projections.brought_up import brought_up
from projections.next_step import next_step
from projections.other_ways import own_roles, reassignable, stand_ins
from projections.words import role_title

router = APIRouter(include_in_schema=False)


@router.get(f"{PAGE}/refuse")
async def refuse_form(here: AtTheTask) -> Response:
    return await _refuse(here)


@router.post(f"{PAGE}/refuse")
async def refuse(here: AtTheTask) -> Response:
    """Somebody says that they will not do it, and why; the next in line is told."""
    typed = await typed_in(here.request, "reason")
    if not typed["reason"].strip():
        return await _refuse(here, typed, errors={"reason": "Say why you will not do it"})
    return await here.ask(
        RefuseTask(here.occurrence, typed["reason"], here.task), partial(_refuse, here, typed)
    )


@router.get(f"{PAGE}/escalate")
async def escalate_form(here: AtTheTask) -> Response:
    return await _escalate(here)


@router.post(f"{PAGE}/escalate")
async def escalate(here: AtTheTask) -> Response:
    """Bring it to the next in line before its day has come."""
    typed = await typed_in(here.request, "reason")
    if not typed["reason"].strip():
        return await _escalate(here, typed, errors={"reason": "Say why this cannot wait"})
    return await here.ask(EscalateTask(here.occurrence, typed["reason"]), partial(_escalate, here, typed))


@router.get(f"{PAGE}/reassign")
async def reassign_form(here: AtTheTask) -> Response:
    return await _reassign(here)


@router.post(f"{PAGE}/reassign")
async def reassign(here: AtTheTask) -> Response:
    """Give the task to another person of the same body."""
    typed = await typed_in(here.request, "to", "reason")
    errors = {
        **({} if typed["to"] else {"to": "Choose who is to do it"}),
        **({} if typed["reason"].strip() else {"reason": "Say why somebody else is to do it"}),
    }
    if errors:
        return await _reassign(here, typed, errors=errors)
    command = ReassignTask(here.occurrence, typed["to"], typed["reason"], here.task)
    return await here.ask(command, partial(_reassign, here, typed))


@router.get(f"{PAGE}/delegate")
async def delegate_form(here: AtTheTask) -> Response:
    day = today(here.case.notice, here.now)
    return await _delegate(here, as_typed("since", day))


@router.post(f"{PAGE}/delegate")
async def delegate(here: AtTheTask) -> Response:
    """Let somebody else act in one's role on some days."""
    typed = await typed_in(here.request, "role", "to", "reason", *day_fields("since"), *day_fields("until"))
    since = day_typed(typed, "since", "Enter the first day on which they act for you")
    until = day_typed(typed, "until", "Enter the last day on which they act for you")
    errors = {
        **({} if typed["to"] else {"to": "Choose who is to act for you"}),
        **({"since-day": since} if isinstance(since, str) else {}),
        **({"until-day": until} if isinstance(until, str) else {}),
        **({} if typed["reason"].strip() else {"reason": "Say why, for example that you are on leave"}),
    }
    if errors or isinstance(since, str) or isinstance(until, str):
        return await _delegate(here, typed, errors=errors)
    role = typed["role"] or next(iter(own_roles(here.case, here.task, here.persona.id, here.now)), "")
    command = DelegateRole(here.occurrence.notice, role, typed["to"], since, until, typed["reason"])
    return await here.ask(command, partial(_delegate, here, typed))


async def _refuse(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    return await here.draw("acts/refuse.html", typed=typed, errors=errors, trouble=trouble)


async def _escalate(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    return await here.draw(
        "acts/escalate.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        planned=next_step(here.case, here.now).sentence,
        steps=steps_told(here, brought_up(here.case, here.persona.id, here.now)),
    )


async def _reassign(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    people = reassignable(here.case, here.task, here.now)
    return await here.draw("acts/reassign.html", typed=typed, errors=errors, trouble=trouble, people=people)


async def _delegate(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    case, person = here.case, here.persona.id
    roles = own_roles(case, here.task, person, here.now)
    chosen = typed.get("role") or next(iter(roles), "")
    return await here.draw(
        "acts/delegate.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        roles=[(role, role_title(case.notice, role)) for role in roles],
        role=chosen,
        people=stand_ins(case, chosen, person, here.now) if chosen in roles else (),
    )
