"""Tiles: the tree as files of up to 256 hashes, which a static site can serve (c2sp.org/tlog-tiles)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ledger.log.merkle import node_hash

HEIGHT, WIDTH, HASH = 8, 256, 32
FULL = WIDTH * HASH
_PATH = re.compile(r"tile/([0-9]|[1-5][0-9]|6[0-3])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


@dataclass(frozen=True, slots=True)
class Tile:
    """Which tile: its level, its number in the level, and how many hashes it has (256: full)."""

    level: int
    number: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """``tile/0/x001/067`` or ``tile/0/x001/067.p/12``."""
        groups = [f"{self.number % 1000:03}"]
        rest = self.number // 1000
        while rest:
            groups.insert(0, f"x{rest % 1000:03}")
            rest //= 1000
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{self.level}/{'/'.join(groups)}{partial}"

    @property
    def full(self) -> "Tile":
        return Tile(self.level, self.number)


def parse_path(path: str) -> Tile | None:
    """The tile that a path names, or None; each tile has one path only."""
    found = _PATH.fullmatch(path)
    if not found:
        return None
    tile = Tile(int(found[1]), int(found[2].replace("x", "").replace("/", "")), int(found[3] or WIDTH))
    return tile if tile.path == path else None


def tiles_between(old_size: int, size: int) -> Iterator[Tile]:
    """The tiles that a tree of `size` has and one of `old_size` has not, from the leaves upwards."""
    for level in range(64):
        before, now = old_size >> HEIGHT * level, size >> HEIGHT * level
        if now == 0:
            return
        for number in range(before // WIDTH, now // WIDTH):
            yield Tile(level, number)
        if now % WIDTH and now != before:
            yield Tile(level, now // WIDTH, now % WIDTH)


def perfect_hash(hashes: bytes) -> bytes:
    """The root over a power of two of hashes that stand one behind the other."""
    return expanded(hashes)[-1] if len(hashes) > HASH else hashes


def expanded(hashes: bytes) -> list[bytes]:
    """The whole nodes above the hashes of a tile, as one run of bytes for each of its nine levels."""
    levels = [hashes]
    while len(levels[-1]) >= 2 * HASH:
        below = levels[-1]
        pairs = range(0, len(below) - 2 * HASH + 1, 2 * HASH)
        levels.append(b"".join([node_hash(below[at : at + 32], below[at + 32 : at + 64]) for at in pairs]))
    return levels


def grow(
    read: Callable[[Tile], bytes], old_size: int, leaves: Sequence[bytes]
) -> Iterator[tuple[Tile, bytes]]:
    """The tiles that come with new leaf hashes, from the leaves upwards; `read` gives the tiles of the old tree."""
    fresh = b"".join(leaves)
    size = old_size
    for level in range(64):
        edge = size % WIDTH
        known = read(Tile(level, size // WIDTH, edge)) if edge else b""
        run = known + fresh
        if not fresh:
            return
        number = size // WIDTH
        fresh = b""
        for start in range(0, len(run), FULL):
            part = run[start : start + FULL]
            yield Tile(level, number + start // FULL, len(part) // HASH), part
            if len(part) == FULL:
                fresh += perfect_hash(part)
        size //= WIDTH


class TileTree:
    """Proofs and roots for any tree of up to a size whose tiles can be read.

    It keeps the nodes of tiles that it has read: 16 kB for each 256 leaves, of at most `kept` tiles.
    """

    def __init__(self, read: Callable[[Tile], bytes], size: int, kept: int = 4096) -> None:
        self.size = size
        self._read = read
        self._levels = lru_cache(maxsize=kept)(self._read_levels)
        self._edges = lru_cache(maxsize=64)(self._edges_of)

    def leaf(self, index: int) -> bytes:
        """The hash of leaf `index`, from 0."""
        return self._node(0, index)

    def root(self, size: int | None = None) -> bytes:
        """The root of the tree of the first `size` leaves, at least 1."""
        return self._edges(self.size if size is None else size)[-1]

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that leaf `index`, from 0, is in the tree of the first `size` leaves."""
        size = self.size if size is None else size
        if not 0 <= index < size <= self.size:
            raise IndexError(f"There is no leaf {index} in a tree of {size} within {self.size}.")
        last, height = size - 1, 0
        edges = self._edges(size)
        proof: list[bytes] = []
        add = proof.append
        nodes: list[bytes] = []
        while last:
            if height & 7 == 0:
                nodes = self._levels(height >> 3, index >> 8)
            sibling = index ^ 1
            if sibling < last:
                at = (sibling & (255 >> (height & 7))) << 5
                add(nodes[height & 7][at : at + 32])
            elif sibling == last:
                add(edges[height])
            index >>= 1
            last >>= 1
            height += 1
        return proof

    def consistency(self, old_size: int, size: int | None = None) -> list[bytes]:
        """The proof that the tree of the first `size` leaves begins with that of the first `old_size`."""
        size = self.size if size is None else size
        if not 0 <= old_size <= size <= self.size:
            raise IndexError(f"There is no tree of {old_size} within {size} within {self.size}.")
        if old_size in (0, size):
            return []
        edges = self._edges(size)
        index, last, height = old_size - 1, size - 1, 0
        while index & 1:
            index, last, height = index >> 1, last >> 1, height + 1
        # The whole subtree that the old tree ends with; where it is all of the old tree, its root is known.
        proof = [self._node(height, index)] if index else []
        while last:
            sibling = index ^ 1
            if sibling < last:
                proof.append(self._node(height, sibling))
            elif sibling == last:
                proof.append(edges[height])
            index, last, height = index >> 1, last >> 1, height + 1
        return proof

    def _edges_of(self, size: int) -> list[bytes]:
        """For each height up to the root, the hash over the last, mostly incomplete, subtree of that height."""
        last = size - 1
        edges = [self._node(0, last)]
        while last:
            below, height = edges[-1], len(edges) - 1
            edges.append(node_hash(self._node(height, last - 1), below) if last & 1 else below)
            last >>= 1
        return edges

    def _node(self, height: int, index: int) -> bytes:
        within = height & 7
        at = (index & (255 >> within)) << 5
        return self._levels(height >> 3, index >> (HEIGHT - within))[within][at : at + 32]

    def _read_levels(self, level: int, number: int) -> list[bytes]:
        width = min((self.size >> HEIGHT * level) - number * WIDTH, WIDTH)
        return expanded(self._read(Tile(level, number, width))) if width > 0 else [b""] * 9
