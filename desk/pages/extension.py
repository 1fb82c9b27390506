"""More time: asked for with its effect on the ladder in view, and granted or refused by whoever may give it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.dates import as_typed, day_fields, day_typed
from desk.form_page import NOTHING_TYPED
from desk.ladder_told import steps_told
from desk.signing import Trouble
from desk.typed import typed_in
from desk.words import day
from domain.commands import GrantExtension, RefuseExtension, RequestExtension
from projections.more_time import MoreTime, more_time
from projections.words import person_name

router = APIRouter(include_in_schema=False)
FIELDS = (*day_fields("until"), "reason", "answer", "confirmed")
NO_DAY = "Enter the day until which more time is needed"


@router.get(f"{PAGE}/extension")
async def request_form(here: AtTheTask) -> Response:
    return await _request(here)


@router.post(f"{PAGE}/extension")
async def request_more_time(here: AtTheTask) -> Response:
    """First what it would do is shown; it is asked for when that has been read."""
    typed = await typed_in(here.request, *FIELDS)
    until = day_typed(typed, "until", NO_DAY)
    errors = {
        **({"until-day": until} if isinstance(until, str) else {}),
        **({} if typed["reason"].strip() else {"reason": "Say why more time is needed"}),
    }
    if errors or isinstance(until, str):
        return await _request(here, typed, errors=errors)
    if typed["confirmed"] == "change":
        return await _request(here, typed)
    if typed["confirmed"] != "yes":
        return await _check(here, typed, more_time(here.book, here.case, until, here.now))
    command = RequestExtension(here.occurrence, until, typed["reason"])
    return await here.ask(command, partial(_request, here, typed))


@router.get(f"{PAGE}/time")
async def answer_form(here: AtTheTask) -> Response:
    asked = here.case.occurrence.extensions.asked
    return await _answer(here, as_typed("until", asked.until) if asked else NOTHING_TYPED)


@router.post(f"{PAGE}/time")
async def answer(here: AtTheTask) -> Response:
    """More time is granted or refused, with reasons."""
    typed = await typed_in(here.request, *FIELDS)
    grants = typed["answer"] == "grant"
    until = day_typed(typed, "until", NO_DAY)
    errors = {
        **({} if typed["answer"] in {"grant", "refuse"} else {"answer": "Choose whether more time is given"}),
        **({"until-day": until} if grants and isinstance(until, str) else {}),
        **({} if typed["reason"].strip() else {"reason": "Give the reasons: whoever asked is told them"}),
    }
    if errors:
        return await _answer(here, typed, errors=errors)
    if grants and not isinstance(until, str):
        command = GrantExtension(here.occurrence, until, typed["reason"])
        return await here.ask(command, partial(_answer, here, typed))
    return await here.ask(RefuseExtension(here.occurrence, typed["reason"]), partial(_answer, here, typed))


async def _request(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    due = day(here.case.occurrence.facts.due_on)
    return await here.draw("acts/extension.html", typed=typed, errors=errors, trouble=trouble, due=due)


async def _check(here: Signing, typed: Mapping[str, str], effect: MoreTime) -> Response:
    """What would happen to the ladder. A day that no rule allows is said here, before anything is sent."""
    if effect.refusal is not None:
        return await _request(here, typed, errors={"until-day": effect.refusal})
    return await here.draw("acts/extension_check.html", typed=typed, **_told(here, effect))


async def _answer(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    case = here.case
    asked = case.occurrence.extensions.asked
    effect = more_time(here.book, case, asked.until, here.now) if asked else None
    return await here.draw(
        "acts/time.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        asked=asked and {"by": person_name(case.notice, asked.requested_by), "reason": asked.reason},
        **(_told(here, effect) if effect and effect.refusal is None else {"steps": ()}),
    )


def _told(here: Signing, effect: MoreTime) -> dict[str, Any]:
    return {
        "due": day(effect.due_on),
        "until": day(effect.until),
        "effect": effect.sentence,
        "steps": steps_told(here, effect.steps),
    }
