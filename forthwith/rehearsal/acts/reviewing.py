"""Reviews: required, agreed, planned, moved, held, and what follows from what they find."""

from typing import Literal

from domain import commands as asked
from domain.values import Identifier, Sentence, Term
from forthwith.rehearsal.acts.base import Day, OnNotice, OnOccurrence, Words
from forthwith.rehearsal.acts.making import Maker, Scene, plainly
from forthwith.rehearsal.acts.outcome import FindingStated


class RequireReview(OnNotice):
    do: Literal["require-review"]
    obligation: Identifier
    area: Words
    wanted_by: Day


class AgreeParty(OnOccurrence):
    do: Literal["agree-party"]
    party: Words


class PlanReview(OnOccurrence):
    do: Literal["plan-review"]
    starts_on: Day
    ends_on: Day
    reviewers: tuple[Sentence, ...]
    scope: Words
    themes: tuple[Sentence, ...] = ()


class NotifyReview(OnOccurrence):
    do: Literal["notify-review"]


class MoveReview(OnOccurrence):
    do: Literal["move-review"]
    starts_on: Day
    ends_on: Day
    reason: Words


class HoldReview(OnOccurrence):
    """Record that a review was held, on the day of the act unless `held_on` says otherwise."""

    do: Literal["hold-review"]
    held_on: Day | None = None
    summary: Words = "Reviewed as rehearsed."
    themes: tuple[Sentence, ...] = ()


class IssueOutcome(OnOccurrence):
    do: Literal["issue-outcome"]
    letter: Words
    findings: tuple[FindingStated, ...] = ()


class ActOnFinding(OnOccurrence):
    do: Literal["act-on-finding"]
    finding: Identifier
    done: Words


class FollowUpFinding(OnOccurrence):
    do: Literal["follow-up-finding"]
    finding: Identifier
    outcome: Words
    closed: bool


class ConfirmItem(OnOccurrence):
    do: Literal["confirm-item"]
    item: Identifier


class RefuseItem(OnOccurrence):
    do: Literal["refuse-item"]
    item: Identifier
    reason: Words


def _outcome(act: IssueOutcome, scene: Scene) -> asked.IssueOutcome:
    return asked.IssueOutcome(scene.subject, act.letter, tuple(each.finding for each in act.findings))


MAKERS: dict[type[Term], Maker] = {
    RequireReview: plainly(asked.RequireDiagnosticReview),
    AgreeParty: plainly(asked.AgreeParty),
    PlanReview: plainly(asked.PlanReview),
    NotifyReview: plainly(asked.NotifyReview),
    MoveReview: plainly(asked.MoveReview),
    HoldReview: plainly(asked.RecordReviewHeld),
    IssueOutcome: _outcome,
    ActOnFinding: plainly(asked.ActOnFinding),
    FollowUpFinding: plainly(asked.FollowUpFinding),
    ConfirmItem: plainly(asked.ConfirmItem),
    RefuseItem: plainly(asked.RecordItemRefused),
}
