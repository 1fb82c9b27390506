"""The leaf hashes of the record, from the stored bytes and from nothing else."""

from dataclasses import dataclass

import orjson

from domain.events.of_the_record import LOG_KEY_ROTATED, LOG_KEYS
from ledger import sql_files
from ledger.canonical import leaf_hash
from ledger.connection import Database
from ledger.log.faults import LogMismatch
from ledger.log.keyring import Rotation

PAGE = 5000


@dataclass(frozen=True, slots=True)
class Published:
    """A row of the table of checkpoints."""

    size: int
    root: bytes


class StoredEvents:
    """What the publisher asks the database, with its own login."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def leaves(self, after: int, up_to: int | None = None) -> list[bytes]:
        """The hashes of the events after a position, in order, hashed here; raises LogMismatch.

        The column beside the bytes was hashed when the event was recorded and told to people in receipts: where the two
        differ, a bit has flipped or somebody has changed the bytes, and signing either of them would seal the fault.
        """
        found: list[bytes] = []
        while up_to is None or after + len(found) < up_to:
            limit = PAGE if up_to is None else min(PAGE, up_to - after - len(found))
            rows = await self._database.fetch(sql_files.query("read_hashed"), after + len(found), limit)
            for row in rows:
                found.append(_hashed(row["index"], after + len(found) + 1, row["canonical"], row["leaf"]))
            if len(rows) < limit:
                break
        return found

    async def rotations(self) -> list[Rotation]:
        """Every change of keys that was recorded, oldest first."""
        rows = await self._database.fetch(sql_files.query("read_hashed_stream"), LOG_KEYS)
        told = (orjson.loads(row["canonical"]) for row in rows)
        return [Rotation.of(each["data"]) for each in told if each["type"] == LOG_KEY_ROTATED]

    async def newest_checkpoint(self) -> Published | None:
        rows = await self._database.fetch(sql_files.query("newest_checkpoint"))
        return Published(rows[0]["size"], rows[0]["root"]) if rows else None

    async def keep_checkpoint(self, size: int, root: bytes, note: str) -> None:
        """Write the checkpoint to its table; one that is there already is left as it is."""
        await self._database.fetch(sql_files.query("publish_checkpoint"), size, root, note)


def _hashed(index: int, expected: int, canonical: bytes, leaf: bytes) -> bytes:
    if index != expected:
        raise LogMismatch(f"Event {expected} is missing from the record; nothing was signed.")
    found = leaf_hash(canonical)
    if found != leaf:
        raise LogMismatch(
            f"The stored bytes of event {index} do not give the hash that its receipt holds; nothing was signed. "
            "`forthwith verify` says more."
        )
    return found
