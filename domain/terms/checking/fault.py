"""A fault in the terms of a notice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

MOST_CANDIDATES = 100  # a guess is a courtesy: a file full of wrong names must not cost minutes

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TermFault:
    """`path` leads to the value that is at fault, as in ``("obligations", 2, "ladder")``."""

    path: Place
    sentence: str


def unknown(what: str, word: str, known: Iterable[str]) -> str:
    """`There is no role called “diretor”; did you mean “director”?`"""
    candidates = list(islice(known, MOST_CANDIDATES))
    close = get_close_matches(word, candidates, n=1, cutoff=0.6)
    guess = f"; did you mean “{close[0]}”?" if close else "."
    return f"There is no {what} called “{word}”{guess}"


def circles(steps: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Every circle in a graph in which each name leads to one other; each is given once."""
    settled: set[str] = set()
    for start in steps:
        walked: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in walked:
            walked[at] = None
            at = steps.get(at)
        if at is not None and at in walked:
            names = list(walked)
            yield tuple(names[names.index(at) :])
        settled.update(walked)


def told_as_circle(names: tuple[str, ...]) -> str:
    """`6a → 6 → 6a`."""
    return " → ".join((*names, names[0]))
