"""The publisher: signs what the record holds, and only ever goes on from what it signed before.

The order is what keeps a kill -9 harmless: tiles first, then the signed note into the state file, and only then out into
the world. A note that anybody has seen is in the state file; a note in the state file is published at the next start.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg

from domain.record import LedgerUnreachable
from ledger.log.checkpoint import Checkpoint, SignedCheckpoint, checkpoint_in, read_checkpoint, sign
from ledger.log.faults import LogMismatch
from ledger.log.folder import LogFolder
from ledger.log.fresh import StoredEvents
from ledger.log.keyring import Keyring, in_use
from ledger.log.keys import Signer, verified_by
from ledger.log.merkle import EMPTY, UnsoundProof, verify_consistency
from ledger.log.notes import UnsoundNote, parse
from ledger.log.state import StateFile
from ledger.log.tiles import TileTree, grow, tiles_between
from ledger.wakeups import Wakeup

Cosign = Callable[[SignedCheckpoint, TileTree], Awaitable[SignedCheckpoint | None]]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the publisher works."""

    events: StoredEvents
    folder: LogFolder
    state: StateFile
    keyring: Keyring


async def without_witnesses(signed: SignedCheckpoint, _tree: TileTree) -> SignedCheckpoint:
    """Nobody is asked."""
    return signed


class Publisher:
    """Open it with `start`, which refuses a state that does not fit; hold the state file meanwhile."""

    def __init__(self, places: Places, cosign: Cosign = without_witnesses) -> None:
        self._places, self._cosign = places, cosign
        self._last: SignedCheckpoint | None = None
        self.published: SignedCheckpoint | None = None

    @property
    def size(self) -> int:
        """How many events were signed."""
        return self._last.size if self._last else 0

    async def start(self, *, restore_tiles: bool = False) -> None:
        """Take up where the last run left off; raises LogMismatch, or UnfitKey.

        `restore_tiles` writes the tiles that are missing, once the record has been found to be the one that was signed.
        """
        signed = self._signed_last()
        size, root = (signed.size, signed.root) if signed else (0, EMPTY)
        await self._refuse_unless_signed(size, root, restore_tiles=restore_tiles)
        self._last = signed

    async def publish(self) -> SignedCheckpoint | None:
        """Sign what is new, and publish it; None when nothing was to do, or the witnesses do not answer yet.

        Raises LogMismatch, after which nothing may be signed, or LedgerUnreachable.
        """
        leaves = await self._places.events.leaves(self.size)
        if leaves:
            self._last = await self._extended(leaves)
        if self._last is None or self.published == self._last:
            return None
        tree = TileTree(self._places.folder.read, self.size)
        cosigned = await self._cosign(self._last, tree)
        if cosigned is None:
            return None
        await self._out(cosigned)
        return cosigned

    async def _extended(self, leaves: list[bytes]) -> SignedCheckpoint:
        places, size = self._places, self.size + len(leaves)
        fresh = dict(grow(places.folder.read, self.size, leaves))
        tree = TileTree(lambda tile: fresh.get(tile) or places.folder.read(tile), size)
        root = tree.root()
        self._refuse_unless_it_goes_on(tree, root)
        signers = await self._signers()
        places.folder.write(fresh.items())
        signed = sign(Checkpoint(places.keyring.origin, size, root), signers)
        before = None if self._last is None else str(self._last).encode()
        places.state.swap(before, str(signed).encode())
        return signed

    def _refuse_unless_it_goes_on(self, tree: TileTree, root: bytes) -> None:
        old_root = self._last.root if self._last else EMPTY
        try:
            verify_consistency(self.size, old_root, tree.size, root, tree.consistency(self.size))
        except UnsoundProof as fault:
            raise LogMismatch(f"{fault} Nothing was signed.") from None

    async def _signers(self) -> tuple[Signer, ...]:
        rotations = await self._places.events.rotations()
        signers = self._places.keyring.signers()
        note = self._last.note if self._last else None
        signed_last = verified_by(note, [each.key for each in signers]) if note else ()
        return in_use(signers, rotations, signed_last, datetime.now(UTC))

    async def _out(self, signed: SignedCheckpoint) -> None:
        places = self._places
        try:
            await places.events.keep_checkpoint(signed.size, signed.root, str(signed))
        except asyncpg.IntegrityConstraintViolationError as refusal:
            raise LogMismatch(str(refusal)) from None
        keys = "".join(f"{each}\n" for each in places.keyring.public())
        places.folder.publish(str(signed), keys)
        places.folder.tidy(tiles_between(self.published.size if self.published else 0, signed.size))
        self.published = self._last

    def _signed_last(self) -> SignedCheckpoint | None:
        """What the state file holds; raises LogMismatch when no key of ours has signed it."""
        data, keys = self._places.state.load(), self._places.keyring.public()
        if data is None:
            return None
        try:
            signed = read_checkpoint(data, keys)
        except UnsoundNote as fault:
            raise LogMismatch(
                f"{self._places.state.path} does not hold what was signed last: {fault}"
            ) from None
        if signed.checkpoint.origin != self._places.keyring.origin:
            raise LogMismatch(f"{self._places.state.path} belongs to another log.")
        return signed

    async def _refuse_unless_signed(self, size: int, root: bytes, *, restore_tiles: bool) -> None:
        """Raise LogMismatch unless the record, the tiles and everything published are what was signed."""
        folder = self._places.folder
        leaves = await self._places.events.leaves(0, size)
        if len(leaves) < size:
            raise LogMismatch(f"{size} events were signed, but the record holds {len(leaves)} only.")
        tiles = dict(grow(folder.read, 0, leaves))
        if size and TileTree(tiles.__getitem__, size).root() != root:
            raise LogMismatch(f"The record of {size} events is not the one that was signed.")
        if restore_tiles:
            folder.write(tiles.items())
        for tile, content in tiles.items():
            if folder.read(tile) != content:
                raise LogMismatch(
                    f"The tile “{tile.path}” says otherwise than the record, which is as it was signed."
                )
        await self._refuse_what_was_published_otherwise(size)

    async def _refuse_what_was_published_otherwise(self, size: int) -> None:
        stored = await self._places.events.newest_checkpoint()
        served = self._places.folder.checkpoint()
        shown = [("The table of checkpoints", stored.size, stored.root)] if stored else []
        if served is not None:
            checkpoint = _checkpoint(served)
            shown.append(("The published checkpoint", checkpoint.size, checkpoint.root))
        for where, shown_size, shown_root in shown:
            if shown_size > size:
                raise LogMismatch(
                    f"{where} is of size {shown_size}, but {self._places.state.path} knows of {size} only. Put the newest "
                    "checkpoint that you trust there."
                )
            if TileTree(self._places.folder.read, size).root(shown_size) != shown_root:
                raise LogMismatch(f"{where} of size {shown_size} is not the beginning of what was signed.")


async def run(
    publisher: Publisher, bell: Wakeup, stop: asyncio.Event, pause: float, warn: Callable[[str], None]
) -> None:
    """Publish whenever something was recorded and at least every second, until told to stop.

    `pause` is the shortest time between two checkpoints, in seconds. A database that is away is waited for.
    """
    while not stop.is_set():
        bell.clear()
        try:
            await publisher.publish()
        except LedgerUnreachable as fault:
            warn(str(fault))
        await asyncio.sleep(pause)
        if not stop.is_set():
            await bell.wait(1.0)


def _checkpoint(data: bytes) -> Checkpoint:
    try:
        return checkpoint_in(parse(data))
    except UnsoundNote as fault:
        raise LogMismatch(f"The published checkpoint is none: {fault}") from None
