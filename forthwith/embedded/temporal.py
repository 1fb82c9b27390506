"""The Temporal server from the wheel, on one SQLite file that survives power cuts."""

import asyncio
import time
from collections.abc import Mapping

from forthwith.embedded.account import Account
from forthwith.embedded.children import Child, Program, start_child
from forthwith.embedded.errors import start_failed
from forthwith.embedded.http import answers_ok
from forthwith.embedded.ports import LOOPBACK, choose_port, give_back, require_free
from forthwith.embedded.state import StateFolder
from forthwith.embedded.wheels import temporal_program

NAMESPACE = "default"
PATIENCE = 60.0
LOOK_EVERY = 0.05

# Write-ahead logging with a sync at each commit: five times the speed of the default, as safe.
PRAGMAS = {"journal_mode": "wal", "synchronous": "2"}

# One machine needs one partition of a queue, and a small cache of workflows that mostly sleep: about
# 10 MiB less at rest and 25 MiB less after 1,500 starts than with the server's own sizes.
SMALL_SERVER = {
    "matching.numTaskqueueReadPartitions": "1",
    "matching.numTaskqueueWritePartitions": "1",
    "history.hostLevelCacheMaxSize": "2000",
    "history.eventsHostLevelCacheMaxSizeBytes": "4194304",
    # The server's own workers: for schedules and batches, which nobody here uses, and for clearing away twice a day
    # what a cluster's faults leave behind. Without them, 10 MiB less at rest.
    "worker.perNamespaceWorkerCount": "0",
    "worker.historyScannerEnabled": "false",
    "worker.taskQueueScannerEnabled": "false",
}

# The Go runtime collects garbage earlier and so stays small; the server is mostly asleep.
SMALL_MEMORY = {"GOGC": "50", "GOMEMLIMIT": "160MiB"}


class EmbeddedTemporal:
    """One Temporal server on the state folder's file; its three inner services choose their own ports.

    `search_attributes` maps a name to Keyword, Datetime, Int, Bool, Double, Text or KeywordList.
    """

    name = "temporal"

    def __init__(
        self,
        state: StateFolder,
        port: int | None = None,
        *,
        ui: bool = False,
        ui_port: int | None = None,
        search_attributes: Mapping[str, str] | None = None,
        dynamic_config: Mapping[str, str] | None = None,
    ) -> None:
        self._state = state
        self._wanted = {"frontend": port, "http": None, "metrics": None}
        if ui or ui_port is not None:
            self._wanted["ui"] = ui_port
        self._search_attributes = dict(search_attributes or {})
        self._dynamic_config = SMALL_SERVER | dict(dynamic_config or {})
        self._ports: dict[str, int] = {}
        self._child: Child | None = None

    @property
    def pid(self) -> int | None:
        return None if self._child is None else self._child.pid

    @property
    def address(self) -> str:
        """host:port of the gRPC front end."""
        return f"{LOOPBACK}:{self._ports['frontend']}"

    @property
    def ui_url(self) -> str | None:
        port = self._ports.get("ui")
        return None if port is None else f"http://{LOOPBACK}:{port}"

    async def start(self) -> str:
        """Start; return the address once the namespace `default` can be read."""
        account = self._state.prepare()
        program = temporal_program(account, self._state.binaries)
        self._choose_ports()
        command = [str(program), *self._arguments()]
        self._child = await start_child(self._program(command, account))
        await self._wait_until_ready(self._child)
        return self.address

    async def stop(self) -> None:
        if self._child is not None:
            await self._child.stop()
            self._child = None
        give_back(*self._ports.values())

    async def ended(self) -> int:
        """Wait until the server ends by itself; its exit code."""
        return 0 if self._child is None else await self._child.wait()

    def _choose_ports(self) -> None:
        if self._ports:
            return
        for use, wanted in self._wanted.items():
            if wanted is not None:
                require_free(wanted, "Temporal's pages" if use == "ui" else "Temporal")
        self._ports = {use: choose_port(wanted) for use, wanted in self._wanted.items()}

    def _arguments(self) -> list[str]:
        ports = self._ports
        pages = (
            ["--ui-port", str(ports["ui"]), "--ui-disable-news-fetch"] if "ui" in ports else ["--headless"]
        )
        return [
            *("server", "start-dev", "--ip", LOOPBACK, "--port", str(ports["frontend"])),
            *("--http-port", str(ports["http"]), "--metrics-port", str(ports["metrics"]), *pages),
            *("--db-filename", str(self._state.temporal_db), "--log-level", "warn"),
            *_pairs("--sqlite-pragma", PRAGMAS),
            *_pairs("--search-attribute", self._search_attributes),
            *_pairs("--dynamic-config-value", self._dynamic_config),
        ]

    def _program(self, command: list[str], account: Account | None) -> Program:
        home = {"PATH": "/usr/bin:/bin", "HOME": str(self._state.servers), "TZ": "UTC"}
        log = self._state.log(self.name)
        return Program(self.name, command, log, home | SMALL_MEMORY, account, patience=8.0)

    async def _wait_until_ready(self, child: Child) -> None:
        give_up = time.monotonic() + PATIENCE
        while not await answers_ok(f"http://{LOOPBACK}:{self._ports['http']}/api/v1/namespaces/{NAMESPACE}"):
            if child.ended or time.monotonic() > give_up:
                await child.stop()
                raise start_failed("Temporal", child.program.log, child.log_start)
            await asyncio.sleep(LOOK_EVERY)


def _pairs(option: str, values: Mapping[str, str]) -> list[str]:
    return [word for name, value in values.items() for word in (option, f"{name}={value}")]
