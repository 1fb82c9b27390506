"""A page with a form on which an act is signed. Nothing that was typed is lost, whatever became of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.addresses import receipt_page
from desk.ports import Persona
from desk.render import render
from desk.sessions import visit_of
from desk.signing import Trouble, new_slip, sign
from domain.commands import Command

Text = Annotated[str, Form()]
Again = Callable[[Trouble], Awaitable[Response]]
Afterwards = Callable[[], Awaitable[None]]
NOTHING_TYPED: Mapping[str, str] = {}


async def ask(
    request: Request,
    persona: Persona,
    command: Command,
    slip: str,
    again: Again,
    afterwards: Afterwards | None = None,
) -> Response:
    """On to the receipt; or what `again` draws, with the reason why not and everything that was typed."""
    answer = await sign(request, persona, command, slip)
    if isinstance(answer, Trouble):
        return await again(answer)
    if afterwards is not None:
        await afterwards()
    return RedirectResponse(receipt_page(answer.first_index), 303)


async def draw_form(
    request: Request,
    template: str,
    slip: str = "",
    *,
    typed: Mapping[str, str] = NOTHING_TYPED,
    errors: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    status: int = 200,
    **facts: Any,
) -> Response:
    """`slip` makes two sendings of one form one act. `errors`: sentences by field. `status`: where nothing is wrong."""
    return await render(
        request,
        template,
        status=trouble.status if trouble else 422 if errors else status,
        form_token=visit_of(request).form_token,
        slip=slip or new_slip(),
        typed=typed,
        errors=dict(errors),
        refusal=trouble.sentence if trouble else None,
        **facts,
    )
