"""`forthwith users`: who may sign in with a password, and who is signed in."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from desk.oidc.mapping import DESK_ROLES
from domain.refusals import NotFound
from forthwith.account_words import at_the_machine, standing_of
from forthwith.commands.opening import the_world
from forthwith.commands.words import LinesOfJson
from forthwith.desk_doors import lifetime
from forthwith.exits import Exit, UsageFault
from forthwith.output import print_json, print_table, talk
from forthwith.settings import Settings, running_folder
from forthwith.world import World
from ledger.accounts import PostgresAccounts
from ledger.postgres import PostgresLedger
from ledger.sessions import ListedSession, PostgresSessions, digest_of

app = cyclopts.App(name="users")
LONGEST_HOURS = 336

Person = Annotated[str, Parameter(help="The person's identifier in the notices, for example helen-marsh.")]
Hours = Annotated[int, Parameter(help="How long the link can be used; 72, if left out.")]
Json = Annotated[bool, Parameter(help="Print one JSON object.")]


@app.command
def add(
    person: Person,
    *,
    login: str | None = None,
    name: str | None = None,
    role: tuple[str, ...] = (),
    hours: Hours = 72,
    json: Json = False,
) -> int:
    """Add somebody who signs in with a password, and print the link with which they set it, once.

    Parameters
    ----------
    login
        What they enter to sign in; the identifier, if left out.
    name
        Their name; that in the notices, if left out.
    role
        A role that no notice gives: auditor or administrator. May be given more than once.
    """
    unknown = [each for each in role if each not in DESK_ROLES]
    if unknown:
        raise UsageFault(f"“{unknown[0]}” is no such role; there are {' and '.join(DESK_ROLES)}.")
    if not person.strip() or any(letter.isspace() for letter in (login or person)):
        raise UsageFault("An identifier and a login are one word each.")
    return asyncio.run(_add(person, login or person, name, role, _seconds(hours), json=json))


@app.command
def reset(person: Person, *, hours: Hours = 72, json: Json = False) -> int:
    """Take somebody's password away and print a new link; their sessions end, and who was shut out may come back."""
    return asyncio.run(_reset(person, _seconds(hours), json=json))


@app.command
def disable(person: Person, *, json: Json = False) -> int:
    """Shut somebody out, whichever way they sign in, and end their sessions. `reset` lets them in again."""
    return asyncio.run(_disable(person, json=json))


@app.command
def remove(person: Person, *, json: Json = False) -> int:
    """Forget somebody's account and their sessions. What they did stays in the record."""
    return asyncio.run(_remove(person, json=json))


@app.command(name="list")
def list_users(*, json: LinesOfJson = False) -> None:
    """List who may sign in with a password, and who was shut out."""
    asyncio.run(_list(json=json))


@app.command
def sessions(person: str | None = None, *, json: LinesOfJson = False) -> None:
    """List the sessions that are not over, newest first.

    Parameters
    ----------
    person
        Whose; everybody's, if left out.
    """
    asyncio.run(_sessions(person, json=json))


@app.command
def end(person: str | None = None, *, session: str | None = None, json: Json = False) -> int:
    """End sessions: all of one person, or one by its identifier.

    Parameters
    ----------
    person
        Whose sessions end.
    session
        The identifier of one session, as `forthwith users sessions` lists it.
    """
    if (person is None) == (session is None):
        raise UsageFault("Say whose sessions end, or which one by --session.")
    return asyncio.run(_end(person, _beginning(session), json=json))


async def _add(
    person: str, login: str, name: str | None, roles: tuple[str, ...], seconds: float, *, json: bool
) -> int:
    link = secrets.token_urlsafe(32)
    async with _live_world() as world:
        in_notices = await _name_in_notices(world, person)
        shown = name or in_notices or person
        added = await PostgresAccounts(world.ledger.database).add(
            person, login, shown, roles, digest_of(link), seconds, by=at_the_machine()
        )
    if not added:
        raise UsageFault(
            f"There is an account of “{person}” already, or one that signs in as “{login}”. "
            "For a new link use `forthwith users reset`."
        )
    if in_notices is None and not roles:
        talk.print(
            f"No notice names “{person}” as the holder of a role: until one does, nothing will open for them.",
            markup=False,
        )
    return _hand_out(person, login.lower(), link, seconds, json=json)


async def _reset(person: str, seconds: float, *, json: bool) -> int:
    link = secrets.token_urlsafe(32)
    async with _live_world() as world:
        accounts = PostgresAccounts(world.ledger.database)
        if not await accounts.reset(person, digest_of(link), seconds, by=at_the_machine()):
            raise NotFound(f"There is no account of “{person}”. Add one with `forthwith users add`.")
        (login,) = [each.login for each in await accounts.all(0, 0) if each.person == person]
    return _hand_out(person, login, link, seconds, json=json)


