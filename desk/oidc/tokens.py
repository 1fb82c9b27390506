"""What the provider has signed: whether it is its signature, for us, for this sign-in, and still good."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    JoseError,
    MissingClaimError,
)
from joserfc.jws import JWSRegistry

from desk.oidc.discovery import Discovery
from desk.oidc.refusing import from_elsewhere, of_another_sign_in, too_old, unfit_answer, unsigned

# Signatures with a key of two halves only: with a shared secret, whoever can check can also sign.
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "Ed25519",
    "EdDSA",
)
LEEWAY_SECONDS = 60
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class Tokens:
    """Reads tokens of one provider that are meant for one client."""

    def __init__(self, discovery: Discovery, client_id: str, now: Callable[[], float] = time.time) -> None:
        self._discovery, self._client_id, self._now = discovery, client_id, now

    async def identity(self, token: str, nonce: str, access_token: str | None) -> dict[str, Any]:
        """The claims of an ID token; raises SignInRefused."""
        name = self._discovery.name
        decoded = await self._decoded(token)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            await self._expected(),
            {"nonce": nonce, "client_id": self._client_id, "access_token": access_token},
        )
        try:
            claims.validate(now=int(self._now()), leeway=LEEWAY_SECONDS)
        except ExpiredTokenError:
            raise too_old(name) from None
        except (InvalidClaimError, MissingClaimError) as fault:
            if fault.claim == "nonce":
                raise of_another_sign_in(name) from None
            if fault.claim in {"exp", "iat", "nbf"}:
                raise too_old(name) from None
            raise from_elsewhere(name, str(fault)) from None
        except JoseError as fault:
            raise from_elsewhere(name, str(fault)) from None
        return dict(decoded.claims)

    async def logout(self, token: str) -> tuple[str | None, str | None]:
        """Subject and session that are over, by a back-channel logout token; raises SignInRefused."""
        name = self._discovery.name
        claims = (await self._decoded(token)).claims
        registry = jwt.JWTClaimsRegistry(
            now=int(self._now()), leeway=LEEWAY_SECONDS, iat={"essential": True}, jti={"essential": True},
            **await self._expected(),
        )  # fmt: skip
        try:
            registry.validate(claims)
        except ExpiredTokenError:
            raise too_old(name) from None
        except JoseError as fault:
            raise from_elsewhere(name, str(fault)) from None
        if self._now() - claims["iat"] > 2 * LEEWAY_SECONDS:
            raise too_old(name)
        events = claims.get("events")
        if not isinstance(events, Mapping) or LOGOUT_EVENT not in events or "nonce" in claims:
            raise unfit_answer(name, "it is no logout token")
        subject, session = claims.get("sub"), claims.get("sid")
        if (
            not isinstance(subject, str | None)
            or not isinstance(session, str | None)
            or not (subject or session)
        ):
            raise unfit_answer(name, "the logout token names nobody")
        return subject, session

    async def _expected(self) -> dict[str, Any]:
        issuer = (await self._discovery.document())["issuer"]
        return {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": self._client_id},
        }

    async def _decoded(self, token: str) -> jwt.Token:
        """Its claims once its signature holds. A key that is not known yet may be new, so the keys are read again."""
        try:
            return self._verified(token, await self._discovery.keys())
        except (InvalidKeyIdError, BadSignatureError, ValueError):
            keys = await self._discovery.keys(anew=True)
        except JoseError as fault:
            raise unsigned(self._discovery.name, str(fault)) from None
        try:
            return self._verified(token, keys)
        except (JoseError, ValueError) as fault:
            raise unsigned(self._discovery.name, str(fault)) from None

    def _verified(self, token: str, keys: Any) -> jwt.Token:
        return jwt.decode(
            token, keys, registry=JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        )
