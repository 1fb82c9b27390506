"""Keys of logs and witnesses: how they are written, how they verify, and the files that private ones lie in."""

import contextlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.log.notes import Note, Signature, UnsoundNote, decode, encode, is_key_name, key_id

LOG, WITNESS = 0x01, 0x04
_PRIVATE = "PRIVATE+KEY+"
_KINDS = {LOG: "a log", WITNESS: "a witness"}


class UnfitKey(ValueError):
    """What should be a key is none, or lies where others can read it; the sentence says which."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public Ed25519 key with its name: of a log (algorithm 1) or of a witness (4). Written as a vkey."""

    name: str
    algorithm: int
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "VerifierKey":
        """Read ``name+hash+base64``; raises UnfitKey."""
        name, _, rest = vkey.strip().partition("+")
        hexadecimal, _, written = rest.partition("+")
        try:
            data = decode(written, "The key")
        except UnsoundNote as fault:
            raise UnfitKey(f"“{vkey.strip()[:60]}” is no key: {fault}") from None
        key = cls(name, data[0], data[1:])
        if not is_key_name(name) or key.algorithm not in _KINDS or len(key.public) != 32:
            raise UnfitKey(f"“{vkey.strip()[:60]}” is no Ed25519 key of a log or a witness.")
        if key.id.hex() != hexadecimal:
            raise UnfitKey(f"The key “{name}” does not match its own hash; it was not copied whole.")
        return key

    @property
    def id(self) -> bytes:
        """The 4 bytes that signature lines name it by."""
        return key_id(self.name, self.algorithm, self.public)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{encode(bytes([self.algorithm]) + self.public)}"

    def made(self, signature: Signature) -> bool:
        """Whether a signature line says that it is this key's."""
        return (signature.name, signature.key_id) == (self.name, self.id)

    def verifies(self, text: str, signature: Signature) -> bool:
        """Whether this key has signed this text like that."""
        signed, message = signature.signature, text.encode()
        if self.algorithm == WITNESS:
            if len(signed) != 72:
                return False
            message = cosigned(text, int.from_bytes(signed[:8], "big"))
            signed = signed[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signed, message)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer(Protocol):
    """Whoever holds a private key: a file, an agent, a token. It signs; it never shows the key."""

    @property
    def key(self) -> VerifierKey: ...

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of an Ed25519 signature."""
        ...


class FileSigner:
    """A private key that was read from a file."""

    def __init__(self, name: str, algorithm: int, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.key = VerifierKey(name, algorithm, self._private.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


def cosigned(text: str, timestamp: int) -> bytes:
    """What a witness signs about a checkpoint; `timestamp` in seconds since 1970 (c2sp.org/tlog-cosignature)."""
    return f"cosignature/v1\ntime {timestamp}\n{text}".encode()


def signature_by(signer: Signer, text: str) -> Signature:
    """A log's signature line for a text."""
    return Signature(signer.key.name, signer.key.id, signer.sign(text.encode()))


def cosignature_by(signer: Signer, text: str, timestamp: int) -> Signature:
    """A witness's signature line for the text of a checkpoint."""
    stamped = timestamp.to_bytes(8, "big") + signer.sign(cosigned(text, timestamp))
    return Signature(signer.key.name, signer.key.id, stamped)


def verified_by(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Which of these keys have signed; raises UnsoundNote when a line of one of them does not verify."""
    found = []
    for key in keys:
        lines = [each for each in note.signatures if key.made(each)]
        if any(not key.verifies(note.text, each) for each in lines):
            raise UnsoundNote(f"The signature of “{key.name}” does not verify.")
        found += [key] if lines else []
    return tuple(found)


def new_key(file: Path, name: str, algorithm: int = LOG) -> VerifierKey:
    """Make a private key that only its owner can read; raises FileExistsError, or UnfitKey for an unfit name."""
    if not is_key_name(name):
        raise UnfitKey(f"“{name}” is no name for a key: it has no spaces and no plus sign.")
    seed = os.urandom(32)
    key = FileSigner(name, algorithm, seed).key
    written = f"{_PRIVATE}{key.name}+{key.id.hex()}+{encode(bytes([algorithm]) + seed)}\n"
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as opened:
        opened.write(written)
        opened.flush()
        os.fsync(handle)
    return key


def signer_from(file: Path) -> FileSigner:
    """Read a private key; raises FileNotFoundError, or UnfitKey also when anybody else could read it."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no key “{file}”. Make one with `forthwith keys new`.") from None
    except OSError as fault:
        raise UnfitKey(f"The key “{file}” cannot be read: {fault.strerror}.") from None
    with os.fdopen(handle) as opened:
        if stat.S_IMODE(os.fstat(handle).st_mode) & 0o077:
            raise UnfitKey(
                f"Others can read the key “{file}”. Make it yours alone (chmod 400), or make a new one."
            )
        return _private(opened.read().strip(), file)


def _private(written: str, file: Path) -> FileSigner:
    name, _, rest = written.removeprefix(_PRIVATE).partition("+")
    hexadecimal, _, data = rest.partition("+")
    with contextlib.suppress(UnsoundNote, ValueError):
        found = decode(data, "The key")
        signer = FileSigner(name, found[0], found[1:])
        if written.startswith(_PRIVATE) and found[0] in _KINDS and signer.key.id.hex() == hexadecimal:
            return signer
    raise UnfitKey(f"“{file}” holds no private key as `forthwith keys new` writes it.")
