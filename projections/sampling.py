"""A sample that an auditor can draw again, and that nobody can choose.

The method, so that it can be followed with any tool: for each event the SHA-256 of the text `seed:number` (the number of
the event in the record, both in decimal digits) is taken; the events with the smallest hashes are the sample.
"""

from collections.abc import Sequence
from hashlib import sha256

from projections.casebook import Entry


def sample(events: Sequence[Entry], size: int, seed: int) -> tuple[Entry, ...]:
    """In the order of the record; all events where there are no more than `size`."""
    drawn = sorted(events, key=lambda each: sha256(f"{seed}:{each.index}".encode()).digest())[:size]
    return tuple(sorted(drawn, key=lambda each: each.index))


def sample_in_words(drawn: int, of: int, seed: int) -> str:
    return (
        f"A sample of {drawn} of {of} events with seed {seed}: those whose SHA-256 of “{seed}:number of the event” "
        "is smallest."
    )
