"""The engine as a child process: our own program, told by its environment where its servers are."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from forthwith.embedded.children import Child, Program, start_child
from forthwith.embedded.errors import start_failed
from forthwith.embedded.http import answers_ok
from forthwith.embedded.state import StateFolder

PATIENCE = 60.0
LOOK_EVERY = 0.05

Readiness = Callable[[str], Awaitable[bool]]


async def desk_is_ready(desk_url: str) -> bool:
    """Whether the desk says that it can do its work."""
    return await answers_ok(f"{desk_url}/readyz")


class Engine:
    """The command given by the caller, restarted with the same environment as often as needed."""

    name = "engine"

    def __init__(
        self,
        state: StateFolder,
        command: Sequence[str],
        environment: Mapping[str, str],
        desk_url: str,
        ready: Readiness = desk_is_ready,
    ) -> None:
        self._state = state
        self._command = command
        self._environment = environment
        self._desk_url = desk_url
        self._ready = ready
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid

    async def start(self) -> None:
        """Start, and return once it is ready."""
        log = self._state.log(self.name)
        program = Program(self.name, self._command, log, self._environment, folder=Path.cwd())
        self._child = child = await start_child(program)
        give_up = time.monotonic() + PATIENCE
        # A dead engine is never ready: another program may be answering on its port.
        while child.ended or not await self._ready(self._desk_url):
            if child.ended or time.monotonic() > give_up:
                await child.stop()
                raise start_failed("The engine", log, child.log_start)
            await asyncio.sleep(LOOK_EVERY)

    async def stop(self) -> None:
        if self._child is not None:
            await self._child.stop()
            self._child = None

    async def ended(self) -> int:
        """Wait until the engine ends by itself; its exit code."""
        return 0 if self._child is None else await self._child.wait()


def engine_environment(
    state: StateFolder, extra: Mapping[str, str], database_url: str, temporal_address: str, desk_port: int
) -> dict[str, str]:
    """Our own environment, the caller's additions, and where the servers are.

    A passer-by's TEMPORAL_… settings (a cloud address, a key, a certificate) are left out: the embedded
    engine must never act on somebody's real cluster.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    return {
        **own,
        **extra,
        "FORTHWITH_HOME": str(state.path),
        "FORTHWITH_DATABASE_URL": database_url,
        "FORTHWITH_DESK_PORT": str(desk_port),
        "FORTHWITH_DESK_URL": f"http://127.0.0.1:{desk_port}",
        "TEMPORAL_CONFIG_FILE": os.devnull,
        "TEMPORAL_ADDRESS": temporal_address,
        "TEMPORAL_NAMESPACE": "default",
    }
