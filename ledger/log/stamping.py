"""Timestamps of a third party over checkpoints (RFC 3161). Needs the extra `timestamp`."""

import http.client
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.x509 import Certificate
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from ledger.log.durable import make_folder, replace
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


def keep(folder: Path, size: int, checkpoint: bytes, token: bytes) -> Path:
    """Keep a checkpoint with its token in the folder of the log; returns the token's file."""
    stamps = folder / "stamps"
    make_folder(stamps)
    replace(stamps / f"{size}.checkpoint", checkpoint)
    replace(stamps / f"{size}.tsr", token)
    return stamps / f"{size}.tsr"


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
