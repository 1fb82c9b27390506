"""What has been corrected under a notice, and what somebody proposes to correct."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from domain.events.correcting import CorrectionProposed, EventCorrected
from domain.identity import OccurrenceId, notice_stream
from projections.casebook import Casebook


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One correction. `event`: the number of the corrected event in the record."""

    event: int
    occurrence: OccurrenceId | None
    standing: Literal["proposed", "approved"]
    about: CorrectionProposed | EventCorrected


def corrections(book: Casebook, notice: str) -> Iterator[CorrectionRow]:
    """Of the notice itself first, then of what is owed under it. Raises NotFound."""
    streams: list[tuple[str, OccurrenceId | None, Any]] = [(notice_stream(notice), None, book.notice(notice))]
    streams += [(each.id.stream, each.id, each) for each in book.occurrences(notice)]
    corrected = [each for each in streams if each[2].corrections or each[2].proposals]
    # Going through the history costs most of it, and nearly everywhere nothing was corrected.
    history = book.history(notice) if corrected else ()
    places = {(each.record.stream, each.record.version): each.index for each in history}
    for stream, name, state in corrected:
        for approved in state.corrections:
            yield CorrectionRow(places[stream, approved.version], name, "approved", approved)
        for proposal in state.proposals:
            yield CorrectionRow(places[stream, proposal.version], name, "proposed", proposal)
