"""Which language a visitor reads: the one in the address, the one they chose before, or the one their browser asks for.

A choice is kept in a cookie of this browser for a year; it says nothing about who somebody is. An act is always done in
English, whatever its page was read in, so that no word of the record depends on who was looking.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.language.speaking import ENGLISH, LANGUAGES, name_of, speaking

ASKED = "lang"
COOKIE = "language"
A_YEAR = 365 * 24 * 60 * 60  # seconds
_READING = frozenset({"GET", "HEAD"})


class LanguageChooser:
    """Speaks the visitor's language while a page is read, and keeps a choice that the address makes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/api/", "/static/")):
            await self._app(scope, receive, send)
            return
        asked = asked_for(QueryParams(scope["query_string"]).get(ASKED))
        scope["language"] = asked or language_of(Headers(scope=scope))

        async def send_with_choice(message: Message) -> None:
            if message["type"] == "http.response.start" and asked:
                MutableHeaders(scope=message).append("set-cookie", choice_kept(asked, scope["scheme"]))
            await send(message)

        with speaking(scope["language"] if scope["method"] in _READING else ENGLISH):
            await self._app(scope, receive, send_with_choice)


def language_of(headers: Headers) -> str:
    """By what was chosen before, else by what the browser prefers."""
    return asked_for(_cookie(headers)) or preferred(headers.get("accept-language", "")) or ENGLISH


def asked_for(language: str | None) -> str | None:
    """A language that the desk has, or None."""
    return language if language in LANGUAGES else None


def preferred(accepted: str) -> str | None:
    """The first of `cy;q=0.9, en-GB` that the desk has, by weight; a weight of nought refuses a language."""
    weighed = [_weighed(each) for each in accepted.split(",")]
    known = [(weight, language) for weight, language in weighed if weight > 0 and language in LANGUAGES]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def _weighed(accepted: str) -> tuple[float, str]:
    tag, _, weight = accepted.partition(";")
    language = tag.strip().lower().partition("-")[0]
    try:
        return (float(weight.strip().removeprefix("q=")) if weight else 1.0), language
    except ValueError:
        return 0.0, language


def choice_kept(language: str, scheme: str) -> str:
    """The cookie in which a choice is kept."""
    secure = "; Secure" if scheme == "https" else ""
    return f"{COOKIE}={language}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Lax{secure}"


def _cookie(headers: Headers) -> str | None:
    try:
        cookie = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return None
    return cookie[COOKIE].value if COOKIE in cookie else None


def other_languages(request: Request) -> list[dict[str, str]]:
    """This page in each language that it is not in: where one can come back to it, for it was only read."""
    if request.method not in _READING:
        return []
    spoken = request.scope.get("language", ENGLISH)
    kept = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != ASKED]
    return [
        {
            "language": each,
            "name": name_of(each),
            "href": f"{request.url.path}?{urlencode([*kept, (ASKED, each)])}",
        }
        for each in LANGUAGES
        if each != spoken
    ]
