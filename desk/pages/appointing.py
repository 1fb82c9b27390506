"""Appointing somebody to a role, and ending that: what would follow is shown first, and then confirmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from desk.addresses import people_page
from desk.dates import as_typed, day_fields, day_typed
from desk.form_page import NOTHING_TYPED
from desk.signing import Trouble
from desk.signing_in import ports_of
from desk.typed import is_address, typed_in
from desk.under_notice import AtTheNotice, UnderNotice
from desk.words import short_day
from domain.case import Draft
from domain.commands import AppointPerson, EndAppointment
from domain.events.owing import VacancyFilled
from domain.events.tending import RoleConflictFound
from domain.notice.state import Notice
from domain.terms.parties import Appointment, Person
from projections.appointable import appointable_roles
from projections.cover import tasks_that_nobody_has
from projections.words import joined, person_name, role_title

router = APIRouter(include_in_schema=False)
APPOINT, END = "/notice/{notice}/people/appoint", "/notice/{notice}/people/end"
SOMEBODY_NEW = "somebody-new"
APPOINTED = ("role", "person", "name", "email", *day_fields("since"), *day_fields("until"))
ENDED = ("role", "person", "reason", *day_fields("until"))


@router.get(APPOINT)
async def appoint_form(here: AtTheNotice) -> Response:
    return await _appoint(here, as_typed("since", here.today))


@router.post(APPOINT)
async def appoint(here: AtTheNotice) -> Response:
    """Somebody known or new; an address is kept outside the record."""
    typed = await typed_in(here.request, *APPOINTED, "confirmed")
    command = _appointment(here, typed)
    if isinstance(command, dict):
        return await _appoint(here, typed, errors=command)
    if typed["confirmed"] == "yes":
        return await here.ask(
            command, partial(_appoint, here, typed), partial(_keep_address, here, command.person)
        )
    if typed["confirmed"] == "change":
        return await _appoint(here, typed)
    drafts = await here.weigh(command)
    if isinstance(drafts, Trouble):
        return await _appoint(here, typed, drafts)
    return await _check_appointment(here, typed, command, drafts)


@router.get(END)
async def end_form(here: AtTheNotice) -> Response:
    asked = here.request.query_params
    typed = {"role": asked.get("role", ""), "person": asked.get("person", "")}
    return await _end(here, {**as_typed("until", here.today), **typed})


@router.post(END)
async def end(here: AtTheNotice) -> Response:
    """The last day is theirs still."""
    typed = await typed_in(here.request, *ENDED, "confirmed")
    until = day_typed(typed, "until", "Enter the last day on which they hold the role")
    errors = {
        **({"until-day": until} if isinstance(until, str) else {}),
        **({} if typed["reason"].strip() else {"reason": "Say why the appointment ends"}),
    }
    if isinstance(until, str) or errors:
        return await _end(here, typed, errors=errors)
    command = EndAppointment(here.notice_id, typed["role"], typed["person"], until, typed["reason"])
    if typed["confirmed"] == "yes":
        return await here.ask(command, partial(_end, here, typed))
    if typed["confirmed"] == "change":
        return await _end(here, typed)
    drafts = await here.weigh(command)
    if isinstance(drafts, Trouble):
        return await _end(here, typed, drafts)
    return await _check_end(here, typed, command, drafts)


def _appointment(here: UnderNotice, typed: Mapping[str, str]) -> AppointPerson | dict[str, str]:
    """The command, or what is wrong, by field."""
    notice, name, email = here.notice, typed["name"].strip(), typed["email"].strip()
    since = day_typed(typed, "since", "Enter the first day on which they hold the role")
    until = (
        day_typed(typed, "until", "") if any(typed[each].strip() for each in day_fields("until")) else None
    )
    is_new = typed["person"] == SOMEBODY_NEW
    errors = {
        **({} if typed["role"] else {"role": "Choose the role"}),
        **({} if typed["person"] else {"person": "Choose who is appointed"}),
        **({"name": "Enter their name"} if is_new and not identifier_for(name, ()) else {}),
        **({} if is_address(email) else {"email": "Enter an address such as name@example.org, or none"}),
        **({"since-day": since} if isinstance(since, str) else {}),
        **({"until-day": until} if isinstance(until, str) else {}),
    }
    if errors or isinstance(since, str) or isinstance(until, str):
        return errors
    person = identifier_for(name, notice.names) if is_new else typed["person"]
    known = Person(id=person, name=name if is_new else person_name(notice, person), email=email or None)
    appointment = Appointment(role=typed["role"], person=person, since=since, until=until)
    return AppointPerson(here.notice_id, appointment, known)


def identifier_for(name: str, taken: Mapping[str, str] | tuple[()]) -> str:
    """`Zoë O’Neil` is `zoe-oneil`, and `zoe-oneil-2` where that is somebody else; nothing for a name without letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    identifier = "-".join(re.findall(r"[a-z0-9]+", plain))[:56].strip("-")
    number, found = 2, identifier
    while found in taken:
        found, number = f"{identifier}-{number}", number + 1
    return found


