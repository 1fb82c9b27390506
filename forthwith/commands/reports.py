"""`forthwith report`: begin a report, submit it, accept it or return it, and what is asked about it."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import cyclopts
import yaml
from cyclopts import Parameter

from domain.commands import (
    AcceptReport,
    AnswerQuery,
    Command,
    CommissionUpdate,
    RecordUpdate,
    ReturnReport,
    SubmitReport,
)
from domain.events.owing import SectionAnswered
from domain.identity import OccurrenceId
from domain.occurrence.plan import Plan
from domain.reach import plans
from domain.reporting.drafting import draft as begin
from domain.values import Term
from forthwith.commands.acting import Ask, act
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import in_zone, must_exist, occurrence_named
from forthwith.commands.reading import reading_notice
from forthwith.commands.words import AsJson, Day, Manner, OccurrenceName
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.output import print_json
from forthwith.rehearsal.acts.section import SectionText
from forthwith.world import World

app = cyclopts.App(name="report", help="Begin a report, submit it, accept it or return it.")


class ReportFile(Term):
    """A report as a file: what it says in each section."""

    sections: tuple[SectionText, ...]


@app.command
def submit(
    occurrence: OccurrenceName,
    file: Annotated[
        Path,
        Parameter(
            help="YAML with `sections`, each with `section` and `text`, or `nil: true` for an express “none”."
        ),
    ],
    *,
    received_at: Annotated[
        datetime | None, Parameter(help="A day or an instant: when it arrived, if that was before now.")
    ] = None,
    how: Manner,
) -> None:
    """Submit a report from a file with its sections."""
    content = read_model(must_exist(file), ReportFile, LIMIT_BYTES)
    sections = tuple(each.answered for each in content.sections)
    act(_submission(occurrence_named(occurrence), sections, received_at), how, "Received.")


@app.command
def accept(occurrence: OccurrenceName, *, how: Manner) -> None:
    """Accept a report that was received."""
    act(AcceptReport(occurrence_named(occurrence)), how, "Accepted.")


@app.command(name="return")
def return_report(
    occurrence: OccurrenceName,
    *,
    reasons: Annotated[str, Parameter(help="Why it is deficient.")],
    sections: Annotated[
        tuple[str, ...], Parameter(name="--section", help="A section that is deficient; may be repeated.")
    ] = (),
    how: Manner,
) -> None:
    """Return a report as deficient. A supplemental report is then owed."""
    act(ReturnReport(occurrence_named(occurrence), reasons, sections), how, "Returned.")


@app.command
def draft(occurrence: OccurrenceName, *, when: When = NOW, json: AsJson = False) -> None:
    """Print a report, begun from the record of the plan, as a file for `forthwith report submit`."""
    begun = asyncio.run(_draft(occurrence_named(occurrence), when))
    if json:
        print_json({"sections": begun})
        return
    sys.stdout.write(yaml.safe_dump({"sections": begun}, allow_unicode=True, sort_keys=False, width=110))


@app.command
def query(
    occurrence: OccurrenceName,
    *,
    number: Annotated[int, Parameter(help="Which of the queries, counted from 1.")] = 1,
    answer: Annotated[str, Parameter(help="What there is to say.")],
    how: Manner,
) -> None:
    """Answer what was asked because a report contradicts the plan's own record."""
    act(AnswerQuery(occurrence_named(occurrence), number, answer), how, "Answered.")


@app.command
def commission(
    occurrence: OccurrenceName,
    *,
    partner: Annotated[str, Parameter(help="Who is asked, for example the police.")],
    asked: Annotated[str, Parameter(help="What they are asked for.")],
    wanted_by: Annotated[Day, Parameter(help="The day by which it is wanted.")],
    how: Manner,
) -> None:
    """Ask a partner for an update that the report will rest on. The partner owes nothing by it."""
    act(CommissionUpdate(occurrence_named(occurrence), partner, asked, wanted_by), how, "Asked.")


@app.command
def update(
    occurrence: OccurrenceName,
    *,
    number: Annotated[int, Parameter(help="Which of the updates asked for, counted from 1.")] = 1,
    received_from: Annotated[str, Parameter(help="Who answered.")],
    text: Annotated[str, Parameter(help="What they said.")],
    how: Manner,
) -> None:
    """Record what a partner answered."""
    act(RecordUpdate(occurrence_named(occurrence), number, received_from, text), how, "Recorded.")


def _submission(
    name: OccurrenceId, sections: tuple[SectionAnswered, ...], received_at: datetime | None
) -> Command | Ask:
    if received_at is None:
        return SubmitReport(name, sections)

    async def ask(world: World) -> Command:
        zone = (await world.office.notice(name.notice)).terms.zone
        return SubmitReport(name, sections, in_zone(received_at, zone, "--received-at"))

    return ask


async def _draft(name: OccurrenceId, when: When) -> list[dict[str, Any]]:
    async with reading_notice(name.notice, when) as read:
        case = read.book.case(name)
        held = {each.id: each for each in read.book.occurrences(name.notice)}
        kept = (held[each].plan for each in plans(case.notice) if each in held)
        plan = next((each for each in kept if each.exists), Plan())
        begun = {each.section: each for each in begin(case.notice, case.occurrence.facts, plan, read.now)}
        asked = (each.id for each in case.occurrence.facts.sections)
        return [_section(begun.get(each, SectionAnswered(each, ""))) for each in asked]


def _section(answered: SectionAnswered) -> dict[str, Any]:
    said = {"nil": True} if answered.nil else {"text": answered.text}
    return {"section": answered.section, **said}
