"""How often a password may be guessed: for one name, and from one place."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from limits import RateLimitItem

PER_NAME, PER_PLACE = 10, 100
MINUTES = 15
WINDOW_SECONDS = MINUTES * 60.0


class Counts(Protocol):
    """Where tries are counted, in a window that moves."""

    async def hit(self, about: str, at_most: int, seconds: float) -> bool:
        """Count a try; False, and nothing is counted, where there were `at_most` in the last `seconds`."""
        ...

    async def clear(self, about: str) -> None: ...


class MemoryCounts:
    """Counts of one process, for the demonstration: a restart forgets them."""

    def __init__(self) -> None:
        from limits.aio.storage import MemoryStorage
        from limits.aio.strategies import MovingWindowRateLimiter

        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._items: dict[tuple[int, float], RateLimitItem] = {}

    async def hit(self, about: str, at_most: int, seconds: float) -> bool:
        from limits import RateLimitItemPerSecond

        item = self._items.setdefault((at_most, seconds), RateLimitItemPerSecond(at_most, int(seconds)))
        return await self._limiter.hit(item, about)

    async def clear(self, about: str) -> None:
        for item in self._items.values():
            await self._limiter.clear(item, about)


class Guesses:
    """Lets so many tries pass. A name that nobody has is counted like any other."""

    def __init__(self, counts: Counts | None = None) -> None:
        self._counts = counts or MemoryCounts()

    async def may_try(self, login: str, address: str) -> bool:
        """Count a try, before it is looked at: many at the same moment must not all pass."""
        from_there = await self._counts.hit(f"place {place_of(address)}", PER_PLACE, WINDOW_SECONDS)
        return from_there and await self._counts.hit(_name(login), PER_NAME, WINDOW_SECONDS)

    async def forgive(self, login: str) -> None:
        """Somebody has come in: the tries before were their own."""
        await self._counts.clear(_name(login))


def _name(login: str) -> str:
    return f"name {login.casefold()}"


def place_of(address: str) -> str:
    """One household: an IPv6 address changes at will within its /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
