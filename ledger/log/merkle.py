"""Proofs over the tree of RFC 6962, section 2.1: checked here, whoever made them.

Leaves are numbered from 0; a proof is a sequence of hashes of 32 bytes each, from the leaf upwards.
"""

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()

Proof = Sequence[bytes]


class UnsoundProof(ValueError):
    """A proof that does not prove what it should; the sentence says which."""


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Proof) -> bytes:
    """The root that the proof leads to, for a leaf hash at this place in a tree of this size; raises UnsoundProof.

    The size must come from a signed checkpoint: a proof can lead to the right root under a wrong size.
    """
    if not 0 <= index < size:
        raise UnsoundProof(f"There is no leaf {index} in a tree of {size}.")
    inner = (index ^ (size - 1)).bit_length()
    if len(proof) != inner + (index >> inner).bit_count():
        raise UnsoundProof("The proof of inclusion does not have as many hashes as the tree calls for.")
    found = leaf
    for sibling in proof[:inner]:
        found = sha256(b"\x01" + (sibling + found if index & 1 else found + sibling)).digest()
        index >>= 1
    for sibling in proof[inner:]:
        found = sha256(b"\x01" + sibling + found).digest()
    return found


def verify_inclusion(leaf: bytes, index: int, size: int, root: bytes, proof: Proof) -> None:
    """Raise UnsoundProof unless the tree of this size and root holds this leaf hash at this place."""
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise UnsoundProof(f"The proof of inclusion of leaf {index} does not lead to the root.")


def verify_consistency(old_size: int, old_root: bytes, size: int, root: bytes, proof: Proof) -> None:
    """Raise UnsoundProof unless the larger tree begins with the smaller one (RFC 9162, section 2.1.4.2)."""
    if not 0 <= old_size <= size:
        raise UnsoundProof(f"A log of {size} cannot go on from {old_size}.")
    if old_size in (0, size):
        if proof:
            raise UnsoundProof("A proof of consistency was given where none is needed.")
        if old_root != (EMPTY if old_size == 0 else root):
            raise UnsoundProof(f"Two roots are told for size {old_size}.")
        return
    if _roots_from_consistency(old_size, old_root, size, list(proof)) != (old_root, root):
        raise UnsoundProof(f"The log of size {size} does not go on from that of size {old_size}.")


def _roots_from_consistency(
    old_size: int, old_root: bytes, size: int, proof: list[bytes]
) -> tuple[bytes, bytes]:
    if old_size & (old_size - 1) == 0:
        proof.insert(0, old_root)
    if not proof:
        raise UnsoundProof("The proof of consistency is empty.")
    place, last = old_size - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = proof[0]
    for each in proof[1:]:
        if last == 0:
            raise UnsoundProof("The proof of consistency is too long.")
        if place & 1 or place == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, each)
        place, last = place >> 1, last >> 1
    if last != 0:
        raise UnsoundProof("The proof of consistency is too short.")
    return old, new


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()
