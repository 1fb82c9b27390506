"""`forthwith tokens`: keys for programs that use the API in somebody's name."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

import cyclopts
from cyclopts import Parameter
from cyclopts.validators import Number

from domain.refusals import NotFound
from domain.tokens import Scope, Token, digest_of
from forthwith.commands.opening import the_world
from forthwith.commands.words import AsJson, LinesOfJson
from forthwith.exits import UsageFault
from forthwith.output import column_for, day_text, print_json, print_table, talk
from forthwith.settings import Settings
from forthwith.world import World

app = cyclopts.App(name="tokens", help="Make keys for programs that use the API, list them, revoke them.")
PREFIX = "fwt_"  # so that scanners of source code know one that was left lying about


@app.command
def create(
    *,
    person: Annotated[str, Parameter(help="In whose name it reads and acts, for example helen-marsh.")],
    label: Annotated[str, Parameter(help="What it is for, so that it is known again.")],
    scopes: Annotated[
        tuple[Scope, ...],
        Parameter(
            name="--scope",
            help="read: what the person may see. act: sign in their name. audit: read everything. May be repeated.",
        ),
    ] = ("read",),
    notice: Annotated[str | None, Parameter(help="For this notice alone.")] = None,
    days: Annotated[
        int, Parameter(help="For how many days it is good.", validator=Number(gte=1, lte=3660))
    ] = 90,
    json: AsJson = False,
) -> None:
    """Make a token and print it. It is shown this once: only its SHA-256 is kept."""
    secret, now = f"{PREFIX}{secrets.token_urlsafe(32)}", datetime.now(UTC)
    unique = tuple(dict.fromkeys(scopes))
    token = Token(uuid4(), person, label, unique, notice, now, now + timedelta(days=days))
    asyncio.run(_create(token, secret))
    if json:
        print_json(_line(token) | {"token": secret})
        return
    print(secret)  # noqa: T201 - the data of this command
    talk.print(f"Good until {day_text(token.expires, 'UTC')}. Keep it safe: it is not shown again.")


@app.command(name="list")
def show(*, json: LinesOfJson = False) -> None:
    """List the tokens that were made, oldest first. What they are cannot be shown."""
    tokens = asyncio.run(_all())
    for token in tokens if json else ():
        print_json(_line(token))
    if json:
        return
    names = column_for("Token", (str(token.id) for token in tokens))
    print_table(
        (names, "Person", "For", "May", "Notice", "Standing"),
        (
            (
                str(each.id),
                each.person,
                each.label,
                ", ".join(each.scopes),
                each.notice or "any",
                _stands(each),
            )
            for each in tokens
        ),
    )


@app.command
def revoke(token: Annotated[UUID, Parameter(help="The token, as `forthwith tokens list` names it.")]) -> None:
    """Make a token good for nothing from now on. Who listens with it is cut off within seconds."""
    if not asyncio.run(_revoke(token)):
        raise NotFound(f"There is no token {token}. `forthwith tokens list` names those that were made.")
    talk.print("Revoked.")


@asynccontextmanager
async def _kept() -> AsyncIterator[World]:
    """Where tokens are kept; raises UsageFault for a bag, which holds none."""
    if Settings().bag is not None:
        raise UsageFault("A bag holds no tokens. Unset FORTHWITH_BAG, and name the database instead.")
    async with the_world() as world:
        yield world


async def _create(token: Token, secret: str) -> None:
    async with _kept() as world:
        if token.notice is not None:
            await world.office.notice(token.notice)
        await world.tokens.create(token, digest_of(secret))


async def _all() -> Sequence[Token]:
    async with _kept() as world:
        return await world.tokens.all()


async def _revoke(token: UUID) -> bool:
    async with _kept() as world:
        return await world.tokens.revoke(token)


def _stands(token: Token) -> str:
    if token.revoked is not None:
        return "revoked"
    return "run out" if token.expires <= datetime.now(UTC) else f"good until {day_text(token.expires, 'UTC')}"


def _line(token: Token) -> dict[str, Any]:
    return {
        "id": str(token.id),
        "person": token.person,
        "label": token.label,
        "scopes": list(token.scopes),
        "notice": token.notice,
        "created": token.created,
        "expires": token.expires,
        "revoked": token.revoked,
    }
