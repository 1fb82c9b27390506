"""Timestamps of a third party over checkpoints (RFC 3161). Needs the extra `timestamp`."""

import http.client
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256, sha384, sha512
from urllib.parse import urlsplit

from cryptography.x509 import Certificate
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ledger.log.notes import UnsoundNote

_PATIENCE, _LONGEST_ANSWER = 20.0, 100_000


class UnsoundStamp(UnsoundNote):
    """A token that does not stamp these bytes, or comes from nobody that is trusted."""


def stamp(content: bytes, url: str, roots: Sequence[Certificate]) -> bytes:
    """The token of an authority over these bytes, verified; raises UnsoundStamp, or ConnectionError."""
    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    token = _post(url, request.as_bytes())
    stamped_at(token, content, roots, nonce=request.nonce)
    return token


def stamped_at(
    token: bytes, content: bytes, roots: Sequence[Certificate], nonce: int | None = None
) -> datetime:
    """When these bytes were stamped, as an authority says whose root is trusted; raises UnsoundStamp."""
    try:
        response = decode_timestamp_response(token)
        VerifierBuilder(roots=list(roots), nonce=nonce).build().verify_message(response, content)
    except (VerificationError, ValueError) as fault:
        raise UnsoundStamp(f"The timestamp does not hold: {fault}") from None
    return response.tst_info.gen_time


def stamped_by_its_word(token: bytes, content: bytes) -> datetime:
    """When these bytes were stamped, as the token says; whose signature it bears is not looked at. Raises UnsoundStamp."""
    try:
        told = decode_timestamp_response(token).tst_info
    except ValueError as fault:
        raise UnsoundStamp(f"The timestamp does not hold: {fault}") from None
    if told.message_imprint.message not in (make(content).digest() for make in (sha256, sha384, sha512)):
        raise UnsoundStamp("The timestamp does not hold: it is over other bytes.")
    return told.gen_time


def _post(url: str, body: bytes) -> bytes:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_PATIENCE)
    try:
        headers = {"content-type": "application/timestamp-query"}
        connection.request("POST", parts.path or "/", body, headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise ConnectionError(f"The timestamp authority at {url} answered {answer.status}.")
        return answer.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException) as fault:
        raise ConnectionError(f"The timestamp authority at {url} cannot be asked: {fault}") from None
    finally:
        connection.close()
