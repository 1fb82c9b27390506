"""Why does an occurrence stand where it stands? A chain of sentences, each with the event it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.case import Case
from domain.events import delivery, instrument, tending
from domain.identity import OccurrenceId
from domain.occurrence.owed import owed_on
from domain.occurrence.state import Occurrence
from domain.time.due import describe
from projections.casebook import Casebook, Entry
from projections.corrected import tell_entry
from projections.urgency import standing_in_words
from projections.words import (
    body,
    capital,
    clause_name,
    long_date,
    moment,
    not_arrived,
    thing,
)

Link = Literal["clause", "rule", "interpretation", "happened", "computed"]


@dataclass(frozen=True, slots=True)
class Reason:
    """`index`: the event's place in the record; None when the sentence is reckoned from it."""

    kind: Link
    sentence: str
    index: int | None
    at: datetime | None


def why(case: Case, events: Sequence[Entry], now: datetime) -> tuple[Reason, ...]:
    """`events` are those of the notice and of the occurrence, in the order of the record."""
    own = [entry for entry in events if entry.occurrence == case.occurrence.id]
    return (
        *_basis(case, events),
        _due(case),
        *_told(case, [entry for entry in own if not isinstance(entry.event, _NOT_TOLD)], now),
        _standing(case, now),
    )


def why_it_stands(casebook: Casebook, occurrence: OccurrenceId, now: datetime) -> tuple[Reason, ...]:
    """The chain of one occurrence, from the record itself. Raises NotFound."""
    return why(casebook.case(occurrence), casebook.history(occurrence.notice), now)


_NOT_TOLD = (delivery.MessageSent,)


def _basis(case: Case, events: Sequence[Entry]) -> Iterator[Reason]:
    facts = case.occurrence.facts
    stated = [entry for entry in events if _is_clause(entry, facts.clause)]
    imposed = [entry for entry in events if _is_obligation(entry, facts.obligation)]
    ruled = [entry for entry in events if _bears_on(entry, facts.obligation)]
    yield from (_reason("clause", _clause(case), entry) for entry in stated)
    yield from (_reason("rule", _rule(case), entry) for entry in imposed)
    yield from (_reason("interpretation", tell_entry(entry, case.notice), entry) for entry in ruled)


def _clause(case: Case) -> str:
    notice, facts = case.notice, case.occurrence.facts
    words = f"{capital(clause_name(notice, facts.clause))} says: “{notice.clause(facts.clause).text}”"
    if facts.strength == "none":
        return words
    return f"{words} For {body(notice, facts.obligor)} this is a “{facts.strength}”."


def _rule(case: Case) -> str:
    notice, facts = case.notice, case.occurrence.facts
    due = getattr(notice.obligation(facts.obligation), "due", None)
    whom = body(notice, facts.obligee)
    sentence = f"{capital(body(notice, facts.obligor))} owes this to {whom}"
    return f"{sentence}, {describe(due)}." if due else f"{sentence}."


def _due(case: Case) -> Reason:
    facts, opened = case.occurrence.facts, case.occurrence.opened
    day, at_first = long_date(facts.due_on), ""
    if opened is not None and opened.due_on != facts.due_on:
        at_first = f" At first it was due by the end of {long_date(opened.due_on)}."
    if owed_on(facts) == "plan":
        sentence = f"The record of progress is to be brought up to date by the end of {day}."
        return Reason("computed", sentence, None, facts.due)
    sentence = f"{capital(thing(case.notice, facts))} is due by the end of {day}.{at_first}"
    return Reason("computed", sentence, None, facts.due)


def _told(case: Case, entries: Sequence[Entry], now: datetime) -> Iterator[Reason]:
    """What happened, with the passing of the due day put where it belongs among it."""
    passed = _passed(case) if case.occurrence.facts.due < now and _came_late(case.occurrence) else None
    for entry in entries:
        if passed is not None and entry.effective > case.occurrence.facts.due:
            yield passed
            passed = None
        yield _reason("happened", tell_entry(entry, case.notice, case.occurrence), entry)
    if passed is not None:
        yield passed


def _passed(case: Case) -> Reason:
    facts = case.occurrence.facts
    sentence = f"By the end of {long_date(facts.due_on)}, {not_arrived(facts)}."
    return Reason("computed", sentence, None, facts.due)


def _came_late(occurrence: Occurrence) -> bool:
    """It had not come by then, and was not owed no more by then either."""
    excused = (
        occurrence.waived.waived_at if occurrence.waived else None,
        occurrence.withdrawn.withdrawn_at if occurrence.withdrawn else None,
    )
    ends = [each for each in (occurrence.met_at, *excused) if each is not None]
    return not ends or min(ends) > occurrence.facts.due


def _standing(case: Case, now: datetime) -> Reason:
    what, zone = thing(case.notice, case.occurrence.facts), case.notice.terms.zone
    words = standing_in_words(case, now)
    sentence = f"So on {moment(now, zone)}, {what} is {_AS_A_CLAUSE.get(words, words)}."
    return Reason("computed", sentence, None, now)


_AS_A_CLAUSE = {
    "suspended": "suspended, because its clock is stopped",
    "waived": "owed no more, because it was waived",
    "withdrawn": "owed no more",
    "held without": "still missing from what was held without it",
}


def _reason(kind: Link, sentence: str, entry: Entry) -> Reason:
    return Reason(kind, sentence, entry.index, entry.effective)


def _is_clause(entry: Entry, clause: str) -> bool:
    return isinstance(entry.event, instrument.ClauseStated) and entry.event.clause.id == clause


def _is_obligation(entry: Entry, obligation: str) -> bool:
    return isinstance(entry.event, instrument.ObligationImposed) and entry.event.obligation.id == obligation


def _bears_on(entry: Entry, obligation: str) -> bool:
    event = entry.event
    ruled = isinstance(event, instrument.InterpretationRuled | tending.InterpretationRevised)
    return ruled and obligation in event.interpretation.affects
