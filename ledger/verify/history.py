"""The events of a bag, line by line: spelling, streams, times, commands. There are no columns beside them."""

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from ledger.verify.commitments import Commitments
from ledger.verify.document import NotCanonical, Reader
from ledger.verify.levels import Levels
from ledger.verify.lodged import Lodged
from ledger.verify.signatures import Limit, in_turn
from ledger.verify.verdict import Findings


class History:
    """Takes the lines in order. A fault in one event never hides a fault in another."""

    def __init__(self, findings: Findings, limits: Sequence[Limit], wanted: Collection[int]) -> None:
        self.tree = Levels()
        self.size = 0
        self.streams: dict[str, int] = {}
        self.command_at: dict[int, str] = {}
        self.commitments = Commitments()
        self.lodged = Lodged()
        self._commands: set[str] = set()
        self._last = ""
        self._recorded = ""
        self._limits = in_turn(limits)
        self._wanted = wanted
        self._findings = findings
        self._reader = Reader()

    def take(self, lines: Sequence[bytes]) -> None:
        """The next events, as their canonical bytes."""
        self.tree.extend([sha256(b"\x00" + line).digest() for line in lines])
        for line in lines:
            self.size += 1
            try:
                event = self._reader.read(line)
            except NotCanonical as fault:
                self._findings.add("NOT_CANONICAL", self.size, f"Event {self.size} {fault}.")
            else:
                self._place(event)
                self.commitments.note(self.size, line, event)
                self.lodged.note(self.size, event)

    def at(self, index: int) -> tuple[str, str] | None:
        """Leaf hash (hexadecimal) and command of an event that was wanted; None where there is no such event."""
        if not 1 <= index <= self.size:
            return None
        return self.tree.leaves[index - 1].hex(), self.command_at.get(index, "")

    def _place(self, event: dict[str, Any]) -> None:
        if self.size in self._wanted:
            self.command_at[self.size] = event["commandid"]
        self._check_command(event["commandid"])
        self._check_version(event["subject"], event["streamversion"])
        self._check_time(event["time"])

    def _check_command(self, command: str) -> None:
        if command == self._last:
            return
        if command in self._commands:
            self._findings.add(
                "DUPLICATE_COMMAND",
                self.size,
                f"Event {self.size} repeats command {command}, recorded before.",
            )
        self._commands.add(command)
        self._last = command

    def _check_version(self, stream: str, version: int) -> None:
        expected = self.streams.get(stream, 0) + 1
        if version != expected:
            self._findings.add(
                "STREAM_GAP",
                self.size,
                f"Event {self.size} is version {version} of “{stream}”, where version {expected} should be.",
            )
        self.streams[stream] = version

    def _check_time(self, recorded: str) -> None:
        if recorded < self._recorded:
            self._findings.add(
                "TIME_REGRESSION",
                self.size,
                f"Event {self.size} was recorded at {recorded}, before the event in front of it.",
            )
        self._recorded = max(self._recorded, recorded)
        if self._limits:
            self._limits = check_limits(self._limits, self.size, recorded, self._findings)


def check_limits(
    limits: tuple[Limit, ...], index: int, recorded: str, findings: Findings
) -> tuple[Limit, ...]:
    """A finding for the first event that says it was recorded after a witness had cosigned it; then no more of them.

    `limits` stand in turn; returns those that are left for the events after this one.
    """
    while limits and limits[0].size < index:
        limits = limits[1:]
    if limits and recorded > limits[0].latest:
        findings.add(
            "RECORDED_AFTER_WITNESS",
            index,
            f"Event {index} says that it was recorded after “{limits[0].witness}” had cosigned it.",
        )
        return ()
    return limits
