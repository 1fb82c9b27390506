"""What a checkpoint says of the log that is taken out, and the tiles of exactly that log (c2sp.org/tlog-tiles)."""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.verify.tree import Tree, perfect_root

_WIDTH = 256


class UnfitCheckpoint(ValueError):
    """What was given is no checkpoint, or not one of this record; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The three lines under a log's signature. Signatures are not judged here: that is what `verify` is for."""

    origin: str
    size: int
    root: bytes


def read_stated(note: bytes) -> Stated:
    """What a signed note states; raises UnfitCheckpoint."""
    try:
        text, blank, signatures = note.decode().partition("\n\n")
        origin, size, root, *_ = text.split("\n")
        stated = Stated(origin, int(size), b64decode(root, validate=True))
    except (UnicodeDecodeError, ValueError, NotBase64):
        raise UnfitCheckpoint("This is not a checkpoint: it has no origin, size and root.") from None
    if not blank or not signatures.startswith("— "):
        raise UnfitCheckpoint("The checkpoint is not signed.")
    if not origin or str(stated.size) != size or stated.size < 1 or len(stated.root) != 32:
        raise UnfitCheckpoint("This is not a checkpoint of a log that holds something.")
    return stated


def require_root(stated: Stated, leaves: Sequence[bytes]) -> None:
    """Raise UnfitCheckpoint unless these are the leaves that the checkpoint was signed over."""
    tree = Tree()
    tree.extend(leaves)
    if tree.size != stated.size or tree.root() != stated.root:
        raise UnfitCheckpoint(
            f"The first {stated.size} events of the record are not those that the checkpoint was signed over. "
            "Run `forthwith verify`."
        )


def tiles(leaves: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Every tile of the tree over these leaf hashes, with its path, from the leaves upwards."""
    level, hashes = 0, list(leaves)
    while hashes:
        for number, start in enumerate(range(0, len(hashes), _WIDTH)):
            part = hashes[start : start + _WIDTH]
            yield _path(level, number, len(part)), b"".join(part)
        whole = len(hashes) // _WIDTH * _WIDTH
        hashes = [perfect_root(hashes[start : start + _WIDTH]) for start in range(0, whole, _WIDTH)]
        level += 1


def _path(level: int, number: int, width: int) -> str:
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    return f"tile/{level}/{'/'.join(groups)}" + ("" if width == _WIDTH else f".p/{width}")
