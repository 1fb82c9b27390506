"""`forthwith consideration` and `forthwith concern`: a discretionary power, and who is heard before it is used."""

import asyncio
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.commands import (
    AnswerConcern,
    AnswerRepresentations,
    InviteRepresentations,
    IssueDecision,
    MakeRepresentations,
    OpenConsideration,
    ProposeDecision,
    PublishDecision,
    RecordConcern,
    SignDecision,
)
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.consideration import Consideration
from domain.refusals import NotFound
from domain.terms.obligations import Option
from forthwith.commands.acting import act, on_the_day
from forthwith.commands.considered import consideration_line, consideration_rows
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import occurrence_named
from forthwith.commands.reading import reading_occurrence
from forthwith.commands.words import AsJson, Day, Manner, NoticeName, ObligationName, OccurrenceName
from forthwith.output import print_json, print_table

consideration = cyclopts.App(
    name="consideration", help="Consider using a power: hear, propose, sign, issue, publish."
)
concern = cyclopts.App(name="concern", help="Bring a concern to whoever answers it, and answer it.")

Reasons = Annotated[str, Parameter(help="The reasons, as the record will have them.")]


@concern.command
def record(
    notice: NoticeName,
    obligation: ObligationName,
    *,
    text: Annotated[str, Parameter(help="What the concern is.")],
    clauses: Annotated[
        tuple[str, ...], Parameter(name="--clause", help="A clause that it is about; may be repeated.")
    ] = (),
    how: Manner,
) -> None:
    """Bring a concern to whoever answers concerns under a power. It may be done at any time."""
    act(RecordConcern(notice, obligation, text, clauses), how, "Recorded.")


@concern.command
def answer(
    occurrence: OccurrenceName,
    *,
    reasons: Reasons,
    refer: Annotated[bool, Parameter(help="Put the matter before those who may use the power.")] = False,
    how: Manner,
) -> None:
    """Close a concern with reasons, or refer the matter for consideration."""
    act(AnswerConcern(occurrence_named(occurrence), reasons, refer), how, "Answered.")


@consideration.command(name="open")
def open_consideration(
    notice: NoticeName,
    obligation: ObligationName,
    *,
    because: Annotated[str, Parameter(help="Why it is considered.")],
    matters: Annotated[
        tuple[str, ...],
        Parameter(name="--matter", help="An occurrence or a concern that it is about; may be repeated."),
    ] = (),
    how: Manner,
) -> None:
    """Consider using a power. What the deciders have before them is put together from the record."""
    about = tuple(occurrence_named(each) for each in matters)
    act(OpenConsideration(notice, obligation, because, about), how, "Opened.")


@consideration.command
def invite(
    occurrence: OccurrenceName,
    *,
    until: Annotated[Day, Parameter(help="The last day on which they are waited for.")],
    how: Manner,
) -> None:
    """Invite the body concerned to say what it has to say."""
    act(InviteRepresentations(occurrence_named(occurrence), until), how, "Invited.")


@consideration.command
def represent(
    occurrence: OccurrenceName,
    *,
    text: Annotated[str, Parameter(help="What the body concerned has to say.")],
    how: Manner,
) -> None:
    """Make representations before a decision."""
    act(MakeRepresentations(occurrence_named(occurrence), text), how, "Received.")


@consideration.command(name="answer")
def answer_representations(
    occurrence: OccurrenceName,
    *,
    number: Annotated[int, Parameter(help="Which of the representations, counted from 1.")] = 1,
    reasons: Reasons,
    how: Manner,
) -> None:
    """Answer representations with reasons."""
    act(AnswerRepresentations(occurrence_named(occurrence), number, reasons), how, "Answered.")


@consideration.command
def propose(
    occurrence: OccurrenceName,
    option: Annotated[Option, Parameter(help="What is decided.")],
    *,
    reasons: Reasons,
    decided_on: Annotated[Day | None, Parameter(help="The day of the decision; today, if left out.")] = None,
    how: Manner,
) -> None:
    """Propose a decision: the first of two signatures. Proposing anew takes back what was proposed before."""
    name = occurrence_named(occurrence)
    ask = on_the_day(name.notice, lambda today: ProposeDecision(name, option, reasons, decided_on or today))
    act(ask, how, "Proposed.")


@consideration.command
def sign(occurrence: OccurrenceName, *, how: Manner) -> None:
    """Sign a decision that another person proposed. With that it is made."""
    act(SignDecision(occurrence_named(occurrence)), how, "Decided.")


@consideration.command
def issue(
    occurrence: OccurrenceName,
    *,
    issued_on: Annotated[Day | None, Parameter(help="The day of issue; today, if left out.")] = None,
    how: Manner,
) -> None:
    """Record that a decision was issued to the body concerned."""
    name = occurrence_named(occurrence)
    ask = on_the_day(name.notice, lambda today: IssueDecision(name, issued_on or today))
    act(ask, how, "Issued.")


@consideration.command
def publish(
    occurrence: OccurrenceName,
    *,
    published_on: Annotated[Day | None, Parameter(help="The day of publication; today, if left out.")] = None,
    how: Manner,
) -> None:
    """Record that a decision was published."""
    name = occurrence_named(occurrence)
    ask = on_the_day(name.notice, lambda today: PublishDecision(name, published_on or today))
    act(ask, how, "Published.")


@consideration.command
def show(occurrence: OccurrenceName, *, when: When = NOW, json: AsJson = False) -> None:
    """Show a consideration: why it was opened, who was heard, what was decided, and by whom."""
    name = occurrence_named(occurrence)
    notice, found = asyncio.run(_consideration(name, when))
    if json:
        print_json(_named(name, consideration_line(notice, found)))
    else:
        print_table(("When", "What"), consideration_rows(notice, found))


def _named(name: OccurrenceId, line: dict[str, Any]) -> dict[str, Any]:
    return {"occurrence": str(name), **line}


async def _consideration(name: OccurrenceId, when: When) -> tuple[Notice, Consideration]:
    async with reading_occurrence(name, when) as read:
        case = read.book.case(name)
        if case.occurrence.consideration is None:
            raise NotFound(f"{name} is no consideration. Open one with `forthwith consideration open`.")
        return case.notice, case.occurrence.consideration
