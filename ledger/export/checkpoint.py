"""The checkpoint from which a bag is made, and the tiles of exactly that log (c2sp.org/tlog-tiles)."""

from collections.abc import Iterable, Iterator, Sequence

from ledger.log.checkpoint import Checkpoint, checkpoint_in
from ledger.log.notes import UnsoundNote, parse
from ledger.log.stamps import Stamp
from ledger.log.tiles import Tile, grow
from ledger.verify.levels import Levels
from ledger.verify.tree import Tree


class UnfitCheckpoint(ValueError):
    """What was given is no checkpoint, or not one of this record; the sentence says why."""


def read_stated(note: bytes) -> Checkpoint:
    """What a signed note states; raises UnfitCheckpoint. Signatures are not judged: that is what `verify` is for."""
    try:
        stated = checkpoint_in(parse(note))
    except UnsoundNote as fault:
        raise UnfitCheckpoint(f"This is not a checkpoint: {fault}") from None
    if stated.size < 1:
        raise UnfitCheckpoint("The checkpoint is of an empty log.")
    return stated


def require_root(stated: Checkpoint, leaves: Sequence[bytes]) -> None:
    """Raise UnfitCheckpoint unless these are the leaves that the checkpoint was signed over."""
    tree = Tree()
    tree.extend(leaves)
    if tree.size != stated.size or tree.root() != stated.root:
        raise UnfitCheckpoint(
            f"The first {stated.size} events of the record are not those that the checkpoint was signed over. "
            "Run `forthwith verify`."
        )


def require_stamped(stamps: Iterable[Stamp], leaves: Sequence[bytes]) -> None:
    """Raise UnfitCheckpoint where a checkpoint that was stamped is not of these leaves."""
    tree = Levels()
    tree.extend(leaves)
    for each in stamps:
        stated = read_stated(each.checkpoint)
        if stated.size > len(leaves) or stated.root != tree.root(stated.size):
            raise UnfitCheckpoint(
                f"The checkpoint of {each.size} events that was timestamped is not of this record. Look into the folder "
                "“stamps” of the log, and run `forthwith verify --checkpoint` with it."
            )


def tiles(leaves: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """Every tile of the tree over these leaf hashes, with its path, from the leaves upwards."""
    return ((tile.path, content) for tile, content in grow(_nothing_before, 0, leaves))


def _nothing_before(tile: Tile) -> bytes:
    raise AssertionError(f"a tree that grows from nothing has no tile {tile.path} before")
