"""Looking back: `?as_at=` and `?known_at=` on any page that reads the record.

It is done here, once: the moments are read, the page is drawn from the record as it stood and was known then, every
link on it keeps the two, and no form that changes something is left on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape, unescape
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from starlette.requests import Request

from desk.explanations import Explanation, ToldError
from desk.signing_in import ports_of
from desk.words import moment
from projections.past.moments import Moments
from projections.past.naming import UnfitMoment, moments_named

NAMES = ("as_at", "known_at")
_ASKING = frozenset({"GET", "HEAD"})
NOT_HERE = Explanation(
    "Nothing can be changed in the past",
    "You were looking back when you sent this.",
    "Return to today and send it again.",
)
UNFIT = "That is not a moment you can look back to"
ANOTHER_MOMENT = "Write a day that has been, such as 2016-10-14, or look at the page as it is today."
STAYS_NOW = "data-now"  # a link that leads out of the past is marked with it in its template
_OUTSIDE = (
    "/static/",
    "/sign-",
    "/mailbox",
    "/log/",
    "/livez",
    "/readyz",
    "/operator",
    "/accounts",
    "/password",
    "/audit/bag.zip",
    "/my-calendar",
)
_LINK = re.compile(r'<a\b[^>]*?\shref="(?P<href>[/?][^"]*)"[^>]*>')
_FORM_THAT_ASKS = re.compile(r'<form\b(?![^>]*\bdata-now)[^>]*\bmethod="get"[^>]*>', re.IGNORECASE)
_FORM_THAT_CHANGES = re.compile(
    r'<form\b(?![^>]*\baction="/sign-out")[^>]*\bmethod="post".*?</form>', re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Look:
    """From when one looks. `moments` is None for today; things are judged at `now`; `words` are as they were typed."""

    now: datetime
    moments: Moments | None = None
    words: Sequence[tuple[str, str]] = field(default=())

    @property
    def is_back(self) -> bool:
        return self.moments is not None


def look_of(request: Request) -> Look:
    """What the address asks for. Raises HTTPException with a sentence where that is no moment of the past."""
    found = getattr(request.state, "look", None)
    if not isinstance(found, Look):
        found = _read(request)
        request.state.look = found
    return found


def now_of(request: Request) -> datetime:
    """The moment at which the page judges things: now, or the one that is looked back to."""
    return look_of(request).now


def kept(request: Request, address: str) -> str:
    """An address of this desk with the moments of this request."""
    return _with(address, look_of(request).words)


def _read(request: Request) -> Look:
    ports = ports_of(request)
    now = ports.clock_now()
    words = tuple((name, text) for name in NAMES if (text := request.query_params.get(name, "").strip()))
    if not words:
        return Look(now)
    if request.method not in _ASKING:
        raise ToldError(409, NOT_HERE)
    given = dict(words)
    try:
        moments = moments_named(
            given.get("as_at"), given.get("known_at"), ports.zone.key, now, ("“As at”", "“Known on”")
        )
    except UnfitMoment as fault:
        raise ToldError(400, Explanation(UNFIT, str(fault), ANOTHER_MOMENT)) from None
    return Look(moments.as_at, moments, words)


def look_of_page(request: Request) -> Look | None:
    """That of a page which reads the record; None on one that does not, or that reports a fault in the moments."""
    found = getattr(request.state, "look", None)
    return found if isinstance(found, Look) else None


def in_words(request: Request, look: Look) -> str | None:
    """`as at Friday 14 October 2016, 11:59pm, as known on …`, or None for today."""
    if look.moments is None:
        return None
    zone = ports_of(request).zone
    return f"as at {moment(look.moments.as_at, zone)}, as known on {moment(look.moments.known_at, zone)}"


def address_of_today(request: Request) -> str:
    """The same page as it is now."""
    asked = [pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] not in NAMES]
    return f"{request.url.path}?{urlencode(asked)}" if asked else request.url.path


def other_words(request: Request) -> list[tuple[str, str]]:
    """What else the address asks for: a form that looks back has to keep it."""
    return [pair for pair in parse_qsl(request.url.query) if pair[0] not in NAMES]


def keep_looking_back(page: str, look: Look) -> str:
    """A drawn page whose links and questions stay in the past, and on which nothing can be signed."""
    page = _FORM_THAT_CHANGES.sub("", page)
    page = _FORM_THAT_ASKS.sub(lambda found: found.group() + _hidden(look), page)
    return _LINK.sub(lambda found: _linked(found, look), page)


def _hidden(look: Look) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(text)}">' for name, text in look.words)


def _linked(found: re.Match[str], look: Look) -> str:
    whole, href = found.group(), found.group("href")
    if STAYS_NOW in whole or href.startswith(_OUTSIDE):
        return whole
    kept_href = escape(_with(unescape(href), look.words))
    return whole.replace(f'href="{href}"', f'href="{kept_href}"', 1)


def _with(address: str, words: Sequence[tuple[str, str]]) -> str:
    parts = urlsplit(address)
    names = {name for name, _ in parse_qsl(parts.query)}
    added = [pair for pair in words if pair[0] not in names]
    query = "&".join(each for each in (parts.query, urlencode(added)) if each)
    return urlunsplit(parts._replace(query=query))
