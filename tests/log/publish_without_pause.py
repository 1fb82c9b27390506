"""A publisher that never rests, to be killed: URL of the database, and the folder with its keys. Prints every note."""

import asyncio
import sys
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
                    sys.stdout.write(f"{signed.size} {signed.root.hex()}\n")
                    sys.stdout.flush()
                else:
                    await asyncio.sleep(0)


asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
