"""What happens next to an occurrence if nobody does anything, and when."""

from dataclasses import dataclass
from datetime import datetime

from domain.case import Case
from domain.chasing.outlook import Step, look
from domain.time.zones import local_date
from projections.rungs import rung_as_act
from projections.words import arrived, holders_in_words, joined, moment

_WAITS = {
    "closed": "Nothing more is chased here.",
    "for somebody to act": "The ladder has no further step: it waits for somebody to act.",
    "for a message to be sent": "The next step waits until the last notice has been sent.",
    "for the clock to be restarted": "The clock is stopped: no step is taken until it is restarted.",
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """`at` is None when no time is waited for; `rung` is then None too."""

    sentence: str
    at: datetime | None
    rung: str | None


def next_step(case: Case, now: datetime) -> NextStep:
    outlook = look(case, now)
    if outlook.step is None or outlook.next_at is None:
        return NextStep(_WAITS[outlook.waiting], None, None)
    return NextStep(
        _sentence(case, outlook.step, outlook.next_at), outlook.next_at, outlook.step.raised.rung.id
    )


def _sentence(case: Case, step: Step, at: datetime) -> str:
    zone, rung = case.notice.terms.zone, step.raised.rung
    whom = joined(holders_in_words(case.notice, rung.to, local_date(at, zone)))
    unless = "it has been acknowledged" if rung.chases else arrived(case.occurrence.facts)
    return f"On {moment(at, zone)}, unless {unless} by then, {rung_as_act(rung, whom)}."
