"""Verification of the whole record, from its stored bytes.

What only the newest rows and their receipts, removed together with the heads, would show cannot be seen from inside
the database: for that, somebody outside keeps a receipt or a signed checkpoint.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace

import asyncpg

from ledger import sql_files
from ledger.connection import Database
from ledger.evidence.files import EvidenceFiles
from ledger.postgres import PAGE, PostgresLedger
from ledger.privacy.checking import values_of
from ledger.privacy.sealing import Keyring
from ledger.verify.beside import ReadModels, Values, check_read_models
from ledger.verify.evidence import check_files
from ledger.verify.kept import KeptReceipt, check_kept
from ledger.verify.log import Log
from ledger.verify.signatures import (
    KEPT,
    NO_KEY,
    NOBODY,
    PUBLISHED,
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
_UNREAD = "lodged as evidence and not looked at: FORTHWITH_EVIDENCE says where evidence is kept."
_NOTHING_SIGNED = "Keys or a policy were given, but no checkpoint (--checkpoint) that they could have signed."


@dataclass(frozen=True, slots=True)
class Beside:
    """What verification holds against the log besides its own tables.

    `kept` receipts and a `checkpoint` from outside, judged by `trust`; the `values` that events commit to, as the database keeps them if not given;
    a way to compare the `read_models`; where `evidence` is kept, or whether it is needed without having been named.
    """

    kept: Sequence[KeptReceipt] = ()
    checkpoint: bytes | None = None
    trust: Trust = NOBODY
    values: Values | None = None
    read_models: ReadModels | None = None
    evidence: EvidenceFiles | None = None
    evidence_needed: bool = False


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
        held = replace(held, values=held.values or values_of(record.keyring))
        return await record.database.once(lambda connection: _verify(connection, on_progress, held))
    async with Database(record, connections=1) as database:
        return await database.once(lambda connection: _verify(connection, on_progress, held))


async def _verify(connection: asyncpg.Connection, on_progress: Progress, beside: Beside) -> Verdict:
    findings = Findings()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("SET LOCAL statement_timeout = 0")
        published = await connection.fetchrow(sql_files.query("newest_checkpoint"))
        notes = _judged(beside, published, findings)
        log = Log(
            findings,
            {each.checkpoint.size for each in notes},
            [most for each in notes for most in limits(each)],
        )
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
        shown, locked = await (beside.values or values_of(Keyring()))(connection)
        log.commitments.check(shown, locked, findings)
    for each in notes:
        check_root(each, log.last, log.root_at(each.checkpoint.size), findings)
    files = await _check_evidence(connection, log, beside, findings)
    if beside.read_models is not None:
        await check_read_models(beside.read_models, findings)
    found = findings.in_log_order()
    return Verdict(
        not found, log.last, log.tree.root().hex(), log.tree.size, len(log.versions), found, findings.unlisted,
        notes[0].checkpoint.origin if notes else None, tuple(findings.incomplete),
        tuple(findings.notes), files,
    )  # fmt: skip


async def _check_evidence(
    connection: asyncpg.Connection, log: Log, beside: Beside, findings: Findings
) -> int:
    """How many files that events have lodged were looked at."""
    if beside.evidence is not None:
        return await check_files(connection, beside.evidence, log.lodged, findings)
    lodged = len(log.lodged.wanted())
    if lodged:
        told = findings.incomplete if beside.evidence_needed else findings.notes
        told.append(f"{lodged:,} {'file was' if lodged == 1 else 'files were'} {_UNREAD}")
    return 0


def _judged(beside: Beside, published: asyncpg.Record | None, findings: Findings) -> list[Judged]:
    """The checkpoint that was kept outside, and the newest that the database says was published."""
    trust = beside.trust
    if trust.policy:
        trust = Trust((*trust.log_keys, *trust.policy.logs), trust.policy)
    notes = [(beside.checkpoint, KEPT)] if beside.checkpoint is not None else []
    if published is not None:
        notes.append((published["note"].encode(), PUBLISHED))
    if not trust.log_keys:
        findings.incomplete.extend([NO_KEY] if beside.checkpoint is not None or beside.trust.policy else [])
    elif not notes:
        findings.incomplete.append(_NOTHING_SIGNED)
    read = [_judge(note, which, trust, findings) for note, which in notes]
    if published is not None and read[-1] is not None:
        _check_published(published, read[-1], findings)
    if trust.policy and read and read[0]:
        check_quorum(read[0], trust.policy, findings)
    return [each for each in read if each]


def _judge(note: bytes, which: str, trust: Trust, findings: Findings) -> Judged | None:
    return judge(note, which, trust, findings) if trust.log_keys else unsigned(note, which, findings)


def _check_published(row: asyncpg.Record, judged: Judged, findings: Findings) -> None:
    if (row["size"], row["root"]) != (judged.checkpoint.size, judged.checkpoint.root):
        findings.add(
            "COLUMN_MISMATCH",
            None,
            "The columns beside the newest published checkpoint do not say what it says.",
        )


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
