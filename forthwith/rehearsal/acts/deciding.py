"""A discretionary power: concerns, its consideration, who is heard, and the decision."""

from typing import Literal

from pydantic import Field

from domain import commands as asked
from domain.identity import OccurrenceId
from domain.terms.obligations import Option
from domain.values import Identifier, Term
from forthwith.rehearsal.acts.base import Day, OnNotice, OnOccurrence, Words
from forthwith.rehearsal.acts.making import Maker, Scene, plainly
from forthwith.rehearsal.acts.matter import Matter


class RecordConcern(OnNotice):
    do: Literal["record-concern"]
    obligation: Identifier
    concern: Words
    clauses: tuple[Identifier, ...] = ()


class AnswerConcern(OnOccurrence):
    do: Literal["answer-concern"]
    reasons: Words
    refer: bool = False


class Consider(OnNotice):
    """Open a consideration. `matters` are occurrences of the same notice, written obligation/period."""

    do: Literal["consider"]
    obligation: Identifier
    because: Words
    matters: tuple[Matter, ...] = ()


class InviteRepresentations(OnOccurrence):
    do: Literal["invite-representations"]
    until: Day


class MakeRepresentations(OnOccurrence):
    do: Literal["make-representations"]
    text: Words


class AnswerRepresentations(OnOccurrence):
    do: Literal["answer-representations"]
    number: int = Field(default=1, ge=1)
    reasons: Words


class ProposeDecision(OnOccurrence):
    do: Literal["propose-decision"]
    option: Option
    reasons: Words
    decided_on: Day | None = None


class SignDecision(OnOccurrence):
    do: Literal["sign-decision"]


class IssueDecision(OnOccurrence):
    do: Literal["issue-decision"]
    issued_on: Day | None = None


class PublishDecision(OnOccurrence):
    do: Literal["publish-decision"]
    published_on: Day | None = None


def _consider(act: Consider, scene: Scene) -> asked.OpenConsideration:
    matters = tuple(OccurrenceId.parse(f"{scene.notice}/{each}") for each in act.matters)
    return asked.OpenConsideration(scene.notice, act.obligation, act.because, matters)


MAKERS: dict[type[Term], Maker] = {
    RecordConcern: plainly(asked.RecordConcern),
    AnswerConcern: plainly(asked.AnswerConcern),
    Consider: _consider,
    InviteRepresentations: plainly(asked.InviteRepresentations),
    MakeRepresentations: plainly(asked.MakeRepresentations),
    AnswerRepresentations: plainly(asked.AnswerRepresentations),
    ProposeDecision: plainly(asked.ProposeDecision),
    SignDecision: plainly(asked.SignDecision),
    IssueDecision: plainly(asked.IssueDecision),
    PublishDecision: plainly(asked.PublishDecision),
}
