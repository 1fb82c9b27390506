"""Recording an absence: somebody is away on some days, somebody else covers, and what does not go together is said first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from desk.addresses import people_page, task_page
from desk.dates import as_typed, day_fields, day_typed
from desk.form_page import NOTHING_TYPED
from desk.signing import Trouble
from desk.typed import typed_in
from desk.under_notice import AtTheNotice, UnderNotice
from desk.words import short_day
from domain.case import Case
from domain.commands import DelegateRole
from domain.events.tending import RoleDelegated
from projections.cover import Cover, TaskInAbsence, cover
from projections.other_ways import Candidate, stand_ins
from projections.words import person_name, role_title

router = APIRouter(include_in_schema=False)
PAGE = "/notice/{notice}/people/absence"
FIELDS = ("role", "to", "reason", *day_fields("since"), *day_fields("until"))
TASKS = ("Task", "Due")


@router.get(PAGE)
async def form(here: AtTheNotice) -> Response:
    role = here.request.query_params.get("role", "")
    return await _form(here, {**as_typed("since", here.today), "role": role})


@router.post(PAGE)
async def send(here: AtTheNotice) -> Response:
    """Checked first: what does not go together and where the tasks go is shown, and then confirmed."""
    typed = await typed_in(here.request, *FIELDS, "confirmed")
    command = _read(here, typed)
    if isinstance(command, dict):
        return await _form(here, typed, errors=command)
    if typed["confirmed"] == "yes":
        return await here.ask(command, partial(_form, here, typed))
    if typed["confirmed"] == "change":
        return await _form(here, typed)
    return await _check(here, typed, command)


def _read(here: UnderNotice, typed: Mapping[str, str]) -> DelegateRole | dict[str, str]:
    """The command, or what is wrong, by field."""
    since = day_typed(typed, "since", "Enter the first day of the absence")
    until = day_typed(typed, "until", "Enter the last day of the absence")
    own = _own_roles(here)
    role = typed["role"] or (own[0] if len(own) == 1 else "")
    errors = {
        **({} if role else {"role": "Choose in which of your roles somebody covers for you"}),
        **({"since-day": since} if isinstance(since, str) else {}),
        **({"until-day": until} if isinstance(until, str) else {}),
        **({} if typed["to"] else {"to": "Choose who covers for you"}),
        **({} if typed["reason"].strip() else {"reason": "Say why, for example that you are on leave"}),
    }
    if errors or isinstance(since, str) or isinstance(until, str):
        return errors
    return DelegateRole(here.notice_id, role, typed["to"], since, until, typed["reason"])


async def _check(here: UnderNotice, typed: Mapping[str, str], command: DelegateRole) -> Response:
    """As the rules would decide it now, and what would follow from it."""
    drafts = await here.weigh(command)
    if isinstance(drafts, Trouble):
        return await _form(here, typed, drafts)
    (absence,) = [each.event for each in drafts if isinstance(each.event, RoleDelegated)]
    notice, found = here.notice, cover(here.book, here.notice_id, absence, here.now)
    name = person_name(notice, command.to)
    return await here.draw(
        "people/absence_check.html",
        typed={**typed, "role": command.role},
        carried=FIELDS,
        back=people_page(here.notice_id),
        name=name,
        facts=[
            ("Away", person_name(notice, here.persona.id)),
            ("As", role_title(notice, command.role)),
            ("Covered by", name),
            ("From", short_day(command.since)),
            ("Until", f"The end of {short_day(command.until)}"),
            ("Why", command.reason),
        ],
        conflicts=found.conflicts,
        effect=_effect(found, name, short_day(command.since)),
        columns=TASKS,
        covered=[_task(each) for each in found.covered],
        left=[_task(each) for each in found.left],
    )


def _effect(found: Cover, name: str, since: str) -> str:
    count = len(found.covered)
    if count == 0:
        return f"No task in this role is open today. What is asked in it in those days goes to {name} and not to you."
    tasks = "One open task goes" if count == 1 else f"{count} open tasks go"
    falling = sum(each.falls_due for each in found.covered)
    due = (
        f" {falling} of them {'falls' if falling == 1 else 'fall'} due while you are away." if falling else ""
    )
    return (
        f"{tasks} to {name} from {since}.{due} Messages in this role go to {name} and not to you in those days. "
        "What either of you does is valid, and afterwards everything is yours again by itself."
    )


def _task(each: TaskInAbsence) -> list[Any]:
    due = f"{short_day(each.due_on)}{', while you are away' if each.falls_due else ''}"
    return [{"text": each.title, "href": task_page(each.occurrence, each.task)}, due]


async def _form(
    here: UnderNotice,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    notice, own = here.notice, _own_roles(here)
    role = typed.get("role") or (own[0] if len(own) == 1 else "")
    return await here.draw(
        "people/absence.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        back=people_page(here.notice_id),
        roles=[(each, role_title(notice, each)) for each in own],
        role=role,
        people=_who_could(here, own, role),
    )


def _who_could(here: UnderNotice, own: tuple[str, ...], role: str) -> tuple[Candidate, ...]:
    """Whose roles conflict can be said once it is known in which role somebody is away."""
    if not own:
        return ()
    found = stand_ins(Case(here.notice), role if role in own else own[0], here.persona.id, here.now)
    return found if role in own else tuple(replace(each, conflict=None) for each in found)


def _own_roles(here: UnderNotice) -> tuple[str, ...]:
    """Only whoever holds a role can have somebody stand in for them."""
    return tuple(
        role.id for role in here.notice.roles if here.persona.id in here.notice.appointed(role.id, here.today)
    )
