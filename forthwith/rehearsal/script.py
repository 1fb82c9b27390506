"""From a scenario to dated commands: the script that a rehearsal follows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from pathlib import Path

from domain.case import Case
from domain.commands import Command
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from domain.time.words import plain_date
from domain.time.zones import at_local, local_date, to_local
from forthwith.rehearsal.acts.all import command_of
from forthwith.rehearsal.acts.base import Act
from forthwith.rehearsal.acts.making import Scene
from forthwith.rehearsal.acts.noticing import Issue
from forthwith.rehearsal.acts.reporting import Submit
from forthwith.rehearsal.breakdowns import Interruption, Undelivered, bounces_in, outages_in
from forthwith.rehearsal.everything import Happening, everything_in
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.files import SHIPPED
from forthwith.rehearsal.instruments import Instrument, Instruments, instruments_of
from forthwith.rehearsal.leaving_out import LeavingOut
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.timing import Target, instant, received, targets

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
class Script:
    acts: tuple[Planned, ...]
    outages: tuple[Interruption, ...]
    bounces: tuple[Undelivered, ...] = ()


def script_of(scenario: Scenario, notice: Notice, beside: Path = SHIPPED) -> Script:
    """Every act at its instant, in order; raises ScenarioFault. `beside`: the folder of the scenario's file."""
    everything = everything_in(scenario, beside)
    instruments = instruments_of(everything, notice)
    rehearsed = instruments.by_id[notice.terms.id]
    outages = outages_in(everything, rehearsed, start_of(notice.terms.issued, notice.terms.zone))
    leaving_out = LeavingOut(scenario.as_in)
    planned = [
        each
        for place, happening in enumerate(everything)
        if isinstance(happening.act, Act)
        for each in _planned(happening, happening.act, place, instruments, outages, leaving_out)
    ]
    leaving_out.must_be_complete()
    in_order = sorted(planned, key=lambda each: (each.at, each.order))
    return Script(tuple(in_order), outages, bounces_in(everything, rehearsed))


def _planned(
    happening: Happening,
    act: Act,
    place: int,
    instruments: Instruments,
    outages: Sequence[Interruption],
    leaving_out: LeavingOut,
) -> Iterator[Planned]:
    with happening.at_fault():
        instrument = instruments.of(act, place)
        for target in targets(act, instrument):
            each = _plan(act, target, instrument, instruments.files.get(place), place)
            day = local_date(each.at, instrument.notice.terms.zone)
            down = next((outage for outage in outages if outage.covers(each.at)), None)
            if happening.is_background and (down or leaving_out.leaves_out(happening, target, day)):
                continue
            if down:
                raise ScenarioFault(
                    f"{each.who} acts on {each.subject} while the engine is down; move the act or the outage."
                )
            _must_fit(each, instrument, instruments)
            yield each


def _plan(act: Act, target: Target, instrument: Instrument, terms: NoticeFile | None, order: int) -> Planned:
    notice = instrument.notice
    at = instant(act, target.counted_from, notice)
    scene = partial(
        Scene,
        notice=instrument.id,
        occurrence=target.occurrence,
        day=local_date(at, notice.terms.zone),
        at=at,
        received_at=received(act, target.counted_from, notice) if isinstance(act, Submit) else None,
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


def _must_fit(planned: Planned, instrument: Instrument, instruments: Instruments) -> None:
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


def _not_known(who: str, instrument: Instrument) -> str:
    later = " before they are appointed" if who in instrument.appointed else ""
    return f"“{who}” is neither a role nor a person of this notice{later}."


def start_of(notice_issued: date, zone: str) -> datetime:
    """A rehearsal begins on the morning of the day of the instrument."""
    return at_local(notice_issued, time(9, 0), zone)
