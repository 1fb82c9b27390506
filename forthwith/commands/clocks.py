"""`forthwith clocks`: the clocks that wake the chase, listed, or restored from the events alone."""

import asyncio

import cyclopts
from temporalio.client import Client
from temporalio.envconfig import ClientConfig

from forthwith.commands.opening import the_world
from forthwith.exits import Exit
from forthwith.open_clocks import CasebookClocks
from forthwith.output import column_for, day_text, print_json, print_table, talk
from forthwith.settings import NothingRuns, Settings, running_folder
from workflows.clock_register import ClockRow, rebuild, register
from workflows.converting import DATA_CONVERTER
from workflows.runtime import quiet_runtime

app = cyclopts.App(name="clocks", help="The clocks that wake the chase: list them, or restore them all.")


@app.command(name="list")
def list_clocks(*, json: bool = False) -> int:
    """List every clock that should live, whether it does, and when it wakes next.

    Parameters
    ----------
    json
        Print one JSON object a line.
    """
    rows, zone = asyncio.run(_register())
    for row in rows if json else ():
        print_json(
            {
                "clock": row.due.stream,
                "alive": row.alive,
                "unfired": row.unfired,
                "next": row.due.next_at.isoformat() if row.due.next_at else None,
                "says": row.due.says,
            }
        )
    if not json:
        print_table(
            (column_for("Clock", (row.due.stream for row in rows)), "Alive", "Wakes", "For"),
            (
                (
                    row.due.stream,
                    "NO" if not row.alive else "yes, but late" if row.unfired else "yes",
                    day_text(row.due.next_at, zone) if row.due.next_at else "when the record moves on",
                    row.due.says,
                )
                for row in rows
            ),
        )
    return Exit.OK if all(row.alive and not row.unfired for row in rows) else Exit.FOUND_SOMETHING


@app.command(name="rebuild")
def rebuild_clocks() -> None:
    """Restore every clock from the events alone, for instance after Temporal's own store was lost."""
    talk.print(f"{asyncio.run(_rebuild())} clocks live again.")


async def _register() -> tuple[list[ClockRow], str]:
    async with the_world() as world:
        await world.casebook.catch_up()
        client = await _client()
        rows = await register(client, CasebookClocks(world.casebook, world.clock), world.clock.now())
        zones = [notice.terms.zone for notice in world.casebook.notices()]
        return rows, zones[0] if zones else "UTC"


async def _rebuild() -> int:
    async with the_world() as world:
        return await rebuild(await _client(), CasebookClocks(world.casebook, world.clock), world.spec)


async def _client() -> Client:
    """Temporal's own configuration, or the embedded server of the run that is up."""
    connect = ClientConfig.load_client_connect_config()
    folder = running_folder(Settings())
    running = folder.running() if folder else None
    if "target_host" not in connect and running is not None:
        connect["target_host"] = running.temporal_address
    try:
        return await Client.connect(**connect, data_converter=DATA_CONVERTER, runtime=quiet_runtime())
    except RuntimeError as fault:
        raise NothingRuns(f"Temporal does not answer: {fault}") from None
