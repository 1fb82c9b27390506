"""The files that events have lodged as evidence: each must be there, unless it was erased or is withheld."""

from collections.abc import Collection
from typing import Any

from domain.events.evidence import EvidenceLodged
from domain.events.kinds import BY_SHAPE
from ledger.verify.commitments import ERASED

LODGED = BY_SHAPE[EvidenceLodged].topic


class Lodged:
    """Gathers which event has lodged which file, and of which events something was erased."""

    def __init__(self) -> None:
        self._files: dict[int, str] = {}
        self._erased: set[int] = set()

    def note(self, index: int, event: dict[str, Any]) -> None:
        """Take the next event."""
        if event["type"] == LODGED:
            self._files[index] = str(event["data"].get("sha256"))
        elif event["type"] == ERASED:
            indexes = event["data"].get("events")
            if isinstance(indexes, list):
                self._erased.update(each for each in indexes if isinstance(each, int))

    def wanted(self, left_out: Collection[int] = ()) -> dict[int, str]:
        """The SHA-256 of every file that must be there, by its event; but for those of the events that are `left_out`."""
        gone = self._erased.union(left_out)
        return {index: digest for index, digest in self._files.items() if index not in gone}
