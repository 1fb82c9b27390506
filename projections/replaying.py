"""The history told step by step: each event, and where the notice stood once it had been recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.state import Occurrence
from projections.casebook import Casebook, Entry
from projections.standing_then import StandingThen, standing_in
from projections.telling import tell


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One event in the words in which it was told when it was recorded, without anything that came to be known later."""

    index: int
    type: str
    recorded: datetime
    effective: datetime
    occurrence: OccurrenceId | None
    sentence: str
    then: StandingThen


def replay_steps(book: Casebook, notice: str) -> Iterator[ReplayStep]:
    """Every event of whole streams, judged at the moment at which it was recorded. One pass over the history.

    What was recorded together is told once all of it has been taken in: a notice is issued with its parties, not before.
    """
    state, occurrences = Notice(), dict[OccurrenceId, Occurrence]()
    for _, act in groupby(book.history(notice), key=lambda each: each.record.command_id):
        entries = tuple(act)
        for entry in entries:
            if entry.occurrence is None:
                state = evolve_notice(state, entry.event)
            else:
                before = occurrences.get(entry.occurrence, Occurrence())
                occurrences[entry.occurrence] = evolve_occurrence(before, entry.event)
        cases = tuple(Case(state, each) for _, each in sorted(occurrences.items()) if each.exists)
        then = standing_in(cases, entries[-1].recorded)
        yield from (
            _step(entry, state, occurrences.get(entry.occurrence) if entry.occurrence else None, then)
            for entry in entries
        )


def _step(entry: Entry, notice: Notice, about: Occurrence | None, then: StandingThen) -> ReplayStep:
    return ReplayStep(
        index=entry.index,
        type=entry.record.type,
        recorded=entry.recorded,
        effective=entry.effective,
        occurrence=entry.occurrence,
        sentence=tell(entry.event, notice, about),
        then=then,
    )
