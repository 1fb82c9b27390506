"""Passages that are kept out of an export: which, under which exemption, and what stands in their place.

A passage can be kept out only where the record holds a commitment to it (RFC 9901): then the export verifies without it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ledger.privacy.disclosure import Disclosed, read_disclosure


class NothingToWithhold(ValueError):
    """The schedule names a passage that cannot be kept out; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A value that belongs to a commitment in event `index`: base64url of ``[salt, name, value]`` or ``[salt, value]``."""

    index: int
    disclosure: str

    @property
    def told(self) -> Disclosed:
        """What it tells; raises NotADisclosure."""
        return read_disclosure(self.disclosure)

    def line(self) -> dict[str, Any]:
        return {"index": self.index, "disclosure": self.disclosure}


@dataclass(frozen=True, slots=True)
class Exemption:
    """What is to be kept out: all that event `event` commits to, or one field of it; under which exemption, and why."""

    event: int
    exemption: str
    why: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """One passage that is kept out."""

    index: int
    told: Disclosed
    by: Exemption

    @property
    def mark(self) -> Disclosed:
        """What stands in its place."""
        return replace(self.told, value=f"[withheld: {self.by.exemption}]")

    def line(self) -> dict[str, Any]:
        by = self.by
        return {"index": self.index, "digest": self.told.digest, "exemption": by.exemption, "why": by.why}


def divide(
    disclosures: Iterable[Disclosure], schedule: Sequence[Exemption]
) -> tuple[list[Disclosure], list[Withheld]]:
    """Those that go out, and those that are withheld. Raises NothingToWithhold where a line of the schedule fits nothing."""
    kept: list[Disclosure] = []
    withheld: list[Withheld] = []
    for each in disclosures:
        told = each.told
        found = next((line for line in schedule if _fits(line, each.index, told)), None)
        if found is None:
            kept.append(each)
        else:
            withheld.append(Withheld(each.index, told, found))
    used = {each.by for each in withheld}
    unused = next((line for line in schedule if line not in used), None)
    if unused is not None:
        what = f"“{unused.field}” of event {unused.event}" if unused.field else f"event {unused.event}"
        raise NothingToWithhold(
            f"The record keeps nothing of {what} apart, so nothing of it can be withheld."
        )
    return kept, withheld


class Telling(Mapping[int, Sequence[Disclosed]]):
    """What is told of each event, by position: what is disclosed, and the exemption in the place of what is withheld.

    Each is read when it is asked for, so that not all values are in memory at once.
    """

    def __init__(self, kept: Iterable[Disclosure], withheld: Iterable[Withheld]) -> None:
        self._of: dict[int, list[Disclosure | Withheld]] = {}
        everything: list[Disclosure | Withheld] = [*kept, *withheld]
        for each in everything:
            self._of.setdefault(each.index, []).append(each)

    def __getitem__(self, index: int) -> Sequence[Disclosed]:
        return [each.mark if isinstance(each, Withheld) else each.told for each in self._of[index]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)


def _fits(line: Exemption, index: int, told: Disclosed) -> bool:
    return line.event == index and line.field in (None, told.name)
