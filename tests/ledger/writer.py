"""A process of its own that appends to one record: python writer.py DSN STREAM COUNT."""

import asyncio
import sys
from datetime import UTC, datetime
from uuid import uuid4

from domain.actor import ENGINE
from domain.record import Append, Envelope, StreamWrite
from ledger.postgres import PostgresLedger


async def write(dsn: str, stream: str, count: int) -> None:
    async with PostgresLedger(dsn) as ledger:
        for version in range(count):
            event = Envelope(uuid4(), "reminder-sent.v1", datetime.now(UTC), ENGINE, {"number": version})
            receipt = await ledger.append(Append(uuid4(), (StreamWrite(stream, version, (event,)),)))
            print(receipt.last_index, flush=True)


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], sys.argv[2], int(sys.argv[3])))
