"""What it would do to the ladder to bring something to the next in line now, told before it is done."""

from datetime import datetime

from domain.actor import Actor
from domain.case import Case
from domain.commands import EscalateTask
from domain.decide import decide
from domain.refusals import Refusal
from projections.ladder_moved import StepMoved, ladder_after


def brought_up(case: Case, person: str, now: datetime) -> tuple[StepMoved, ...]:
    """As if this person did it now; nothing where they may not. Nothing is recorded."""
    decision = decide(case, EscalateTask(case.occurrence.id, "a reason"), Actor("person", person), now)
    return () if isinstance(decision, Refusal) else ladder_after(case, decision, now)
