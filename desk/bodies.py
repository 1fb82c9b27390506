"""How much may be sent to the desk at once: without a limit anybody could fill the disk of whoever runs it."""

from __future__ import annotations

from contextlib import suppress

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.errors import error_response
from desk.evidence import size_in_words
from desk.feeds.secret_address import OUTSIDE_PLACE

FORM = 1024 * 1024  # what a single field may hold as well
ENVELOPE = 64 * 1024
_DRAINED = 4


class TooLargeError(Exception):
    """More was sent than is taken here."""


class BodyLimit:
    """Refuses what is longer than a form can be, or, where files are lodged, than a file may be; in bytes."""

    def __init__(self, app: ASGIApp, largest_file: int, elsewhere: str | None = None) -> None:
        """`elsewhere`: below this path others set limits of their own."""
        self._app = app
        self._largest_file = largest_file
        self._elsewhere = elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or (self._elsewhere and scope["path"].startswith(f"{self._elsewhere}/")):
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared) > limit:
            await self._hear_out(receive, limit)
            await self._refuse(scope, receive, send, limit)
            return
        counted = _Counted(receive, send, limit)
        with suppress(TooLargeError):
            await self._app(scope, counted.receive, counted.send)
        if counted.exceeded:
            await self._refuse(scope, receive, send, limit)

    def _limit(self, path: str) -> int:
        takes_files = path.endswith("/evidence") or path.startswith(OUTSIDE_PLACE)
        return max(self._largest_file + ENVELOPE, FORM) if takes_files else FORM

    async def _hear_out(self, receive: Receive, limit: int) -> None:
        """A browser that is cut off while it sends shows a fault of its own, and not our sentence."""
        await _drain(receive, _DRAINED * limit)

    def _sentence(self, limit: int) -> str:
        what, most = ("What was sent", FORM) if limit == FORM else ("The file", self._largest_file)
        return f"{what} is longer than the {size_in_words(most)} that are taken."

    async def _answer(self, request: Request, sentence: str) -> Response:
        return await error_response(request, 413, sentence)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        answer = await self._answer(Request(scope), self._sentence(limit))
        answer.headers["connection"] = "close"
        await answer(scope, receive, send)


class _Counted:
    """Lets a request in up to a limit; once it is exceeded, no answer but ours goes out."""

    def __init__(self, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self._left = receive, send, limit

    @property
    def exceeded(self) -> bool:
        return self._left < 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.exceeded:
            raise TooLargeError
        return message

    async def send(self, message: Message) -> None:
        if not self.exceeded:
            await self._send(message)


async def _drain(receive: Receive, most: int) -> None:
    """Read on, keeping nothing."""
    seen = 0
    while seen <= most:
        message = await receive()
        seen += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            return
