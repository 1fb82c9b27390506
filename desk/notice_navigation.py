"""The links between the pages of one notice."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from desk.addresses import notice_page


@dataclass(frozen=True)
class Part:
    """A page of a notice. `within`: the beginning of other addresses that belong to it."""

    text: str
    address: str
    within: str | None = None


PARTS = (
    Part("Overview", "/notice/{}", within="/notice/{}/occurrences/"),
    Part("Obligations", "/notice/{}/obligations", within="/notice/{}/obligations/"),
    Part("Plan", "/notice/{}/plan"),
    Part("Reviews", "/notice/{}/reviews"),
    Part("People", "/notice/{}/people", within="/notice/{}/people/"),
    Part("Requests", "/notice/{}/requests"),
    Part("Calendar", "/notice/{}/calendar"),
    Part("Deliveries", "/notice/{}/deliveries"),
    Part("Readings", "/notice/{}/readings"),
    Part("Decisions", "/notice/{}/decisions"),
    Part("History", "/history/{}"),
    Part("Replay", "/notice/{}/replay"),
    Part("Compare", "/notice/{}/compare"),
)


def notice_navigation(request: Request) -> dict[str, object] | None:
    """For a page of a notice; None for any other."""
    notice, path = _notice(request), request.url.path
    if notice is None or not path.startswith((notice_page(notice), f"/history/{notice}")):
        return None
    return {"label": "This notice", "links": [_link(part, notice, path) for part in PARTS]}


def _link(part: Part, notice: str, path: str) -> dict[str, object]:
    address = part.address.format(notice)
    inside = part.within is not None and path.startswith(part.within.format(notice))
    return {
        "text": part.text,
        "href": address,
        "current": "page" if path == address else "true" if inside else None,
    }


def _notice(request: Request) -> str | None:
    return request.path_params.get("notice") or request.path_params.get("notice_id")
