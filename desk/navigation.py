"""The links in the bar at the top of every page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A link in the bar; `demo_only` ones appear when the clock is simulated."""

    text: str
    href: str
    demo_only: bool = False


LINKS = (
    Link("My tasks", "/tasks"),
    Link("Notice", "/notice"),
    Link("History", "/history"),
    Link("Mailbox", "/mailbox", demo_only=True),
)


def navigation(path: str, *, simulated: bool) -> list[dict[str, object]]:
    """Links for `govukServiceNavigation`: the page itself is `current`, its section `active`."""
    return [
        {
            "text": link.text,
            "href": link.href,
            "current": path == link.href,
            "active": path.startswith(f"{link.href}/"),
        }
        for link in LINKS
        if simulated or not link.demo_only
    ]
