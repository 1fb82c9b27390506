"""Checkpoints that were stamped, with their tokens (RFC 3161), as they lie in the folder of the log.

Nothing of a timestamp authority is needed here: a token is bytes that others check.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ledger.log.durable import make_folder, replace

_FOLDER, _CHECKPOINT, _TOKEN = "stamps", ".checkpoint", ".tsr"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A signed checkpoint of `size` events and the token over its bytes."""

    size: int
    checkpoint: bytes
    token: bytes


def keep(folder: Path, stamp: Stamp) -> Path:
    """Keep a stamp in the folder of the log; returns the token's file. The token comes last: without it there is no stamp."""
    stamps = folder / _FOLDER
    make_folder(stamps)
    replace(stamps / f"{stamp.size}{_CHECKPOINT}", stamp.checkpoint)
    replace(stamps / f"{stamp.size}{_TOKEN}", stamp.token)
    return stamps / f"{stamp.size}{_TOKEN}"


def kept_stamps(folder: Path, up_to: int) -> tuple[Stamp, ...]:
    """Every stamp over at most `up_to` events, by size."""
    found = sorted(_kept(folder), key=lambda each: each.size)
    return tuple(each for each in found if each.size <= up_to)


def _kept(folder: Path) -> Iterator[Stamp]:
    for token in (folder / _FOLDER).glob(f"*{_TOKEN}"):
        checkpoint = token.with_suffix(_CHECKPOINT)
        if token.stem.isdecimal() and checkpoint.is_file():
            yield Stamp(int(token.stem), checkpoint.read_bytes(), token.read_bytes())
