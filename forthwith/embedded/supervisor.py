"""The one process that starts everything, keeps it alive, and takes it down in order."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from forthwith.embedded.engine import Engine, Readiness, desk_is_ready, engine_environment
from forthwith.embedded.errors import EmbeddedError
from forthwith.embedded.keeper import Part, keep
from forthwith.embedded.ports import choose_port, give_back, require_free
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.embedded.running import Running
from forthwith.embedded.state import StateFolder
from forthwith.embedded.stopping import end_leftovers
from forthwith.embedded.temporal import EmbeddedTemporal

DESK_PORT = 8000


@dataclass(frozen=True)
class Wishes:
    """What a caller may ask for. A port that is named must be free; a port left None is found."""

    desk_port: int | None = None
    postgres_port: int | None = None
    temporal_port: int | None = None
    temporal_ui: bool = False
    temporal_ui_port: int | None = None
    search_attributes: Mapping[str, str] = field(default_factory=dict)
    dynamic_config: Mapping[str, str] = field(default_factory=dict)


class Supervisor:
    """Starts PostgreSQL and Temporal together, then `after_postgres`, then the engine.

    `after_postgres` gets the owner's connection string and is awaited before the engine starts
    (migrations). `ready` gets the desk's address and says whether the engine can be used. Without an
    engine command only the servers run. Use it from the main thread: children die with its thread.
    """

    def __init__(
        self,
        state: StateFolder,
        engine_command: Sequence[str] | None,
        env: Mapping[str, str] | None = None,
        *,
        after_postgres: Callable[[str], Awaitable[None]] | None = None,
        ready: Readiness = desk_is_ready,
        wishes: Wishes | None = None,
    ) -> None:
        self._state = state
        self._command = engine_command
        self._env = dict(env or {})
        self._after_postgres = after_postgres
        self._ready = ready
        self._wishes = wishes or Wishes()
        self._parts: list[Part] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._hold = contextlib.ExitStack()
        self._running: Running | None = None

    async def start(self) -> Running:
        """Start all; on any failure take down what had started and raise an EmbeddedError."""
        self._state.prepare()
        self._hold.enter_context(self._state.held())
        try:
            await end_leftovers(self._state)
            self._running = await self._start_parts()
        except BaseException:
            await self.stop()
            raise
        self._write_note()
        self._keepers = [asyncio.create_task(keep(part, self._write_note)) for part in self._parts]
        return self._running

    async def stop(self) -> None:
        """Take the engine down first, then both servers; nothing is left when this returns."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        engines = [part for part in self._parts if isinstance(part, Engine)]
        for engine in engines:
            await engine.stop()
        await asyncio.gather(*(part.stop() for part in self._parts if part not in engines))
        self._keepers, self._parts = [], []
        if self._running is not None:
            self._state.forget_running()
            self._running = None
        self._hold.close()

    async def run_until_stopped(self, on_ready: Callable[[Running], None] | None = None) -> None:
        """Start unless already started; stop on SIGINT, SIGTERM or SIGHUP, also in the middle of a start."""
        loop, stop_asked = asyncio.get_running_loop(), asyncio.Event()
        numbers = _stop_signals()
        for number in numbers:
            loop.add_signal_handler(number, stop_asked.set)
        asked = asyncio.create_task(stop_asked.wait())
        try:
            running = self._running or await self._start_unless(asked)
            if running is not None:
                if on_ready is not None:
                    on_ready(running)
                await asked
        finally:
            asked.cancel()
            await self.stop()
            for number in numbers:
                loop.remove_signal_handler(number)

    async def _start_unless(self, asked: asyncio.Task[bool]) -> Running | None:
        starting = asyncio.create_task(self.start())
        await asyncio.wait({starting, asked}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            return starting.result()
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return None

    async def _start_parts(self) -> Running:
        wishes = self._wishes
        if wishes.desk_port is not None:
            require_free(wishes.desk_port, "the desk")
        postgres = EmbeddedPostgres(self._state, wishes.postgres_port)
        temporal = EmbeddedTemporal(
            self._state,
            wishes.temporal_port,
            ui=wishes.temporal_ui,
            ui_port=wishes.temporal_ui_port,
            search_attributes=wishes.search_attributes,
            dynamic_config=wishes.dynamic_config,
        )
        self._parts = [postgres, temporal]
        try:
            async with asyncio.TaskGroup() as together:
                together.create_task(self._start_postgres(postgres))
                together.create_task(temporal.start())
        except* EmbeddedError as failures:
            raise _first(failures) from None
        desk_url = await self._start_engine(postgres.dsn, temporal.address)
        return Running(
            supervisor_pid=os.getpid(),
            database_url=postgres.dsn,
            temporal_address=temporal.address,
            desk_url=desk_url,
            started_at=datetime.now(UTC),
            children={},
            temporal_ui_url=temporal.ui_url,
        )

    async def _start_postgres(self, postgres: EmbeddedPostgres) -> None:
        dsn = await postgres.start()
        if self._after_postgres is not None:
            await self._after_postgres(dsn)

    async def _start_engine(self, database_url: str, temporal_address: str) -> str:
        port = self._wishes.desk_port or choose_port(DESK_PORT)
        desk_url = f"http://127.0.0.1:{port}"
        if self._command is None:
            give_back(port)
            return desk_url
        environment = engine_environment(self._state, self._env, database_url, temporal_address, port)
        engine = Engine(self._state, self._command, environment, desk_url, self._ready)
        self._parts.append(engine)
        await engine.start()
        return desk_url

    def _write_note(self) -> None:
        """Told again after each restart, because the number of that child has changed."""
        if self._running is not None:
            children = {part.name: part.pid for part in self._parts if part.pid is not None}
            self._running = replace(self._running, children=children)
            self._state.write_running(self._running)


def _stop_signals() -> list[signal.Signals]:
    """A closing terminal stops us as well, unless we were started with nohup."""
    numbers = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        numbers.remove(signal.SIGHUP)
    return numbers


def _first(failures: BaseExceptionGroup[EmbeddedError]) -> EmbeddedError:
    found = failures.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found
