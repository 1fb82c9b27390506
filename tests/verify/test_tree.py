"""The streaming tree against the definition of RFC 6962, section 2.1, written down as it stands there."""

from hashlib import sha256

import pytest

from ledger.verify.tree import Tree


def root_by_definition(leaves):
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = root_by_definition(leaves[:split]), root_by_definition(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


@pytest.mark.parametrize("size", [*range(35), 1023, 1024, 1025, 2047, 2048, 3000, 5121])
def test_the_root_is_that_of_the_definition_however_the_leaves_arrive(size):
    leaves = [sha256(b"\x00%d" % number).digest() for number in range(size)]
    tree = Tree()
    for start in range(0, size, 700):
        tree.extend(leaves[start : start + 700])
    assert tree.root() == root_by_definition(leaves)
    assert tree.size == size


def test_the_root_agrees_with_a_published_one():
    """Leaves and root of the test vectors that Certificate Transparency's implementations share."""
    entries = (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
    tree = Tree()
    tree.extend([sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in entries])
    assert tree.root().hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_the_tree_of_a_long_log_stays_small():
    tree = Tree()
    for _ in range(100):
        tree.extend([b"\x00" * 32] * 5000)
    assert len(tree._peaks) < 20
    assert len(tree._waiting) < 1024
