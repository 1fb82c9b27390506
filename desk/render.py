"""Turning a template and its facts into an answer."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache, partial
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from desk.drawn_once import drawn_once
from desk.language.choosing import other_languages
from desk.language.marking import honest
from desk.language.speaking import ENGLISH, language, speaking
from desk.language.templates import install
from desk.looking_back import address_of_today, in_words, keep_looking_back, look_of_page, other_words
from desk.navigation import navigation
from desk.notice_navigation import notice_navigation
from desk.paper.installed import pdf_is_made
from desk.permissions import may_somewhere
from desk.sessions import visit_of
from desk.signing_in import persona_or_none, ports_of
from desk.static_files import asset
from desk.words import clock_time, day, moment, short_day, standing_class, within

_OF_EVERY_DICT = frozenset(dir(dict))
GOVUK = "govuk_frontend_jinja"  # its macros import each other under this name


class _Settled(Environment):
    """Of which the globals change no more once it is made.

    Jinja keeps them in a `ChainMap`, so that they could, and takes the keys of one such map from another's each time that
    a macro is imported: a tenth of what drawing the inbox costs. `row.title` of a dictionary costs it an exception.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute not in _OF_EVERY_DICT:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@cache
def environment() -> Environment:
    """Our templates, with GOV.UK Frontend's macros beside them; everything is escaped."""
    made = _Settled(
        loader=ChoiceLoader([PackageLoader("desk"), PrefixLoader({GOVUK: PackageLoader(GOVUK)})]),
        autoescape=select_autoescape(default=True),
        auto_reload=False,  # else each of the macros that a page imports is looked for on the disk, each time
        trim_blocks=True,
        lstrip_blocks=True,
    )
    install(made)
    made.globals.update(asset=asset, drawn_once=drawn_once, pdf_is_made=pdf_is_made)
    made.filters.update(
        day=day, short_day=short_day, clock_time=clock_time, standing_class=standing_class, within=within
    )
    return made


async def render(request: Request, template: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
    """Draw `template` with `facts` and what every page needs: the person, the bar, the clock, messages.

    `as_of` (words such as "as at 14 October 2016") makes the page a look back: it carries a banner, and `read_only` is
    true, so that no form is drawn. Whoever looks back by the address of the page gets that without asking for it.
    """
    spoken = request.scope.get("language", ENGLISH)
    with speaking(spoken):
        drawn = await _drawn(request, template, facts, status)
    look = look_of_page(request)
    drawn = keep_looking_back(drawn, look) if look and look.is_back else drawn
    return HTMLResponse(drawn if spoken == ENGLISH else honest(drawn), status, {"content-language": spoken})


async def _drawn(request: Request, template: str, facts: dict[str, Any], status: int) -> str:
    ports, look = ports_of(request), look_of_page(request)
    as_of = in_words(request, look) if look else None
    seated = NOBODY if status >= 500 else await _seated(request)
    return (
        environment()
        .get_template(template)
        .render(
            {
                "cspNonce": request.scope["csp_nonce"],
                "htmlLang": language(),
                "other_languages": other_languages(request),
                **seated,
                "navigation": navigation(
                    request.url.path,
                    mail_is_caught=ports.mailbox is not None,
                    duties=seated["persona"].desk_roles,
                    may=partial(may_somewhere, seated["persona"], ports.casebook, now=ports.clock_now()),
                )
                if seated["persona"]
                else [],
                "simulated": ports.simulated,
                "clock_reads": moment(ports.clock_now(), ports.zone),
                "zone": ports.zone.key,
                "at": partial(moment, zone=ports.zone),
                "path": request.url.path,
                "as_of": as_of,
                "looks_back": None if look is None else dict(look.words),
                "today_href": address_of_today(request),
                "other_words": other_words(request),
                "notice_navigation": notice_navigation(request) if seated["persona"] else None,
                "read_only": facts.get("as_of", as_of) is not None,
                "errors": {},
                **facts,
            }
        )
    )


# A page that reports a failure must not ask what may be failing: it is drawn as for a stranger.
NOBODY: dict[str, Any] = {"persona": None, "flashes": (), "form_token": None}


async def _seated(request: Request) -> dict[str, Any]:
    visit = visit_of(request)
    return {
        "persona": await persona_or_none(request),
        "flashes": await visit.take_flashes(),
        "form_token": visit.form_token,
    }
