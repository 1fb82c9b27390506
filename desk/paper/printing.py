"""A sheet as PDF, where the extra `pdf` is installed."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from desk.explanations import Explanation, ToldError
from desk.language.marking import honest
from desk.language.speaking import ENGLISH, language
from desk.paper.installed import pdf_is_made
from desk.render import environment

log = logging.getLogger("forthwith.desk")
PATIENCE = 60  # seconds
_one_at_a_time = asyncio.Semaphore(1)

NOT_INSTALLED = Explanation(
    "There is no PDF here",
    "This service was installed without the part that makes PDF files.",
    "Open the page itself and print it; your browser can save what it prints as PDF.",
)
NOT_MADE = Explanation(
    "The PDF could not be made",
    "Something went wrong while the page was being set.",
    "Open the page itself and print it; your browser can save what it prints as PDF.",
)


class NotMadeError(Exception):
    """No PDF came out; the reason is in the sentence."""


def on_paper(sheet: str, /, **facts: Any) -> str:
    """A sheet as HTML that stands alone: nothing of the desk is around it."""
    drawn = environment().get_template(f"paper/{sheet}.html").render(htmlLang=language(), **facts)
    return drawn if language() == ENGLISH else honest(drawn)


async def as_pdf(sheet: str, address: str, /, **facts: Any) -> bytes:
    """The same sheet gives the same bytes. Raises NotMadeError."""
    page = on_paper(sheet, **facts).encode()
    async with _one_at_a_time:
        return await _set(page, address)


async def _set(page: bytes, address: str) -> bytes:
    pipe = asyncio.subprocess.PIPE
    setting = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "desk.paper.weasy", address), stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        content, said = await asyncio.wait_for(setting.communicate(page), PATIENCE)
    except TimeoutError:
        raise NotMadeError(f"It took longer than {PATIENCE} seconds.") from None
    finally:
        if setting.returncode is None:
            setting.kill()
            await setting.wait()
    if setting.returncode != 0:
        last = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise NotMadeError(last or f"It ended with {setting.returncode}.")
    return content


async def pdf_answer(request: Request, sheet: str, name: str, /, **facts: Any) -> Response:
    """The sheet for a browser, under a file name; or a page that says how to print."""
    if not pdf_is_made():
        raise ToldError(404, NOT_INSTALLED)
    try:
        content = await as_pdf(sheet, str(request.base_url), **facts)
    except NotMadeError as fault:
        log.warning("no PDF of %s: %s", sheet, fault)
        raise ToldError(503, NOT_MADE) from None
    return Response(
        content,
        media_type="application/pdf",
        headers={"content-disposition": f'inline; filename="{name}.pdf"'},
    )
