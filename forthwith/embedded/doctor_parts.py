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
    yield await webhooks_at(running.database_url)
    yield await messages_at(running.database_url)
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


async def webhooks_at(url: str) -> Check:
    # Imported here, for the same reason.
    from domain.ports import WebhookState
    from forthwith.webhook_words import troubles

    rows = await _rows(url, "webhooks")
    if isinstance(rows, str):
        return Check.not_looked_at("Webhooks", f"The webhooks cannot be looked at: {rows}.")
    if not rows:
        return Check.good("Webhooks", "No webhook has been told anything yet.")
    found = troubles({row["name"]: WebhookState(*list(row.values())[1:]) for row in rows})
    if found:
        sentences = " ".join(f"{name}: {trouble}" for name, trouble in found.items())
        return Check.bad("Webhooks", sentences, "See the receiver’s own log, and FORTHWITH_WEBHOOKS.")
    return Check.good("Webhooks", "Every webhook takes what it is told.")


async def messages_at(url: str) -> Check:
    rows = await _rows(url, "refused_messages")
    if isinstance(rows, str):
        return Check.not_looked_at("Messages", f"The outbox cannot be looked at: {rows}.")
    refused = rows[0]["refused"] if rows else 0
    if refused:
        return Check.bad(
            "Messages",
            f"{refused} message{' waits' if refused == 1 else 's wait'}, refused for now by the mail server.",
            "See what the engine's log says of it. `forthwith messages failed` lists what was given up.",
        )
    return Check.good("Messages", "No message waits because it was refused.")


async def _rows(url: str, query: str) -> list[asyncpg.Record] | str:
    """What a query of the ledger answers, or why it cannot be asked. A database that is still empty answers nothing."""
    from ledger import sql_files

    try:
        connection = await asyncpg.connect(url, timeout=ANSWER_WITHIN)
        try:
            rows: list[asyncpg.Record] = await connection.fetch(sql_files.query(query), timeout=ANSWER_WITHIN)
            return rows
        finally:
            await connection.close(timeout=ANSWER_WITHIN)
    except asyncpg.UndefinedTableError:
        return []
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return str(error) or "no answer in time"


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
