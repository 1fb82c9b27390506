"""What is different between two moments: what opened, fell overdue, came, went up the ladder, was decided, and what moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.case import Case
from domain.events import chasing, correcting, deciding, excusing, owing, reporting, tending
from domain.identity import OccurrenceId
from domain.occurrence.standing import Standing, standing
from projections.acts_of_judgement import JUDGEMENTS
from projections.casebook import Casebook, Entry
from projections.corrected import tell_entry
from projections.words import capital, long_date, thing

What = Literal[
    "opened",
    "became overdue",
    "is overdue no more",
    "submitted",
    "escalated",
    "decided",
    "corrected",
    "due day moved",
    "withdrawn",
    "no longer so",
]


@dataclass(frozen=True, slots=True)
class View:
    """The book as of one moment, and the instant at which things are judged."""

    book: Casebook
    now: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """`event`: the number of the event that it rests on; None for what only time brought about. `at`: when."""

    what: What
    occurrence: OccurrenceId | None
    sentence: str
    event: int | None
    at: datetime


def differences(before: View, after: View, notice: str) -> tuple[Difference, ...]:
    """In the order of time. `before` may be of a moment at which there was no such notice. Raises NotFound."""
    found = [
        *_happened(before, after, notice),
        *_gone(before, after, notice),
        *_lateness(before, after, notice),
        *_moved(before, after, notice),
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.event or 0, str(each.occurrence or ""))))


def _happened(before: View, after: View, notice: str) -> Iterator[Difference]:
    known = {each.index for each in before.book.history(notice)}
    for entry in after.book.history(notice):
        what = _KINDS.get(type(entry.event))
        if entry.index not in known and what is not None:
            yield Difference(what, entry.occurrence, _told(after.book, entry), entry.index, entry.effective)


def _gone(before: View, after: View, notice: str) -> Iterator[Difference]:
    """Counted at the first moment and not at the second: it is known by now to have happened later, if at all."""
    known = {each.index for each in after.book.history(notice)}
    for entry in before.book.history(notice):
        if entry.index not in known:
            sentence = f"This is known by now not to have happened yet then: {_told(before.book, entry)}"
            yield Difference("no longer so", entry.occurrence, sentence, entry.index, entry.effective)


def _lateness(before: View, after: View, notice: str) -> Iterator[Difference]:
    earlier = _cases(before, notice)
    for name, case in _cases(after, notice).items():
        was_overdue = name in earlier and _is_overdue(earlier[name], before.now)
        is_overdue = _is_overdue(case, after.now)
        facts, what = case.occurrence.facts, capital(thing(case.notice, case.occurrence.facts))
        if is_overdue and not was_overdue:
            sentence = f"{what} became overdue: it was due by the end of {long_date(facts.due_on)}."
            yield Difference("became overdue", name, sentence, None, facts.due)
        elif was_overdue and not is_overdue:
            stands = standing(case.occurrence, after.now)
            sentence = f"{what} is overdue no more: it is {stands}."
            yield Difference("is overdue no more", name, sentence, None, case.occurrence.met_at or after.now)


def _moved(before: View, after: View, notice: str) -> Iterator[Difference]:
    earlier = _cases(before, notice)
    for name, case in _cases(after, notice).items():
        if name in earlier and earlier[name].occurrence.facts.due_on != case.occurrence.facts.due_on:
            causes = _causes(before, after, name)
            last = causes[-1] if causes else None
            sentence = _moved_in_words(earlier[name], case, [_told(after.book, each) for each in causes])
            at = last.effective if last else after.now
            yield Difference("due day moved", name, sentence, last.index if last else None, at)


def _moved_in_words(before: Case, after: Case, because: list[str]) -> str:
    """One act that moved it tells from which day to which; of several, only the first and the last day are told."""
    if len(because) == 1:
        return because[0]
    what, facts = capital(thing(after.notice, after.occurrence.facts)), after.occurrence.facts
    was = before.occurrence.facts.due_on
    moved = (
        f"{what} was due by the end of {long_date(was)}, and is due by the end of {long_date(facts.due_on)}."
    )
    return f"{moved} {because[-1] if because else 'The day that was set at first was corrected.'}"


def _causes(before: View, after: View, name: OccurrenceId) -> list[Entry]:
    known = {each.index for each in before.book.history(name)}
    moving = (excusing.OccurrenceRedated, correcting.EventCorrected)
    return [
        each
        for each in after.book.history(name)
        if each.index not in known and isinstance(each.event, moving)
    ]


def _cases(view: View, notice: str) -> dict[OccurrenceId, Case]:
    known = {each.terms.id for each in view.book.notices()}
    return {case.occurrence.id: case for case in view.book.cases(notice)} if notice in known else {}


def _is_overdue(case: Case, now: datetime) -> bool:
    return standing(case.occurrence, now) is Standing.OVERDUE


def _told(book: Casebook, entry: Entry) -> str:
    assert entry.record.envelope.notice is not None
    notice = book.notice(entry.record.envelope.notice)
    about = book.case(entry.occurrence).occurrence if entry.occurrence else None
    return tell_entry(entry, notice, about)


_KINDS: dict[type, What] = {
    **dict.fromkeys(JUDGEMENTS, "decided"),
    **dict.fromkeys(
        (deciding.DecisionIssued, deciding.DecisionPublished, deciding.ConsiderationOpened), "decided"
    ),
    **dict.fromkeys((tending.NoticeClosed, tending.ObligationEnded), "decided"),
    tending.BodySucceeded: "decided",
    owing.OccurrenceOpened: "opened",
    **dict.fromkeys(
        (
            owing.ReportSubmitted,
            owing.ReviewHeld,
            owing.DeliveryAssessed,
            owing.AttestationGiven,
            owing.RequestAnswered,
            owing.VacancyFilled,
            reporting.DeficiencyMadeGood,
        ),
        "submitted",
    ),
    chasing.EscalationRaised: "escalated",
    chasing.ReferredForConsideration: "escalated",
    correcting.EventCorrected: "corrected",
    excusing.OccurrenceWithdrawn: "withdrawn",
}
