"""Sealed values: AES-256-GCM under a key for each subject, and those keys wrapped by the instance's own where it has one."""

import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.record import LedgerRefusal
from ledger.privacy.disclosure import Disclosed, NotADisclosure, opened

KEY_BYTES = 32
_NONCE = 12
_PLAIN, _WRAPPED = b"\x00", b"\x01"
_OPENED_AT_MOST = 4096


class LockedValues(LedgerRefusal):
    """The personal values of the record cannot be opened with the key that was given, or with none."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it is kept: nonce, and ciphertext with its tag."""

    nonce: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """`kept` is what the database holds of it."""

    kept: bytes
    cipher: AESGCM

    def seal(self, content: bytes) -> Sealed:
        nonce = os.urandom(_NONCE)
        return Sealed(nonce, self.cipher.encrypt(nonce, content, None))


class Keyring:
    """Makes, wraps and opens the keys of subjects. Without a key of the instance they are kept as they are."""

    def __init__(self, instance_key: bytes | None = None) -> None:
        self._instance = None if instance_key is None else AESGCM(instance_key)
        self._opened: OrderedDict[bytes, AESGCM] = OrderedDict()

    def new(self) -> SubjectKey:
        """A fresh key for a subject."""
        key = os.urandom(KEY_BYTES)
        return SubjectKey(self._wrap(key), AESGCM(key))

    def open(self, kept: bytes) -> SubjectKey:
        """A key as the database holds it; raises LockedValues."""
        return SubjectKey(kept, self._cipher(kept))

    def read(self, sealed: bytes, kept: bytes) -> Disclosed | None:
        """What a sealed value (nonce and ciphertext) tells; None where it was exchanged for something else."""
        content = self.unseal(sealed, kept)
        try:
            return None if content is None else opened(content)
        except NotADisclosure:
            return None

    def unseal(self, sealed: bytes, kept: bytes) -> bytes | None:
        """The same, as the JSON array that was sealed."""
        try:
            return self._cipher(kept).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except InvalidTag:
            return None

    def _cipher(self, kept: bytes) -> AESGCM:
        if kept[:1] == _PLAIN:
            return AESGCM(kept[1:])
        found = self._opened.get(kept)
        if found is None:
            found = self._opened[kept] = AESGCM(self._unwrap(kept))
            if len(self._opened) > _OPENED_AT_MOST:
                self._opened.popitem(last=False)
        return found

    def _wrap(self, key: bytes) -> bytes:
        if self._instance is None:
            return _PLAIN + key
        nonce = os.urandom(_NONCE)
        return _WRAPPED + nonce + self._instance.encrypt(nonce, key, None)

    def _unwrap(self, kept: bytes) -> bytes:
        if self._instance is None:
            raise LockedValues(
                "The personal values of this record are locked by a key: name its file in FORTHWITH_PRIVACY_KEY_FILE."
            )
        try:
            return self._instance.decrypt(kept[1 : 1 + _NONCE], kept[1 + _NONCE :], None)
        except InvalidTag:
            raise LockedValues(
                "The key in FORTHWITH_PRIVACY_KEY_FILE is not the one by which this record's personal values are locked."
            ) from None


class UnfitKeyFile(ValueError):
    """A file that should hold the instance's key, and does not."""


def keyring_from(file: Path | None) -> Keyring:
    """The keyring of a key file: 64 hexadecimal digits, readable by nobody but its owner. Raises UnfitKeyFile."""
    if file is None:
        return Keyring()
    try:
        # A key that others can read protects nothing.
        if file.stat().st_mode & 0o077:
            raise UnfitKeyFile(f"“{file}” can be read by others; make it 0400.")
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as fault:
        if isinstance(fault, UnfitKeyFile):
            raise
        raise UnfitKeyFile(
            f"“{file}” holds no key: it is 64 hexadecimal digits, as `openssl rand -hex 32` prints them."
        ) from None
    if len(key) != KEY_BYTES:
        raise UnfitKeyFile(f"“{file}” holds a key of {len(key)} bytes; it needs {KEY_BYTES}.")
    return Keyring(key)
