"""The log, event by event: hashes, spelling, columns, positions, versions, times."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

import asyncpg

from ledger.verify.commitments import Commitments
from ledger.verify.document import NotCanonical, Reader
from ledger.verify.history import check_limits
from ledger.verify.lodged import Lodged
from ledger.verify.receipts import Receipts
from ledger.verify.signatures import Limit, in_turn
from ledger.verify.tree import Tree
from ledger.verify.verdict import Findings

_COLUMNS = (
    "stream", "version", "type", "recorded", "effective", "notice", "obligation", "occurrence", "rung", "actor",
    "command_id", "event_id",
)  # fmt: skip
_FIRST_COLUMN = 3
_COPIES = slice(_FIRST_COLUMN, _FIRST_COLUMN + len(_COLUMNS))


class Log:
    """Takes the log page by page. A fault in one event never hides a fault in another."""

    def __init__(self, findings: Findings, sizes: Collection[int] = (), limits: Sequence[Limit] = ()) -> None:
        """`sizes` of earlier checkpoints, whose roots are kept in `roots`; `limits` of their witnesses."""
        self.tree = Tree()
        self.roots: dict[int, bytes] = {}
        self.commitments = Commitments()
        self.lodged = Lodged()
        self._sizes = sorted(sizes)
        if 0 in self._sizes:
            self.roots[0] = self.tree.root()
        self._limits = in_turn(limits)
        self.versions: dict[str, int] = {}
        self.last = 0
        self.recorded = ""
        self.receipts = Receipts(findings)
        self._findings = findings
        self._reader = Reader()

    def take(self, page: Sequence[asyncpg.Record]) -> None:
        """The next rows of `verify_log`, in the order of their index."""
        leaves = [sha256(b"\x00" + row[1]).digest() for row in page]
        self._grow(leaves)
        for row, leaf in zip(page, leaves, strict=True):
            self._check(row, leaf)

    def root_at(self, size: int) -> bytes | None:
        """The root over the first `size` events, if that was asked for and they are there."""
        return self.roots.get(size)

    def _grow(self, leaves: Sequence[bytes]) -> None:
        for size in self._sizes:
            if 0 <= (more := size - self.tree.size) <= len(leaves):
                self.tree.extend(leaves[:more])
                self.roots[size] = self.tree.root()
                leaves = leaves[more:]
        self.tree.extend(leaves)

    def _check(self, row: asyncpg.Record, leaf: bytes) -> None:
        index = row[0]
        whole = leaf == row[2]
        if not whole:
            self._findings.add(
                "LEAF_HASH", index, f"The bytes of event {index} do not have the hash stored beside them."
            )
        document = self._read(index, row[1])
        if document is not None:
            self.commitments.note(index, row[1], document)
            self.lodged.note(index, document)
            told = _told(document)
            if row[_COPIES] != told:
                whole = False
                self._columns_differ(row, told)
        else:
            whole = False
            told = row[_COPIES]
        self._check_place(index, told[0], told[1], told[3])
        self.receipts.check(row, document, faulty=not whole)

    def _read(self, index: int, canonical: bytes) -> dict[str, Any] | None:
        try:
            return self._reader.read(canonical)
        except NotCanonical as fault:
            self._findings.add("NOT_CANONICAL", index, f"Event {index} {fault}.")
            return None

    def _columns_differ(self, row: asyncpg.Record, told: tuple[Any, ...]) -> None:
        differ = (name for name, held, said in zip(_COLUMNS, row[_COPIES], told, strict=True) if held != said)
        names = ", ".join(name.replace("_", " ") for name in differ)
        self._findings.add(
            "COLUMN_MISMATCH",
            row[0],
            f"The columns beside event {row[0]} do not say what its bytes say: {names}.",
        )

    def _check_place(self, index: int, stream: Any, version: Any, recorded: Any) -> None:
        if index != self.last + 1:
            self._missing(self.last + 1, index - 1)
        self.last = index
        expected = self.versions.get(stream, 0) + 1
        if version != expected:
            self._findings.add(
                "STREAM_GAP",
                index,
                f"Event {index} is version {version} of “{stream}”, where version {expected} should be.",
            )
        self.versions[stream] = version
        if recorded < self.recorded:
            self._findings.add(
                "TIME_REGRESSION",
                index,
                f"Event {index} was recorded at {recorded}, before the event in front of it.",
            )
        self.recorded = max(self.recorded, recorded)
        if self._limits:
            self._limits = check_limits(self._limits, index, recorded, self._findings)

    def _missing(self, first: int, last: int) -> None:
        which = f"Event {first} is" if first == last else f"Events {first} to {last} are"
        self._findings.add("STREAM_GAP", first, f"{which} missing from the log.")


def _told(document: dict[str, Any]) -> tuple[Any, ...]:
    get = document.get
    return (
        document["subject"],
        document["streamversion"],
        document["type"],
        document["time"],
        document["effective"],
        get("notice"),
        get("obligation"),
        get("occurrence"),
        get("rung"),
        document["actor"],
        document["commandid"],
        document["id"],
    )
