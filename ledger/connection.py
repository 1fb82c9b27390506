"""Connections to the database of the ledger, for parts that must survive its restarts."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeVar

import asyncpg

from domain.access import InTheNameOf
from domain.record import LedgerUnreachable
from ledger import sql_files
from ledger.standing import Standing
from ledger.wakeups import Wakeups

_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InsufficientResourcesError,
    asyncpg.QueryCanceledError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
_HOPELESS = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5

Answer = TypeVar("Answer")
Work = Callable[[asyncpg.Connection], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for one statement, for a free connection, and for all attempts together."""

    statement: float = 4.0
    acquire: float = 2.0
    altogether: float = 7.0


PATIENT = Patience()


class Database:
    """A pool that is opened at first use, so that parts may start in any order.

    Every operation ends in time: with its answer, or with LedgerUnreachable. It may only be given work that
    is safe to repeat, because a lost connection does not say whether the work was done.
    """

    def __init__(self, dsn: str, *, connections: int = 8, patience: Patience = PATIENT) -> None:
        self._patience = patience
        self._dsn = dsn
        self._connections = connections
        self._pool: asyncpg.Pool | None = None
        self._standing = Standing(self._connect_as_the_pool_does)
        self._settings = {
            "application_name": "forthwith",
            "timezone": "UTC",
            "jit": "off",
            "statement_timeout": str(int(patience.statement * 1000)),
        }
        self.wakeups = Wakeups(self._connect_alone)

    @property
    def dsn(self) -> str:
        """The way in, with its password."""
        return self._dsn

    async def __aenter__(self) -> Self:
        self._pool = await asyncpg.create_pool(
            self._dsn,
            min_size=0,
            max_size=self._connections,
            command_timeout=self._patience.statement,
            timeout=self._patience.acquire,
            reset=_nothing_to_clear,
            server_settings=self._settings,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.wakeups.stop()
        pool, self._pool = self._pool, None
        if pool is None:
            return
        try:
            async with asyncio.timeout(self._patience.acquire):
                await self._standing.close()
                await pool.close()
        except _LOST:
            self._standing.terminate()
            pool.terminate()

    async def renew(self) -> None:
        """Have every connection replaced when it is next needed; the server keeps all that each has ever planned."""
        if self._pool is not None:
            await self._pool.expire_connections()
            await self._standing.close()

    async def once(self, work: Work[Answer]) -> Answer:
        """Do the work on a connection; raises LedgerUnreachable when the database does not answer."""
        if self._pool is None:
            raise LedgerUnreachable("The ledger is not open.")
        with _in_plain_words():
            async with self._pool.acquire(timeout=self._patience.acquire) as connection:
                return await work(connection)

    async def repeat(self, work: Work[Answer]) -> Answer:
        """Do the work, again and again for a bounded time while the database does not answer."""
        return await self._insist(lambda: self.once(work))

    async def fetch(self, text: str, *arguments: object) -> list[asyncpg.Record]:
        """All rows of a query that is safe to repeat."""
        return await self.repeat(lambda connection: connection.fetch(text, *arguments))

    async def fetch_for(self, whom: InTheNameOf, text: str, *arguments: object) -> list[asyncpg.Record]:
        """The same in somebody's name: the database itself leaves out every row that is not open to them."""

        async def read(connection: asyncpg.Connection) -> list[asyncpg.Record]:
            async with connection.transaction():
                named = (whom.person, whom.everything, whom.at, list(whom.roles))
                await connection.execute(sql_files.query("read_for"), *named)
                rows: list[asyncpg.Record] = await connection.fetch(text, *arguments)
                return rows

        return await self.repeat(read)

    async def fetch_at_once(self, text: str, *arguments: object) -> list[asyncpg.Record]:
        """The same for what is asked all the time, on a connection kept at hand for it."""

        async def attempt() -> list[asyncpg.Record]:
            if self._pool is None:
                raise LedgerUnreachable("The ledger is not open.")
            with _in_plain_words():
                return await self._standing.use(lambda connection: connection.fetch(text, *arguments))

        return await self._insist(attempt)

    async def _insist(self, attempt: Callable[[], Awaitable[Answer]]) -> Answer:
        began = asyncio.get_running_loop().time()
        try:
            return await attempt()
        except LedgerUnreachable as fault:
            self._give_up_if_hopeless(fault)
            return await self._again(attempt, fault, began + self._patience.altogether)

    async def _again(
        self, attempt: Callable[[], Awaitable[Answer]], last: LedgerUnreachable, until: float
    ) -> Answer:
        pause = _FIRST_PAUSE
        try:
            async with asyncio.timeout_at(until):
                while True:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)
                    try:
                        return await attempt()
                    except LedgerUnreachable as fault:
                        self._give_up_if_hopeless(fault)
                        last = fault
        except TimeoutError:
            raise last from None

    def _give_up_if_hopeless(self, fault: LedgerUnreachable) -> None:
        if self._pool is None or isinstance(fault.__cause__, _HOPELESS):
            raise fault

    async def _connect_as_the_pool_does(self) -> asyncpg.Connection:
        return await asyncpg.connect(
            self._dsn,
            timeout=self._patience.acquire,
            command_timeout=self._patience.statement,
            server_settings=self._settings,
        )

    async def _connect_alone(self) -> asyncpg.Connection:
        return await asyncpg.connect(
            self._dsn, timeout=self._patience.acquire, command_timeout=self._patience.statement
        )


async def _nothing_to_clear(_: asyncpg.Connection) -> None:
    """Each use is one statement that changes no setting; asyncpg's own clearing costs a round trip."""


@contextmanager
def _in_plain_words() -> Iterator[None]:
    try:
        yield
    except _HOPELESS as fault:
        raise LedgerUnreachable(f"The database refused the login or does not exist: {fault}") from fault
    except _LOST as fault:
        words = str(fault) or "it did not answer in time"
        raise LedgerUnreachable(
            f"The database could not be reached; as far as is known, nothing was saved: {words}"
        ) from fault
