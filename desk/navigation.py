"""The links in the bar at the top of every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.language.speaking import worded


@dataclass(frozen=True)
class Link:
    """A link in the bar; `where_mail_is_caught` ones appear only there. `also`: other addresses of its section.

    `duty`: whose link it is, if it is not everybody's; `act`: for those alone who may do that under some notice.
    """

    text: str
    href: str
    where_mail_is_caught: bool = False
    also: str | None = None
    duty: str | None = None
    act: str | None = None


LINKS = (
    Link("My tasks", "/tasks"),
    Link("Portfolio", "/portfolio"),
    Link("Notice", "/notice"),
    Link("Escalations", "/escalations", also="/considerations/"),
    Link("History", "/history", also="/events/"),
    Link("Notice builder", "/build", act="build-notice"),
    Link("My calendar", "/my-calendar"),
    Link("Audit", "/audit"),
    Link("Service", "/operator", duty="administrator"),
    Link("Accounts", "/accounts", duty="administrator"),
    Link("Mailbox", "/mailbox", where_mail_is_caught=True),
    Link("Access log", "/access", duty="auditor"),
)


def navigation(
    path: str, *, mail_is_caught: bool, duties: tuple[str, ...] = (), may: Callable[[str], bool]
) -> list[dict[str, object]]:
    """Links for `govukServiceNavigation`: the page itself is `current`, its section `active`."""
    return [
        {
            "text": worded(link.text),
            "href": link.href,
            "current": path == link.href,
            "active": path.startswith((f"{link.href}/", link.also or f"{link.href}/")),
        }
        for link in LINKS
        if (mail_is_caught or not link.where_mail_is_caught)
        and link.duty in (None, *duties)
        and (link.act is None or may(link.act))
    ]
