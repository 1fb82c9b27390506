"""A recorded event was to be corrected, and was or was not."""

from domain.corrections.in_words import change_in_words, kind_in_words
from domain.events import correcting
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.tellings.parts import Telling, said
from projections.words import person_in_role, person_name


def _proposed(event: correcting.CorrectionProposed, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.proposed_by, event.proposed_as)
    which = f"{kind_in_words(event.topic)}, event {event.version} of its stream"
    return (
        f"{who} proposed to correct {which}, so that {change_in_words(event, notice)}: {said(event.reason)}"
    )


def _corrected(event: correcting.EventCorrected, notice: Notice, _: Occurrence) -> str:
    who, by = (
        person_in_role(notice, event.approved_by, event.approved_as),
        person_name(notice, event.proposed_by),
    )
    which = f"{kind_in_words(event.topic)}, event {event.version} of its stream"
    change = change_in_words(event, notice)
    return f"{who} approved what {by} had proposed: {which}, was corrected, so that {change}: {said(event.reason)}"


def _rejected(event: correcting.CorrectionRejected, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.rejected_by, event.rejected_as)
    return f"{who} rejected the correction of event {event.version} of its stream: {said(event.reason)}"


TELLINGS: dict[type, Telling] = {
    correcting.CorrectionProposed: _proposed,
    correcting.EventCorrected: _corrected,
    correcting.CorrectionRejected: _rejected,
}
