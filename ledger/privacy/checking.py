"""What is kept outside the record, for whoever verifies that it is what the record commits to."""

from base64 import urlsafe_b64encode

import asyncpg

from ledger import sql_files
from ledger.privacy.disclosure import digest_of, disclosure_of
from ledger.privacy.sealing import Keyring, LockedValues
from ledger.verify.beside import Values
from ledger.verify.commitments import Shown, Withheld

_LOCKED = "locked by the key of the instance"


def values_of(keyring: Keyring) -> Values:
    """Reads what is kept: each value as its disclosure.

    One that is not what it is kept as, or that cannot be opened although its key is there, is shown as none at all. One whose
    key was destroyed is as good as gone: whoever destroys a key has to say so. One whose key is locked is only known to be there.
    """

    async def read(connection: asyncpg.Connection) -> tuple[list[Shown], list[Withheld]]:
        shown: list[Shown] = []
        locked: list[Withheld] = []
        for row in await connection.fetch(sql_files.query("verify_values"), timeout=600):
            if row["key"] is None:
                continue
            digest = urlsafe_b64encode(row["digest"]).rstrip(b"=").decode("ascii")
            try:
                content = keyring.unseal(row["sealed"], row["key"])
            except LockedValues:
                locked.append(Withheld(row["index"], digest, _LOCKED, locked=True))
                continue
            disclosure = None if content is None else disclosure_of(content)
            shown.append(
                Shown(row["index"], disclosure if disclosure and digest_of(disclosure) == digest else None)
            )
        return shown, locked

    return read
