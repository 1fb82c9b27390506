"""The tree of RFC 6962 in levels of 256, as tiles hold it: the root of every size, and every node of a tile."""

from collections.abc import Sequence
from hashlib import sha256

from ledger.verify.tree import perfect_root

WIDTH = 256


class Levels:
    """Keeps every leaf hash (about 65 bytes each), so that tiles and earlier checkpoints can be compared."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]

    @property
    def leaves(self) -> list[bytes]:
        return self.levels[0]

    def extend(self, hashes: Sequence[bytes], level: int = 0) -> None:
        """Put leaf hashes behind those that are there."""
        if level == len(self.levels):
            self.levels.append([])
        here = self.levels[level]
        done = len(here) // WIDTH
        here.extend(hashes)
        full = [perfect_root(here[at * WIDTH : (at + 1) * WIDTH]) for at in range(done, len(here) // WIDTH)]
        if full:
            self.extend(full, level + 1)

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        peaks: list[tuple[int, bytes]] = []
        covered = 0
        for level in range(len(self.levels) - 1, -1, -1):
            width = WIDTH**level
            for place in range(covered // width, size // width):
                _settle(peaks, width, self.levels[level][place])
            covered = size // width * width
        root = peaks.pop()[1] if peaks else sha256(b"").digest()
        while peaks:
            root = _node(peaks.pop()[1], root)
        return root


def _settle(peaks: list[tuple[int, bytes]], width: int, root: bytes) -> None:
    while peaks and peaks[-1][0] == width:
        root = _node(peaks.pop()[1], root)
        width *= 2
    peaks.append((width, root))


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
