"""`forthwith occurrence`: what is owed, shown; and what is no report attested, answered, judged, refused, or waived."""

from typing import Annotated

import cyclopts
from cyclopts import Parameter

from domain.commands import AnswerRequest, Attest, RecordAssessment, RecordNonCooperation, WaiveOccurrence
from forthwith.commands.acting import act
from forthwith.commands.opening import occurrence_named
from forthwith.commands.words import Manner, OccurrenceName, Reason

app = cyclopts.App(name="occurrence", help="List and show what is owed; attest, answer, judge or waive it.")
for name, function, purpose in (
    ("list", "list_occurrences", "List everything that has opened under a notice."),
    ("show", "show", "Show one occurrence: its days, its ladder, what happens next."),
    ("messages", "messages", "List the messages that it called for, and what became of each."),
):
    app.command(f"forthwith.commands.occurrences_read:{function}", name=name, help=purpose)


@app.command
def waive(occurrence: OccurrenceName, *, reason: Reason, how: Manner) -> None:
    """Say that it is owed no more. That it was stays in the record."""
    act(WaiveOccurrence(occurrence_named(occurrence), reason), how, "Waived.", moves_days=True)


@app.command
def attest(
    occurrence: OccurrenceName,
    *,
    statement: Annotated[str, Parameter(help="What you state, in your own words.")],
    how: Manner,
) -> None:
    """State that what has to hold holds."""
    act(Attest(occurrence_named(occurrence), statement), how, "Attested.")


@app.command
def answer(
    occurrence: OccurrenceName,
    *,
    answer: Annotated[str, Parameter(help="What there is to say.")],
    how: Manner,
) -> None:
    """Answer what was asked for under an obligation that holds until a decision."""
    act(AnswerRequest(occurrence_named(occurrence), answer), how, "Answered.")


@app.command
def assess(
    occurrence: OccurrenceName,
    *,
    finding: Annotated[str, Parameter(help="What you find, in your own words.")],
    outcome: Annotated[str | None, Parameter(help="What you determine, where a judgement is owed.")] = None,
    how: Manner,
) -> None:
    """Give the judgement that you were asked for."""
    act(RecordAssessment(occurrence_named(occurrence), finding, outcome), how, "Assessed.")


@app.command
def refused(
    occurrence: OccurrenceName,
    *,
    account: Annotated[str, Parameter(help="What happened.")],
    how: Manner,
) -> None:
    """Record that what was asked for was refused, or was not given as it should be."""
    act(RecordNonCooperation(occurrence_named(occurrence), account), how, "Recorded.")
