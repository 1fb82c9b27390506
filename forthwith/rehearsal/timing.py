"""When an act is done, and on what: every occurrence that it is about, with its instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.time.zones import at_local, local_date
from forthwith.rehearsal.acts.base import Act, OnNotice, OnOccurrence
from forthwith.rehearsal.acts.reporting import Submit
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.instruments import Instrument


@dataclass(frozen=True, slots=True)
class Target:
    """What one act is done on, and from what its days are counted; an act on every occurrence has several of them."""

    occurrence: OccurrenceId | None
    counted_from: Expected | None = None


def targets(act: Act, instrument: Instrument) -> Iterator[Target]:
    match act:
        case OnNotice():
            yield Target(_occurrence(act.about, instrument, "of") if act.about else None)
        case OnOccurrence(occurrence=str(name), alongside=None):
            occurrence = _occurrence(name, instrument, "occurrence")
            yield Target(occurrence, instrument.expected.get(str(occurrence)))
        case OnOccurrence(occurrence=str(name), alongside=str(obligation)):
            occurrence = _occurrence(name, instrument, "occurrence")
            found = _all_of(obligation, "alongside", act.but, instrument)
            yield from (Target(occurrence, each) for each in found)
        case OnOccurrence(every=str(obligation)):
            yield from (Target(each.id, each) for each in _all_of(obligation, "every", act.but, instrument))


def _occurrence(name: str, instrument: Instrument, key: str) -> OccurrenceId:
    occurrence = OccurrenceId.parse(f"{instrument.id}/{name}")
    if occurrence.obligation not in instrument.obligations:
        raise ScenarioFault(f"“{name}” is not an occurrence under this notice.", key)
    return occurrence


def _all_of(obligation: str, key: str, but: tuple[str, ...], instrument: Instrument) -> Iterator[Expected]:
    found = [each for each in instrument.expected.values() if each.obligation.id == obligation]
    if not found:
        raise ScenarioFault(f"The notice has no occurrences of “{obligation}”.", key)
    unknown = set(but) - {each.id.period for each in found}
    if unknown:
        raise ScenarioFault(
            f"“{min(unknown)}” is not a period of “{obligation}”, so it cannot be left out.", "but"
        )
    return (each for each in found if each.id.period not in but)


def instant(act: Act, counted_from: Expected | None, notice: Notice) -> datetime:
    zone = notice.terms.zone
    assert isinstance(act, OnNotice | OnOccurrence)
    if act.at is not None:
        return at_local(act.at.date(), act.at.time(), zone)
    assert isinstance(act, OnOccurrence)
    if counted_from is None:
        raise ScenarioFault(
            f"“{act.occurrence}” has no day of its own before it opens, so its act needs `at`.",
            "working_days",
        )
    return at_local(_day(counted_from, act.after, act.working_days or 0, notice), act.hour, zone)


def received(act: Submit, counted_from: Expected | None, notice: Notice) -> datetime | None:
    """When what is submitted had arrived, if that was not at the time of the act."""
    if act.received_working_days is None:
        return None
    if counted_from is None:
        raise ScenarioFault(
            f"“{act.occurrence}” has no day of its own before it opens, from which the day of receipt could be "
            "counted.",
            "received_working_days",
        )
    day = _day(counted_from, act.after, act.received_working_days, notice)
    return at_local(day, act.hour, notice.terms.zone)


def _day(counted_from: Expected, after: str, working_days: int, notice: Notice) -> date:
    opens = local_date(counted_from.opens, notice.terms.zone)
    return notice.working_days.add_working_days(
        counted_from.due_on if after == "due" else opens, working_days
    )
