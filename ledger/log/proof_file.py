"""The proof of one event as a text file that stands for itself (c2sp.org/tlog-proof)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.log.checkpoint import number
from ledger.log.merkle import verify_inclusion
from ledger.log.notes import UnsoundNote, decode, encode
from ledger.log.policy import Policy

FIRST_LINE = "c2sp.org/tlog-proof@v1"
_MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class ProofFile:
    """`index` is from 0, `hashes` go from the leaf upwards, `checkpoint` is the signed note as it was published."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None

    def __str__(self) -> str:
        extra = "" if self.extra is None else f"extra {encode(self.extra)}\n"
        hashes = "".join(f"{encode(each)}\n" for each in self.hashes)
        return f"{FIRST_LINE}\n{extra}index {self.index}\n{hashes}\n{self.checkpoint}"


def parse_proof(text: str) -> ProofFile:
    """Read a proof; raises UnsoundNote."""
    head, _, checkpoint = text.partition("\n\n")
    first, *lines = head.split("\n")
    if first != FIRST_LINE or not checkpoint:
        raise UnsoundNote("The file is not a proof: it does not begin with c2sp.org/tlog-proof@v1.")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = decode(lines.pop(0).removeprefix("extra "), "The extra line of the proof")
    found = re.fullmatch(r"index (\S+)", lines[0]) if lines else None
    if not found:
        raise UnsoundNote("The proof does not say of which event it is.")
    return ProofFile(number(found[1], "The index of the proof"), hashes_in(lines[1:]), checkpoint, extra)


def hashes_in(lines: Sequence[str]) -> tuple[bytes, ...]:
    """One SHA-256 hash a line; raises UnsoundNote."""
    found = tuple(decode(line, "A hash of the proof") for line in lines)
    if len(found) > _MOST_HASHES or any(len(each) != 32 for each in found):
        raise UnsoundNote("The proof holds what is no SHA-256 hash, or too many.")
    return found


def verify_proof(text: str, leaf: bytes, policy: Policy) -> int:
    """The place, from 0, at which the policy's log holds this leaf hash; raises UnsoundNote or UnsoundProof."""
    proof = parse_proof(text)
    signed = policy.accepted(proof.checkpoint.encode())
    verify_inclusion(leaf, proof.index, signed.size, signed.root, proof.hashes)
    return proof.index
