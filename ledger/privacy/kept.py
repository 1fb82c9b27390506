"""What is kept outside the record: whose it is, in which event it stands, and what it says."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger import sql_files
from ledger.postgres import PostgresLedger
from ledger.privacy.batch import PERSON


@dataclass(frozen=True, slots=True)
class KeptValue:
    """One value. `person`: whose it is, None where it belongs to its event; `by`: who did what the event tells.

    `field` and `text` are what it says, or None where its key is gone or it was exchanged.
    """

    index: int
    digest: str
    person: str | None
    type: str
    by: str
    notice: str | None
    recorded: datetime
    field: str | None
    text: str | None

    @property
    def stored_digest(self) -> bytes:
        """As the database holds it."""
        return urlsafe_b64decode(self.digest + "=")


async def kept_values(
    ledger: PostgresLedger, *, subject: str = "", index: int = 0, notice: str = ""
) -> Sequence[KeptValue]:
    """Values in the order of the log. `subject`: ``person/…`` for what is theirs, ``person:…`` for what they wrote."""
    rows = await ledger.database.fetch(sql_files.query("kept_values"), subject, index, notice)
    found = []
    for row in rows:
        told = ledger.keyring.read(row["sealed"], row["key"]) if row["key"] else None
        found.append(
            KeptValue(
                row["index"],
                urlsafe_b64encode(row["digest"]).rstrip(b"=").decode("ascii"),
                row["subject"].removeprefix(PERSON) if row["subject"].startswith(PERSON) else None,
                row["type"],
                row["actor"],
                row["notice"],
                row["recorded"],
                told.name if told else None,
                str(told.value) if told else None,
            )
        )
    return found
