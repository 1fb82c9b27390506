"""From a scenario to dated commands: the script that a rehearsal follows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from domain.actor import Actor
from domain.case import Case
from domain.commands import (
    AcceptReport,
    AcknowledgeTask,
    Command,
    RecordAssessment,
    RecordReviewHeld,
    SubmitReport,
)
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected, expected
from domain.notice.state import Notice
from domain.time.calendar import CalendarDoesNotReach
from domain.time.words import plain_date
from domain.time.zones import at_local, local_date
from forthwith.rehearsal.scenario import (
    Accept,
    Acknowledge,
    Assess,
    HoldReview,
    Outage,
    PersonAct,
    Scenario,
    SectionText,
    Submit,
)


class ScenarioFault(ValueError):
    """The scenario does not fit the notice. `place` is where in the file, like ("acts", 3, "who")."""

    def __init__(self, sentence: str, *place: str | int) -> None:
        super().__init__(sentence)
        self.place = place


@dataclass(frozen=True, slots=True)
class Planned:
    """One act at its instant. `command` is made when the time has come, because it may depend on the case."""

    at: datetime
    order: int
    who: str
    occurrence: OccurrenceId
    command: Callable[[Case], Command]
    refused: str | None


@dataclass(frozen=True, slots=True)
class Interruption:
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Script:
    acts: tuple[Planned, ...]
    outages: tuple[Interruption, ...]


def script_of(scenario: Scenario, notice: Notice) -> Script:
    """Every act at its instant, in order; raises ScenarioFault."""
    outages = _outages(scenario, notice)
    by_id = {str(each.id): each for each in expected(notice)}
    planned: list[Planned] = []
    for number, act in enumerate(scenario.acts):
        if isinstance(act, Outage):
            continue
        with _at(number):
            for target in _targets(act, notice, by_id):
                each = _plan(act, target, notice, order=len(planned))
                _must_fit(each, outages, notice)
                planned.append(each)
    return Script(tuple(sorted(planned, key=lambda each: (each.at, each.order))), outages)


@contextmanager
def _at(number: int) -> Iterator[None]:
    """Whatever is at fault in here is at fault in that act."""
    try:
        yield
    except ScenarioFault as fault:
        raise ScenarioFault(str(fault), "acts", number, *fault.place) from None
    except CalendarDoesNotReach as fault:
        raise ScenarioFault(str(fault), "acts", number, "working_days") from None


def actor_for(notice: Notice, who: str, now: datetime) -> Actor:
    """`who` is a role, played by whoever holds it, or a person."""
    if who in notice.names:
        return Actor("person", who)
    holders = notice.holders(who, local_date(now, notice.terms.zone))
    return Actor("person", holders[0] if holders else who)


def _targets(
    act: PersonAct, notice: Notice, by_id: dict[str, Expected]
) -> list[tuple[OccurrenceId, Expected | None]]:
    if act.occurrence is not None:
        name = OccurrenceId.parse(f"{notice.terms.id}/{act.occurrence}")
        if name.obligation not in {each.id for each in notice.obligations}:
            raise ScenarioFault(f"“{act.occurrence}” is not an occurrence under this notice.", "occurrence")
        return [(name, by_id.get(str(name)))]
    found = [(each.id, each) for each in by_id.values() if each.obligation.id == act.every]
    if not found:
        raise ScenarioFault(f"The notice has no occurrences of “{act.every}”.", "every")
    unknown = set(act.but) - {each.period for each, _ in found}
    if unknown:
        raise ScenarioFault(
            f"“{min(unknown)}” is not a period of “{act.every}”, so it cannot be left out.", "but"
        )
    return [pair for pair in found if pair[0].period not in act.but]


def _plan(
    act: PersonAct, target: tuple[OccurrenceId, Expected | None], notice: Notice, order: int
) -> Planned:
    name, occurrence = target
    at = _instant(act, occurrence, notice)
    on = local_date(at, notice.terms.zone)
    return Planned(at, order, act.who, name, _maker(act, name, on, notice, occurrence), act.refused)


def _instant(act: PersonAct, occurrence: Expected | None, notice: Notice) -> datetime:
    zone = notice.terms.zone
    if act.at is not None:
        return at_local(act.at.date(), act.at.time(), zone)
    if occurrence is None:
        raise ScenarioFault(
            f"“{act.occurrence}” has no day of its own before it opens, so its act needs `at`.",
            "working_days",
        )
    return at_local(_day(occurrence, act.after, act.working_days or 0, notice), act.hour, zone)


def _day(occurrence: Expected, after: str, working_days: int, notice: Notice) -> date:
    base = occurrence.due_on if after == "due" else local_date(occurrence.opens, notice.terms.zone)
    return notice.working_days.add_working_days(base, working_days)


def _maker(
    act: PersonAct, name: OccurrenceId, on: date, notice: Notice, occurrence: Expected | None
) -> Callable[[Case], Command]:
    match act:
        case Submit():
            received = _received(act, occurrence, notice)
            return lambda case: SubmitReport(name, _content(act, case), received)
        case Accept():
            return lambda _: AcceptReport(name)
        case Acknowledge():
            return lambda _: AcknowledgeTask(name, act.task)
        case HoldReview():
            return lambda _: RecordReviewHeld(name, act.held_on or on, act.summary)
        case Assess():
            return lambda _: RecordAssessment(name, act.finding)


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


def _content(act: Submit, case: Case) -> tuple[SectionAnswered, ...]:
    asked = case.occurrence.facts.sections
    if isinstance(act.content, tuple):
        return tuple(_answer(each) for each in act.content)
    wanted = asked if act.content == "full" else asked[:1]
    return tuple(SectionAnswered(each.id, f"{each.title}: as rehearsed.") for each in wanted)


def _answer(given: SectionText) -> SectionAnswered:
    return SectionAnswered(given.section, given.text, given.nil)


def _outages(scenario: Scenario, notice: Notice) -> tuple[Interruption, ...]:
    found: list[tuple[Interruption, int]] = []
    for number, act in enumerate(scenario.acts):
        if isinstance(act, Outage):
            with _at(number):
                found.append((_interruption(act, notice), number))
    found.sort(key=lambda each: each[0].start)
    for (earlier, _), (later, number) in pairwise(found):
        if later.start <= earlier.end:
            raise ScenarioFault("Two outages overlap or touch; make them one.", "acts", number)
    return tuple(outage for outage, _ in found)


def _interruption(act: Outage, notice: Notice) -> Interruption:
    zone = notice.terms.zone
    start, end = (at_local(each.date(), each.time(), zone) for each in (act.start, act.end))
    if start <= start_of(notice.terms.issued, zone):
        raise ScenarioFault(
            f"An outage starts before the notice is issued on {plain_date(notice.terms.issued)}.", "start"
        )
    return Interruption(start, end)


def _must_fit(planned: Planned, outages: tuple[Interruption, ...], notice: Notice) -> None:
    if planned.who not in notice.names and planned.who not in {role.id for role in notice.roles}:
        raise ScenarioFault(f"“{planned.who}” is neither a role nor a person of this notice.", "who")
    if planned.at < start_of(notice.terms.issued, notice.terms.zone):
        raise ScenarioFault(
            f"{planned.who} acts on {planned.occurrence} before the notice is issued on "
            f"{plain_date(notice.terms.issued)} at nine."
        )
    for outage in outages:
        if outage.start <= planned.at < outage.end:
            raise ScenarioFault(
                f"{planned.who} acts on {planned.occurrence} while the engine is down; move the act or the outage."
            )


def start_of(notice_issued: date, zone: str) -> datetime:
    """A rehearsal begins on the morning of the day of the instrument."""
    return at_local(notice_issued, time(9, 0), zone)
