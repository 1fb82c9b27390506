"""What somebody typed into a form, kept whole until it has been recorded."""

from __future__ import annotations

import re

from starlette.requests import Request

LONGEST_ADDRESS = 254


async def typed_in(request: Request, *names: str) -> dict[str, str]:
    """The named fields as text; what was not sent is empty. Browsers send line ends as CR LF, the record keeps plain ones."""
    form = await request.form()
    return {name: as_text(form.get(name)) for name in names}


def as_text(value: object) -> str:
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def is_address(text: str) -> bool:
    """Whether it could be an address of mail or of a chat service; an empty one is none, and is fine."""
    return not text or (
        len(text) <= LONGEST_ADDRESS
        and re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+|[a-z]+://[^\s<>]+", text) is not None
    )
