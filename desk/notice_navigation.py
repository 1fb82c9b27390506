"""The links between the pages of one notice."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from starlette.requests import Request

from desk.addresses import notice_page
from desk.language.speaking import worded
from desk.permissions import may
from desk.signing_in import ports_of
from domain.refusals import NotFound


@dataclass(frozen=True)
class Part:
    """A page of a notice. `within`: the beginning of other addresses that belong to it. `act`: whose link it is, by the table."""

    text: str
    address: str
    within: str | None = None
    act: str | None = None


@dataclass(frozen=True)
class Group:
    title: str
    parts: tuple[Part, ...]


THIS_NOTICE = "This notice"
# What each of those who work under a notice opens most days. The rest is one step further, and so easier to find.
DAILY = (
    Part("Overview", "/notice/{}", within="/notice/{}/occurrences/"),
    Part("Exposure", "/notice/{}/exposure"),
    Part("Obligations", "/notice/{}/obligations", within="/notice/{}/obligations/"),
    Part("Requests", "/notice/{}/requests"),
    Part("Board pack", "/notice/{}/board-pack", within="/notice/{}/board-pack/"),
)
MORE = (
    Group(
        "What is planned",
        (
            Part("Plan", "/notice/{}/plan"),
            Part("Reviews", "/notice/{}/reviews"),
            Part("Calendar", "/notice/{}/calendar"),
        ),
    ),
    Group(
        "People and messages",
        (
            Part("People", "/notice/{}/people", within="/notice/{}/people/"),
            Part("Deliveries", "/notice/{}/deliveries"),
            Part("Links", "/notice/{}/links", act="send-link"),
        ),
    ),
    Group(
        "Rulings and decisions",
        (Part("Readings", "/notice/{}/readings"), Part("Decisions", "/notice/{}/decisions")),
    ),
    Group(
        "The record",
        (
            Part("History", "/history/{}"),
            Part("Replay", "/notice/{}/replay"),
            Part("Compare", "/notice/{}/compare"),
        ),
    ),
)


def notice_navigation(request: Request) -> dict[str, object] | None:
    """For a page of a notice; None for any other. A page that is not a daily one stands in the bar while it is open."""
    notice, path = _notice(request), request.url.path
    if notice is None or not path.startswith((notice_page(notice), f"/history/{notice}")):
        return None

    def links(parts: tuple[Part, ...]) -> list[dict[str, object]]:
        return [_link(part, notice, path) for part in parts if _is_theirs(request, part, notice)]

    more = [(group.title, links(group.parts)) for group in MORE]
    return {
        "label": worded(THIS_NOTICE),
        "links": links(DAILY) + [each for _, found in more for each in found if each["current"]],
        "more": [
            {"title": worded(title), "links": [each for each in found if not each["current"]]}
            for title, found in more
        ],
    }


def _is_theirs(request: Request, part: Part, notice: str) -> bool:
    persona, ports = getattr(request.state, "persona", None), ports_of(request)
    if part.act is None or persona is None:
        return part.act is None
    with suppress(NotFound):
        return may(persona, ports.casebook, part.act, notice, ports.clock_now())
    return False


def _link(part: Part, notice: str, path: str) -> dict[str, object]:
    address = part.address.format(notice)
    inside = part.within is not None and path.startswith(part.within.format(notice))
    return {
        "text": worded(part.text),
        "href": address,
        "current": "page" if path == address else "true" if inside else None,
    }


def _notice(request: Request) -> str | None:
    return request.path_params.get("notice") or request.path_params.get("notice_id")
