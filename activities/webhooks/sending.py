"""One call of a webhook."""

import asyncio
from dataclasses import dataclass
from typing import Any

from activities.delivery.answers import for_the_record
from activities.webhooks.addresses import AddressNotFound, AddressRefused, examined
from activities.webhooks.signing import signed_headers
from domain.clock import Clock, LiveClock

AGENT = "Forthwith-Webhooks/1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Who is told: `keys` newest first; `topics` without their versions, all of them when empty; one notice, or all."""

    name: str
    url: str
    keys: tuple[bytes, ...]
    topics: frozenset[str] = frozenset()
    notice: str | None = None


class NotTaken(Exception):
    """The receiver did not take it; `gone`: it wants no more (410)."""

    def __init__(self, sentence: str, *, gone: bool = False) -> None:
        super().__init__(sentence)
        self.gone = gone


class Caller:
    """Calls webhooks. `private`: also those on this machine and in private networks. `timeout` is in seconds for all of it.

    Signatures carry real time, even where a notice lives in another: receivers compare it with their own.
    """

    def __init__(self, *, private: bool = False, timeout: float = 15.0, clock: Clock | None = None) -> None:
        self._private, self._timeout, self._clock = private, timeout, clock or LiveClock()

    async def call(self, endpoint: Endpoint, message: str, body: bytes) -> int:
        """The status of its answer, which is 2xx; raises NotTaken. Redirects are not followed."""
        try:
            async with asyncio.timeout(self._timeout):
                status = await self._post(endpoint, message, body)
        except TimeoutError:
            raise NotTaken("The receiver did not answer in time.") from None
        except (AddressRefused, AddressNotFound) as fault:
            raise NotTaken(str(fault)) from None
        if not 200 <= status < 300:
            raise NotTaken(f"The receiver answered {status}.", gone=status == 410)
        return status

    async def _post(self, endpoint: Endpoint, message: str, body: bytes) -> int:
        import httpx2  # heavy, and most installations have no webhook

        place = await examined(endpoint.url, private=self._private)
        headers = {
            "Host": place.host,
            "Content-Type": "application/json",
            "User-Agent": AGENT,
            **signed_headers(endpoint.keys, message, self._clock.now(), body),
        }
        named: dict[str, Any] = {"sni_hostname": place.name}
        try:
            async with (
                httpx2.AsyncClient(trust_env=False, timeout=self._timeout) as client,
                # Streamed, and never read: what a receiver says beyond its status is nothing to us.
                client.stream("POST", place.url, content=body, headers=headers, extensions=named) as answer,
            ):
                return int(answer.status_code)
        except httpx2.TimeoutException:
            raise TimeoutError from None
        except (httpx2.HTTPError, OSError, ValueError) as fault:
            raise NotTaken(f"The receiver could not be reached: {for_the_record(str(fault))}") from None
