"""Opening a consideration: nothing need be overdue, and it need not be about any matter at all."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import OpenConsideration
from domain.deciding.actors import acting_as
from domain.deciding.pack import pack_of
from domain.deciding.power import law_of, power_named
from domain.events.deciding import ConsiderationOpened
from domain.identity import OccurrenceId
from domain.notice.opening import next_period, open_on_request
from domain.refusals import (
    AlreadyConsidered,
    MatterNotKnown,
    ReasonMissing,
    Refusal,
    WrongKindOfObligation,
)
from domain.terms.obligations import DiscretionaryPower
from domain.values import tidy
from domain.who import today

_SHORT = 80


def open_consideration(case: Case, command: OpenConsideration, by: Actor, now: datetime) -> Decision:
    power = power_named(case.notice, command.obligation)
    if isinstance(power, Refusal):
        return power
    if not power.considered_by:
        return WrongKindOfObligation(f"The notice names nobody who considers “{power.title}”.")
    held = acting_as(case, by, power.considered_by, "open a consideration", now)
    if isinstance(held, Refusal):
        return held
    if not tidy(command.because):
        return ReasonMissing("Say why the use of the power is considered.")
    matters = tuple(dict.fromkeys(command.matters))
    fault = next((fault for each in matters if (fault := _fault_in_matter(case, each))), None)
    if fault is not None:
        return fault
    opened = _opened(case, power, tidy(command.because), (by.id, held), now)
    considered = ConsiderationOpened(
        because=tidy(command.because),
        matters=tuple(str(each) for each in matters),
        pack=pack_of(case.notice, case.others, matters),
        options=power.options,
        opened_by=by.id,
        opened_as=held,
        opened_at=now,
    )
    return (*opened, Draft(opened[0].stream, considered))


def _fault_in_matter(case: Case, matter: OccurrenceId) -> Refusal | None:
    found = case.others.get(matter)
    if found is None or not found.exists:
        return MatterNotKnown(
            f"“{matter}” has not been opened under this notice, so it cannot be considered."
        )
    if found.consideration is not None:
        return MatterNotKnown(f"{found.facts.title} is a consideration itself and no matter of another one.")
    for name, each in case.others.items():
        considered = each.consideration
        if considered is None or considered.decided is not None or each.is_excused:
            continue
        if str(matter) in considered.opened.matters:
            return AlreadyConsidered(f"{found.facts.title} is being considered already, as “{name}”.")
    return None


def _opened(
    case: Case, power: DiscretionaryPower, because: str, by_as: tuple[str, str], now: datetime
) -> tuple[Draft, ...]:
    notice = case.notice
    period = next_period(notice.terms.id, power.id, "", case.others)
    return open_on_request(
        notice,
        power,
        period,
        title=f"Consideration {period} under {law_of(notice, power)}",
        due_on=notice.working_days.add_working_days(today(notice, now), power.within_working_days),
        now=now,
        about=because[:_SHORT],
        asked_by=by_as[0],
        asked_as=by_as[1],
    )
