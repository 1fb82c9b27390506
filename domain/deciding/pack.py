"""The pack: what the deciders have before them, as positions in the record; and what those positions hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.events.deciding import ConsiderationOpened, Evidence
from domain.identity import OccurrenceId, notice_stream
from domain.notice.state import Notice
from domain.occurrence.owed import owed_on
from domain.occurrence.state import Occurrence, RungStanding, Submission
from domain.who import today

Known = Mapping[OccurrenceId, Occurrence]


@dataclass(frozen=True, slots=True)
class StepInPack:
    """A step of the chase that was taken, on which day, who was told, and what they said to it."""

    step: str
    what: str
    on: date
    told: tuple[str, ...]
    acknowledged_by: str | None = None
    acknowledged_on: date | None = None
    over_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True, slots=True)
class SubmissionInPack:
    version: int
    by: str
    received_on: date
    missing: tuple[str, ...]
    accepted: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class SheetInPack:
    """One thing before the deciders. `first_due_on`: the day that was set at first. `concern`: its words, if it is one."""

    stream: str
    version: int
    title: str
    clause: str | None = None
    due_on: date | None = None
    first_due_on: date | None = None
    met_on: date | None = None
    acknowledged_by: str | None = None
    acknowledged_on: date | None = None
    steps: tuple[StepInPack, ...] = ()
    submissions: tuple[SubmissionInPack, ...] = ()
    concern: str | None = None


def pack_of(notice: Notice, known: Known, matters: Iterable[OccurrenceId]) -> tuple[Evidence, ...]:
    """The notice, the matters, every concern and every plan, each as it stands now."""
    concerns = (name for name, each in known.items() if each.concern is not None)
    plans = (name for name, each in known.items() if each.exists and owed_on(each.facts) == "plan")
    names = dict.fromkeys((*matters, *sorted(concerns), *sorted(plans)))
    return (
        Evidence(notice_stream(notice.terms.id), notice.version),
        *(Evidence(name.stream, known[name].version) for name in names),
    )


def contents(notice: Notice, opened: ConsiderationOpened, known: Known) -> tuple[SheetInPack, ...]:
    """What is in the pack, in its order. `known`: the occurrences as they stood at the versions that it names."""
    return tuple(_sheet(notice, evidence, known) for evidence in opened.pack)


def _sheet(notice: Notice, evidence: Evidence, known: Known) -> SheetInPack:
    if evidence.stream == notice_stream(notice.terms.id):
        return SheetInPack(evidence.stream, evidence.version, notice.terms.title)
    occurrence = known[OccurrenceId.parse(evidence.stream)]
    facts, seen = occurrence.facts, occurrence.acknowledged
    return SheetInPack(
        stream=evidence.stream,
        version=evidence.version,
        title=facts.title,
        clause=facts.clause,
        due_on=facts.due_on,
        first_due_on=occurrence.opened.due_on if occurrence.opened else None,
        met_on=_met_on(notice, occurrence),
        acknowledged_by=notice.person_name(seen.by) if seen else None,
        acknowledged_on=today(notice, seen.at) if seen else None,
        steps=tuple(_step(notice, each) for each in _taken(occurrence)),
        submissions=tuple(_submission(notice, each) for each in occurrence.submissions),
        concern=occurrence.concern.concern if occurrence.concern else None,
    )


def _met_on(notice: Notice, occurrence: Occurrence) -> date | None:
    if occurrence.held is not None:
        return occurrence.held.held_on
    return _day(notice, occurrence.met_at)


def _taken(occurrence: Occurrence) -> Iterator[RungStanding]:
    """Every step that was taken, in the order of time; one that was withdrawn since is shown as withdrawn."""
    raised = [each for each in (*occurrence.earlier, *occurrence.rungs) if each.raised_at is not None]
    yield from sorted(raised, key=lambda each: (each.raised_at, each.rung.id))


def _step(notice: Notice, standing: RungStanding) -> StepInPack:
    assert standing.raised_at is not None
    seen = standing.acknowledged
    return StepInPack(
        step=standing.rung.id,
        what=standing.rung.in_words,
        on=today(notice, standing.raised_at),
        told=tuple(notice.person_name(each.person) for each in standing.messages),
        acknowledged_by=notice.person_name(seen.by) if seen else None,
        acknowledged_on=today(notice, seen.at) if seen else None,
        over_on=_day(notice, standing.resolved_at),
        withdrawn_on=_day(notice, standing.withdrawn_at),
    )


def _submission(notice: Notice, each: Submission) -> SubmissionInPack:
    return SubmissionInPack(
        version=each.version,
        by=notice.person_name(each.by),
        received_on=today(notice, each.received_at),
        missing=each.missing,
        accepted=each.accepted is not None,
        returned=each.returned is not None,
    )


def _day(notice: Notice, instant: datetime | None) -> date | None:
    return None if instant is None else today(notice, instant)
