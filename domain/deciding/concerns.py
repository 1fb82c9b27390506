"""A concern is brought to whoever answers concerns: they close it with reasons, or put it before those who decide."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case, Decision, Draft
from domain.commands import RecordConcern
from domain.deciding.actors import acting_as
from domain.deciding.power import power_named
from domain.events.deciding import ConcernRecorded
from domain.notice.opening import next_period, open_on_request
from domain.notice.state import Notice
from domain.occurrence.fold import fold
from domain.refusals import ClauseNotKnown, ReasonMissing, Refusal, WrongKindOfObligation
from domain.terms.obligations import DiscretionaryPower
from domain.time.words import plain_date
from domain.values import tidy
from domain.who import messages_to, today

PREFIX = "concern"
_SHORT = 80


def record_concern(case: Case, command: RecordConcern, by: Actor, now: datetime) -> Decision:
    power = power_named(case.notice, command.obligation)
    if isinstance(power, Refusal):
        return power
    if not power.concerns_from:
        return WrongKindOfObligation(
            f"The notice names nobody who may record a concern under “{power.title}”."
        )
    held = acting_as(case, by, power.concerns_from, "record a concern", now)
    if isinstance(held, Refusal):
        return held
    fault = _fault_in_words(case.notice, command)
    if fault is not None:
        return fault
    concern = tidy(command.concern)
    opened = _opened(case, power, concern, (by.id, held), now)
    occurrence = fold(draft.event for draft in opened)
    recorded = ConcernRecorded(
        concern=concern,
        clauses=tuple(dict.fromkeys(command.clauses)),
        recorded_by=by.id,
        recorded_as=held,
        messages=messages_to(Case(case.notice, occurrence), "recorded", (power.assignee,), now, but=(by.id,)),
        recorded_at=now,
    )
    return (*opened, Draft(occurrence.id.stream, recorded))


def hidden_with(notice: Notice, role: str) -> tuple[str, ...]:
    """The parties from which a concern is hidden: those to whom what the same party owes is not shown."""
    party = notice.role(role).party
    owed = (each for each in notice.obligations if each.obligor == party and each.id not in notice.ended)
    return tuple(dict.fromkeys(hidden for each in owed for hidden in each.hidden_from))


def _opened(
    case: Case, power: DiscretionaryPower, concern: str, by_as: tuple[str, str], now: datetime
) -> tuple[Draft, ...]:
    notice, day = case.notice, today(case.notice, now)
    period = next_period(notice.terms.id, power.id, PREFIX, case.others)
    return open_on_request(
        notice,
        power,
        period,
        title=f"Concern {period.removeprefix(f'{PREFIX}-')}, recorded on {plain_date(day)}",
        due_on=notice.working_days.add_working_days(day, power.within_working_days),
        now=now,
        about=concern[:_SHORT],
        asked_by=by_as[0],
        asked_as=by_as[1],
        hidden_from=hidden_with(notice, by_as[1]),
    )


def _fault_in_words(notice: Notice, command: RecordConcern) -> Refusal | None:
    if not tidy(command.concern):
        return ReasonMissing("Say what the concern is.")
    known = {each.id for each in notice.clauses}
    unknown = next((each for each in command.clauses if each not in known), None)
    return ClauseNotKnown(f"This notice has no clause “{unknown}”.") if unknown is not None else None
