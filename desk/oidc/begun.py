"""What the browser brings back from the provider unseen by others: a signed cookie that lives for ten minutes."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from desk.oidc.provider import Begun
from desk.sessions import cookie_name

SECONDS = 600


def remember(request: Request, response: Response, secret: bytes, begun: Begun, wanted: str) -> None:
    """Put it on the answer that sends the browser away."""
    kept = {**asdict(begun), "url": "", "wanted": wanted}
    _set(request, response, str(_signer(secret).dumps(kept)), SECONDS)


def recall(request: Request, secret: bytes) -> tuple[Begun | None, str]:
    """What was remembered in this browser, and the page that was wanted."""
    try:
        kept: dict[str, Any] = _signer(secret).loads(request.cookies.get(_name(request), ""), max_age=SECONDS)
    except BadSignature:
        return None, ""
    wanted = kept.pop("wanted")
    return Begun(**kept), wanted


def forget(request: Request, response: Response) -> None:
    """An answer is taken once."""
    _set(request, response, "", 0)


def _set(request: Request, response: Response, value: str, seconds: int) -> None:
    response.set_cookie(
        _name(request),
        value,
        max_age=seconds,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _name(request: Request) -> str:
    return (cookie_name(request.scope) or "session").replace("session", "begun")


def _signer(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        secret, salt="sign-in-begun", signer_kwargs={"digest_method": hashlib.sha256}
    )
