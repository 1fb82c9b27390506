"""The form token: proof that a form was drawn by this desk for this session."""

from __future__ import annotations

from starlette.requests import Request

from desk.explanations import Explanation, ToldError
from desk.security import SAFE_METHODS
from desk.sessions import visit_of

FIELD = "form_token"
PROVEN_OTHERWISE = ("/api/", "/sign-in/provider/signed-out")
STALE = Explanation(
    "This form is out of date",
    "This form no longer belongs to your session: it was open too long, or you have signed in or out since.",
    "Go back, reload the page and send the form again.",
)


async def require_form_token(request: Request) -> None:
    """Refuse a change without the session's token. Every page has it; programs prove themselves otherwise."""
    if request.method in SAFE_METHODS or request.url.path.startswith(PROVEN_OTHERWISE):
        return
    form = await request.form()
    token = form.get(FIELD)
    if not isinstance(token, str) or not visit_of(request).accepts(token):
        raise ToldError(403, STALE)
