"""The smoke test: one task, from the click to the mailbox, through everything that really runs."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from temporalio.client import Client

from domain.identity import OccurrenceId
from forthwith.demo.browsing import Visitor
from forthwith.embedded.running import Running
from forthwith.embedded.state import StateFolder
from forthwith.embedded.stopping import stop_running
from forthwith.exits import IntegrityFailure
from forthwith.memory import resident_bytes
from forthwith.settings import DEMO, as_application
from forthwith.world import World, open_world
from ledger.verify.verify import verify
from workflows.converting import DATA_CONVERTER
from workflows.runtime import quiet_runtime

OCCURRENCE = OccurrenceId("lancashire-2016", "monthly-report", "2016-09")
TASK = "director"
DIRECTOR = "helen-marsh"
PATIENCE = 30.0


class SmokeFailure(IntegrityFailure):
    """The act was not seen where it should have been."""


async def smoke_test() -> dict[str, Any]:
    """Start a demonstration in a folder of its own, act, look everywhere, verify, stop; raises SmokeFailure."""
    with tempfile.TemporaryDirectory(prefix="forthwith-smoke-") as home:
        Path(home).chmod(0o711)
        folder = StateFolder(Path(home) / DEMO)
        began = time.monotonic()
        process = await _start_demonstration(Path(home))
        try:
            running = await _eventually("its own note", lambda: _running(folder, process))
            ready = round(time.monotonic() - began, 1)
            seen = await _act_and_look(running, folder)
            return {"ok": True, "ready_seconds": ready, **seen, "memory_mib": _memory(running)}
        finally:
            await stop_running(folder)
            await process.wait()


async def _start_demonstration(home: Path) -> asyncio.subprocess.Process:
    """The very command that a newcomer types."""
    environment = {**os.environ, "FORTHWITH_HOME": str(home)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "forthwith", "demo", env=environment, stderr=asyncio.subprocess.DEVNULL
    )


async def _running(folder: StateFolder, process: asyncio.subprocess.Process) -> Running | None:
    if process.returncode is not None:
        raise SmokeFailure("The demonstration did not start. Run `forthwith demo` to see why.")
    return folder.running()


async def _act_and_look(running: Running, folder: StateFolder) -> dict[str, Any]:
    async with open_world(as_application(running.database_url, folder)) as world:
        before = (await world.ledger.head()).size
        page = f"{running.desk_url}/tasks/{OCCURRENCE}/{TASK}"
        await asyncio.to_thread(_acknowledge, running.desk_url, page)
        index = await _eventually("the record", lambda: _in_the_record(world, before))
        woken = await _eventually("the clock", lambda: _in_the_clock(running, index))
        subject = await _eventually(
            "the mailbox", lambda: asyncio.to_thread(_in_the_mailbox, running.desk_url)
        )
        verdict = await verify(world.ledger)
        if not verdict.sound:
            raise SmokeFailure(f"The log does not verify: {verdict.findings[0].sentence}")
        return {
            "acknowledged": f"{OCCURRENCE} {TASK}",
            "record_index": index,
            "clock_signal": woken,
            "mail": subject,
            "log_size": verdict.size,
            "log_root": verdict.root,
        }


def _acknowledge(desk_url: str, page: str) -> None:
    visitor = Visitor(desk_url)
    visitor.sign_in(DIRECTOR)
    answer = visitor.submit(page, f"{page}/acknowledge")
    if "cknowledged" not in answer:
        raise SmokeFailure("The page did not say that the task was acknowledged.")


async def _in_the_record(world: World, before: int) -> int | None:
    for event in await world.ledger.read(before):
        if event.type == "task-acknowledged.v1" and event.envelope.occurrence == str(OCCURRENCE):
            return event.index
    return None


async def _in_the_clock(running: Running, index: int) -> int | None:
    """The position that the occurrence's clock was last told of, once it is that of the act or a later one."""
    client = await Client.connect(
        running.temporal_address, data_converter=DATA_CONVERTER, runtime=quiet_runtime()
    )
    history = await client.get_workflow_handle(OCCURRENCE.stream).fetch_history()
    told = [0]
    for event in history.events:
        if event.HasField("workflow_execution_signaled_event_attributes"):
            payloads = event.workflow_execution_signaled_event_attributes.input.payloads
            told.extend(await DATA_CONVERTER.decode(payloads, [int]))
    return max(told) if max(told) >= index else None


def _in_the_mailbox(desk_url: str) -> str | None:
    visitor = Visitor(desk_url)
    visitor.sign_in(DIRECTOR)
    subjects = [line for line in visitor.lines("/mailbox") if line.startswith("Acknowledged: ")]
    return subjects[0] if subjects else None


async def _eventually(where: str, look: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        found = await look()
        if found is not None:
            return found
        await asyncio.sleep(0.1)
    raise SmokeFailure(f"After {PATIENCE:.0f} seconds the act could not be seen in {where}.")


def _memory(running: Running) -> int:
    return round(resident_bytes([running.supervisor_pid, *running.children.values()]) / 2**20)
