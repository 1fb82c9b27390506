"""PostgreSQL from the wheel: loopback only, passwords always, nothing of durability switched off."""

import asyncio
import signal
import time
from urllib.parse import quote

import asyncpg

from forthwith.embedded.account import Account
from forthwith.embedded.children import Child, Program, start_child
from forthwith.embedded.cluster import SUPERUSER, forget_strangers_lock, make_cluster, require_same_major
from forthwith.embedded.errors import EmbeddedError, last_words, start_failed
from forthwith.embedded.ports import LOOPBACK, choose_port, give_back, require_free
from forthwith.embedded.state import StateFolder
from forthwith.embedded.wheels import postgres_programs

OWNER = DATABASE = "forthwith"
PATIENCE = 60.0
LOOK_EVERY = 0.02

# Sized for one office on one small machine. fsync, full_page_writes and synchronous_commit keep their
# safe defaults. Reading in the backend itself (io_method sync) and no logical replication save five
# processes that this size never uses. What does not fit in 8 MB of buffers is read from the memory in which
# the system keeps files.
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "8MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "wal_compression": "on",
    "io_method": "sync",
    "jit": "off",
    "max_worker_processes": "4",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "autovacuum_worker_slots": "2",
    "autovacuum_max_workers": "2",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
}

# What a server says that will be able to start as soon as the one killed before it has left.
TRY_AGAIN = ('lock file "postmaster.pid"', "pre-existing shared memory block")


class EmbeddedPostgres:
    """One PostgreSQL server on the state folder's data."""

    name = "postgresql"
    settings = SETTINGS

    def __init__(self, state: StateFolder, port: int | None = None) -> None:
        self._state = state
        self._wanted_port = port
        self._port: int | None = None
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid

    @property
    def dsn(self) -> str:
        """The owner's connection string; the owner may create databases and roles, but is no superuser."""
        return self._dsn(OWNER, DATABASE)

    @property
    def superuser_dsn(self) -> str:
        """For backup, repair and fault tests only."""
        return self._dsn(SUPERUSER, DATABASE)

    async def start(self) -> str:
        """Start, on the first run after initdb; return the owner's connection string once it answers."""
        account = self._state.prepare()
        programs = postgres_programs(account, self._state.binaries)
        log, environment = self._state.log(self.name), self._environment()
        if not self._state.pgdata.exists():
            password = self._state.secret("database-superuser")
            await make_cluster(self._state.pgdata, programs, password, account, log, environment)
        require_same_major(self._state.pgdata)
        settings = {**self.settings, "port": str(self._choose_port())}
        command = [str(programs / "postgres"), "-D", str(self._state.pgdata)]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        try:
            await self._start_until_ready(self._program(command, account))
            await self._ensure_owner()
        except BaseException:
            await self.stop()
            raise
        return self.dsn

    async def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is on disk."""
        if self._child is not None:
            await self._child.stop()
            self._child = None
        if self._port is not None:
            give_back(self._port)

    async def ended(self) -> int:
        """Wait until the server ends by itself; its exit code."""
        return 0 if self._child is None else await self._child.wait()

    async def create_database(self, name: str) -> str:
        """Create an empty database of the owner's; its connection string."""
        await self._execute(self.dsn, f"CREATE DATABASE {_quoted(name)}")
        return self._dsn(OWNER, name)

    async def drop_database(self, name: str) -> None:
        """Drop a database made by `create_database`, with whoever is still connected to it.

        As superuser, because the server's own autovacuum may be at work in it, whom nobody else may send away.
        """
        await self._execute(self.superuser_dsn, f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")

    def _choose_port(self) -> int:
        if self._port is None:
            if self._wanted_port is not None:
                require_free(self._wanted_port, "PostgreSQL")
            self._port = choose_port(self._wanted_port)
        return self._port

    def _environment(self) -> dict[str, str]:
        home = str(self._state.servers)
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": home}

    def _program(self, command: list[str], account: Account | None) -> Program:
        return Program(
            name=self.name,
            command=command,
            log=self._state.log(self.name),
            environment=self._environment(),
            account=account,
            # SIGTERM would wait for every client to leave; SIGINT is PostgreSQL's fast shutdown.
            stop_signal=signal.SIGINT,
            death_signal=signal.SIGINT,
            patience=10.0,
        )

    async def _start_until_ready(self, program: Program) -> None:
        give_up = time.monotonic() + PATIENCE
        forget_strangers_lock(self._state.pgdata)
        self._child = child = await start_child(program)
        while not await self._answers():
            if child.ended:
                words = last_words(program.log, child.log_start)
                if time.monotonic() > give_up or not any(sign in words for sign in TRY_AGAIN):
                    raise start_failed("PostgreSQL", program.log, child.log_start)
                await asyncio.sleep(10 * LOOK_EVERY)
                forget_strangers_lock(self._state.pgdata)
                self._child = child = await start_child(program)
            elif time.monotonic() > give_up:
                await child.stop()
                raise start_failed("PostgreSQL", program.log, child.log_start)
            await asyncio.sleep(LOOK_EVERY)

    async def _answers(self) -> bool:
        try:
            await self._execute(self._dsn(SUPERUSER, SUPERUSER), "SELECT 1")
        except asyncpg.InvalidPasswordError:
            raise EmbeddedError(
                f"The data in {self._state.pgdata} does not accept the password in {self._state.secrets}.",
                "Restore both from the same backup.",
            ) from None
        except (OSError, TimeoutError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError):
            return False
        return True

    async def _ensure_owner(self) -> None:
        connection = await asyncpg.connect(self._dsn(SUPERUSER, SUPERUSER))
        try:
            # The password goes in as text, which is safe: it was generated without quotes in its alphabet.
            if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", OWNER):
                password = self._state.secret("database-owner")
                await connection.execute(
                    f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE PASSWORD '{password}'"
                )
            if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", DATABASE):
                await connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        finally:
            await connection.close()

    async def _execute(self, dsn: str, statement: str) -> None:
        connection = await asyncpg.connect(dsn, timeout=5)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _dsn(self, user: str, database: str) -> str:
        if self._port is None:
            raise RuntimeError("PostgreSQL has no port before it was started")
        password = self._state.secret("database-owner" if user == OWNER else "database-superuser")
        return f"postgresql://{user}:{password}@{LOOPBACK}:{self._port}/{quote(database)}?sslmode=disable"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