async def _keep_address(here: UnderNotice, person: Person) -> None:
    directory = ports_of(here.request).directory
    if directory is not None and person.email:
        await directory.set_address(person.id, person.email, ports_of(here.request).clock_now())


async def _check_appointment(
    here: UnderNotice, typed: Mapping[str, str], command: AppointPerson, drafts: Sequence[Draft]
) -> Response:
    notice, appointment, person = here.notice, command.appointment, command.person
    until = f"The end of {short_day(appointment.until)}" if appointment.until else "Further notice"
    return await here.draw(
        "people/appoint_check.html",
        typed=typed,
        carried=APPOINTED,
        back=people_page(here.notice_id),
        facts=[
            ("Appointed", person.name),
            ("As", role_title(notice, appointment.role)),
            ("Reached at", person.email),
            ("From", short_day(appointment.since)),
            ("Until", until),
        ],
        conflicts=[
            sentence
            for each in drafts
            if (sentence := _conflict(notice, person.name, each.event)) is not None
        ],
        effects=_effects_of_appointing(notice, command, drafts),
    )


def _conflict(notice: Notice, name: str, event: object) -> str | None:
    if not isinstance(event, RoleConflictFound):
        return None
    held = joined([role_title(notice, each) for each in event.roles])
    return f"{name} would hold the roles of {held} in the same days, which one person should not hold."


def _effects_of_appointing(notice: Notice, command: AppointPerson, drafts: Sequence[Draft]) -> list[str]:
    beside = [
        person_name(notice, each)
        for each in notice.holders(command.appointment.role, command.appointment.since)
    ]
    effects = []
    if beside:
        effects.append(
            f"{joined(beside)} holds the role too, and goes on holding it. Tasks and messages come to both."
        )
    if any(isinstance(each.event, VacancyFilled) for each in drafts):
        effects.append("With this the role is filled again, and the duty to fill it is met.")
    return effects


async def _check_end(
    here: UnderNotice, typed: Mapping[str, str], command: EndAppointment, drafts: Sequence[Draft]
) -> Response:
    notice, name = here.notice, person_name(here.notice, command.person)
    nobodys = tasks_that_nobody_has(here.book, here.notice_id, [each.event for each in drafts], command)
    return await here.draw(
        "people/end_check.html",
        typed=typed,
        carried=ENDED,
        back=people_page(here.notice_id),
        facts=[
            ("Held by", name),
            ("The role", role_title(notice, command.role)),
            ("Until", f"The end of {short_day(command.until)}"),
            ("Why", command.reason),
        ],
        conflicts=nobodys,
    )


async def _appoint(
    here: UnderNotice,
    typed: Mapping[str, str] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    notice = here.notice
    roles = appointable_roles(notice, here.persona.id, here.now)
    known = sorted((name, person) for person, name in notice.names.items())
    return await here.draw(
        "people/appoint.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        back=people_page(here.notice_id),
        roles=[{"value": each, "text": role_title(notice, each)} for each in roles],
        people=[
            *({"value": person, "text": name} for name, person in known),
            {"value": SOMEBODY_NEW, "text": "Somebody whom this notice does not know yet"},
        ],
    )


async def _end(
    here: UnderNotice,
    typed: Mapping[str, Any] = NOTHING_TYPED,
    trouble: Trouble | None = None,
    errors: Mapping[str, str] = NOTHING_TYPED,
) -> Response:
    notice = here.notice
    return await here.draw(
        "people/end.html",
        typed=typed,
        errors=errors,
        trouble=trouble,
        back=people_page(here.notice_id),
        name=person_name(notice, typed.get("person", "")),
        title=role_title(notice, typed.get("role", "")),
    )
