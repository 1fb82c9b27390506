"""What nobody does in a scenario: outages of the engine, and mail that does not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from domain.time.words import plain_date
from domain.time.zones import at_local
from forthwith.rehearsal.acts.happening import Bounce, Outage
from forthwith.rehearsal.everything import Happening
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.instruments import Instrument


@dataclass(frozen=True, slots=True)
class Interruption:
    start: datetime
    end: datetime

    def covers(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A time in which whatever is sent to somebody comes back."""

    person: str
    time: Interruption
    fault: str


def outages_in(
    everything: Sequence[Happening], instrument: Instrument, start: datetime
) -> tuple[Interruption, ...]:
    found: list[tuple[Interruption, Happening]] = []
    for happening in everything:
        if isinstance(happening.act, Outage):
            with happening.at_fault():
                found.append((_outage(happening.act, instrument, start), happening))
    found.sort(key=lambda each: each[0].start)
    for (earlier, _), (later, happening) in pairwise(found):
        if later.start <= earlier.end:
            with happening.at_fault():
                raise ScenarioFault("Two outages overlap or touch; make them one.")
    return tuple(outage for outage, _ in found)


def bounces_in(everything: Sequence[Happening], instrument: Instrument) -> tuple[Undelivered, ...]:
    found: list[Undelivered] = []
    for happening in everything:
        act = happening.act
        if isinstance(act, Bounce):
            with happening.at_fault():
                if act.person not in {*instrument.notice.names, *instrument.appointed}:
                    raise ScenarioFault(f"“{act.person}” is not a person of this notice.", "person")
                found.append(Undelivered(act.person, _time(act, instrument), act.fault))
    return tuple(found)


def _outage(act: Outage, instrument: Instrument, start: datetime) -> Interruption:
    time = _time(act, instrument)
    if time.start <= start:
        issued = plain_date(instrument.notice.terms.issued)
        raise ScenarioFault(f"An outage starts before the notice is issued on {issued}.", "start")
    return time


def _time(act: Outage | Bounce, instrument: Instrument) -> Interruption:
    zone = instrument.notice.terms.zone
    start, end = (at_local(each.date(), each.time(), zone) for each in (act.start, act.end))
    return Interruption(start, end)
