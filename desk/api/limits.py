"""How much a program may send at once; what is longer is refused before it is read."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive

from desk.api.problems import problem
from desk.bodies import ENVELOPE, FORM, BodyLimit

LODGING = "/acts/lodge-evidence"


class ApiBodyLimit(BodyLimit):
    """A file comes as base64, four letters for each three bytes of it."""

    def _limit(self, path: str) -> int:
        return max(self._largest_file * 4 // 3 + ENVELOPE, FORM) if path.endswith(LODGING) else FORM

    async def _hear_out(self, receive: Receive, limit: int) -> None:
        """A program reads the answer also while it sends."""

    async def _answer(self, request: Request, sentence: str) -> Response:
        return problem(request, 413, "ContentTooLarge", f"{sentence} Nothing was saved.")
