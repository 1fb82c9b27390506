"""Tasks: acknowledged, claimed, handed on, refused, brought further up, taken back."""

from typing import Literal

from domain import commands as asked
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.base import OnOccurrence, Words
from forthwith.rehearsal.acts.making import Maker, plainly


class Acknowledge(OnOccurrence):
    do: Literal["acknowledge"]
    task: Identifier = "owed"


class Claim(OnOccurrence):
    do: Literal["claim"]
    task: Identifier = "owed"


class Reassign(OnOccurrence):
    do: Literal["reassign"]
    task: Identifier = "owed"
    to: Identifier
    reason: Words


class RefuseToDo(OnOccurrence):
    do: Literal["refuse"]
    task: Identifier = "owed"
    reason: Words


class Escalate(OnOccurrence):
    do: Literal["escalate"]
    reason: Words


class WithdrawStep(OnOccurrence):
    do: Literal["withdraw-step"]
    rung: Identifier
    reason: Words


MAKERS: dict[type[Term], Maker] = {
    Acknowledge: plainly(asked.AcknowledgeTask),
    Claim: plainly(asked.ClaimTask),
    Reassign: plainly(asked.ReassignTask),
    RefuseToDo: plainly(asked.RefuseTask),
    Escalate: plainly(asked.EscalateTask),
    WithdrawStep: plainly(asked.WithdrawRung),
}