def _hand_out(person: str, login: str, link: str, seconds: float, *, json: bool) -> int:
    settings = Settings()
    folder = running_folder(settings)
    running = folder.running() if folder and not settings.application_url else None
    desk = (running.desk_url if running else settings.desk_url).rstrip("/")
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    address = f"{desk}/sign-in/link/{link}"
    if json:
        print_json({"person": person, "login": login, "link": address, "until": until.isoformat()})
        return Exit.OK
    talk.print(
        f"Give this link to {person} in a way that nobody else reads. It works once, until {until:%-d %B %Y %H:%M} UTC; "
        f"then they sign in as “{login}”.",
        markup=False,
    )
    sys.stdout.write(f"{address}\n")
    return Exit.OK


async def _disable(person: str, *, json: bool) -> int:
    async with _live_world() as world:
        ended = await PostgresAccounts(world.ledger.database).disable(person, by=at_the_machine())
    if json:
        print_json({"person": person, "ended": ended})
    else:
        talk.print(f"{person} is shut out. Sessions ended: {ended}.", markup=False)
    return Exit.OK


async def _remove(person: str, *, json: bool) -> int:
    async with _live_world() as world:
        if not await PostgresAccounts(world.ledger.database).remove(person, by=at_the_machine()):
            raise NotFound(f"There is no account of “{person}”.")
    if json:
        print_json({"person": person})
    else:
        talk.print(f"The account of {person} is gone.", markup=False)
    return Exit.OK


async def _list(*, json: bool) -> None:
    length = lifetime(Settings())
    async with _live_world() as world:
        rows = await PostgresAccounts(world.ledger.database).all(length.idle, length.whole)
    if json:
        for row in rows:
            print_json(asdict(row) | {"standing": standing_of(row)})
        return
    print_table(
        ("Person", "Signs in as", "Name", "Roles", "Standing", "Sessions"),
        (
            (row.person, row.login, row.name, ", ".join(row.roles), standing_of(row), str(row.sessions))
            for row in rows
        ),
    )


async def _sessions(person: str | None, *, json: bool) -> None:
    async with _live_world() as world:
        rows = await PostgresSessions(world.ledger.database, lifetime(Settings())).all(person)
    if json:
        for row in rows:
            print_json(_session_line(row))
        return
    print_table(
        ("Session", "Person", "Device", "Signed in by", "Since", "Last seen"),
        (
            (_name(row), row.person, row.device, row.way, f"{row.opened:%Y-%m-%d %H:%M}", f"{row.seen:%Y-%m-%d %H:%M}")
            for row in rows
        ),
    )  # fmt: skip


def _session_line(row: ListedSession) -> dict[str, object]:
    return {
        "session": _name(row), "person": row.person, "device": row.device, "way": row.way,
        "opened": row.opened.isoformat(), "seen": row.seen.isoformat(),
    }  # fmt: skip


def _name(row: ListedSession) -> str:
    return row.digest.hex()[:16]


async def _end(person: str | None, beginning: bytes | None, *, json: bool) -> int:
    async with _live_world() as world:
        sessions_there = PostgresSessions(world.ledger.database, lifetime(Settings()))
        ended = await sessions_there.put_out(person, beginning, by=at_the_machine())
    if json:
        print_json({"ended": ended})
    elif ended:
        talk.print(f"Sessions ended: {ended}.")
    if not ended:
        raise NotFound("There was no such session.")
    return Exit.OK


def _beginning(session: str | None) -> bytes | None:
    if session is None:
        return None
    try:
        found = bytes.fromhex(session)
    except ValueError:
        found = b""
    if len(found) < 8:
        raise UsageFault(f"“{session}” is no session; `forthwith users sessions` lists them.")
    return found


def _seconds(hours: int) -> float:
    if not 1 <= hours <= LONGEST_HOURS:
        raise UsageFault(f"A link lasts 1 to {LONGEST_HOURS} hours.")
    return hours * 3600.0


@asynccontextmanager
async def _live_world() -> AsyncIterator[World]:
    """A world with real people in it."""
    async with the_world() as world:
        if not isinstance(world.ledger, PostgresLedger):
            raise UsageFault("A bag holds no accounts; name a database.")
        if world.clock.simulated:
            raise UsageFault(
                "This is a demonstration: people sign in by choosing a name, and there are no accounts."
            )
        yield world


async def _name_in_notices(world: World, person: str) -> str | None:
    await world.casebook.catch_up()
    return next((each.names[person] for each in world.casebook.notices() if person in each.names), None)
