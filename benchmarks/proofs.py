"""Proofs at a million leaves: how fast they are made and checked, how large one is, and what memory it takes.

`python benchmarks/proofs.py [--json] [--leaves N]`. Each rate is the best of five rounds in processor time, because
other programs that share the machine can only make a round slower.
"""

import argparse
import json
import random
import tempfile
import time
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.folder import LogFolder
from ledger.log.keys import LOG, WITNESS, FileSigner, cosignature_by
from ledger.log.merkle import verify_consistency, verify_inclusion
from ledger.log.proof_file import ProofFile
from ledger.log.tiles import TileTree, grow

ROUNDS, PROOFS = 5, 20_000


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    options.add_argument("--leaves", type=int, default=1_000_000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        figures = measure(Path(place), given.leaves)
    if given.json:
        print(json.dumps(figures))
    for name, value in figures.items() if not given.json else ():
        print(f"{name:32} {value:,}")


def measure(place: Path, size: int) -> dict[str, float]:
    folder = LogFolder(place)
    grow_seconds = build(folder, size)
    before = resident()
    tree = TileTree(folder.read, size)
    started = time.perf_counter()
    for first in range(0, size, 256):
        tree.inclusion(first)
    loaded = time.perf_counter() - started
    memory = resident() - before
    chosen = random.Random(1).sample(range(size), min(size, PROOFS))
    root = tree.root()
    proofs = [tree.inclusion(each) for each in chosen]
    leaves = [tree.leaf(each) for each in chosen]

    def check() -> None:
        for index, leaf, proof in zip(chosen, leaves, proofs, strict=True):
            verify_inclusion(leaf, index, size, root, proof)

    steps = [(old, tree.root(old), tree.consistency(old)) for old in chosen[:50] if old]

    def check_steps() -> None:
        for old, old_root, proof in steps:
            verify_consistency(old, old_root, size, root, proof)

    node = bytes(65)

    def hash_alone() -> None:
        for _ in range(PROOFS * len(proofs[0])):
            sha256(node).digest()

    return {
        "leaves": size,
        "tiles_written_seconds": round(grow_seconds, 2),
        "tiles_loaded_seconds": round(loaded, 2),
        "memory_mib": round(memory / 2**20, 1),
        "prove_inclusion_per_second": rate(lambda: [tree.inclusion(each) for each in chosen], len(chosen)),
        "verify_inclusion_per_second": rate(check, len(chosen)),
        "verify_inclusion_floor_per_second": rate(hash_alone, PROOFS),
        "verify_consistency_per_second": rate(check_steps, len(steps)),
        "proof_file_bytes_three_signatures": len(proof := proof_file(tree, root)),
        "proof_file_bytes_compressed": len(zlib.compress(proof, 9)),
    }


def build(folder: LogFolder, size: int) -> float:
    """Write the tiles without waiting for the disk at each, which is the publisher's business and not ours."""
    started = time.perf_counter()
    leaves = (sha256(each.to_bytes(8, "big")).digest() for each in range(size))
    for tile, content in grow(folder.read, 0, list(leaves)):
        file = folder.path / tile.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return time.perf_counter() - started


def proof_file(tree: TileTree, root: bytes) -> bytes:
    """Of the middle leaf, signed by a log and two witnesses."""
    log = FileSigner("forthwith.example/log", LOG, bytes(32))
    note = sign(Checkpoint(log.key.name, tree.size, root), [log]).note
    witnesses = (FileSigner(f"witness.example/w{each}", WITNESS, bytes([each]) * 32) for each in (1, 2))
    note = note.signed_also([cosignature_by(each, note.text, 1_800_000_000) for each in witnesses])
    return str(ProofFile(tree.size // 2, tuple(tree.inclusion(tree.size // 2)), str(note))).encode()


def rate(work: Callable[[], object], count: int) -> int:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return round(count / best)


def resident() -> int:
    """Bytes of this process that are in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


if __name__ == "__main__":
    main()
