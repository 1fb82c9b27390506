"""Signatures of Standard Webhooks (https://www.standardwebhooks.com, specification 1.0): symmetric, `v1`."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
FEWEST_BYTES, MOST_BYTES = 24, 64


def key_of(secret: str) -> bytes:
    """The key in a secret as it is passed around, `whsec_` and Base64; raises ValueError, which never tells the secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not secret.startswith(PREFIX) or not FEWEST_BYTES <= len(key) <= MOST_BYTES:
        raise ValueError(
            f"The secret of a webhook is “{PREFIX}” and the Base64 of {FEWEST_BYTES} to {MOST_BYTES} random bytes."
        )
    return key


def signed_headers(keys: Sequence[bytes], message: str, at: datetime, body: bytes) -> dict[str, str]:
    """One signature for each key, so that a receiver may change to the new one when it likes."""
    seconds = str(int(at.timestamp()))
    signed = b".".join((message.encode("ascii"), seconds.encode("ascii"), body))
    made = (base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode("ascii") for key in keys)
    return {
        "webhook-id": message,
        "webhook-timestamp": seconds,
        "webhook-signature": " ".join(f"v1,{each}" for each in made),
    }
