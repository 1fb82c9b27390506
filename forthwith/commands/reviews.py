"""`forthwith review`: required, agreed, planned, moved, held, and what follows from what it found."""

from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from domain.commands import (
    ActOnFinding,
    AgreeParty,
    ConfirmItem,
    FollowUpFinding,
    IssueOutcome,
    MoveReview,
    NotifyReview,
    PlanReview,
    RecordItemRefused,
    RecordReviewHeld,
    RequireDiagnosticReview,
)
from domain.values import Term
from forthwith.commands.acting import act, on_the_day
from forthwith.commands.opening import must_exist, occurrence_named
from forthwith.commands.words import Day, Manner, NoticeName, ObligationName, OccurrenceName, Reason
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.acts.base import Words
from forthwith.rehearsal.acts.outcome import FindingStated

app = cyclopts.App(name="review", help="Plan a review, move it, hold it, and follow up what it found.")

Starts = Annotated[Day, Parameter(help="Its first day.")]
Ends = Annotated[Day, Parameter(help="Its last day.")]
Themes = Annotated[tuple[str, ...], Parameter(name="--theme", help="A theme; may be repeated.")]
FindingName = Annotated[str, Parameter(help="The finding, as the outcome letter names it.")]
ItemName = Annotated[str, Parameter(help="The item of the bundle, as the notice names it.")]


class OutcomeFile(Term):
    """An outcome as a file: the letter, and what was found."""

    letter: Words
    findings: tuple[FindingStated, ...] = ()


@app.command
def require(
    notice: NoticeName,
    obligation: ObligationName,
    *,
    area: Annotated[str, Parameter(help="The service area that is to be reviewed.")],
    wanted_by: Annotated[Day, Parameter(help="The day by which it shall be done.")],
    how: Manner,
) -> None:
    """Require a diagnostic review; who conducts it has still to be agreed."""
    act(RequireDiagnosticReview(notice, obligation, area, wanted_by), how, "Required.")


@app.command
def agree(
    occurrence: OccurrenceName,
    *,
    party: Annotated[str, Parameter(help="Who conducts it.")],
    how: Manner,
) -> None:
    """Agree who conducts a diagnostic review."""
    act(AgreeParty(occurrence_named(occurrence), party), how, "Agreed.")


@app.command
def plan(
    occurrence: OccurrenceName,
    *,
    starts_on: Starts,
    ends_on: Ends,
    reviewers: Annotated[tuple[str, ...], Parameter(name="--reviewer", help="Who comes; may be repeated.")],
    scope: Annotated[str, Parameter(help="What it is about.")],
    themes: Themes = (),
    how: Manner,
) -> None:
    """Plan a review: its days, who comes, and what it is about."""
    command = PlanReview(occurrence_named(occurrence), starts_on, ends_on, reviewers, scope, themes)
    act(command, how, "Planned.", moves_days=True)


@app.command
def notify(occurrence: OccurrenceName, *, how: Manner) -> None:
    """Tell those who are reviewed. From then on they owe what has to be there before and during it."""
    act(NotifyReview(occurrence_named(occurrence)), how, "Notified.")


@app.command
def move(
    occurrence: OccurrenceName, *, starts_on: Starts, ends_on: Ends, reason: Reason, how: Manner
) -> None:
    """Move a review to other days; what has to be there before it moves with it."""
    command = MoveReview(occurrence_named(occurrence), starts_on, ends_on, reason)
    act(command, how, "Moved.", moves_days=True)


@app.command
def held(
    occurrence: OccurrenceName,
    *,
    held_on: Annotated[
        Day | None, Parameter(help="The day on which it was held; today, if left out.")
    ] = None,
    summary: Annotated[str, Parameter(help="What came of it, in short.")],
    themes: Themes = (),
    how: Manner,
) -> None:
    """Record that a review was held. The time until the next runs from that day."""
    name = occurrence_named(occurrence)
    ask = on_the_day(name.notice, lambda today: RecordReviewHeld(name, held_on or today, summary, themes))
    act(ask, how, "Recorded.", moves_days=True)


@app.command
def outcome(
    occurrence: OccurrenceName,
    file: Annotated[
        Path,
        Parameter(help="YAML with `letter`, and `findings`: each `id`, `text`, `action`, `owner`, `due_on`."),
    ],
    *,
    how: Manner,
) -> None:
    """Issue the outcome letter, with what the review found."""
    content = read_model(must_exist(file), OutcomeFile, LIMIT_BYTES)
    findings = tuple(each.finding for each in content.findings)
    act(IssueOutcome(occurrence_named(occurrence), content.letter, findings), how, "Issued.")


@app.command(name="act")
def act_on(
    occurrence: OccurrenceName,
    finding: FindingName,
    *,
    done: Annotated[str, Parameter(help="What was done about it.")],
    how: Manner,
) -> None:
    """Say what was done about a finding."""
    act(ActOnFinding(occurrence_named(occurrence), finding, done), how, "Recorded.")


@app.command
def follow_up(
    occurrence: OccurrenceName,
    finding: FindingName,
    *,
    outcome: Annotated[str, Parameter(help="What you see.")],
    closed: Annotated[bool, Parameter(help="It is enough; the finding is closed.")] = False,
    how: Manner,
) -> None:
    """Say whether what was done about a finding is enough."""
    act(FollowUpFinding(occurrence_named(occurrence), finding, outcome, closed), how, "Recorded.")


@app.command
def confirm(occurrence: OccurrenceName, item: ItemName, *, how: Manner) -> None:
    """Confirm, as one who reviews, that an item of the bundle was provided."""
    act(ConfirmItem(occurrence_named(occurrence), item), how, "Confirmed.")


@app.command
def refuse(occurrence: OccurrenceName, item: ItemName, *, reason: Reason, how: Manner) -> None:
    """Record, as one who reviews, that an item of the bundle was not provided."""
    act(RecordItemRefused(occurrence_named(occurrence), item, reason), how, "Recorded.")
