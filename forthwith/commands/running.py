"""`forthwith up`, `demo`, `down`, `status`, `doctor`: the embedded run."""

import asyncio
import sys
from collections.abc import Callable, Mapping

from domain.clock import ClockSpec, ShiftedClock
from forthwith.demo.clock import demo_clock
from forthwith.embedded.doctor import examine
from forthwith.embedded.ports import require_free
from forthwith.embedded.running import Running
from forthwith.embedded.state import StateFolder
from forthwith.embedded.stopping import stop_running
from forthwith.embedded.supervisor import Supervisor, Wishes
from forthwith.exits import Exit, UsageFault
from forthwith.output import print_json, print_table, talk
from forthwith.settings import PROJECTOR, Settings, running_folder, state_folder
from forthwith.store import prepare_store
from forthwith.telling import tell_demo, tell_up

HIGHEST_PORT = 65535
ENGINE = (sys.executable, "-m", "forthwith.engine")


def up(*, port: int | None = None, temporal_ui: bool = False) -> None:
    """Start PostgreSQL, Temporal and the engine on this machine, in real time, and stay until Ctrl-C.

    Mail is caught in a mailbox and not sent.

    Parameters
    ----------
    port
        The port of the desk; a free one is found if left out.
    temporal_ui
        Serve Temporal's own pages too.
    """
    _must_be_free(port)
    folder = state_folder(Settings())
    _run(supervisor_for(folder, demo=False, port=port, temporal_ui=temporal_ui), tell_up)


def demo(
    *, port: int | None = None, temporal_ui: bool = False, fresh: bool = False, smoke: bool = False
) -> int:
    """Show the Lancashire notice of 2016 being chased: its clock stands in October 2016, and its past is invented.

    Parameters
    ----------
    port
        The port of the desk; a free one is found if left out.
    temporal_ui
        Serve Temporal's own pages too.
    fresh
        Throw the last demonstration away and begin again in October 2016.
    smoke
        Start everything, acknowledge one task through the web page, see it in the record, the clock and the mailbox,
        verify the log, print one JSON object, and stop.
    """
    if smoke:
        # Imported here, so that the process which only watches over the servers stays small.
        from forthwith.demo.smoke import smoke_test

        print_json(asyncio.run(smoke_test()))
        return Exit.OK
    _must_be_free(port)
    folder = state_folder(Settings(), demo=True)
    if fresh:
        folder.erase()
    clocks: list[ClockSpec] = []
    supervisor = supervisor_for(folder, demo=True, port=port, temporal_ui=temporal_ui, on_clock=clocks.append)
    _run(supervisor, lambda running: tell_demo(running, ShiftedClock(clocks[-1]).now()))
    return Exit.OK


def down() -> int:
    """Stop what runs, in order, and leave nothing behind. What was recorded stays."""
    settings = Settings()
    folders = (state_folder(settings), state_folder(settings, demo=True))
    stopped = [folder for folder in folders if asyncio.run(stop_running(folder))]
    talk.print("Stopped." if stopped else "Nothing was running.")
    return Exit.OK


def status(*, json: bool = False) -> int:
    """Say what runs here, and where.

    Parameters
    ----------
    json
        Print one JSON object.
    """
    folder = running_folder(Settings())
    running = folder.running() if folder else None
    if json:
        unwell = {"unwell_read_models": list(_unwell(running))} if running else {}
        print_json({"running": running is not None, **_facts(running), **unwell})
    elif running is None:
        talk.print("Nothing runs here. Start it with `forthwith demo` or `forthwith up`.")
    else:
        print_table(("What", "Where"), _where(running))
        for name in _unwell(running):
            talk.print(f"The read model {name} is not well. See `forthwith projections status`.", style="red")
    return Exit.OK if running else Exit.UNREACHABLE


