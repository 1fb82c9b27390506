"""Faults that are planted on purpose, each by its name: what the machine must find if it is worth anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta

from domain.case import Case
from domain.chasing.step import messages_for
from domain.chasing.timing import plan_of
from domain.commands import Command, RecordMessageSent, RecordMessageUndeliverable
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.reach import subject_of
from domain.terms.ladders import Ladder, Rung
from tests.oracle.machine import Chase
from tests.oracle.office import Office


class StaleRead(Office):
    """People and clocks decide on the occurrence as it was before the last act; only the mail is read afresh."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.before: dict[OccurrenceId, Any] = {}

    def _record_of(self, name: OccurrenceId, event: Any) -> None:
        if name in self.known:
            self.before[name] = self.known[name]
        super()._record_of(name, event)

    def read(self, command: Command) -> Case:
        case, subject = super().read(command), subject_of(command)
        if subject is None or isinstance(command, RecordMessageSent | RecordMessageUndeliverable):
            return case
        stale = self.before.get(subject)
        return Case(case.notice, stale, case.others) if stale is not None else case


class LostTimer(Office):
    """Every fifth timer of an occurrence is lost, and nobody reconciles: that clock does not wake any more."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.set_so_far = 0
        self.lost: set[OccurrenceId] = set()

    def _record_of(self, name: OccurrenceId, event: Any) -> None:
        super()._record_of(name, event)
        self.set_so_far += 1
        if self.set_so_far % 5 == 0:
            self.lost.add(name)

    def next_of(self, name: OccurrenceId, now: datetime) -> datetime | None:
        return None if name in self.lost else super().next_of(name, now)

    def wake(self, name: OccurrenceId, now: datetime) -> bool:
        return name not in self.lost and super().wake(name, now)


def _chained(anchor: date, months: int, n: int) -> date:
    """“The last one plus a month”, which drifts: 31 May, 30 June, ..., 28 February, 28 March."""
    for _ in range(abs(n)):
        anchor += relativedelta(months=months if n > 0 else -months)
    return anchor


def _another_ladder(notice: Notice, ladder: Ladder | None, *rest: Any) -> Any:
    """Whatever is owed by others is chased up the council’s ladder."""
    council = next((each for each in notice.ladders if each.track == "council"), ladder)
    return plan_of(notice, ladder and council, *rest)


def _the_recipient_is_told_too(notice: Notice, occurrence: Occurrence, rung: Rung, now: datetime) -> Any:
    """Of whatever is late, whoever owes it."""
    council = next(role.id for role in notice.roles if role.party == notice.terms.recipient)
    wider = rung.model_copy(update={"to": tuple(dict.fromkeys((*rung.to, council)))})
    return messages_for(notice, occurrence, wider, now)


@contextmanager
def _driven_by(office: type[Office]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Chase, "office", office)
        yield


@contextmanager
def _replaced(where: str, by: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(where, by)
        yield


def _nothing(*_: Any, **__: Any) -> tuple[()]:
    return ()


FAULTS: dict[str, Any] = {
    "stale read": lambda: _driven_by(StaleRead),
    "lost timer": lambda: _driven_by(LostTimer),
    "chained months": lambda: _replaced("domain.time.periods.nth_from_anchor", _chained),
    "missing withdrawal": lambda: _replaced("domain.meeting.met.withdraw_from_overdue_up", _nothing),
    "wrong track": lambda: _replaced("domain.notice.opening.plan_of", _another_ladder),
    "wrong track, in who is told": lambda: _replaced(
        "domain.chasing.step.messages_for", _the_recipient_is_told_too
    ),
}
# What each of them breaks, in the words of the oracle.
BREAKS: dict[str, set[str]] = {
    "stale read": {
        "a message is called for once",
        "an escalation is resolved once",
        "no rung is raised early",
        "nobody is escalated unheard",
        "nothing is chased while the clock is stopped",
        "only what was sent can be over",
        "what was taken is not left out",
        "a rung is raised once",
        "no clock wakes in vain",
        "nothing is chased once it is over",
    },
    "lost timer": {"no step is lost"},
    "chained months": {
        "it is due on the day that the rules give",
        "nothing opens before its time",
        "no period is lost",
    },
    "missing withdrawal": {"what never was late is withdrawn, what is late no more is resolved"},
    "wrong track": {"an occurrence opens with the plan of its own ladder"},
    "wrong track, in who is told": {"those whom the ladder names are told"},
}
