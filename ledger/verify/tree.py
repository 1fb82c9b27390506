"""The Merkle tree of RFC 6962, section 2.1, over a log of any length in little memory."""

from collections.abc import Sequence
from hashlib import sha256

_BLOCK = 1024


class Tree:
    """Takes leaf hashes in order and tells the root of all of them; keeps one hash for each doubling of the log."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []
        self._waiting: list[bytes] = []

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Put leaf hashes (32 bytes each) behind those that are there."""
        self.size += len(leaves)
        self._waiting.extend(leaves)
        whole = len(self._waiting) // _BLOCK * _BLOCK
        for start in range(0, whole, _BLOCK):
            _settle(self._peaks, _BLOCK, perfect_root(self._waiting[start : start + _BLOCK]))
        del self._waiting[:whole]

    def root(self) -> bytes:
        """The root over all leaves so far; of an empty tree, the hash of nothing."""
        peaks = list(self._peaks)
        for leaf in self._waiting:
            _settle(peaks, 1, leaf)
        if not peaks:
            return sha256(b"").digest()
        _, root = peaks.pop()
        while peaks:
            root = _node(peaks.pop()[1], root)
        return root


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of leaves."""
    level = hashes
    while len(level) > 1:
        level = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(level[::2], level[1::2], strict=True)
        ]
    return level[0]


def _settle(peaks: list[tuple[int, bytes]], width: int, root: bytes) -> None:
    """Join a subtree with those of its own width that stand before it."""
    while peaks and peaks[-1][0] == width:
        root = _node(peaks.pop()[1], root)
        width *= 2
    peaks.append((width, root))


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
