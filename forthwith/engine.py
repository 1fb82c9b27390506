"""The engine: one process that chases, sends, and serves the desk. Started by the supervisor or by systemd.

`python -m forthwith.engine` takes everything it needs from its environment (see `forthwith.settings`).
"""

import forthwith.plain_structlog  # noqa: F401 - before anything that imports structlog

# isort: split
import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

import structlog
import uvicorn
from temporalio.client import Client
from temporalio.envconfig import ClientConfig
from temporalio.service import RPCError

from activities.delivery.dispatcher import Channel, Dispatcher
from activities.webhooks.telling import Teller
from desk.app import create_app
from forthwith.channels import UnfitDelivery, channel_of, holding_of, tellers_of
from forthwith.desk_doors import UnfitSignIn, sessions_of
from forthwith.desk_operator import DeskOperator
from forthwith.desk_ports import desk_ports
from forthwith.logs import set_up_logs
from forthwith.mail_passes import passes_of
from forthwith.mailbox.catcher import MailCatcher
from forthwith.open_clocks import CasebookClocks
from forthwith.settings import Settings, as_application, state_folder
from forthwith.world import World, open_world
from workflows.clock_register import Reconciler
from workflows.converting import DATA_CONVERTER
from workflows.relay import Relay
from workflows.runtime import quiet_runtime
from workflows.starting import name_search_attributes
from workflows.worker import clock_worker

log = structlog.get_logger("forthwith.engine")
GIVE_UP_ON_READERS = 2


class Engine:
    """All that runs on one record: the worker, the relay, the reconciler, the dispatcher and the desk."""

    def __init__(self, settings: Settings, world: World, catcher: MailCatcher | None) -> None:
        self.settings, self.world, self.catcher = settings, world, catcher
        self.stop = asyncio.Event()
        self.chasing = False
        self.client: Client | None = None

    async def run(self) -> None:
        """Until told to stop, or until a part of it fails for good."""
        server = self._desk()
        dispatcher, tellers = self._ways_out()
        async with asyncio.TaskGroup() as parts:
            parts.create_task(server.serve())
            await self._remember_the_past()
            await self.world.settle()
            parts.create_task(self._chase())
            parts.create_task(dispatcher.run(self.stop))
            for teller in tellers:
                parts.create_task(teller.run(self.stop))
            await self.stop.wait()
            server.should_exit = True

    async def ready(self) -> dict[str, bool]:
        """Whether each part can do its work."""
        head = await self.world.ledger.head()
        return {"record": head.size >= 0, "chase": self.chasing}

    async def _chase(self) -> None:
        """Clocks run as soon as Temporal answers; until then nothing is lost, because the record waits."""
        self.client = client = await self._connected()
        if client is None:
            return
        world = self.world
        register = CasebookClocks(world.casebook, world.clock)
        async with clock_worker(client, world.chase), asyncio.TaskGroup() as parts:
            self.chasing = True
            parts.create_task(Relay(world.outbox(), client, world.spec).run(self.stop))
            parts.create_task(Reconciler(client, register, world.clock, world.spec).run(self.stop))
            await self.stop.wait()

    async def _connected(self) -> Client | None:
        """Temporal's own settings say where it is; None when told to stop before it answers."""
        connect = ClientConfig.load_client_connect_config()
        while not self.stop.is_set():
            try:
                client = await Client.connect(
                    **connect, data_converter=DATA_CONVERTER, runtime=quiet_runtime()
                )
                await name_search_attributes(client)
            except (RPCError, RuntimeError) as fault:
                log.warning("Temporal does not answer yet", fault=str(fault))
                await asyncio.sleep(0.5)
            else:
                return client
        return None

    async def _remember_the_past(self) -> None:
        """A demonstration that starts for the first time lives through its past before it opens."""
        if self.settings.demo and (await self.world.ledger.head()).size == 0:
            # Imported here, so that an engine which chases real notices carries no scenarios.
            from forthwith.demo.seeding import write_past

            await write_past(self.world, self._channel(), self.settings.desk_url, passes_of(self.settings))
            await self.world.ledger.database.renew()

    def _dispatcher(self) -> Dispatcher:
        world = self.world
        return Dispatcher(
            world.office,
            world.outbox(),
            world.directory,
            self._channel(),
            self.settings.desk_url,
            world.clock,
            passes=passes_of(self.settings),
            holding=holding_of(self.settings),
        )

    def _ways_out(self) -> tuple[Dispatcher, tuple[Teller, ...]]:
        """Before anything runs, so that a setting that cannot be used stops the engine at once. Raises UnfitDelivery."""
        try:
            return self._dispatcher(), tellers_of(self.settings, self.world)
        except (ValueError, OSError) as fault:
            raise UnfitDelivery(str(fault)) from fault

    def _channel(self) -> Channel:
        return channel_of(self.settings, self.catcher)

    def _desk(self) -> uvicorn.Server:
        operator = DeskOperator(self.world, self.ready, lambda: self.client)
        app = create_app(
            desk_ports(self.settings, self.world, self.ready, self.catcher, self.stop, operator),
            sessions=sessions_of(self.settings, self.world),
        )
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=self.settings.desk_port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GIVE_UP_ON_READERS,
        )
        return _Served(config)


class _Served(uvicorn.Server):
    """Signals belong to the engine, which stops its parts in order."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        return nullcontext()


async def run_engine(settings: Settings) -> None:
    async with _open(settings) as engine:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, engine.stop.set)
        await engine.run()


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Engine]:
    folder = state_folder(settings)
    url = settings.application_url or as_application(settings.database_url or "", folder)
    async with open_world(url, settings.database_connections) as world:
        if not settings.catch_mail:
            yield Engine(settings, world, None)
            return
        async with MailCatcher(folder.path / "mail") as catcher:
            yield Engine(settings, world, catcher)


def main() -> int:
    """Run until stopped; 0 when stopped in order, 1 when something failed for good, 2 for settings that cannot be used."""
    settings = Settings()
    set_up_logs(as_json=settings.log_json)
    try:
        asyncio.run(run_engine(settings))
    except UnfitSignIn as fault:
        log.error("the settings of signing in cannot be used", fault=str(fault))  # noqa: TRY400 - a mistake in settings
        return 2
    except UnfitDelivery as fault:
        log.error("the settings of sending cannot be used", fault=str(fault))  # noqa: TRY400 - a mistake in settings
        return 2
    except BaseException:  # the last line of defence: a supervisor restarts what ends with 1
        log.exception("the engine stopped")
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # A process that has used Temporal's core may crash while the interpreter tears down (sdk-python #300).
    os._exit(code)
