"""The day on which a review was held is corrected: the time until the next one runs from the right day."""

from datetime import datetime

from domain.case import Case, Draft
from domain.chasing.undoing import resolve_escalations
from domain.corrections.days import next_review
from domain.corrections.lateness import taken_back
from domain.corrections.making import corrected
from domain.corrections.subject import with_corrections
from domain.events.correcting import EventCorrected
from domain.events.excusing import OccurrenceWithdrawn
from domain.excusing.redating import redate
from domain.notice.opening import open_occurrence
from domain.notice.schedule import Expected, review_after
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence
from domain.terms.obligations import MaximumGapReview
from domain.values import write_instant


def next_review_moved(
    case: Case, before: Occurrence, after: Occurrence, event: EventCorrected, now: datetime
) -> tuple[Draft, ...]:
    if before.held is None or after.held is None or before.held.held_on == after.held.held_on:
        return ()
    obligation = case.notice.obligation(after.facts.obligation)
    if not isinstance(obligation, MaximumGapReview) or obligation not in case.notice.owed:
        return ()
    name = next_review(after.id)
    found = case.of(name)
    following = review_after(case.notice, obligation, int(name.period), after.held.held_on)
    if following is None:
        return _owed_no_more(found, now) if found.exists and not found.is_over else ()
    if not found.exists:
        return open_occurrence(case.notice, following, now)
    return () if found.is_excused else _moved(case, found, following, event, now)


def _moved(
    case: Case, found: Occurrence, following: Expected, event: EventCorrected, now: datetime
) -> tuple[Draft, ...]:
    """It opened with the day from which its time runs, so its opening is corrected with it."""
    opens = corrected(found.history[0], 1, "opens", write_instant(following.opens), event)
    after = with_corrections(found, (opens,))
    redated = redate(case.notice, after, following.due_on, "correction", event.reason, now)
    dated = fold((draft.event for draft in redated), after)
    return (Draft(found.id.stream, opens), *taken_back(found, after, dated, now), *redated)


def _owed_no_more(found: Occurrence, now: datetime) -> tuple[Draft, ...]:
    because = "no further review falls due while the notice runs, as a correction of the record shows."
    return (
        *resolve_escalations(found, because, now),
        Draft(found.id.stream, OccurrenceWithdrawn(because, now)),
    )
