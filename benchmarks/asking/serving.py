"""The desk alone, as the engine serves it, in a process of its own: `serving.py OWNER'S-ADDRESS PORT`.

The record brings the clock of its office with it; people sign in as they do where they are real, and their sessions are kept
in the database. It says `ready` when it has read the whole record, and ends when its standard input does.
"""

import asyncio
import sys
from dataclasses import replace

import uvicorn

from desk.app import create_app
from domain.clock import ShiftedClock
from forthwith.desk_doors import sessions_of
from forthwith.desk_ports import desk_ports
from forthwith.settings import Settings, state_folder
from forthwith.world import open_world


async def serve(application_dsn: str, port: int) -> None:
    settings = Settings(desk_url=f"http://127.0.0.1:{port}", desk_port=port)
    state_folder(settings).prepare()
    async with open_world(application_dsn) as opened:
        world = replace(opened, clock=ShiftedClock(opened.spec, simulated=False))
        await world.settle()
        app = create_app(desk_ports(settings, world, ready, None), sessions=sessions_of(settings, world))
        server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False)
        )
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        server.should_exit = True
        await serving


async def ready() -> dict[str, bool]:
    return {"record": True}


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2])))
