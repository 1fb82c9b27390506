"""The secret of a calendar's address, and what is kept of it."""

from __future__ import annotations

import hashlib
import secrets

PLACE = "/feeds/"
OUTSIDE_PLACE = "/outside/"
_BYTES = 32


def new_secret() -> str:
    """Nobody can guess it: 256 bits, in 43 letters that need no escaping in an address."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> bytes:
    """SHA-256. A slow digest would bring nothing: there is no short secret whose digest could be tried."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()


def feed_path(secret: str) -> str:
    return f"{PLACE}{secret}.ics"


def without_secret(path: str) -> str:
    """The path as it may stand in a log."""
    return next((f"{place}…" for place in (PLACE, OUTSIDE_PLACE) if path.startswith(place)), path)
