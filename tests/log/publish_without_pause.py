"""Publishers that never rest, to be killed one after the other: arguments are the database, the folder and the origin.

For every line on standard input one is started, as a fork, because starting the interpreter takes longer than all the rest.
It tells its process id, and then every checkpoint that it has published. When it has died, "ended" and how is told.
"""

import asyncio
import os
import sys
import traceback
from pathlib import Path

from ledger.connection import Database
from ledger.log.folder import LogFolder
from ledger.log.fresh import StoredEvents
from ledger.log.keyring import Keyring
from ledger.log.publisher import Places, Publisher
from ledger.log.state import StateFile


async def main(url: str, home: Path, origin: str) -> None:
    state = StateFile(home / "state" / "signed")
    with state.held():
        async with Database(url, connections=1) as database:
            places = Places(
                StoredEvents(database), LogFolder(home / "site"), state, Keyring(home / "keys", origin)
            )
            publisher = Publisher(places)
            await publisher.start()
            while True:
                signed = await publisher.publish()
                if signed is not None:
                    tell(f"{signed.size} {signed.root.hex()}")
                else:
                    await asyncio.sleep(0)


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        tell(f"pid {os.getpid()}")
        try:
            asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
        except BaseException:  # noqa: BLE001 - told, and then over
            traceback.print_exc()
            sys.stderr.flush()
        os._exit(1)
    tell(f"ended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}")
