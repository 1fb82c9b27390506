"""How often a password may be guessed: for one name, and from one place."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from limits import RateLimitItem

PER_NAME = "10 per 15 minutes"
PER_PLACE = "100 per 15 minutes"
MINUTES = 15


class Counts(Protocol):
    """What we use of `limits.aio.strategies.MovingWindowRateLimiter`."""

    async def hit(self, item: RateLimitItem, *identifiers: str, cost: int = 1) -> bool: ...

    async def clear(self, item: RateLimitItem, *identifiers: str) -> None: ...


class Guesses:
    """Counts tries in the memory of this process. A name that nobody has is counted like any other."""

    def __init__(self) -> None:
        from limits import parse
        from limits.aio.storage import MemoryStorage
        from limits.aio.strategies import MovingWindowRateLimiter

        self._counts: Counts = MovingWindowRateLimiter(MemoryStorage())
        self._per_name, self._per_place = parse(PER_NAME), parse(PER_PLACE)

    async def may_try(self, login: str, address: str) -> bool:
        """Count a try, before it is looked at: many at the same moment must not all pass."""
        from_there = await self._counts.hit(self._per_place, "place", place_of(address))
        return from_there and await self._counts.hit(self._per_name, "name", login.casefold())

    async def forgive(self, login: str) -> None:
        """Somebody has come in: the tries before were their own."""
        await self._counts.clear(self._per_name, "name", login.casefold())


def place_of(address: str) -> str:
    """One household: an IPv6 address changes at will within its /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
