"""Steps that are over, and steps that should not have been taken: whoever was told is told."""

from collections.abc import Iterable
from datetime import datetime

from domain.case import Draft
from domain.chasing.step import name_of_step
from domain.chasing.timing import FROM_THE_OVERDUE_NOTICE_UP
from domain.events.chasing import EscalationResolved, Message
from domain.events.handing import RungWithdrawn
from domain.occurrence.state import Occurrence, RungStanding


def resolve_escalations(occurrence: Occurrence, because: str, now: datetime) -> tuple[Draft, ...]:
    """What was owed has come, or is owed no more or later: escalations are over.

    A referral stays where it is: it is before people who decide, and only they can end it.
    """
    over = [each for each in occurrence.rungs if each.rung.do == "escalate" and each.task_is_open]
    return tuple(
        Draft(occurrence.id.stream, EscalationResolved(each.rung.id, because, messages, now))
        for each, messages in _with_messages(occurrence, over, "resolved")
    )


def resolve_referral(occurrence: Occurrence, because: str, now: datetime) -> tuple[Draft, ...]:
    """Those who decide have decided: the referral is over."""
    open_ = [each for each in occurrence.rungs if each.rung.do == "refer" and each.task_is_open]
    return tuple(
        Draft(occurrence.id.stream, EscalationResolved(each.rung.id, because, messages, now))
        for each, messages in _with_messages(occurrence, open_, "resolved")
    )


def withdraw_from_overdue_up(
    occurrence: Occurrence, because: str, now: datetime, by: str | None = None
) -> tuple[Draft, ...]:
    """It never was overdue: the overdue notice and everything above it are taken back, a referral too."""
    wrong = [
        each
        for each in occurrence.rungs
        if each.status == "raised" and each.rung.chases is None and each.rung.do in FROM_THE_OVERDUE_NOTICE_UP
    ]
    return withdraw(occurrence, wrong, because, now, by)


def withdraw(
    occurrence: Occurrence, rungs: Iterable[RungStanding], because: str, now: datetime, by: str | None = None
) -> tuple[Draft, ...]:
    return tuple(
        Draft(occurrence.id.stream, RungWithdrawn(each.rung.id, because, by, messages, now))
        for each, messages in _with_messages(occurrence, rungs, "withdrawn")
    )


def _with_messages(
    occurrence: Occurrence, rungs: Iterable[RungStanding], what: str
) -> Iterable[tuple[RungStanding, tuple[Message, ...]]]:
    """Each person who was told by one of the rungs is told once that it is over."""
    told: set[str] = set()
    for each in rungs:
        name = name_of_step(occurrence, each.rung.id)
        messages = tuple(
            Message(f"{occurrence.id}#{name}:{what}:{message.person}", message.person, message.role)
            for message in each.messages
            if message.person not in told
        )
        told.update(message.person for message in messages)
        yield each, messages
