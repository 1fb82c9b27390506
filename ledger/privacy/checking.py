"""Are the values that are kept outside the record those to which it commits, and is none missing that was not erased?"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Literal

import asyncpg
import orjson

from domain.events.withheld import may_hold_commitments
from ledger import sql_files
from ledger.privacy.commitments import digests_in
from ledger.privacy.disclosure import digest_of, disclosure_of
from ledger.privacy.sealing import Keyring, LockedValues

Code = Literal["DISCLOSURE_MISSING", "DISCLOSURE_SUBSTITUTED"]
Report = Callable[[Code, int | None, str], None]
LOCKED = b""
_PAGE = 2000


def faults_of(
    index: int, data: Any, kept: Mapping[str, bytes | None], erased: Collection[str]
) -> Iterator[tuple[Code, int, str]]:
    """What is wrong with the values of one event.

    `data`: its stored words. `kept`: by the digest under which it is kept, the JSON array of each disclosure; None where
    it cannot be opened although the key is there, and `LOCKED` where the key is not.
    """
    committed = set(digests_in(data))
    strange = [
        digest
        for digest, content in kept.items()
        if digest not in committed
        or content is None
        or (content != LOCKED and digest_of(disclosure_of(content)) != digest)
    ]
    missing = committed - kept.keys() - set(erased)
    if strange:
        yield (
            "DISCLOSURE_SUBSTITUTED",
            index,
            f"What is kept beside event {index} is not what the event commits to.",
        )
    if len(missing) > len([each for each in strange if each not in committed]):
        yield (
            "DISCLOSURE_MISSING",
            index,
            f"Event {index} commits to a value that is not kept, and nothing says that it was erased.",
        )


async def check_values(connection: asyncpg.Connection, report: Report, keyring: Keyring | None = None) -> int:
    """Check every event of the record; returns how many hold commitments.

    Values whose keys are locked by a key of the instance that `keyring` does not have are only checked for being there.
    """
    keyring = keyring or Keyring()
    erased: set[str] = set()
    for row in await connection.fetch(sql_files.query("verify_erased")):
        erased.update(_digests_of_erasure(row["canonical"]))
    checked, after = 0, 0
    while rows := await connection.fetch(sql_files.query("verify_values"), after, _PAGE):
        for row in rows:
            checked += 1
            for fault in faults_of(row["index"], _words(row["canonical"]), _kept(row, keyring), erased):
                report(*fault)
        after = rows[-1]["index"]
    return checked


def _kept(row: asyncpg.Record, keyring: Keyring) -> dict[str, bytes | None]:
    columns = zip(row["digests"] or (), row["sealed"] or (), row["keys"] or (), strict=True)
    return {
        urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"): _content(sealed, key, keyring)
        for digest, sealed, key in columns
        # Without its key it is as good as gone: whoever destroys a key has to say so.
        if key is not None
    }


def _content(sealed: bytes, key: bytes, keyring: Keyring) -> bytes | None:
    try:
        return keyring.unseal(sealed, key)
    except LockedValues:
        return LOCKED


def _words(canonical: bytes) -> Any:
    """Nothing, where the bytes are not JSON: that is another finding."""
    if not may_hold_commitments(canonical):
        return {}
    try:
        document = orjson.loads(canonical)
    except orjson.JSONDecodeError:
        return {}
    return document.get("data") if isinstance(document, dict) else {}


def _digests_of_erasure(canonical: bytes) -> Iterator[str]:
    try:
        digests = orjson.loads(canonical)["data"]["digests"]
    except (orjson.JSONDecodeError, LookupError, TypeError):
        return
    yield from (each for each in digests if isinstance(each, str))
