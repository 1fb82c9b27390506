"""Passages that are kept out of an export: which, under which exemption, and what stands in their place.

A passage can be kept out only where the record holds a commitment to it (RFC 9901): then the export verifies without it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.record import Recorded
from ledger.privacy.disclosure import Disclosed, read_disclosure
from ledger.reading import recorded_event


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


def as_told(
    events: Sequence[Recorded], kept: Iterable[Disclosure], withheld: Iterable[Withheld]
) -> list[Recorded]:
    """The events as their bytes and these disclosures alone tell them; the exemption stands in the place of what is withheld."""
    told: dict[int, list[Disclosed]] = {}
    for each in kept:
        told.setdefault(each.index, []).append(each.told)
    for passage in withheld:
        told.setdefault(passage.index, []).append(passage.mark)
    return [
        recorded_event(each.index, each.canonical, each.leaf, told.get(each.index, ())) for each in events
    ]


def _fits(line: Exemption, index: int, told: Disclosed) -> bool:
    return line.event == index and line.field in (None, told.name)
