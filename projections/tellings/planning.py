"""The plan was adopted, moved on, and delivered piece by piece."""

from domain.events import planning
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from domain.time.words import counted
from projections.tellings.parts import Telling, said, version
from projections.words import joined, long_date, person_in_role

RATINGS = {"on-track": "on track", "slow": "slow to progress", "complete": "complete"}


def _adopted(event: planning.PlanAdopted, notice: Notice, _: Occurrence) -> str:
    who = person_in_role(notice, event.adopted_by, event.adopted_as)
    objectives = counted(len(event.objectives), "objective")
    return (
        f"{who} adopted {version(event.version).lower()} of the plan, with {objectives}."
        f"{_uncovered(event, notice)}{_without_source(event)}"
    )


def _uncovered(event: planning.PlanAdopted, notice: Notice) -> str:
    titles = {each.id: each.title for one in notice.obligations for each in getattr(one, "sections", ())}
    areas = joined([f"“{titles.get(each, each)}”" for each in event.areas_uncovered])
    return f" No objective covers {areas}." if areas else ""


def _without_source(event: planning.PlanAdopted) -> str:
    titles = {each.id: each.title for each in event.objectives}
    names = joined([f"“{titles.get(each, each)}”" for each in event.without_source])
    return f" No recommendation is named for {names}." if names else ""


def _updated(event: planning.ProgressUpdated, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.updated_by, event.updated_as)
    found = occurrence.plan.objective(event.objective)
    objective = found.title if found else event.objective
    return f"{who} said that the objective “{objective}” is {RATINGS[event.rating]}: {said(event.text)}"


def _delivered(event: planning.ActionDelivered, notice: Notice, occurrence: Occurrence) -> str:
    who = person_in_role(notice, event.delivered_by, event.delivered_as)
    found = occurrence.plan.action(event.action)
    action = found.title if found else event.action
    when = long_date(event.delivered_on)
    return f"{who} recorded that the action “{action}” was delivered on {when}: {said(event.evidence)}"


TELLINGS: dict[type, Telling] = {
    planning.PlanAdopted: _adopted,
    planning.ProgressUpdated: _updated,
    planning.ActionDelivered: _delivered,
}
