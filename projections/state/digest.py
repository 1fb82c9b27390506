"""The digest of a state: equal wherever and by whomever it is worked out from the same events.

SHA-256 over lines of canonical JSON, each ended by a line feed: first a head with the format, the notice, the number of
the last event and the instant at which things are judged; then the rows of every read model, sorted by their bytes.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from projections.casebook import Casebook
from projections.state.rows import rows_of
from projections.state.spelling import spelled

FORMAT = "forthwith-state-digest/1"


def state_digest(book: Casebook, notice: str, now: datetime) -> str:
    """In hexadecimal. Raises NotFound."""
    found = sha256()
    for line in state_lines(book, notice, now):
        found.update(line + b"\n")
    return found.hexdigest()


def state_lines(book: Casebook, notice: str, now: datetime) -> Iterator[bytes]:
    """What is hashed, so that two states whose digests differ can be compared line by line."""
    last = book.history(notice)[-1].index
    yield spelled({"format": FORMAT, "notice": notice, "event": last, "judged": now})
    yield from sorted(spelled(row) for row in rows_of(book, notice, now))
