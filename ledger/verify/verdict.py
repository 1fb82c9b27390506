"""What verification answers."""

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "LEAF_HASH",
    "ROOT_MISMATCH",
    "BAD_SIGNATURE",
    "NOT_WITNESSED",
    "TRUNCATED",
    "HEAD_MISMATCH",
    "STREAM_GAP",
    "TIME_REGRESSION",
    "RECORDED_AFTER_WITNESS",
    "DUPLICATE_COMMAND",
    "COLUMN_MISMATCH",
    "NOT_CANONICAL",
    "DISCLOSURE_MISSING",
    "DISCLOSURE_SUBSTITUTED",
    "PROJECTION_DRIFT",
    "EVIDENCE_MISMATCH",
    "RECEIPT_UNMATCHED",
]
MOST_FINDINGS = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `index` is the first position in the log that it touches, or None where it has no place there."""

    code: Code
    index: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the record is sound, and everything that is wrong with it in the order of the log.

    `root` is the RFC 6962 tree root over the stored bytes, in hexadecimal; `unlisted` counts the findings beyond
    the first thousand. `incomplete` says in sentences what could not be judged because it was not given; `notes` what was
    not looked at and is no part of the judgement. `files_checked`: how many pieces of evidence were read.
    """

    sound: bool
    size: int
    root: str
    events_checked: int
    streams: int
    findings: tuple[Finding, ...]
    unlisted: int = 0
    origin: str | None = None
    incomplete: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files_checked: int = 0


class Findings:
    """Collects faults; a record that was rewritten from end to end must not fill the memory."""

    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.unlisted = 0
        self.incomplete: list[str] = []
        self.notes: list[str] = []

    def add(self, code: Code, index: int | None, sentence: str) -> None:
        if len(self.kept) < MOST_FINDINGS:
            self.kept.append(Finding(code, index, sentence))
        else:
            self.unlisted += 1

    def in_log_order(self) -> tuple[Finding, ...]:
        """By position; what has no place in the log comes last."""
        return tuple(sorted(self.kept, key=lambda each: (each.index is None, each.index or 0)))
