"""From a scenario to dated commands: the script that a rehearsal follows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from domain.case import Case
from domain.commands import Command
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from domain.time.words import plain_date
from domain.time.zones import at_local, local_date, to_local
from forthwith.rehearsal.acts.all import command_of
from forthwith.rehearsal.acts.base import Act, OnNotice, OnOccurrence
from forthwith.rehearsal.acts.happening import Bounce, Happening, Outage
from forthwith.rehearsal.acts.making import Scene
from forthwith.rehearsal.acts.noticing import Issue
from forthwith.rehearsal.acts.reporting import Submit
from forthwith.rehearsal.composing import Composed, composed
from forthwith.rehearsal.faults import ScenarioFault, at_act
from forthwith.rehearsal.instruments import Instrument, Instruments, instruments_of
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.shipped import SHIPPED

__all__ = ["Interruption", "Planned", "ScenarioFault", "Script", "script_of", "start_of"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One act at its instant. `command` is made when the time has come, because it may depend on the case.

    `issues`: the instrument that the act brings into force, as it will be.
    """

    at: datetime
    order: int
    who: str
    notice: str
    occurrence: OccurrenceId | None
    command: Callable[[Case], Command]
    refused: str | None
    issues: Notice | None = None

    @property
    def subject(self) -> str:
        """What somebody acts on, by name."""
        return str(self.occurrence or self.notice)


@dataclass(frozen=True, slots=True)
class Interruption:
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No message reaches a person from one instant to another."""

    person: str
    start: datetime
    end: datetime
    fault: str


@dataclass(frozen=True, slots=True)
class Script:
    acts: tuple[Planned, ...]
    outages: tuple[Interruption, ...]
    bounces: tuple[Unreachable, ...] = ()

    def fault_for(self, person: str, now: datetime) -> str | None:
        """What a person's mail server says now, when nothing reaches them."""
        return next(
            (each.fault for each in self.bounces if each.person == person and each.start <= now < each.end),
            None,
        )


@dataclass(frozen=True, slots=True)
class _Target:
    """What one act is done on; an act on every occurrence of an obligation has several."""

    occurrence: OccurrenceId | None
    expected: Expected | None = None


def script_of(scenario: Scenario, notice: Notice, beside: Path = SHIPPED) -> Script:
    """Every act at its instant, in order; raises ScenarioFault. `beside`: the folder of the scenario's file."""
    whole = composed(scenario, beside)
    outages = _outages(whole.own, notice)
    acts = (*whole.own, *(act for act, _ in whole.borrowed))
    instruments = instruments_of(acts, notice, beside)
    planned: list[Planned] = []
    for number, act in enumerate(acts):
        if isinstance(act, Happening):
            continue
        with _at(number, whole, scenario):
            instrument = instruments.of(act, number)
            for target in _targets(act, instrument):
                terms = instruments.files.get(number)
                each = _plan(act, target, instrument, terms, order=len(planned))
                if _is_left_out(each, number, whole, outages, notice):
                    continue
                _must_fit(each, instrument, instruments, outages)
                planned.append(each)
    in_order = sorted(planned, key=lambda each: (each.at, each.order))
    return Script(tuple(in_order), outages, _bounces(acts, notice))


@contextmanager
def _at(number: int, whole: Composed, scenario: Scenario) -> Iterator[None]:
    """A fault in an act of its own has a line in its file; one in a borrowed act has not."""
    if number < len(whole.own):
        with at_act(number):
            yield
        return
    try:
        yield
    except ScenarioFault as fault:
        base = scenario.as_in.scenario if scenario.as_in else ""
        raise ScenarioFault(f"An act of “{base}” does not fit: {fault}", "as_in") from None


def _is_left_out(
    planned: Planned, number: int, whole: Composed, outages: tuple[Interruption, ...], notice: Notice
) -> bool:
    """A borrowed act that would fall into an outage, or after the day until which all goes as in the other scenario."""
    if number < len(whole.own):
        return False
    until = whole.borrowed[number - len(whole.own)][1]
    too_late = until is not None and local_date(planned.at, notice.terms.zone) > until
    return too_late or any(each.start <= planned.at < each.end for each in outages)


def _targets(act: Act, instrument: Instrument) -> Iterator[_Target]:
    match act:
        case OnNotice():
            yield _Target(_occurrence(act.about, instrument, "of") if act.about else None)
        case OnOccurrence(occurrence=str(name), alongside=None):
            occurrence = _occurrence(name, instrument, "occurrence")
            yield _Target(occurrence, instrument.expected.get(str(occurrence)))
        case OnOccurrence(occurrence=str(name), alongside=str(other)):
            occurrence = _occurrence(name, instrument, "occurrence")
            yield from (_Target(occurrence, each) for each in _every(act, other, "alongside", instrument))
        case OnOccurrence(every=str(obligation)):
            yield from (_Target(each.id, each) for each in _every(act, obligation, "every", instrument))


def _occurrence(name: str, instrument: Instrument, key: str) -> OccurrenceId:
    occurrence = OccurrenceId.parse(f"{instrument.id}/{name}")
    if occurrence.obligation not in instrument.obligations:
        raise ScenarioFault(f"“{name}” is not an occurrence under this notice.", key)
    return occurrence


