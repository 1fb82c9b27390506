"""How often a link may be opened, asked for anew, or given: enough for people, too seldom for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from desk.guesses import place_of

if TYPE_CHECKING:
    from limits import RateLimitItem

OPENED = "120 per 15 minutes"
ASKED_ANEW = "3 per hour"
GIVEN = "60 per hour"
TOO_OFTEN = "There were too many requests. Wait a quarter of an hour and try again. Nothing has been changed."
ENOUGH_SENT = (
    "A new link was asked for several times already. Look for the newest mail, also among unwanted mail; "
    "after an hour you can ask again."
)
ENOUGH_GIVEN = "You have given many links within an hour. Wait a while before you give another."


class Counts(Protocol):
    """What we use of `limits.aio.strategies.MovingWindowRateLimiter`."""

    async def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool: ...


class Pace:
    """Counts in the memory of this process. The package is loaded when the first link comes."""

    def __init__(self) -> None:
        self._counts: Counts | None = None

    async def may_open(self, address: str) -> bool:
        """From one place, whatever the words."""
        return await self._hit(OPENED, "opened", place_of(address))

    async def may_ask_anew(self, person: str) -> bool:
        return await self._hit(ASKED_ANEW, "anew", person)

    async def may_give(self, person: str) -> bool:
        return await self._hit(GIVEN, "given", person)

    async def _hit(self, rate: str, *names: str) -> bool:
        from limits import parse
        from limits.aio.storage import MemoryStorage
        from limits.aio.strategies import MovingWindowRateLimiter

        if self._counts is None:
            self._counts = MovingWindowRateLimiter(MemoryStorage())
        return await self._counts.hit(parse(rate), *names)
