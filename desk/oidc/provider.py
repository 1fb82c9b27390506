"""Signing in at a provider: authorization code, PKCE, state and nonce."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from desk.oidc.mapping import ClaimMapping
from desk.oidc.refusing import (
    from_elsewhere,
    nobody_here,
    not_begun_here,
    turned_away,
    unfit_answer,
    unreachable,
)
from desk.sessions import Session


@dataclass(frozen=True)
class ProviderSettings:
    """How we are known at the provider. `desk_url` is the address under which people reach the desk."""

    issuer: str
    client_id: str
    client_secret: str | None
    desk_url: str
    name: str = "Your organisation’s account"
    scopes: str = "openid profile email"
    mapping: ClaimMapping = field(default_factory=ClaimMapping)

    @property
    def answer_url(self) -> str:
        return f"{self.desk_url.rstrip('/')}/sign-in/provider/answer"

    @property
    def after_sign_out_url(self) -> str:
        return f"{self.desk_url.rstrip('/')}/sign-in?signed-out"


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way: where the browser goes, and what it must bring back unseen by anybody else."""

    url: str
    state: str
    nonce: str
    verifier: str


class Provider:
    """One OpenID provider. Its parts are loaded when somebody first signs in with it."""

    def __init__(
        self,
        settings: ProviderSettings,
        *,
        transport: Any = None,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        from desk.oidc.discovery import Discovery
        from desk.oidc.tokens import Tokens

        self.settings = settings
        self._transport = transport
        self._discovery = Discovery(settings.issuer, settings.name, transport, monotonic)
        self._tokens = Tokens(self._discovery, settings.client_id, now)

    @property
    def name(self) -> str:
        return self.settings.name

    async def begin(self) -> Begun:
        """Raises SignInRefused."""
        document = await self._discovery.document()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        async with self._client(document) as client:
            url, _ = client.create_authorization_url(
                document["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return Begun(str(url), state, nonce, verifier)

    async def finish(self, answer: Mapping[str, str], begun: Begun | None) -> Session:
        """The session that the provider's answer allows to begin; raises SignInRefused."""
        if begun is None or not secrets.compare_digest(
            answer.get("state", "").encode(), begun.state.encode()
        ):
            raise not_begun_here()
        document = await self._discovery.document()
        if answer.get("iss", document["issuer"]) != document["issuer"]:
            raise from_elsewhere(self.name, f"the answer comes from {answer['iss']}")
        if "code" not in answer:
            raise turned_away(self.name, answer.get("error", "no code"))
        token = await self._exchange(document, answer["code"], begun)
        id_token, access = token.get("id_token"), token.get("access_token")
        if not isinstance(id_token, str):
            raise unfit_answer(self.name, "there is no ID token")
        claims = await self._tokens.identity(id_token, begun.nonce, access)
        return self._session({**await self._more(document, claims, access), **claims}, id_token)

    async def sign_out_url(self, id_token: str | None) -> str | None:
        """Where the browser goes to be signed out at the provider too; None where that is not offered."""
        from desk.oidc.refusing import SignInRefused

        try:
            endpoint = (await self._discovery.document()).get("end_session_endpoint")
        except SignInRefused:
            return None
        if not endpoint:
            return None
        asked = {
            "client_id": self.settings.client_id,
            "post_logout_redirect_uri": self.settings.after_sign_out_url,
            **({"id_token_hint": id_token} if id_token else {}),
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    async def signed_out(self, logout_token: str) -> tuple[str | None, str | None]:
        """Subject and session that the provider says are over; raises SignInRefused."""
        return await self._tokens.logout(logout_token)

    async def _exchange(self, document: Mapping[str, Any], code: str, begun: Begun) -> Mapping[str, Any]:
        import httpx2
        from authlib.common.errors import AuthlibBaseError

        try:
            async with self._client(document) as client:
                found: Mapping[str, Any] = await client.fetch_token(
                    document["token_endpoint"], code=code, code_verifier=begun.verifier
                )
        except AuthlibBaseError as fault:
            raise turned_away(self.name, str(fault)) from None
        except (httpx2.HTTPError, ValueError) as fault:
            raise unreachable(self.name, repr(fault)) from None
        return found

    async def _more(
        self, document: Mapping[str, Any], claims: Mapping[str, Any], access: str | None
    ) -> Mapping[str, Any]:
        """What the provider says of the person beside the ID token; many keep names and groups there."""
        endpoint = document.get("userinfo_endpoint")
        if not endpoint or not access:
            return {}
        found = await self._discovery.get(endpoint, access)
        if found.get("sub") != claims["sub"]:
            raise from_elsewhere(self.name, "the user information is that of somebody else")
        return found

    def _session(self, claims: Mapping[str, Any], id_token: str) -> Session:
        person = self.settings.mapping.person_of(claims)
        if person is None:
            raise nobody_here(self.name)
        name, session = claims.get("name"), claims.get("sid")
        return Session(
            person,
            name=name if isinstance(name, str) else person,
            roles=self.settings.mapping.roles_of(claims),
            way="provider",
            id_token=id_token,
            subject=claims["sub"],
            provider_session=session if isinstance(session, str) else None,
        )

    def _client(self, document: Mapping[str, Any]) -> Any:
        """Authlib's client; a public one where we hold no secret."""
        from authlib.integrations.httpx_client import AsyncOAuth2Client

        ours = self.settings
        return AsyncOAuth2Client(
            ours.client_id,
            ours.client_secret,
            scope=ours.scopes,
            redirect_uri=ours.answer_url,
            code_challenge_method="S256",
            token_endpoint_auth_method=_proof(document, ours.client_secret),
            transport=self._transport,
            timeout=10,
        )


def _proof(document: Mapping[str, Any], secret: str | None) -> str:
    """How we prove who we are: the default of the standard, unless the provider knows the other way only."""
    if not secret:
        return "none"
    offered = document.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
