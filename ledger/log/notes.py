"""Signed notes: text with signature lines under it (c2sp.org/signed-note).

A note says nothing until a signature of a trusted key was verified (`ledger.log.keys.verified_by`).
"""

import base64
import binascii
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

MOST_SIGNATURES = 64
_LONGEST = 1_000_000
_DASH = "— "
_PLUS = "+"


class UnsoundNote(ValueError):
    """Bytes that are no signed note, or a note whose signatures do not hold; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the name of a key, its id (4 bytes), and what it signed with."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """As it stands under the note, with its line end."""
        return f"{_DASH}{self.name} {encode(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """Text that ends with a line end, and the signatures under it. Nothing of it is verified."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(each.line for each in self.signatures)}"

    def signed_also(self, more: Iterable[Signature]) -> "Note":
        """The note with further signatures; one that it has already (same key) stays as it is."""
        known = {(each.name, each.key_id): each for each in self.signatures}
        for each in more:
            known.setdefault((each.name, each.key_id), each)
        return Note(self.text, tuple(known.values()))


def encode(data: bytes) -> str:
    """Standard base 64."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str, what: str) -> bytes:
    """Bytes from standard base 64 in its one spelling; raises UnsoundNote."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or encode(data) != text:
        raise UnsoundNote(f"{what} is not base64.")
    return data


def key_id(name: str, algorithm: int, public: bytes) -> bytes:
    """The first 4 bytes of the hash over a key's name, algorithm and public bytes."""
    return hashlib.sha256(f"{name}\n".encode() + bytes([algorithm]) + public).digest()[:4]


def is_key_name(name: str) -> bool:
    """Whether a key may be called that: not empty, no space of any kind, no plus, no control character."""
    return bool(name) and _PLUS not in name and not any(_is_space_or_control(each) for each in name)


def parse(data: bytes) -> Note:
    """Take a note apart; raises UnsoundNote."""
    text, signatures = _halves(_checked(data))
    return Note(text, parse_signatures(signatures))


def parse_signatures(text: str) -> tuple[Signature, ...]:
    """Signature lines alone, as a witness answers them; raises UnsoundNote."""
    lines = text.split("\n")
    if lines.pop() or not 1 <= len(lines) <= MOST_SIGNATURES:
        raise UnsoundNote(f"A note has 1 to {MOST_SIGNATURES} signatures, each on a line.")
    return tuple(_signature(line) for line in lines)


def _checked(data: bytes) -> str:
    if len(data) > _LONGEST:
        raise UnsoundNote("The note is longer than a megabyte.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnsoundNote("The note is not UTF-8.") from None
    if any(each < " " and each != "\n" for each in text):
        raise UnsoundNote("The note holds control characters.")
    return text


def _halves(text: str) -> tuple[str, str]:
    head, blank, signatures = text.rpartition("\n\n")
    if not blank or not signatures:
        raise UnsoundNote("The note has no signatures under its text.")
    return head + "\n", signatures


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != _DASH.strip() or not is_key_name(parts[1]):
        raise UnsoundNote("A signature line of the note is malformed.")
    data = decode(parts[2], "A signature of the note")
    if len(data) < 5:
        raise UnsoundNote("A signature of the note is too short.")
    return Signature(parts[1], data[:4], data[4:])


def _is_space_or_control(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cc"
