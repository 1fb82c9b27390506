"""A process that appends to one record until it has written so many: python writer.py DSN NAME COUNT IN_FLIGHT.

Each event is written to a stream of its own task; the positions that were acknowledged are counted and printed at the end.
"""

import asyncio
import sys
from datetime import UTC, datetime
from uuid import uuid4

from domain.actor import ENGINE
from domain.record import Append, Envelope, StreamWrite
from ledger.postgres import PostgresLedger


async def write(dsn: str, name: str, count: int, in_flight: int) -> int:
    """How many were acknowledged."""
    left = iter(range(count))
    async with PostgresLedger(dsn, connections=1) as ledger:

        async def one(stream: str) -> int:
            version = 0
            for _ in left:
                event = Envelope(uuid4(), "reminder-sent.v1", datetime.now(UTC), ENGINE, {"to": "somebody"})
                await ledger.append(Append(uuid4(), (StreamWrite(stream, version, (event,)),)))
                version += 1
            return version

        return sum(await asyncio.gather(*(one(f"load/{name}-{task}") for task in range(in_flight))))


if __name__ == "__main__":
    print(asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
