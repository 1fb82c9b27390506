"""Every command has one receipt, and the receipt says what the log says."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import asyncpg

from ledger.profile import spell
from ledger.verify.verdict import Findings


@dataclass(slots=True)
class _Run:
    """The neighbouring events of one command, and the receipt that was found for it."""

    command: str
    first: int
    last: int
    row: asyncpg.Record
    faulty: bool = False
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A command whose receipt names another place in the log: told off there, or recorded twice?"""

    command: str
    index: int
    elsewhere: int


class Receipts:
    """Follows the log, command by command."""

    def __init__(self, findings: Findings) -> None:
        self.matched = 0
        self.suspects: list[Suspect] = []
        self._findings = findings
        self._run: _Run | None = None

    def check(self, row: asyncpg.Record, document: dict[str, Any] | None, *, faulty: bool) -> None:
        """Take the next event; `document` is None when its bytes could not be read."""
        index, command = row["index"], row["command_id"]
        if row["first_index"] == row["last_index"] == index and not faulty and self._matches(row, document):
            self.close()
            self.matched += 1
            return
        run = self._run
        if run is None or run.command != command or run.last + 1 != index:
            self.close()
            run = self._run = _Run(command, index, index, row)
        run.last = index
        run.faulty |= faulty
        if document is not None:
            run.said.append((document["subject"], document))

    def _matches(self, row: asyncpg.Record, document: dict[str, Any] | None) -> bool:
        """Whether a command of a single event has its own receipt: what nearly all of them come to."""
        if document is None or row["receipt_recorded"] != row["recorded"]:
            return False
        said = spell([[document["subject"], [_statement(document)]]])
        digest: bytes | None = row["digest"]
        return sha256(said).digest() == digest

    def close(self) -> None:
        """No more events come for the command in hand."""
        run, self._run = self._run, None
        if run is None:
            return
        first, last = run.row["first_index"], run.row["last_index"]
        if first is None:
            self._unmatched(run.first, f"Command {run.command} was recorded, but its receipt is gone.")
        elif (run.first, run.last) == (first, last):
            self._compare(run)
        elif run.first == first:
            self._compare_lengths(run, last)
        elif first < run.first <= last:
            self._unmatched(
                run.first,
                f"Event {run.first} belongs to command {run.command}, but not all that is before it.",
            )
        else:
            self.suspects.append(Suspect(run.command, run.first, first))

    def _compare_lengths(self, run: _Run, last: int) -> None:
        self.matched += 1
        if run.last < last:
            self._unmatched(
                run.last + 1,
                f"The receipt of command {run.command} promises events up to {last}; they are not there.",
            )
        else:
            self._findings.add(
                "DUPLICATE_COMMAND",
                last + 1,
                f"Event {last + 1} repeats command {run.command}, recorded before.",
            )

    def _compare(self, run: _Run) -> None:
        self.matched += 1
        if run.row["receipt_recorded"] != run.row["recorded"]:
            self._unmatched(
                run.first, f"The receipt of command {run.command} names another time than its events."
            )
        elif not run.faulty and _digest(run.said) != run.row["digest"]:
            told = (
                f"Event {run.first} does" if run.first == run.last else f"Events {run.first} to {run.last} do"
            )
            self._unmatched(
                run.first, f"{told} not say what was said when command {run.command} was given its receipt."
            )

    def _unmatched(self, index: int, sentence: str) -> None:
        self._findings.add("RECEIPT_UNMATCHED", index, sentence)

    def settle(self, suspects_at: dict[int, str]) -> None:
        """Judge the suspects, knowing which commands stand where their receipts point."""
        for suspect in self.suspects:
            if suspects_at.get(suspect.elsewhere) == suspect.command:
                self._findings.add(
                    "DUPLICATE_COMMAND",
                    suspect.index,
                    f"Event {suspect.index} repeats command {suspect.command}, recorded as event {suspect.elsewhere}.",
                )
            else:
                self._unmatched(
                    suspect.index,
                    f"The receipt of command {suspect.command} names event {suspect.elsewhere}, "
                    f"but the command stands at {suspect.index}.",
                )


def _digest(said: Sequence[tuple[str, dict[str, Any]]]) -> bytes:
    """What the command said, hashed as `ledger.request.digest` does, from the stored bytes alone."""
    by_stream: list[tuple[str, list[dict[str, Any]]]] = []
    for stream, document in said:
        if not by_stream or by_stream[-1][0] != stream:
            by_stream.append((stream, []))
        by_stream[-1][1].append(_statement(document))
    return sha256(spell(by_stream)).digest()


def _statement(document: dict[str, Any]) -> dict[str, Any]:
    get = document.get
    return {
        "actor": document["actor"],
        "authority": get("authority"),
        "data": document["data"],
        "notice": get("notice"),
        "obligation": get("obligation"),
        "occurrence": get("occurrence"),
        "reason": get("reason"),
        "rung": get("rung"),
        "type": document["type"],
    }
