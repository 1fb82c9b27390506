"""The permanent record on PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Self
from uuid import UUID

import asyncpg

from domain.record import Append, CommandIdReused, Head, LedgerUnreachable, Receipt, Recorded
from ledger import flush, sql_files
from ledger.connection import PATIENT, Database, Patience
from ledger.facts import Fact, FactReader
from ledger.group_commit import USUAL, GroupCommit, Limits, Outcome
from ledger.privacy.batch import People, value_arguments
from ledger.privacy.repetition import says_again
from ledger.privacy.sealing import Keyring
from ledger.reading import in_order, recorded_events, require_contiguous, streams_of
from ledger.request import Request, prepare

PAGE = 5000
_KEY_ATTEMPTS = 5


class PostgresLedger:
    """A `domain.ports.Ledger` for the application login; open it with ``async with``."""

    def __init__(
        self,
        dsn: str,
        *,
        connections: int = 8,
        patience: Patience = PATIENT,
        limits: Limits = USUAL,
        keyring: Keyring | None = None,
    ) -> None:
        self.database = Database(dsn, connections=connections, patience=patience)
        self.keyring = keyring or Keyring()
        self._people = People(self.database, self.keyring)
        self._commits = GroupCommit(self._flush, limits)
        self._facts = FactReader(self.keyring)

    async def __aenter__(self) -> Self:
        await self.database.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._commits.close()
        await self.database.__aexit__(kind, fault, trace)

    @property
    def erasures(self) -> int:
        """Changes when something may have been erased."""
        return self.database.wakeups.erasures

    async def append(self, act: Append) -> Receipt:
        """Record one command's events.

        Raises Conflict, CommandIdReused, UnfitEvent, SimulatedTimeRefused or LedgerUnreachable. After a lost
        connection the command is sent again; the receipt then says `repeated` if it had arrived.
        """
        request = prepare(act)
        if not request.withholding:
            return await self._commits.submit(request)
        await self._people.look_up(request)
        try:
            return await self._commits.submit(request)
        except CommandIdReused:
            receipt = await self.receipt_of(act.command_id)
            if receipt is not None and says_again(act, await self._recorded_for(receipt)):
                return receipt
            raise

    async def receipt_of(self, command_id: UUID) -> Receipt | None:
        """The receipt of a command that was recorded before, or None."""
        rows = await self.database.fetch(sql_files.query("receipt_of"), command_id)
        return flush.receipt(command_id, rows[0], repeated=True) if rows else None

    async def read_stream(self, stream: str, after: int = 0) -> Sequence[Recorded]:
        """The events of one stream with version > after, in order."""
        rows = await self.database.fetch(sql_files.query("read_stream"), stream, after)
        return recorded_events(rows, self.keyring)

    async def read(self, after: int = 0, limit: int = PAGE) -> Sequence[Recorded]:
        """The events with index > after, in order, at most `limit`."""
        rows = await self.database.fetch(sql_files.query("read_log"), after, limit)
        return recorded_events(in_order(rows), self.keyring)

    async def read_by(
        self, notice: str, obligation: str | None = None, type: str | None = None
    ) -> Sequence[Recorded]:
        """The events of one notice and all under it, or of one of its obligations, of every type or one, in order."""
        own, beginning = streams_of(notice, obligation)
        rows = await self.database.fetch(sql_files.query("read_by"), own, beginning, type)
        return recorded_events(in_order(rows), self.keyring)

    async def facts(self, after: int = 0, limit: int = PAGE) -> list[Fact]:
        """What happened, with index > after, in order: as `read`, but straight to the events of the domain."""
        rows = await self.database.fetch(sql_files.query("read_facts"), after, limit)
        return self._facts.read_rows(rows)

    async def replay(self, after: int = 0) -> AsyncIterator[list[Fact]]:
        """All facts with index > after, in pages; the database reads the next page while one is decoded here."""

        def page() -> asyncio.Task[list[asyncpg.Record]]:
            return asyncio.create_task(
                self.database.fetch_at_once(sql_files.query("read_facts"), after, PAGE)
            )

        coming = page()
        try:
            while rows := await coming:
                after += PAGE
                coming = page()
                # Decoding holds the loop; the question has to be on its way before.
                await asyncio.sleep(0)
                yield self._facts.read_rows(rows)
        finally:
            coming.cancel()

    async def facts_of(self, stream: str, after: int = 0) -> list[Fact]:
        """What happened in one stream, with version > after, in order."""
        rows = await self.database.fetch(sql_files.query("read_stream_facts"), stream, after)
        return self._facts.read_rows(rows)

    async def streams(self, prefix: str) -> dict[str, int]:
        """The version of every stream whose name starts with `prefix`."""
        rows = await self.database.fetch(sql_files.query("list_streams"), prefix)
        return {row["stream"]: row["version"] for row in rows}

    async def head(self) -> Head:
        """Where the log stands."""
        (row,) = await self.database.fetch(sql_files.query("head"))
        return Head(row["size"], row["recorded"])

    async def follow(self, after: int = 0, poll_seconds: float = 1.0) -> AsyncIterator[Sequence[Recorded]]:
        """Batches of events with index > after, each event once and in order, until the ledger closes.

        A database that is away is waited for, and asked again every `poll_seconds`. While nothing happens a follower asks
        nothing: one look a second is made for all of them. Raises HoleInTheLog when a position is missing.
        """
        with self.database.wakeups.bell() as bell:
            while not self.database.wakeups.closed:
                bell.clear()
                try:
                    batch = await self.read(after)
                except LedgerUnreachable:
                    await bell.wait(poll_seconds)
                    continue
                require_contiguous(after, batch)
                if batch:
                    after = batch[-1].index
                    yield batch
                else:
                    await bell.wait(None)

    async def _recorded_for(self, receipt: Receipt) -> Sequence[Recorded]:
        first, last = receipt.first_index, receipt.last_index
        return await self.read(first - 1, last - first + 1)

    async def _flush(self, batch: Sequence[Request]) -> Sequence[Outcome]:
        try:
            outcomes = await self._as_expected(batch) or flush.outcomes(batch, await self._send(batch))
        except flush.REFUSED_BY_DATABASE as refusal:
            if len(batch) == 1:
                return [flush.unfit(refusal)]
            return [outcome for request in batch for outcome in await self._flush_alone(request)]
        for request, outcome in zip(batch, outcomes, strict=True):
            if request.people and isinstance(outcome, Receipt):
                self._people.stored(request)
        return outcomes

    async def _as_expected(self, batch: Sequence[Request]) -> Sequence[Outcome] | None:
        """Receipts for all; None where a command has to be judged, or is none of those that are recorded like this."""
        if any(request.withholding or request.told for request in batch):
            return None
        arguments = flush.expected_arguments(batch)
        (row,) = await self.database.fetch_at_once(sql_files.query("append_expected"), *arguments)
        if row["first_index"] is None:
            return None
        return flush.receipts(batch, row["first_index"], row["recorded"])

    async def _send(self, batch: Sequence[Request]) -> Sequence[asyncpg.Record]:
        arguments = flush.arguments(batch)
        if not any(request.withholding for request in batch):
            return await self.database.fetch(sql_files.query("append"), *arguments)
        for _ in range(_KEY_ATTEMPTS):
            values = value_arguments(batch, self.keyring, self._people)
            try:
                return await self.database.fetch(sql_files.query("append_withholding"), *arguments, *values)
            except asyncpg.SerializationError:
                # Somebody else has made or destroyed the key of a person meanwhile.
                for request in batch:
                    self._people.forget(request)
                    await self._people.look_up(request)
        raise LedgerUnreachable("The keys of the people named change again and again; nothing was saved.")

    async def _flush_alone(self, request: Request) -> Sequence[Outcome]:
        try:
            return await self._flush([request])
        except LedgerUnreachable as fault:
            return [fault]
