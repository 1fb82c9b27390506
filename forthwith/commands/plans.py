"""`forthwith plan`: the improvement plan, adopted, kept up to date, delivered and shown."""

import asyncio
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import cyclopts
from cyclopts import Parameter

from domain.commands import AdoptPlan, DeliverAction, UpdateProgress
from domain.events.planning import Objective, Rating
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.occurrence.plan import Plan
from domain.refusals import NotFound
from domain.time.words import plain_date
from domain.values import Term
from domain.who import day_words
from forthwith.commands.acting import act, on_the_day
from forthwith.commands.moments import NOW, When
from forthwith.commands.opening import must_exist, occurrence_named
from forthwith.commands.reading import reading_occurrence
from forthwith.commands.words import Day, LinesOfJson, Manner, OccurrenceName
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.output import local_text, print_json, print_table
from forthwith.rehearsal.acts.plan import ObjectiveStated

app = cyclopts.App(name="plan", help="Adopt an improvement plan, keep it up to date, show it.")


class PlanFile(Term):
    """A plan as a file: its objectives, whole."""

    objectives: tuple[ObjectiveStated, ...]


@app.command
def adopt(
    occurrence: OccurrenceName,
    file: Annotated[
        Path,
        Parameter(
            help="YAML with `objectives`: each `id`, `title`, `owner`, `areas`, `sources`, and `actions` with "
            "`id`, `title`, `owner`, `due_on`."
        ),
    ],
    *,
    how: Manner,
) -> None:
    """Adopt a version of the plan, whole."""
    content = read_model(must_exist(file), PlanFile, LIMIT_BYTES)
    objectives = tuple(each.objective for each in content.objectives)
    act(AdoptPlan(occurrence_named(occurrence), objectives), how, "Adopted.")


@app.command
def progress(
    occurrence: OccurrenceName,
    objective: Annotated[str, Parameter(help="The objective, as the plan names it.")],
    rating: Annotated[Rating, Parameter(help="Where it stands.")],
    *,
    text: Annotated[str, Parameter(help="What there is to say about it.")],
    how: Manner,
) -> None:
    """Say where an objective stands, as its owner."""
    act(UpdateProgress(occurrence_named(occurrence), objective, rating, text), how, "Updated.")


@app.command
def deliver(
    occurrence: OccurrenceName,
    action: Annotated[str, Parameter(help="The action, as the plan names it.")],
    *,
    delivered_on: Annotated[
        Day | None, Parameter(help="The day on which it was delivered; today, if left out.")
    ] = None,
    evidence: Annotated[str, Parameter(help="What shows it.")],
    files: Annotated[
        tuple[Path, ...],
        Parameter(name="--file", help="A file that shows it, whose hash is recorded; may be repeated."),
    ] = (),
    how: Manner,
) -> None:
    """Record that an action of the plan was delivered, and what shows it."""
    name = occurrence_named(occurrence)
    hashes = tuple(sha256(must_exist(file).read_bytes()).hexdigest() for file in files)
    ask = on_the_day(
        name.notice, lambda today: DeliverAction(name, action, delivered_on or today, evidence, hashes)
    )
    act(ask, how, "Delivered.")


@app.command
def show(occurrence: OccurrenceName, *, when: When = NOW, json: LinesOfJson = False) -> None:
    """Show a plan as it stands: each objective, how its owner rates it, and its actions."""
    notice, plan = asyncio.run(_plan(occurrence_named(occurrence), when))
    if json:
        for each in plan.objectives:
            print_json(_line(notice, plan, each))
        return
    print_table(
        ("Objective", "Rated", "Action", "By", "Delivered"),
        (row for each in plan.objectives for row in _rows(notice, plan, each)),
    )


async def _plan(name: OccurrenceId, when: When) -> tuple[Notice, Plan]:
    async with reading_occurrence(name, when) as read:
        case = read.book.case(name)
        if not case.occurrence.plan.exists:
            raise NotFound(f"{name} holds no plan. Adopt one with `forthwith plan adopt`.")
        return case.notice, case.occurrence.plan


def _rows(notice: Notice, plan: Plan, objective: Objective) -> list[tuple[str, ...]]:
    update = plan.updates.get(objective.id)
    rated = f"{update.rating}, {day_words(notice, update.updated_at)}" if update else "not yet"
    actions = [_action_row(plan, each.id, each.title, plain_date(each.due_on)) for each in objective.actions]
    first, *others = actions or [("", "", "")]
    name = f"{objective.title}\n{objective.id}, {notice.role(objective.owner).title}"
    return [(name, rated, *first), *(("", "", *each) for each in others)]


def _action_row(plan: Plan, action: str, title: str, by: str) -> tuple[str, str, str]:
    delivered = plan.delivered.get(action)
    return f"{title}\n{action}", by, plain_date(delivered.delivered_on) if delivered else "not yet"


def _line(notice: Notice, plan: Plan, objective: Objective) -> dict[str, Any]:
    update = plan.updates.get(objective.id)
    return {
        "objective": objective.id,
        "title": objective.title,
        "owner": objective.owner,
        "areas": list(objective.areas),
        "sources": list(objective.sources),
        "rating": update.rating if update else None,
        "updated": local_text(update.updated_at, notice.terms.zone) if update else None,
        "text": update.text if update else None,
        "actions": [
            {
                "action": each.id,
                "title": each.title,
                "owner": each.owner,
                "due_on": each.due_on.isoformat(),
                "delivered_on": _delivered_on(plan, each.id),
            }
            for each in objective.actions
        ],
    }


def _delivered_on(plan: Plan, action: str) -> str | None:
    delivered = plan.delivered.get(action)
    return delivered.delivered_on.isoformat() if delivered else None
