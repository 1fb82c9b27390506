"""Who asks: the token that a program carries, and what it is good for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from desk.api.problems import ProblemError
from desk.api.reads import READS
from desk.permissions import IN_NO_ROW, Forbidden, require
from desk.ports import DeskPorts, Persona
from desk.signing_in import ports_of
from domain.actor import Actor
from domain.refusals import NotFound
from domain.tokens import Scope, Token, digest_of

_bearer = HTTPBearer(auto_error=False, description="A token from `forthwith tokens create`.")
Carried = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


@dataclass(frozen=True, slots=True)
class Caller:
    """A program, and the person in whose name it asks. `secret_digest` finds the token again."""

    request: Request
    token: Token
    secret_digest: bytes
    ports: DeskPorts

    @property
    def actor(self) -> Actor:
        return Actor("person", self.token.person)

    async def is_still_welcome(self) -> bool:
        """The token may have been revoked, or have run out, since it was looked at."""
        assert self.ports.tokens is not None
        return await self.ports.tokens.find(self.secret_digest) is not None


def _who_may(scope: Scope | None) -> Callable[[Request, Carried], Awaitable[Caller]]:
    async def caller(request: Request, carried: Carried) -> Caller:
        found = await _caller(request, carried)
        if scope is not None and not found.token.allows(scope):
            raise _forbidden(f"This token is not for that: it lacks “{scope}”.")
        only, asked = found.token.notice, request.path_params.get("notice")
        if only is not None and asked not in {None, only}:
            raise NotFound(f"This token is for the notice “{only}” alone.")
        return found

    return caller


async def _caller(request: Request, carried: HTTPAuthorizationCredentials | None) -> Caller:
    """The table of permissions and the access log know the person by what is kept with the request."""
    ports = ports_of(request)
    if carried is None:
        raise _unknown("Bearer", "Send a token: `Authorization: Bearer …`.")
    assert ports.tokens is not None
    digest = digest_of(carried.credentials)
    token = await ports.tokens.find(digest)
    if token is None:
        raise _unknown('Bearer error="invalid_token"', "This token is not known, has run out or was revoked.")
    request.state.persona = await _persona(ports, token)
    return Caller(request, token, digest, ports)


async def _persona(ports: DeskPorts, token: Token) -> Persona:
    """As the register knows them now; without a role they are somebody all the same, whom the rules then refuse."""
    found = await ports.persona(token.person) or Persona(token.person, token.person, (), "")
    return replace(found, desk_roles=("auditor",) if "audit" in token.scopes else ())


async def _reader(caller: Annotated[Caller, Depends(_who_may("read"))]) -> Caller:
    """Somebody struck off the register reads nothing any more; whoever audits need not hold a role."""
    if "audit" not in caller.token.scopes and not caller.request.state.persona.roles:
        raise _forbidden("The person of this token holds no role today.")
    request = caller.request
    request.state.act = act = READS.get(request.scope["route"].path)
    if act is None:
        raise Forbidden(IN_NO_ROW)
    require(request, act, request.path_params.get("notice"))
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
