"""The improvement plan: adopted whole, its objectives brought up to date, its actions delivered."""

from __future__ import annotations

from typing import Any

from desk.acts.fields import Choice, Day, Field, Group, Kept, Line, Lines, Option, Several, Words
from desk.acts.form import ActForm, Given
from desk.acts.of_reviews import FOR_THE_RECORD, name_for, roles
from desk.acts.place import Place
from desk.words import short_day
from domain.commands import AdoptPlan, DeliverAction, UpdateProgress
from domain.events.planning import Objective, PlanAction
from domain.planning.soundness import areas_to_cover

RATINGS = (
    Option("on-track", "On track"),
    Option("slow", "Slow", "It is then highlighted in the next report."),
    Option("complete", "Complete", "It cannot go out of date any more."),
)


def _progress(place: Place) -> tuple[Field, ...]:
    plan = place.occurrence.plan
    options = tuple(Option(each.id, each.title) for each in plan.objectives)
    return (
        Choice(
            "objective",
            "Which objective?",
            "Choose the objective",
            options=options,
            nothing="No version of the plan has been adopted yet.",
            is_judged=True,
        ),
        Choice("rating", "Where does it stand?", "Choose where it stands", options=RATINGS),
        Words("text", "What is there to say of it?", "Say in a few words where it stands", FOR_THE_RECORD, 4),
    )


def _delivery(place: Place) -> tuple[Field, ...]:
    plan = place.occurrence.plan
    options = tuple(
        Option(each.id, each.title, f"Due {short_day(each.due_on)}")
        for each in plan.actions
        if each.id not in plan.delivered
    )
    lodged = tuple(Option(each.sha256, each.name) for each in place.occurrence.lodged)
    files = (Several("evidence_sha256", "Which of the files that were lodged show it?", options=lodged),)
    return (
        Choice(
            "action",
            "Which action?",
            "Choose the action",
            options=options,
            nothing="No action of the plan is waiting to be delivered.",
            is_judged=True,
        ),
        Day("delivered_on", "When was it delivered?", "Enter the day on which it was delivered"),
        Words("evidence", "What shows it?", "Say what shows that it was delivered", FOR_THE_RECORD, 4),
        *(files if lodged else ()),
    )


def _plan(place: Place) -> tuple[Field, ...]:
    asked = areas_to_cover(place.notice, place.name.obligation)
    areas = tuple(Option(each.id, each.title) for each in asked)
    owner = Choice("owner", "Owner", "Choose who owns it", options=roles(place), is_list=True)
    action = (
        Kept("id", "Name"),
        Line("title", "Action", "Say what is to be delivered"),
        owner,
        Day("due_on", "By which day", "Enter the day by which it is delivered"),
    )
    objective = (
        Kept("id", "Name"),
        Line("title", "Objective", "Say what the objective is"),
        owner,
        *((Several("areas", "Areas that it covers", options=areas),) if areas else ()),
        Lines(
            "sources", "Recommendations that it answers", hint="One a line, as its source words it.", rows=2
        ),
        Group("actions", "Actions under it", fields=action, noun="Action"),
    )
    return (
        Group(
            "objectives",
            "The objectives",
            "A plan has at least one objective",
            "An objective or action whose fields are all empty is left out.",
            fields=objective,
            noun="Objective",
        ),
    )


def _adopted(place: Place, given: Given) -> AdoptPlan:
    objectives: list[Objective] = []
    actions: list[PlanAction] = []
    kept = _names_kept(given)
    for each in given["objectives"]:
        own = tuple(_action(one, (*kept, *(each.id for each in actions)), actions) for one in each["actions"])
        name = each["id"] or name_for(each["title"], (*kept, *(one.id for one in objectives)), "objective")
        objectives.append(
            Objective(name, each["title"], each["owner"], each.get("areas", ()), each["sources"], own)
        )
    return AdoptPlan(place.name, tuple(objectives))


def _action(row: dict[str, Any], taken: tuple[str, ...], all_of_them: list[PlanAction]) -> PlanAction:
    name = row["id"] or name_for(row["title"], taken, "action")
    action = PlanAction(name, row["title"], row["owner"], row["due_on"])
    all_of_them.append(action)
    return action


def _names_kept(given: Given) -> tuple[str, ...]:
    """Those by which the record knows what is in the plan already."""
    objectives = given["objectives"]
    actions = (one["id"] for each in objectives for one in each["actions"])
    return tuple(name for name in (*(each["id"] for each in objectives), *actions) if name)


def _some_plan(place: Place) -> Given:
    row = {"id": "", "title": "words", "owner": place.notice.roles[0].id, "sources": (), "actions": ()}
    return {"objectives": (row,)}


def _area_clauses(place: Place) -> tuple[str, ...]:
    whole = (
        each.clause
        for each in place.notice.owed
        if getattr(each, "of", None) == place.name.obligation and each.kind == "content-standard"
    )
    return tuple(dict.fromkeys((place.occurrence.facts.clause, *whole)))


FORMS = (
    ActForm(
        "update-progress",
        "Say where an objective stands",
        "Say where an objective stands",
        "For its owner, or whoever keeps the plan.",
        "It is up to date from today. What you say here is what a draft of the next report begins with, and a report that "
        "says otherwise is queried.",
        "Record it",
        lambda place, given: UpdateProgress(place.name, given["objective"], given["rating"], given["text"]),
        _progress,
    ),
    ActForm(
        "deliver-action",
        "Record an action as delivered",
        "Record an action as delivered",
        "For its owner, or the owner of its objective.",
        "It stands as delivered on that day, with what shows it, and counts so in the final assessment.",
        "Record it",
        lambda place, given: DeliverAction(
            place.name,
            given["action"],
            given["delivered_on"],
            given["evidence"],
            given.get("evidence_sha256", ()),
        ),
        _delivery,
        begins=lambda place: {"delivered_on": place.today},
    ),
    ActForm(
        "adopt-plan",
        "Adopt a version of the plan",
        "Adopt a version of the plan",
        "The plan whole, as it will read. Earlier versions stay in the record; what was said of an objective and what was "
        "delivered stays with it.",
        "The version takes the place of the one before. Areas that no objective covers, and objectives without a source, "
        "are shown as such; nobody refuses them.",
        "Adopt it",
        _adopted,
        _plan,
        begins=lambda place: {"objectives": place.occurrence.plan.objectives},
        tries=_some_plan,
        clauses=_area_clauses,
    ),
)
