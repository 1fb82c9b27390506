"""The doctor's look at what runs: does every part answer?"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg

from forthwith.embedded.check import Check
from forthwith.embedded.http import status_of
from forthwith.embedded.running import Running

ANSWER_WITHIN = 5.0
CLOCK_TOLERANCE = timedelta(seconds=2)
LOOK_AT_LOGS = "See the log files in the state folder's logs, or run `forthwith down` and start again."


async def examine_parts(running: Running | None) -> AsyncIterator[Check]:
    if running is None:
        yield Check.not_looked_at(
            "Running",
            "Nothing runs on this state folder.",
            "Start it with `forthwith up` or `forthwith demo`.",
        )
        return
    since = running.started_at.astimezone().strftime("%Y-%m-%d %H:%M %z")
    yield Check.good("Running", f"Process {running.supervisor_pid} has been running since {since}.")
    yield await _database(running.database_url)
    yield await _read_models(running.database_url)
    yield await _temporal(running.temporal_address)
    yield await _desk(running)


async def _database(url: str) -> Check:
    try:
        connection = await asyncpg.connect(url, timeout=ANSWER_WITHIN)
        try:
            database_time = await connection.fetchval("SELECT clock_timestamp()", timeout=ANSWER_WITHIN)
        finally:
            await connection.close(timeout=ANSWER_WITHIN)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return Check.bad(
            "PostgreSQL", f"PostgreSQL does not answer: {error or 'no answer in time'}.", LOOK_AT_LOGS
        )
    if abs(datetime.now(UTC) - database_time) > CLOCK_TOLERANCE:
        return Check.bad("PostgreSQL", "PostgreSQL's clock differs from ours.", "Check this machine's clock.")
    return Check.good("PostgreSQL", "PostgreSQL answers, and its clock agrees with ours.")


async def _read_models(url: str) -> Check:
    # Imported here, so that the process which only watches over the servers stays small.
    from projections.tables.health import health

    try:
        connection = await asyncpg.connect(url, timeout=ANSWER_WITHIN)
        try:
            found = await health(connection)
        finally:
            await connection.close(timeout=ANSWER_WITHIN)
    except asyncpg.UndefinedTableError:
        return Check.good("Read models", "The database holds no read models yet.")
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return Check.not_looked_at("Read models", f"The read models cannot be looked at: {error}.")
    unwell = [each.projection for each in found if not each.is_well]
    if unwell:
        return Check.bad(
            "Read models",
            f"These read models have met events that they cannot take: {', '.join(unwell)}.",
            "See `forthwith projections status`.",
        )
    behind = max((each.behind for each in found), default=0)
    if behind:
        return Check.good(
            "Read models", f"The read models are well, and up to {behind} events behind the record."
        )
    return Check.good("Read models", "The read models are well, and up with the record.")


async def _temporal(address: str) -> Check:
    # Imported here because it takes longer than everything else the doctor does.
    from temporalio.service import ConnectConfig, RPCError, ServiceClient

    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            client = await ServiceClient.connect(ConnectConfig(target_host=address))
            serving = await client.check_health()
    except (RPCError, RuntimeError, TimeoutError) as error:
        return Check.bad(
            "Temporal", f"Temporal does not answer: {error or 'no answer in time'}.", LOOK_AT_LOGS
        )
    if not serving:
        return Check.bad("Temporal", "Temporal answers, but says that it is not serving.", LOOK_AT_LOGS)
    return Check.good("Temporal", f"Temporal answers on {address}.")


async def _desk(running: Running) -> Check:
    if "engine" not in running.children:
        return Check.not_looked_at("Desk", "Only the servers were started; there is no desk.")
    status = await status_of(f"{running.desk_url}/readyz", ANSWER_WITHIN)
    if status is None:
        return Check.bad("Desk", f"The desk at {running.desk_url} does not answer.", LOOK_AT_LOGS)
    if status != 200:
        return Check.bad("Desk", f"The desk at {running.desk_url} says that it is not ready.", LOOK_AT_LOGS)
    return Check.good("Desk", f"The desk is ready at {running.desk_url}.")
