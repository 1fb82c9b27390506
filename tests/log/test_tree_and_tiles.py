"""The tree of RFC 6962 in tiles: known answers, every proof accepted, every changed one refused."""

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log.merkle import UnsoundProof, verify_consistency, verify_inclusion
from ledger.log.tiles import Tile, TileTree, grow, parse_path, tiles_between
from ledger.verify.tree import Tree
from tests.log.conftest import leaf, tree_of

# The leaves and roots of the reference implementation of Certificate Transparency (RFC 6962).
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LARGEST = 70_000


@cache
def large() -> TileTree:
    return tree_of(LARGEST)


@cache
def root_of(size: int) -> bytes:
    tree = Tree()
    tree.extend([leaf(each) for each in range(size)])
    return tree.root()


def test_the_roots_of_the_reference_leaves():
    leaves = [sha256(b"\x00" + bytes.fromhex(each)).digest() for each in LEAVES]
    tiles: dict[Tile, bytes] = {}
    for size, root in enumerate(ROOTS, start=1):
        tiles.update(grow(tiles.__getitem__, size - 1, leaves[size - 1 : size]))
        tree = TileTree(tiles.__getitem__, size)
        assert tree.root().hex() == root
        for index in range(size):
            verify_inclusion(leaves[index], index, size, bytes.fromhex(root), tree.inclusion(index))


def test_seventy_thousand_leaves_make_the_tiles_of_the_specification():
    tiles = list(tiles_between(0, LARGEST))
    assert [
        len([each for each in tiles if each.level == level and each.width == 256]) for level in range(3)
    ] == [273, 1, 0]
    assert {(each.level, each.width) for each in tiles if each.width < 256} == {(0, 112), (1, 17), (2, 1)}
    assert [each.path for each in tiles_between(0, 256)] == ["tile/0/000", "tile/1/000.p/1"]
    assert Tile(0, 1234067).path == "tile/0/x001/x234/067"


@given(st.lists(st.integers(1, 700), min_size=1, max_size=6))
@settings(max_examples=25, deadline=None)
def test_a_log_that_grows_in_steps_is_the_one_that_grew_at_once(steps):
    tiles: dict[Tile, bytes] = {}
    size = 0
    for step in steps:
        known = lambda tile: tiles[tile] if tile in tiles else tiles[tile.full][: tile.width * 32]  # noqa: E731
        new = dict(grow(known, size, [leaf(each) for each in range(size, size + step)]))
        assert set(new) == set(tiles_between(size, size + step))
        tiles.update(new)
        size += step
        assert TileTree(tiles.__getitem__, size).root() == root_of(size)


SIZES = st.one_of(
    st.integers(1, 600), st.integers(1, LARGEST), st.sampled_from([255, 256, 257, 65535, 65536, 65537])
)


@given(SIZES, st.data())
@settings(max_examples=60, deadline=None)
def test_every_inclusion_proof_holds_and_holds_for_nothing_else(size, data):
    index = data.draw(st.integers(0, size - 1))
    root, proof = large().root(size), large().inclusion(index, size)
    verify_inclusion(leaf(index), index, size, root, proof)
    for false in (
        (leaf(index + 1), index, size, root, proof),
        (leaf(index), index + 1, size, root, proof),
        (leaf(index), index, size, leaf(0) if size > 1 else leaf(1), proof),
        (leaf(index), index, size, root, [*proof, leaf(0)]),
        (leaf(index), -1, size, root, proof),
        *(
            (leaf(index), index, size, root, [*proof[:at], leaf(0)[::-1], *proof[at + 1 :]])
            for at in range(len(proof))
        ),
        *([(leaf(index), index, size, root, proof[:-1])] if proof else []),
    ):
        with pytest.raises(UnsoundProof):
            verify_inclusion(*false)


@given(SIZES, SIZES)
@settings(max_examples=60, deadline=None)
def test_every_consistency_proof_holds_and_holds_for_nothing_else(one, other):
    old, size = sorted((one, other))
    tree = large()
    old_root, root, proof = tree.root(old), tree.root(size), tree.consistency(old, size)
    verify_consistency(old, old_root, size, root, proof)
    forged = bytes(32)
    for false in (
        (old, forged, size, root, proof),
        (old, old_root, size, forged, proof),
        (old, old_root, size, root, [*proof, forged]),
        *([(old, old_root, size, root, proof[:-1])] if proof else []),
        *((old, old_root, size, root, [*proof[:at], forged, *proof[at + 1 :]]) for at in range(len(proof))),
    ):
        with pytest.raises(UnsoundProof):
            verify_consistency(*false)


def test_the_empty_log_comes_before_every_other():
    tree, empty = tree_of(3), sha256(b"").digest()
    verify_consistency(0, empty, 3, tree.root(), tree.consistency(0))
    for false in (
        (0, bytes(32), 3, tree.root(), []),
        (0, empty, 3, tree.root(), [empty]),
        (4, empty, 3, empty, []),
    ):
        with pytest.raises(UnsoundProof):
            verify_consistency(*false)
    with pytest.raises(IndexError):
        tree.inclusion(3)


@given(st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_a_tile_is_found_by_its_one_path(level, number, width):
    tile = Tile(level, number, width)
    assert parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path", ["tile/0/1", "tile/00/001", "tile/64/000", "tile/0/x000/001", "tile/0/000.p/256", "tile/0/000.p/0",
             "tile/0/../000", "tile/0/000.p/01", "/tile/0/000", "tile/entries/000", "tile/0/000\n", "tile/0/٠٠٠"]
)  # fmt: skip
def test_no_other_path_is_a_tile(path):
    assert parse_path(path) is None
