"""What the access log is told: who was refused what, and who opened what is shown to few."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.feeds.secret_address import without_secret
from desk.signing_in import ports_of
from domain.access import Access, AccessKind
from domain.identity import OccurrenceId
from domain.outside_links import OutsideLink
from domain.record import LedgerUnreachable
from projections.seen_by import NotOpenToThem, SeenBy

LONGEST = 2000
AWAY = (
    b"This is shown to few people, and whoever opens it is written down. That cannot be done just now, so it cannot be "
    b"shown. Wait a minute and try again."
)


async def note_refusal(
    request: Request, act: str, sentence: str, notice: str | None, about: OccurrenceId | None = None
) -> None:
    """Somebody was refused an act, by their role or by a rule."""
    await _note(request, "refused", act, sentence, notice, str(about) if about else _path(request))


async def note_hidden(request: Request, asked: NotOpenToThem) -> None:
    """Somebody asked for what is not open to them."""
    await _note(request, "hidden", asked.act or _act_of(request), str(asked), asked.notice, _path(request))


async def note_opened(request: Request, act: str, sentence: str, notice: str | None, about: str) -> None:
    """Somebody opens something personal. What the book hides from some is noted without this."""
    await _note(request, "opened", act, sentence, notice, about)


async def note_link(request: Request, link: OutsideLink, sentence: str) -> None:
    """Somebody came by a link, who is not signed in: it is told of whom it was given to."""
    ports = ports_of(request)
    whole = f"{sentence} Link {link.id}, given by {link.given_by}."
    noted = Access(
        ports.clock_now(), link.person, "link", link.act, link.notice, str(link.about), whole[:LONGEST]
    )
    await ports.accesses.note(noted)


async def note_given(request: Request, sentence: str, notice: str, about: str) -> None:
    """Somebody signed in gave a link, or took one back."""
    await _note(request, "link", "send-link", sentence, notice, about)


def _act_of(request: Request) -> str:
    """The row of the table that the page asks for."""
    return getattr(request.state, "act", None) or "unknown"


async def _note(
    request: Request, kind: AccessKind, act: str, sentence: str, notice: str | None, about: str | None
) -> None:
    ports, persona = ports_of(request), getattr(request.state, "persona", None)
    who = persona.id if persona else "nobody signed in"
    noted = Access(ports.clock_now(), who, kind, act, notice, _plain(about), _plain(sentence) or "")
    await ports.accesses.note(noted)


def _path(request: Request) -> str:
    """Never with a secret in it."""
    return without_secret(request.url.path)


def _plain(text: str | None) -> str | None:
    """What people send can hold what the database does not take, or be endless."""
    return text and text.encode("utf-8", "replace").decode().replace("\0", "?")[:LONGEST]


class AccessNoter:
    """Notes what was looked at that is shown to few, before the answer goes out: no note, no answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault(
            "state", {}
        )  # one for all applications below, also where they get a scope of their own
        withheld = False

        async def send_once_noted(message: Message) -> None:
            nonlocal withheld
            if message["type"] == "http.response.start":
                withheld = not await _is_noted(Request(scope))
                if withheld:
                    await _send_away(send)
            if not withheld:
                await send(message)

        await self._app(scope, receive, send_once_noted)


async def _is_noted(request: Request) -> bool:
    books: Sequence[SeenBy] = getattr(request.state, "books", ())
    few: dict[str, dict[str, None]] = {}
    for book in books:
        for notice, names in book.shown_to_few().items():
            few.setdefault(notice, {}).update(dict.fromkeys(names))
    try:
        for notice, each in few.items():
            await note_opened(request, _act_of(request), _sentence(tuple(each)), notice, _path(request))
    except LedgerUnreachable:
        return False
    return True


def _sentence(names: Sequence[str]) -> str:
    return f"Opened what is hidden from some: {', '.join(names)}."


async def _send_away(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"30")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": AWAY})
