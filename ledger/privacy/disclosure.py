"""Salted commitments in the shape of RFC 9901 (selective disclosure): a digest in the record, its disclosure beside it.

A disclosure is ``base64url(JSON [salt, name, value])``, or ``[salt, value]`` for an element of an array, without padding;
its digest is ``base64url(SHA-256(disclosure))``. Whoever has the disclosure can prove the value; without the salt, which
goes with it, the digest does not even let a guess be tried.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from domain.events.withheld import HIDDEN_ELEMENT, HIDDEN_MEMBERS

SALT_BYTES = 16

NewSalt = Callable[[], bytes]


class NotADisclosure(ValueError):
    """A text that should be a disclosure, and is not."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """What a disclosure tells. `name` is None for an element of an array."""

    digest: str
    name: str | None
    value: Any


def new_salt() -> bytes:
    """128 bits from the operating system."""
    return os.urandom(SALT_BYTES)


def content_of(salt: bytes, name: str | None, value: Any) -> bytes:
    """The JSON array of a new disclosure, as UTF-8: what is sealed and kept."""
    spelled = base64url(salt)
    return orjson.dumps([spelled, value] if name is None else [spelled, name, value])


def disclosure_of(content: bytes) -> str:
    """The text of a disclosure."""
    return base64url(content)


def digest_of(disclosure: str) -> str:
    """What stands in the record for a disclosure."""
    return base64url(sha256(disclosure.encode("ascii")).digest())


def opened(content: bytes) -> Disclosed:
    """What the JSON array of a disclosure tells; raises NotADisclosure."""
    try:
        told = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise NotADisclosure("A disclosure is a JSON array.") from None
    match told:
        case [str(), value]:
            return Disclosed(digest_of(disclosure_of(content)), None, value)
        case [str(), str(name), value] if name not in (HIDDEN_MEMBERS, HIDDEN_ELEMENT):
            return Disclosed(digest_of(disclosure_of(content)), name, value)
    raise NotADisclosure("A disclosure is an array of a salt, a name where it has one, and a value.")


def read_disclosure(disclosure: str) -> Disclosed:
    """What a disclosure tells; raises NotADisclosure."""
    try:
        content = urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4))
    except (NotBase64, ValueError):
        raise NotADisclosure("A disclosure is written in base64url.") from None
    if base64url(content) != disclosure:
        raise NotADisclosure("A disclosure is written in base64url, without padding.")
    return opened(content)


def base64url(content: bytes) -> str:
    """RFC 4648, section 5, without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
