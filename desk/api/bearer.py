"""Who asks: the token that a program carries, and what it is good for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from desk.api.problems import ProblemError
from desk.ports import DeskPorts, Persona
from desk.signing_in import ports_of
from domain.actor import Actor
from domain.refusals import NotFound
from domain.tokens import Scope, Token, digest_of
from projections.seen_by import SeenBy

_bearer = HTTPBearer(auto_error=False, description="A token from `forthwith tokens create`.")
Carried = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


@dataclass(frozen=True, slots=True)
class Caller:
    """A program, and the person in whose name it asks. `secret_digest` finds the token again.

    `seen` are the books that were opened for the answer: what they show to few is noted in the access log.
    """

    token: Token
    secret_digest: bytes
    ports: DeskPorts
    seen: list[SeenBy] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return Actor("person", self.token.person)

    async def is_still_welcome(self) -> bool:
        """The token may have been revoked, or have run out, since it was looked at."""
        assert self.ports.tokens is not None
        return await self.ports.tokens.find(self.secret_digest) is not None


def _who_may(scope: Scope | None) -> Callable[[Request, Carried], Awaitable[Caller]]:
    async def caller(request: Request, carried: Carried) -> Caller:
        books = request.state.books = getattr(request.state, "books", [])
        found = replace(await _caller(ports_of(request), carried), seen=books)
        person = found.token.person
        request.state.persona = Persona(person, person, (), "")
        if scope is not None and not found.token.allows(scope):
            raise _forbidden(f"This token is not for that: it lacks “{scope}”.")
        only, asked = found.token.notice, request.path_params.get("notice")
        if only is not None and asked not in {None, only}:
            raise NotFound(f"This token is for the notice “{only}” alone.")
        return found

    return caller


async def _caller(ports: DeskPorts, carried: HTTPAuthorizationCredentials | None) -> Caller:
    if carried is None:
        raise _unknown("Bearer", "Send a token: `Authorization: Bearer …`.")
    assert ports.tokens is not None
    digest = digest_of(carried.credentials)
    token = await ports.tokens.find(digest)
    if token is None:
        raise _unknown('Bearer error="invalid_token"', "This token is not known, has run out or was revoked.")
    return Caller(token, digest, ports)


async def _reader(caller: Annotated[Caller, Depends(_who_may("read"))]) -> Caller:
    """Somebody struck off the register reads nothing any more; whoever audits need not hold a role."""
    if "audit" in caller.token.scopes:
        return caller
    if caller.token.person not in {each.id for each in await caller.ports.personas()}:
        raise _forbidden("The person of this token holds no role today.")
    return caller


def _unknown(challenge: str, sentence: str) -> ProblemError:
    return ProblemError(401, "NotSignedIn", sentence, {"WWW-Authenticate": challenge})


def _forbidden(sentence: str) -> ProblemError:
    return ProblemError(
        403, "NotAllowed", sentence, {"WWW-Authenticate": 'Bearer error="insufficient_scope"'}
    )


Bearer = Annotated[Caller, Depends(_who_may(None))]
Reader = Annotated[Caller, Depends(_reader)]
Doer = Annotated[Caller, Depends(_who_may("act"))]
