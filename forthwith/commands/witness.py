"""`forthwith witness`: watch the logs of other bodies."""

import asyncio
import signal
import time
from contextlib import nullcontext
from pathlib import Path

import uvicorn

from forthwith.commands.opening import must_exist
from forthwith.exits import UsageFault
from forthwith.output import talk
from forthwith.witness_app import witness_app
from ledger.log.keys import LOG, WITNESS, VerifierKey, signer_from
from ledger.log.state import StateFile
from ledger.log.witness import Witness


def witness(*, key: Path, logs: Path, folder: Path, host: str = "127.0.0.1", port: int = 8100) -> None:
    """Cosign the checkpoints of other people's logs until stopped; refuse those that tell two histories.

    Parameters
    ----------
    key
        The witness's private key, as `forthwith keys new --witness NAME --to FILE` makes it.
    logs
        A file with the public keys of the logs that are watched, one a line.
    folder
        Where the witness keeps what it cosigned last. Whoever loses it loses the protection.
    host
        The address to listen on.
    port
        The port to listen on.
    """
    signer = signer_from(key)
    if signer.key.algorithm != WITNESS:
        raise UsageFault(f"“{key}” is the key of a log, not of a witness.")
    watched = [VerifierKey.parse(line) for line in _lines(must_exist(logs)) if not line.startswith("#")]
    if not watched or any(each.algorithm != LOG for each in watched):
        raise UsageFault(f"“{logs}” must hold the keys of logs, one a line.")
    with StateFile(folder / "witness").held():
        app = witness_app(Witness(signer, watched, folder, lambda: int(time.time())))
        talk.print(
            f"{signer.key.name} watches {len(watched)} keys of logs on http://{host}:{port}.", markup=False
        )
        asyncio.run(_serve(uvicorn.Config(app, host=host, port=port, log_level="warning", lifespan="off")))


async def _serve(config: uvicorn.Config) -> None:
    """Until told to stop; what is being answered then is answered."""
    server, loop = _Served(config), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, lambda: setattr(server, "should_exit", True))
    await server.serve()


class _Served(uvicorn.Server):
    """Signals are ours: uvicorn would raise them again at the end, and the exit code would say that we were killed."""

    def capture_signals(self) -> nullcontext[None]:  # type: ignore[override]
        return nullcontext()


def _lines(file: Path) -> list[str]:
    return [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
