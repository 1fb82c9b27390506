"""Checkpoints: what a log says about itself at one size (c2sp.org/tlog-checkpoint)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.log.keys import Signer, VerifierKey, signature_by, verified_by
from ledger.log.notes import Note, UnsoundNote, decode, encode, parse

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Which log, how many leaves, and the root over them (32 bytes). Extension lines are neither made nor read."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with the note that it was read from, or that was made of it."""

    checkpoint: Checkpoint
    note: Note

    @property
    def size(self) -> int:
        return self.checkpoint.size

    @property
    def root(self) -> bytes:
        return self.checkpoint.root

    def __str__(self) -> str:
        return str(self.note)


def number(text: str, what: str) -> int:
    """A decimal number in its one spelling; raises UnsoundNote."""
    if not _NUMBER.fullmatch(text):
        raise UnsoundNote(f"{what} is not a number.")
    return int(text)


def checkpoint_in(note: Note) -> Checkpoint:
    """What a note says, whoever signed it; raises UnsoundNote when it is no checkpoint."""
    lines = note.text.split("\n")[:-1]
    if len(lines) < 3 or not all(lines):
        raise UnsoundNote("The note is not a checkpoint: it has no origin, size and root.")
    root = decode(lines[2], "The root of the checkpoint")
    if len(root) != 32:
        raise UnsoundNote("The root of the checkpoint is not a SHA-256 hash.")
    return Checkpoint(lines[0], number(lines[1], "The size of the checkpoint"), root)


def sign(checkpoint: Checkpoint, signers: Sequence[Signer]) -> SignedCheckpoint:
    """The checkpoint, signed by every key given."""
    text = checkpoint.text
    return SignedCheckpoint(checkpoint, Note(text, tuple(signature_by(each, text) for each in signers)))


def read_checkpoint(data: bytes, trusted: Iterable[VerifierKey]) -> SignedCheckpoint:
    """A checkpoint that a trusted key has signed under its own name as origin; raises UnsoundNote."""
    note = parse(data)
    checkpoint = checkpoint_in(note)
    if not verified_by(note, [key for key in trusted if key.name == checkpoint.origin]):
        raise UnsoundNote(f"No trusted key has signed the checkpoint of “{checkpoint.origin}”.")
    return SignedCheckpoint(checkpoint, note)
