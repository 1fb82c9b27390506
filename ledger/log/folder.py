"""The folder of the log, as a static site can serve it: `checkpoint`, `keys`, `tile/…`."""

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ledger.log.durable import make_folder, place, replace, sync_folder
from ledger.log.faults import LogMismatch
from ledger.log.tiles import HASH, Tile


class LogFolder:
    """Reads and writes it; a tile that was written is never written again with other bytes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, tile: Tile) -> bytes:
        """The hashes of a tile; of a partial one also where only the full one is left. Raises LogMismatch."""
        found = self.find(tile)
        if found is None:
            raise LogMismatch(
                f"The tile “{tile.path}” is missing from {self.path}. `forthwith publish --restore-tiles` writes it anew."
            )
        return found

    def find(self, tile: Tile) -> bytes | None:
        """The same, or None."""
        for each in dict.fromkeys((tile, tile.full)):
            with suppress(FileNotFoundError, NotADirectoryError):
                found = (self.path / each.path).read_bytes()
                if len(found) != each.width * HASH:
                    raise LogMismatch(f"The tile “{each.path}” in {self.path} has {len(found)} bytes.")
                return found[: tile.width * HASH]
        return None

    def write(self, tiles: Iterable[tuple[Tile, bytes]]) -> None:
        """Keep tiles, safe from a power cut; raises LogMismatch where another tile stands under the name."""
        touched = set()
        for tile, content in tiles:
            known = self.find(tile)
            if known == content:
                continue
            if known is not None:
                raise LogMismatch(
                    f"The tile “{tile.path}” in {self.path} says otherwise than the record. Somebody has changed one of "
                    "them; nothing was signed."
                )
            file = self.path / tile.path
            make_folder(file.parent)
            place(file, content)
            touched.add(file.parent)
        for each in touched:
            sync_folder(each)

    def tidy(self, tiles: Iterable[Tile]) -> None:
        """Remove the partial tiles for which there is a full one now."""
        for tile in tiles:
            if tile == tile.full:
                shutil.rmtree(self.path / f"{tile.path}.p", ignore_errors=True)

    def checkpoint(self) -> bytes | None:
        """The newest published checkpoint, as it is served."""
        return self._text("checkpoint")

    def keys(self) -> str:
        """The public keys of the log, one a line; empty when it was never published."""
        return (self._text("keys") or b"").decode()

    def publish(self, checkpoint: str, keys: str) -> None:
        """Put the newest checkpoint in the place of the one before."""
        make_folder(self.path)
        if keys != self.keys():
            replace(self.path / "keys", keys.encode())
        if checkpoint.encode() != self.checkpoint():
            replace(self.path / "checkpoint", checkpoint.encode())

    def _text(self, name: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return (self.path / name).read_bytes()
        return None
