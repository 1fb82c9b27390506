"""What is kept outside the record: whose it is, in which event it stands, and what it says."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.record import Recorded
from ledger import sql_files
from ledger.memory import MemoryLedger
from ledger.postgres import PostgresLedger
from ledger.privacy.batch import PERSON
from ledger.privacy.commitments import Withheld
from ledger.privacy.disclosure import opened


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
    ledger: PostgresLedger | MemoryLedger, *, subject: str = "", index: int = 0, notice: str = ""
) -> Sequence[KeptValue]:
    """Values in the order of the log. `subject`: ``person/…`` for what is theirs, ``person:…`` for what they wrote."""
    if isinstance(ledger, MemoryLedger):
        return [
            _in_memory(event, value)
            for event, value in ledger.values()
            if index in (0, event.index)
            and notice in ("", event.envelope.notice)
            and subject in ("", f"{PERSON}{value.person}", str(event.envelope.actor))
        ]
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


def _in_memory(event: Recorded, value: Withheld) -> KeptValue:
    told, said = opened(value.content), event.envelope
    return KeptValue(
        event.index, value.digest, value.person, event.type, str(said.actor), said.notice, event.recorded, told.name,
        str(told.value),
    )  # fmt: skip
