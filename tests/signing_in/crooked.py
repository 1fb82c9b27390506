"""An OpenID provider that does what a test tells it to, in memory: honest unless told otherwise."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ISSUER = "https://login.example"
CLIENT = "forthwith"
SECRET = "between us"


def new_key(kid: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})


@dataclass
class Crooked:
    """`claims` replace those of an honest ID token; None takes one out. `published` are the keys it shows."""

    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=lambda: {"sub": "s-1"})
    key: ECKey = field(default_factory=lambda: new_key("one"))
    published: list[ECKey] | None = None
    reachable: bool = True
    keys_read: int = 0
    asked: dict[str, str] = field(default_factory=dict)
    token_error: str | None = None

    def transport(self) -> httpx2.ASGITransport:
        return httpx2.ASGITransport(
            app=Starlette(
                routes=[
                    Route("/.well-known/openid-configuration", self._document),
                    Route("/jwks", self._jwks),
                    Route("/token", self._token, methods=["POST"]),
                    Route("/userinfo", self._userinfo),
                ]
            )
        )

    def answer(self, url: str, **changed: str) -> dict[str, str]:
        """What the browser brings back after it was sent to `url`."""
        self.asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        return {"state": self.asked["state"], "code": "c-1", "iss": ISSUER} | changed

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)

    async def _document(self, _: Request) -> Response:
        if not self.reachable:
            return Response(status_code=503)
        return JSONResponse(
            {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/jwks",
                "userinfo_endpoint": f"{ISSUER}/userinfo",
                "end_session_endpoint": f"{ISSUER}/end",
            }
            | self.metadata
        )

    async def _jwks(self, _: Request) -> Response:
        self.keys_read += 1
        keys = [self.key] if self.published is None else self.published
        return JSONResponse(KeySet(list(keys)).as_dict(private=False))

    async def _token(self, request: Request) -> Response:
        if self.token_error:
            return JSONResponse({"error": self.token_error}, 400)
        form = await request.form()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest())
        assert challenge.decode().rstrip("=") == self.asked["code_challenge"]
        assert self.asked["code_challenge_method"] == "S256"
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        assert request.headers["authorization"] == f"Basic {basic}"
        now = int(time.time())
        honest = {
            "iss": ISSUER, "sub": "s-1", "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": self.asked["nonce"],
            "preferred_username": "helen-marsh", "name": "Helen Marsh", "sid": "there-1",
        }  # fmt: skip
        claims = {key: value for key, value in (honest | self.claims).items() if value is not None}
        token = self.signed(claims)
        return JSONResponse({"access_token": "a-1", "token_type": "Bearer", "id_token": token})

    async def _userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer a-1"
        return JSONResponse(self.userinfo)
