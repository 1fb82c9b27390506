"""A witness: cosigns the checkpoints of other people's logs, and never two that do not go on from each other."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ledger.log.checkpoint import SignedCheckpoint, checkpoint_in, number
from ledger.log.durable import make_folder, replace
from ledger.log.keys import Signer, VerifierKey, cosignature_by, verified_by
from ledger.log.merkle import EMPTY, Proof, UnsoundProof, verify_consistency
from ledger.log.notes import Note, UnsoundNote, parse
from ledger.log.proof_file import hashes_in

TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, what is answered, and its content type."""

    status: int
    body: str
    content_type: str = TEXT


class Witness:
    """`logs` are the keys of the logs it watches, `folder` holds the last checkpoint it cosigned of each.

    One process holds the folder; `now` gives seconds since 1970.
    """

    def __init__(
        self, signer: Signer, logs: Sequence[VerifierKey], folder: Path, now: Callable[[], int]
    ) -> None:
        self._signer, self._logs, self._folder, self._now = signer, logs, folder, now
        self._one_at_a_time = Lock()
        make_folder(folder)

    def add_checkpoint(self, body: bytes) -> Answer:
        """Judge a request, and cosign it where it goes on from what was cosigned before."""
        try:
            old_size, proof, note = _taken_apart(body)
            signed = SignedCheckpoint(checkpoint_in(note), note)
        except (UnsoundNote, UnicodeDecodeError) as fault:
            return Answer(400, f"{fault}\n")
        keys = [each for each in self._logs if each.name == signed.checkpoint.origin]
        if not keys:
            return Answer(404, f"This witness does not know the log “{signed.checkpoint.origin}”.\n")
        try:
            signers = verified_by(note, keys)
        except UnsoundNote as fault:
            return Answer(403, f"{fault}\n")
        if not signers:
            return Answer(403, "No key of the log that this witness knows has signed.\n")
        if old_size > signed.size:
            return Answer(400, f"The old size {old_size} is larger than the size {signed.size}.\n")
        trusted = tuple(each for each in note.signatures if any(key.made(each) for key in signers))
        with self._one_at_a_time:
            return self._cosigned(
                old_size, proof, SignedCheckpoint(signed.checkpoint, Note(note.text, trusted))
            )

    def newest(self, origin_hash: str) -> str | None:
        """The last checkpoint cosigned of a log, by the SHA-256 of its origin in hexadecimal."""
        known = {_name_of(each.name) for each in self._logs}
        file = self._folder / origin_hash
        return file.read_text("utf-8") if origin_hash in known and file.exists() else None

    def _cosigned(self, old_size: int, proof: Proof, signed: SignedCheckpoint) -> Answer:
        file = self._folder / _name_of(signed.checkpoint.origin)
        last = checkpoint_in(parse(file.read_bytes())) if file.exists() else None
        size, root = (last.size, last.root) if last else (0, EMPTY)
        if old_size != size:
            return Answer(409, f"{size}\n", SIZE)
        if signed.size == 0 and signed.root != EMPTY:
            return Answer(422, "A log without events has the hash of nothing as its root.\n")
        try:
            verify_consistency(size, root, signed.size, signed.root, proof)
        except UnsoundProof as fault:
            return Answer(422, f"{fault}\n")
        line = cosignature_by(self._signer, signed.note.text, self._now())
        # Kept before it is told: a witness that forgets would cosign a fork after its next start.
        replace(file, str(Note(signed.note.text, (*signed.note.signatures, line))).encode())
        return Answer(200, line.line)


def _taken_apart(body: bytes) -> tuple[int, Proof, Note]:
    head, blank, checkpoint = body.decode("utf-8").partition("\n\n")
    first, *hashes = head.split("\n")
    if not blank or not first.startswith("old "):
        raise UnsoundNote("The request does not begin with the old size.")
    return number(first.removeprefix("old "), "The old size"), hashes_in(hashes), parse(checkpoint.encode())


def _name_of(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()
