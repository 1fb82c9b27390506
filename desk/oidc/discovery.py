"""What a provider says of itself, and the keys with which it signs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
from joserfc.jwk import KeySet

from desk.hosts import is_loopback
from desk.oidc.refusing import unfit_answer, unreachable

FRESH_SECONDS = 3600
AGAIN_SECONDS = 60
TIMEOUT_SECONDS = 10
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class UnfitIssuer(ValueError):
    """The address of the provider is none that may be trusted."""


class Discovery:
    """Reads the provider's document and keys, and keeps each for an hour.

    An answer that is signed with a key not seen before makes it read the keys again, at most once a minute, so that
    somebody who sends made-up answers cannot make us knock at the provider without end.
    """

    def __init__(
        self,
        issuer: str,
        name: str,
        transport: httpx2.AsyncBaseTransport | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer, self.name = issuer, name
        self._transport, self._now = transport, now
        self._document: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None
        must_be_safe(issuer)

    async def document(self) -> dict[str, Any]:
        """The provider's metadata; raises SignInRefused."""
        if self._document is None or self._now() - self._document[0] >= FRESH_SECONDS:
            found = await self.get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            self._document = (self._now(), self._fit(found))
        return self._document[1]

    async def keys(self, *, anew: bool = False) -> KeySet:
        """The keys that sign now; raises SignInRefused."""
        wait = AGAIN_SECONDS if anew else FRESH_SECONDS
        if self._keys is None or self._now() - self._keys[0] >= wait:
            found = await self.get((await self.document())["jwks_uri"])
            try:
                self._keys = (self._now(), KeySet.import_key_set(found))  # type: ignore[arg-type]
            except (ValueError, KeyError, TypeError) as fault:
                raise unfit_answer(self.name, f"its keys cannot be read: {fault}") from None
        return self._keys[1]

    async def get(self, address: str, token: str | None = None) -> dict[str, Any]:
        """A JSON object at an address of the provider; raises SignInRefused."""
        headers = {"accept": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
        try:
            async with httpx2.AsyncClient(transport=self._transport, timeout=TIMEOUT_SECONDS) as http:
                answer = await http.get(address, headers=headers)
                answer.raise_for_status()
                found = answer.json()
        except (httpx2.HTTPError, ValueError) as fault:
            raise unreachable(self.name, f"{address}: {fault!r}") from None
        if not isinstance(found, dict):
            raise unfit_answer(self.name, f"{address} holds no object")
        return found

    def _fit(self, found: dict[str, Any]) -> dict[str, Any]:
        missing = [each for each in _NEEDED if not isinstance(found.get(each), str)]
        if missing:
            raise unfit_answer(self.name, f"its document lacks {', '.join(missing)}")
        if found["issuer"].rstrip("/") != self.issuer.rstrip("/"):
            raise unfit_answer(self.name, f"it calls itself {found['issuer']}, not {self.issuer}")
        try:
            for each in (*_NEEDED[1:], "userinfo_endpoint", "end_session_endpoint"):
                must_be_safe(found.get(each) or self.issuer)
        except UnfitIssuer as fault:
            raise unfit_answer(self.name, str(fault)) from None
        return found


def must_be_safe(address: str) -> None:
    """https, or this machine itself; raises UnfitIssuer."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and is_loopback(parts.netloc):
        return
    raise UnfitIssuer(f"The address “{address}” of the provider must begin with https://.")
