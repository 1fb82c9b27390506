"""The published log, for whoever reads it: checkpoint, tiles, keys, and the proof of an event."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from ledger.log.checkpoint import SignedCheckpoint, checkpoint_in
from ledger.log.faults import NotInLog
from ledger.log.folder import LogFolder
from ledger.log.notes import parse
from ledger.log.proof_file import ProofFile
from ledger.log.tiles import TileTree, parse_path

_KEPT_TILES = 256


class PublishedLog:
    """Reads the log's folder. It trusts the folder: whoever checks a proof checks the signatures."""

    def __init__(self, folder: Path) -> None:
        self._folder = LogFolder(folder)
        self._tree: TileTree | None = None

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint, or None when nothing was published."""
        found = self._folder.checkpoint()
        return None if found is None else found.decode()

    def keys(self) -> str:
        """The log's public keys, one a line. For convenience: trust comes from elsewhere."""
        return self._folder.keys()

    def tile(self, path: str) -> bytes | None:
        """A tile by its path (``tile/0/000``), or None."""
        tile = parse_path(path)
        return None if tile is None else self._folder.find(tile)

    def newest(self) -> SignedCheckpoint:
        """The newest checkpoint, read but not verified; raises NotInLog."""
        found = self._folder.checkpoint()
        if found is None:
            raise NotInLog("No checkpoint has been published yet. `forthwith publish` publishes them.")
        note = parse(found)
        return SignedCheckpoint(checkpoint_in(note), note)

    def proof(self, index: int) -> ProofFile:
        """The proof of an event by its number in the record, from 1; raises NotInLog."""
        newest = self.newest()
        if not 1 <= index <= newest.size:
            raise NotInLog(
                f"The newest checkpoint covers events 1 to {newest.size}; event {index} is not among them."
            )
        return ProofFile(index - 1, tuple(self._grown_to(newest.size).inclusion(index - 1)), str(newest))

    def proof_text(self, index: int) -> str | None:
        """The proof as a file, or None where the log does not reach that far."""
        with suppress(NotInLog):
            return str(self.proof(index))
        return None

    def leaf(self, index: int) -> bytes:
        """The leaf hash of an event by its number from 1, which the newest checkpoint must cover."""
        return self._grown_to(self.newest().size).leaf(index - 1)

    def completed(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """A receipt as an act answers it, with `checkpoint` and a proof in `proofs` for each of its leaves.

        Raises NotInLog when the log holds another event in its place, or does not reach that far yet.
        """
        first = int(receipt["first_index"])
        proofs = [self.proof(first + place) for place in range(len(receipt["leaves"]))]
        for place, leaf in enumerate(receipt["leaves"], start=first):
            if self.leaf(place).hex() != leaf:
                raise NotInLog(
                    f"The log holds another event {place} than the one this receipt was given for. Keep the receipt: it "
                    "shows that the record was changed."
                )
        return {
            **receipt,
            "checkpoint": str(self.newest()),
            "proofs": [str(each) for each in proofs],
        }

    def _grown_to(self, size: int) -> TileTree:
        if self._tree is None or self._tree.size != size:
            self._tree = TileTree(self._folder.read, size, _KEPT_TILES)
        return self._tree


def completed_text(receipt: dict[str, Any]) -> str:
    """A receipt on one line, as `ledger.verify.kept` reads it."""
    return json.dumps(receipt, ensure_ascii=False) + "\n"
