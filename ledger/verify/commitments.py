"""Personal values outside the leaves: every commitment is shown, withheld by the schedule, or erased (RFC 9901)."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson

from ledger.verify.verdict import Findings

ERASED = "personal-data-erased.v1"
_SIGNS = (b'"_sd":', b'{"...":')


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that is given for event `index`, as its disclosure; a line that could not be read has None."""

    index: int | None
    disclosure: str | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A passage that is left out of what was given: which one, and under which exemption.

    `locked`: it is kept all the same, and only cannot be opened here.
    """

    index: int | None
    digest: str | None
    exemption: str | None
    locked: bool = False


class Commitments:
    """Gathers what the events commit to, and what later ones say was erased."""

    def __init__(self) -> None:
        self.of: dict[int, set[str]] = {}
        self.erased: set[str] = set()

    def note(self, index: int, canonical: bytes, event: dict[str, Any]) -> None:
        """Take the next event."""
        if any(sign in canonical for sign in _SIGNS):
            found = set(digests_in(event["data"]))
            if found:
                self.of[index] = found
        if event["type"] == ERASED:
            digests = event["data"].get("digests")
            if isinstance(digests, list):
                self.erased.update(each for each in digests if isinstance(each, str))

    def check(self, shown: Iterable[Shown], withheld: Iterable[Withheld], findings: Findings) -> None:
        """Hold the values given against the commitments. A substituted value accounts for one that is missing."""
        opened = {index: set(digests) for index, digests in self.of.items()}
        strangers, back = _open(opened, self.erased, shown, findings)
        for each in withheld:
            if each.locked and each.index is not None and each.digest in self.erased:
                back.add(each.index)
            if each.index is None:
                _unreadable(findings, "withheld.jsonl")
            elif each.digest in opened.get(each.index, ()) and each.exemption:
                opened[each.index].discard(each.digest or "")
            elif each.digest not in self.of.get(each.index, ()):
                strangers[each.index] = strangers.get(each.index, 0) + 1
        for index in sorted(back):
            findings.add(
                "DISCLOSURE_SUBSTITUTED",
                index,
                f"A value of event {index} is kept or given that was erased, as a later event says.",
            )
        for index in sorted(opened.keys() | strangers.keys()):
            missing = len(opened.get(index, set()) - self.erased)
            _tell(index, missing, strangers.get(index, 0), findings)


def digests_in(value: Any) -> Iterator[str]:
    """Every commitment in a value: members of `_sd`, and the hidden elements of lists."""
    if isinstance(value, dict):
        for key, item in value.items():
            hidden = item if key == "_sd" and isinstance(item, list) else [item] if key == "..." else ()
            yield from (each for each in hidden if isinstance(each, str))
            yield from digests_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from digests_in(item)


def digest_of(disclosure: str) -> str:
    return base64.urlsafe_b64encode(sha256(disclosure.encode()).digest()).decode().rstrip("=")


def _open(
    opened: dict[int, set[str]], erased: set[str], shown: Iterable[Shown], findings: Findings
) -> tuple[dict[int, int], set[int]]:
    """Take what is shown out of `opened`.

    Returns how many values of each event belong to no commitment of it, and of which events one is back that was erased.
    """
    given: dict[int, dict[str, Any]] = {}
    for each in shown:
        if each.index is None:
            _unreadable(findings, "disclosures.jsonl")
        else:
            text = str(each.disclosure)
            given.setdefault(each.index, {}).update([_read(text)])
    strangers: dict[int, int] = {}
    back: set[int] = set()
    for index, values in given.items():
        known = _open_one(opened.setdefault(index, set()), values)
        strangers[index] = len(values) - len(known)
        back.update([index] if known & erased else [])
    return strangers, back


def _open_one(committed: set[str], values: dict[str, Any]) -> set[str]:
    """Which of the values belong to the event; they are taken out of what it has committed to."""
    shown: set[str] = set()
    while more := values.keys() & committed - shown:
        shown |= more
        for digest in more:
            committed.update(digests_in(values[digest]))
    committed -= shown
    return shown


def _read(disclosure: str) -> tuple[str, Any]:
    """Its digest and its value; what is no disclosure has itself in the place of a digest, which fits nowhere."""
    try:
        said = orjson.loads(base64.urlsafe_b64decode(disclosure + "=" * (-len(disclosure) % 4)))
        if type(said) is not list or not 2 <= len(said) <= 3:
            return disclosure, None
        return digest_of(disclosure), said[-1]
    except (ValueError, binascii.Error):
        return disclosure, None


def _unreadable(findings: Findings, name: str) -> None:
    findings.add("DISCLOSURE_SUBSTITUTED", None, f"“{name}” holds a line that is none of its kind.")


def _tell(index: int, missing: int, strange: int, findings: Findings) -> None:
    if strange:
        findings.add(
            "DISCLOSURE_SUBSTITUTED",
            index,
            f"A value is given for event {index} to which it never committed.",
        )
    if missing > strange:
        findings.add(
            "DISCLOSURE_MISSING",
            index,
            f"Event {index} commits to a value that is neither shown, nor withheld by the schedule, nor erased.",
        )