def _every(act: OnOccurrence, obligation: str, key: str, instrument: Instrument) -> Iterator[Expected]:
    found = [each for each in instrument.expected.values() if each.obligation.id == obligation]
    if not found:
        raise ScenarioFault(f"The notice has no occurrences of “{obligation}”.", key)
    unknown = set(act.but) - {each.id.period for each in found}
    if unknown:
        raise ScenarioFault(
            f"“{min(unknown)}” is not a period of “{obligation}”, so it cannot be left out.", "but"
        )
    yield from (each for each in found if each.id.period not in act.but)


def _plan(act: Act, target: _Target, instrument: Instrument, terms: NoticeFile | None, order: int) -> Planned:
    notice = instrument.notice
    at = _instant(act, target.expected, notice)
    scene = partial(
        Scene,
        notice=instrument.id,
        occurrence=target.occurrence,
        day=local_date(at, notice.terms.zone),
        at=at,
        received_at=_received(act, target.expected, notice) if isinstance(act, Submit) else None,
        terms=terms,
    )
    return Planned(
        at=at,
        order=order,
        who=act.who,
        notice=instrument.id,
        occurrence=target.occurrence,
        command=lambda case: command_of(act, scene(case)),
        refused=act.refused,
        issues=notice if isinstance(act, Issue) else None,
    )


def _instant(act: Act, occurrence: Expected | None, notice: Notice) -> datetime:
    zone = notice.terms.zone
    assert isinstance(act, OnNotice | OnOccurrence)
    if act.at is not None:
        return at_local(act.at.date(), act.at.time(), zone)
    assert isinstance(act, OnOccurrence)
    if occurrence is None:
        raise ScenarioFault(
            f"“{act.occurrence}” has no day of its own before it opens, so its act needs `at`.",
            "working_days",
        )
    return at_local(_day(occurrence, act.after, act.working_days or 0, notice), act.hour, zone)


def _day(occurrence: Expected, after: str, working_days: int, notice: Notice) -> date:
    base = occurrence.due_on if after == "due" else local_date(occurrence.opens, notice.terms.zone)
    return notice.working_days.add_working_days(base, working_days)


def _received(act: Submit, occurrence: Expected | None, notice: Notice) -> datetime | None:
    if act.received_working_days is None:
        return None
    if occurrence is None:
        raise ScenarioFault(
            f"“{act.occurrence}” has no day of its own before it opens, from which the day of receipt could be "
            "counted.",
            "received_working_days",
        )
    day = _day(occurrence, act.after, act.received_working_days, notice)
    return at_local(day, act.hour, notice.terms.zone)


def _outages(acts: Sequence[Any], notice: Notice) -> tuple[Interruption, ...]:
    found: list[tuple[Interruption, int]] = []
    for number, act in enumerate(acts):
        if isinstance(act, Outage):
            with at_act(number):
                found.append((_interruption(act, notice), number))
    found.sort(key=lambda each: each[0].start)
    for (earlier, _), (later, number) in pairwise(found):
        if later.start <= earlier.end:
            raise ScenarioFault("Two outages overlap or touch; make them one.", "acts", number)
    return tuple(outage for outage, _ in found)


def _interruption(act: Outage, notice: Notice) -> Interruption:
    start, end = _from_to(act, notice)
    if start <= start_of(notice.terms.issued, notice.terms.zone):
        raise ScenarioFault(
            f"An outage starts before the notice is issued on {plain_date(notice.terms.issued)}.", "start"
        )
    return Interruption(start, end)


def _bounces(acts: Sequence[Any], notice: Notice) -> tuple[Unreachable, ...]:
    return tuple(
        Unreachable(act.person, *_from_to(act, notice), act.fault) for act in acts if isinstance(act, Bounce)
    )


def _from_to(act: Happening, notice: Notice) -> tuple[datetime, datetime]:
    zone = notice.terms.zone
    start, end = (at_local(each.date(), each.time(), zone) for each in (act.start, act.end))
    return start, end


def _must_fit(
    planned: Planned, instrument: Instrument, instruments: Instruments, outages: tuple[Interruption, ...]
) -> None:
    rehearsed = instruments.by_id[instruments.rehearsed]
    local = to_local(planned.at, instrument.notice.terms.zone).replace(tzinfo=None)
    by_whom = (instrument, rehearsed) if planned.issues else (instrument,)
    if not any(each.knows(planned.who, local) for each in by_whom):
        raise ScenarioFault(_not_known(planned.who, instrument), "who")
    terms = rehearsed.notice.terms
    if planned.at < start_of(terms.issued, terms.zone):
        raise ScenarioFault(
            f"{planned.who} acts on {planned.subject} before the notice is issued on "
            f"{plain_date(terms.issued)} at nine."
        )
    for outage in outages:
        if outage.start <= planned.at < outage.end:
            raise ScenarioFault(
                f"{planned.who} acts on {planned.subject} while the engine is down; move the act or the outage."
            )


def _not_known(who: str, instrument: Instrument) -> str:
    later = " before they are appointed" if who in instrument.appointed else ""
    return f"“{who}” is neither a role nor a person of this notice{later}."


def start_of(notice_issued: date, zone: str) -> datetime:
    """A rehearsal begins on the morning of the day of the instrument."""
    return at_local(notice_issued, time(9, 0), zone)
