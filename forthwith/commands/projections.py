"""`forthwith projections`: the read models kept in tables. They are answers, and can always be built again."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

import asyncpg
import cyclopts

from domain.values import write_instant
from forthwith.commands.opening import UNREACHABLE
from forthwith.exits import Exit, UsageFault
from forthwith.output import print_json, print_table, talk
from forthwith.progress import progress
from forthwith.settings import NothingRuns, Settings, application_url, projector_url
from projections.tables.folding import Parked
from projections.tables.health import Health, health
from projections.tables.models.all import BY_NAME, PROJECTIONS
from projections.tables.projector import retry as take_again
from projections.tables.rebuild import Rebuilt
from projections.tables.rebuild import rebuild as build_again
from projections.tables.running import keep_up
from projections.tables.table import Projection

app = cyclopts.App(
    name="projections",
    help="Read models in tables: keep them up, build them anew, say whether they are well.",
    default_parameter=cyclopts.Parameter(negative=()),
)


@app.command
def status(*, json: bool = False) -> int:
    """Say how far each read model has come and whether it is well. It ends with 7 when one is not.

    Parameters
    ----------
    json
        Print one JSON object a line, for each read model.
    """
    found = asyncio.run(_status())
    for each in found if json else ():
        print_json(_facts(each))
    if not json:
        headings = ("Read model", "Event", "Behind", "Last proven equal at", "Health")
        print_table(headings, (_line(each) for each in found))
    return Exit.OK if all(each.is_well for each in found) else Exit.FOUND_SOMETHING


@app.command
def rebuild(name: str | None = None, /, *, compare: bool = False, json: bool = False) -> int:
    """Build read models anew from the record beside the live ones, and swap them in.

    Readers and writers go on meanwhile. It ends with 7 when an event had to be parked.

    Parameters
    ----------
    name
        One read model; all of them, if left out.
    compare
        Swap nothing: compare the new tables with the live ones byte for byte, and end with 3 when they differ.
    json
        Print one JSON object.
    """
    chosen = _chosen(name)
    rebuilt = asyncio.run(_rebuild(chosen, compare=compare))
    if json:
        print_json(asdict(rebuilt) | {"equal": rebuilt.equal})
    else:
        _tell(rebuilt, compare=compare)
    if not rebuilt.equal:
        return Exit.INTEGRITY
    return Exit.FOUND_SOMETHING if rebuilt.parked else Exit.OK


@app.command
def retry(name: str, /, *, json: bool = False) -> int:
    """Take the parked events of a read model again, once what was wrong has been put right.

    Parameters
    ----------
    name
        The read model.
    json
        Print one JSON object with what is parked still.
    """
    (projection,) = _chosen(name)
    still = asyncio.run(_retry(projection))
    if json:
        print_json({"projection": name, "parked": [asdict(each) for each in still]})
    else:
        sys.stdout.write(f"{name}: {_parked(still)}\n")
    return Exit.FOUND_SOMETHING if still else Exit.OK


@app.command
def run() -> None:
    """Keep all read models up with the record, until Ctrl-C. Several may run; each event counts once."""
    asyncio.run(_run())


async def _status() -> tuple[Health, ...]:
    async with _connected(application_url(Settings())) as connection:
        return await health(connection)


async def _rebuild(chosen: Sequence[Projection], *, compare: bool) -> Rebuilt:
    async with _connected(projector_url(Settings())) as connection:
        with progress("Comparing" if compare else "Rebuilding") as on_progress:
            return await build_again(connection, chosen, compare=compare, on_progress=on_progress)


async def _retry(projection: Projection) -> list[Parked]:
    async with _connected(projector_url(Settings())) as connection:
        return await take_again(connection, projection)


async def _run() -> None:
    url, stop = projector_url(Settings()), asyncio.Event()
    async with _connected(url):
        talk.print("Keeping the read models up with the record. Ctrl-C ends it.")
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await keep_up(lambda: _connect(url), stop, on_fault=lambda fault: talk.print(fault, markup=False))


async def _connect(url: str) -> asyncpg.Connection:
    settings = {"application_name": "forthwith projections", "timezone": "UTC", "jit": "off"}
    return await asyncpg.connect(url, timeout=10, server_settings=settings)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    try:
        connection = await _connect(url)
    except UNREACHABLE as fault:
        raise NothingRuns(f"The database cannot be reached: {fault}. Run `forthwith doctor`.") from None
    try:
        yield connection
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        raise NothingRuns(
            "The database holds no read models yet. Prepare it with `forthwith migrate`."
        ) from None
    except asyncpg.InsufficientPrivilegeError as fault:
        raise NothingRuns(
            f"This login may not do that ({fault}). The read models are kept by the login of FORTHWITH_PROJECTOR_URL."
        ) from None
    finally:
        await connection.close()


def _chosen(name: str | None) -> tuple[Projection, ...]:
    if name is None:
        return PROJECTIONS
    if name not in BY_NAME:
        raise UsageFault(f"There is no read model “{name}”. There are {', '.join(BY_NAME)}.")
    return (BY_NAME[name],)


def _tell(rebuilt: Rebuilt, *, compare: bool) -> None:
    names = ", ".join(rebuilt.projections)
    if not compare:
        sys.stdout.write(f"Built anew and swapped in, up to event {rebuilt.position:,}: {names}\n")
    elif rebuilt.equal:
        sys.stdout.write(f"Equal byte for byte, up to event {rebuilt.position:,}: {names}\n")
    else:
        sys.stdout.write(f"Different, up to event {rebuilt.position:,}: {', '.join(rebuilt.unequal)}\n")
    for each in rebuilt.differences:
        sys.stdout.write(f"{each.table} ({each.side} only): {each.line}\n")
    if rebuilt.parked:
        sys.stdout.write(f"{_parked(rebuilt.parked)}\n")


def _parked(parked: Sequence[Parked]) -> str:
    poison = [each for each in parked if each.fault is not None]
    if not parked:
        return "nothing is parked."
    first = poison[0] if poison else parked[0]
    return (
        f"{len(parked)} events are parked, first event {first.index} of “{first.stream}” "
        f"({first.projection}): {first.fault}"
    )


def _line(each: Health) -> tuple[str, ...]:
    proven = f"{_time(each.proven_at)}, event {each.proven_index:,}" if each.proven_index else "never"
    return each.projection, f"{each.position:,}", f"{each.behind:,}", proven, in_words(each)


def in_words(each: Health) -> str:
    """`well`, or what is wrong with a read model."""
    if each.alarm:
        return f"STANDS STILL since {_time(each.alarmed)}: {each.alarm}"
    if each.poison:
        first = each.poison[0]
        return f"PARKED: {each.parked} events, first event {first.index} of “{first.stream}”: {first.fault}"
    return f"PARKED: {each.parked} events" if each.parked else "well"


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}Z" if moment else ""


def _facts(each: Health) -> dict[str, object]:
    instants = ("moved", "alarmed", "proven_at")
    poison = [{**asdict(one), "since": write_instant(one.since)} for one in each.poison]
    told = {name: write_instant(at) if (at := getattr(each, name)) else None for name in instants}
    return {**asdict(each), **told, "poison": poison, "well": each.is_well}
