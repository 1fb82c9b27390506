"""An event as it was recorded, followed by what has been corrected of it since: every view shows both."""

from domain.corrections.in_words import change_in_words
from domain.events.correcting import EventCorrected
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.casebook import Entry
from projections.telling import tell
from projections.tellings.parts import said
from projections.words import day_of, person_in_role


def tell_entry(entry: Entry, notice: Notice, occurrence: Occurrence | None = None) -> str:
    """The sentence of a recorded event, with one more for each correction of it."""
    told = tell(entry.event, notice, occurrence)
    return " ".join(
        (told, *(correction_sentence(each, notice) for each in corrections_of(entry, notice, occurrence)))
    )


def corrections_of(
    entry: Entry, notice: Notice, occurrence: Occurrence | None = None
) -> tuple[EventCorrected, ...]:
    """What has been corrected of an event; `occurrence` is that of its stream, if it has one."""
    state = occurrence if entry.occurrence is not None and occurrence is not None else notice
    return tuple(each for each in state.corrections if each.version == entry.record.version)


def correction_sentence(correction: EventCorrected, notice: Notice) -> str:
    who = person_in_role(notice, correction.approved_by, correction.approved_as)
    when = day_of(correction.corrected_at, notice.terms.zone)
    change = change_in_words(correction, notice)
    return f"This was corrected on {when}: {change}. {who} approved it, because {said(correction.reason)}"