def doctor(*, json: bool = False) -> int:
    """Examine this machine and what runs on it; every fault comes with its next step.

    Parameters
    ----------
    json
        Print one JSON object a line, for each check.
    """
    settings = Settings()
    checks = asyncio.run(examine(running_folder(settings) or state_folder(settings)))
    for each in checks:
        if json:
            print_json(
                {"name": each.name, "ok": each.ok, "sentence": each.sentence, "next_step": each.next_step}
            )
        else:
            mark = {True: "ok  ", False: "FAIL", None: "–   "}[each.ok]
            sys.stdout.write(f"{mark}  {each.sentence}{' ' + each.next_step if each.next_step else ''}\n")
    return Exit.FOUND_SOMETHING if any(each.ok is False for each in checks) else Exit.OK


def _must_be_free(port: int | None) -> None:
    """Asked before anything is thrown away or started."""
    if port is None:
        return
    if not 1 <= port <= HIGHEST_PORT:
        raise UsageFault(f"{port} is not a port; ports are 1 to {HIGHEST_PORT}.")
    require_free(port, "the desk")


def supervisor_for(
    folder: StateFolder,
    *,
    demo: bool,
    port: int | None = None,
    temporal_ui: bool = False,
    on_clock: Callable[[ClockSpec], None] = lambda _: None,
) -> Supervisor:
    """A supervisor for the whole product in one folder. `on_clock` is told the clock of its store."""

    async def prepare(url: str) -> None:
        clock = demo_clock() if demo else None
        on_clock(
            await prepare_store(
                url,
                folder.secret("application"),
                simulated=clock,
                publisher_password=folder.secret("publisher"),
                projector_password=folder.secret(PROJECTOR),
            )
        )

    # Whatever the shell says, an embedded engine works on its own database and sends no mail.
    env: Mapping[str, str] = {
        "FORTHWITH_APPLICATION_URL": "",
        "FORTHWITH_CATCH_MAIL": "1",
        # Each connection costs ten megabytes, and commands that wait are committed together on one of them.
        "FORTHWITH_DATABASE_CONNECTIONS": "3",
        "FORTHWITH_DEMO": "1" if demo else "0",
        # Temporal's core has threads; each would keep memory of its own at hand (glibc).
        "MALLOC_ARENA_MAX": "1",
        "MALLOC_TRIM_THRESHOLD_": "65536",
    }
    return Supervisor(
        folder,
        ENGINE,
        env,
        after_postgres=prepare,
        wishes=Wishes(desk_port=port, temporal_ui=temporal_ui),
    )


def _run(supervisor: Supervisor, tell: Callable[[Running], None]) -> None:
    starting = talk.status("Starting PostgreSQL, Temporal and the engine …")

    def ready(running: Running) -> None:
        starting.stop()
        tell(running)

    starting.start()
    try:
        asyncio.run(supervisor.run_until_stopped(on_ready=ready))
    finally:
        starting.stop()
    talk.print("Stopped.")


def _where(running: Running) -> list[tuple[str, str]]:
    pages = [("Temporal's pages", running.temporal_ui_url)] if running.temporal_ui_url else []
    return [
        ("The desk", running.desk_url),
        ("Temporal", running.temporal_address),
        *pages,
        ("Running since", f"{running.started_at:%-d %B %Y %H:%M:%S %Z}"),
        ("Processes", ", ".join(f"{name} {pid}" for name, pid in _processes(running).items())),
    ]


def _unwell(running: Running) -> tuple[str, ...]:
    """The read models that have met an event which they cannot take; none, where they cannot be looked at."""
    # Imported here, for the same reason as above.
    from projections.tables.health import unwell_at

    return asyncio.run(unwell_at(running.database_url))


def _processes(running: Running) -> dict[str, int]:
    return {"supervisor": running.supervisor_pid, **running.children}


def _facts(running: Running | None) -> dict[str, object]:
    if running is None:
        return {}
    return {
        "desk": running.desk_url,
        "temporal": running.temporal_address,
        "temporal_ui": running.temporal_ui_url,
        "since": running.started_at.isoformat(),
        "supervisor": running.supervisor_pid,
        **{f"process_{name}": pid for name, pid in running.children.items()},
    }
