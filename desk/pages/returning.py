"""Returning a report as deficient, with reasons and the sections that fall short."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fastapi import APIRouter
from starlette.responses import Response

from desk.acting import PAGE, AtTheTask, Signing
from desk.form_page import NOTHING_TYPED
from desk.signing import Trouble
from desk.typed import as_text, typed_in
from domain.commands import ReturnReport

router = APIRouter(include_in_schema=False)


@router.get(f"{PAGE}/return")
async def return_form(here: AtTheTask) -> Response:
    return await _draw(here)


@router.post(f"{PAGE}/return")
async def return_report(here: AtTheTask) -> Response:
    """A supplemental report is then owed."""
    typed = await typed_in(here.request, "reasons")
    form = await here.request.form()
    sections = tuple(as_text(each) for each in form.getlist("sections"))
    if not typed["reasons"].strip():
        return await _draw(here, typed, sections, errors={"reasons": "Say in what it falls short"})
    command = ReturnReport(here.occurrence, typed["reasons"], sections)
    return await here.ask(command, partial(_draw, here, typed, sections))


async def _draw(
    here: Signing,
    typed: Mapping[str, str] = NOTHING_TYPED,
    sections: tuple[str, ...] = (),
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    return await here.draw("acts/return.html", typed=typed, errors=errors, trouble=trouble, sections=sections)
