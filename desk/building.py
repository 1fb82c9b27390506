"""What the desk asks of whoever reads, rehearses and writes notice files. It is done in a process of its own, because a
file that somebody sends may ask for more time and memory than the desk has to spare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from domain.terms.notice_file import NoticeFile

Story = Literal["nobody-acts", "everybody-in-time"]
STORIES: dict[Story, str] = {
    "nobody-acts": "Nobody does anything",
    "everybody-in-time": "Everybody does what they owe, in time",
}


@dataclass(frozen=True, slots=True)
class FileFault:
    """`line` counts from 1 and reads `words`; `place` is like ``obligations[2].due.n``, or empty for the whole file."""

    line: int
    place: str
    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class FileRead:
    """The notice that a file states, or everything that is wrong with the file, in the order of its lines."""

    terms: NoticeFile | None
    faults: tuple[FileFault, ...] = ()


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of a ladder. `do` is its kind, `what` says to whom: `the escalation to Helen Marsh`."""

    do: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one thing that was owed, at the end. `met_at`: when it arrived, if it did."""

    title: str
    clause: str
    whose: str
    due_on: date
    standing: str
    met_at: datetime | None
    late: bool
    steps: tuple[StepTaken, ...]


@dataclass(frozen=True, slots=True)
class RehearsedNotice:
    """The whole life of a notice. `undone`: the obligation that nobody did anything about, if one was left out.

    `refused`: what the rules did not allow, of what was tried. `messages` and `events`: how many there were.
    """

    story: Story
    undone: str | None
    fates: tuple[Fate, ...]
    refused: tuple[str, ...]
    messages: int
    events: int


class CutShort(Exception):
    """It took too long or too much, or there was no turn for it; the sentence says which, and what to do."""


class NoticeBuilder(Protocol):
    """`largest`: how long a notice file may be, in bytes of UTF-8. Everything here raises CutShort."""

    @property
    def largest(self) -> int: ...

    async def read(self, text: str) -> FileRead: ...

    async def rehearse(
        self, terms: NoticeFile, story: Story, undone: str | None = None
    ) -> RehearsedNotice: ...

    async def written(self, terms: NoticeFile) -> str:
        """The file that states this notice."""
        ...
