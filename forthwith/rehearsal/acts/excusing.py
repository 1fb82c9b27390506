"""More time, a stop to the clock, and what is no longer owed."""

from typing import Literal

from domain import commands as asked
from domain.values import Term
from forthwith.rehearsal.acts.base import Day, OnOccurrence, Words
from forthwith.rehearsal.acts.making import Maker, plainly


class RequestExtension(OnOccurrence):
    do: Literal["request-extension"]
    until: Day
    reason: Words


class GrantExtension(OnOccurrence):
    do: Literal["grant-extension"]
    until: Day
    reason: Words


class RefuseExtension(OnOccurrence):
    do: Literal["refuse-extension"]
    reason: Words


class StopClock(OnOccurrence):
    do: Literal["stop-clock"]
    from_day: Day | None = None
    reason: Words


class RestartClock(OnOccurrence):
    do: Literal["restart-clock"]
    from_day: Day | None = None
    reason: Words


class Waive(OnOccurrence):
    do: Literal["waive"]
    reason: Words


MAKERS: dict[type[Term], Maker] = {
    RequestExtension: plainly(asked.RequestExtension),
    GrantExtension: plainly(asked.GrantExtension),
    RefuseExtension: plainly(asked.RefuseExtension),
    StopClock: plainly(asked.StopClock),
    RestartClock: plainly(asked.RestartClock),
    Waive: plainly(asked.WaiveOccurrence),
}
