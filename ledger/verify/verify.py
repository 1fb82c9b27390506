"""Verification of the whole record, from its stored bytes.

What only the newest rows and their receipts, removed together with the heads, would show cannot be seen from inside
the database: for that, somebody outside keeps a receipt or a signed checkpoint.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

import asyncpg

from ledger import sql_files
from ledger.connection import Database
from ledger.postgres import PAGE, PostgresLedger
from ledger.verify.beside import Projection, Values, check_projections
from ledger.verify.kept import KeptReceipt, check_kept
from ledger.verify.log import Log
from ledger.verify.signatures import (
    KEPT,
    NO_KEY,
    NOBODY,
    Judged,
    Trust,
    check_quorum,
    check_root,
    judge,
    limits,
    unsigned,
)
from ledger.verify.verdict import MOST_FINDINGS, Findings, Verdict

Progress = Callable[[int, int], None]
_PATIENCE = 600.0
_NOTHING_SIGNED = "Keys or a policy were given, but no checkpoint (--checkpoint) that they could have signed."


@dataclass(frozen=True, slots=True)
class Beside:
    """What verification holds against the log besides its own tables.

    `kept` receipts and a `checkpoint` from outside, judged by `trust`; the `values` that events commit to; read models.
    """

    kept: Sequence[KeptReceipt] = ()
    checkpoint: bytes | None = None
    trust: Trust = NOBODY
    values: Values | None = None
    projections: Sequence[Projection] = ()


async def verify(
    record: str | PostgresLedger,
    on_progress: Progress = lambda _done, _of: None,
    kept: Sequence[KeptReceipt] = (),
    beside: Beside | None = None,
) -> Verdict:
    """Re-hash and cross-check every stored event, as of one moment.

    `record` is an open ledger or the application login's address; `on_progress` is told how many events of how
    many are checked. `kept`: receipts that were kept outside; or `beside` for everything. Raises LedgerUnreachable.
    """
    held = beside or Beside(kept)
    if isinstance(record, PostgresLedger):
        return await record.database.once(lambda connection: _verify(connection, on_progress, held))
    async with Database(record, connections=1) as database:
        return await database.once(lambda connection: _verify(connection, on_progress, held))


async def _verify(connection: asyncpg.Connection, on_progress: Progress, beside: Beside) -> Verdict:
    findings = Findings()
    judged = _judged(beside, findings)
    log = Log(findings, {judged.checkpoint.size} if judged else (), limits(judged) if judged else ())
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("SET LOCAL statement_timeout = 0")
        head = await connection.fetchrow(sql_files.query("verify_head"))
        size = head["size"] if head else 0
        async for page in _pages(connection):
            log.take(page)
            on_progress(log.tree.size, size)
        log.receipts.close()
        _check_head(head, log, findings)
        await _check_streams(connection, log, findings)
        await _check_receipts(connection, log, findings)
        await check_kept(connection, beside.kept, findings)
        if beside.values is not None:
            log.commitments.check(await beside.values(connection), (), findings)
    if judged:
        check_root(judged, log.last, log.root_at(judged.checkpoint.size), findings)
    await check_projections(beside.projections, findings)
    found = findings.in_log_order()
    return Verdict(
        not found, log.last, log.tree.root().hex(), log.tree.size, len(log.versions), found, findings.unlisted,
        judged.checkpoint.origin if judged else None, tuple(findings.incomplete),
    )  # fmt: skip


def _judged(beside: Beside, findings: Findings) -> Judged | None:
    trust = beside.trust
    if beside.checkpoint is None:
        if trust.keys or trust.policy:
            findings.incomplete.append(_NOTHING_SIGNED)
        return None
    if trust.policy:
        trust = Trust((*trust.log_keys, *trust.policy.logs), trust.policy)
    if not trust.log_keys:
        findings.incomplete.append(NO_KEY)
        return unsigned(beside.checkpoint, KEPT, findings)
    judged = judge(beside.checkpoint, KEPT, trust, findings)
    if judged and trust.policy:
        check_quorum(judged, trust.policy, findings)
    return judged


async def _pages(connection: asyncpg.Connection) -> AsyncIterator[Sequence[asyncpg.Record]]:
    """All pages of the log; the database fetches the next while this one is checked."""
    statement = await connection.prepare(sql_files.query("verify_log"))
    page = await statement.fetch(0, PAGE, timeout=_PATIENCE)
    while page:
        following = asyncio.ensure_future(statement.fetch(page[-1]["index"], PAGE, timeout=_PATIENCE))
        # Once round the loop, so that the request is on its way before the checking begins.
        await asyncio.sleep(0)
        try:
            yield page
        except BaseException:
            following.cancel()
            raise
        page = await following


def _check_head(head: asyncpg.Record | None, log: Log, findings: Findings) -> None:
    if head is None:
        findings.add("HEAD_MISMATCH", log.last + 1, "The record does not say where its log ends.")
    elif head["size"] != log.last:
        findings.add(
            "HEAD_MISMATCH",
            min(head["size"], log.last) + 1,
            f"The head says that the log ends with event {head['size']}; it ends with event {log.last}.",
        )
    elif (head["recorded"] or "") != log.recorded:
        findings.add(
            "HEAD_MISMATCH", log.last, "The head names another recorded time than that of the newest event."
        )


async def _check_streams(connection: asyncpg.Connection, log: Log, findings: Findings) -> None:
    known = 0
    async for row in connection.cursor(sql_files.query("verify_streams"), prefetch=PAGE, timeout=_PATIENCE):
        version = log.versions.get(row["stream"], 0)
        known += version != 0
        if row["version"] != version:
            _stream_differs(findings, row["stream"], str(row["version"]), version)
    if known == len(log.versions):
        return
    stored = await connection.fetch(sql_files.query("verify_streams"), timeout=_PATIENCE)
    for stream in sorted(log.versions.keys() - {row["stream"] for row in stored}):
        _stream_differs(findings, stream, "none", log.versions[stream])


def _stream_differs(findings: Findings, stream: str, stored: str, version: int) -> None:
    findings.add(
        "HEAD_MISMATCH",
        None,
        f"The head of “{stream}” says version {stored}; the log holds version {version}.",
    )


async def _check_receipts(connection: asyncpg.Connection, log: Log, findings: Findings) -> None:
    receipts = log.receipts
    places = [each.elsewhere for each in receipts.suspects]
    rows = await connection.fetch(sql_files.query("verify_commands_at"), places, timeout=_PATIENCE)
    receipts.settle({row["index"]: row["command_id"] for row in rows})
    if (
        not receipts.suspects
        and await connection.fetchval(sql_files.query("verify_receipts")) == receipts.matched
    ):
        return
    query = sql_files.query("verify_lost_commands")
    for row in await connection.fetch(query, MOST_FINDINGS, timeout=_PATIENCE):
        findings.add(
            "RECEIPT_UNMATCHED",
            row["first_index"],
            f"A receipt was given for command {row['command_id']} as event {row['first_index']}; it is not there.",
        )
