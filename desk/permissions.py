"""The guard: it lets through what the table of permissions allows, and turns away everything else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from starlette.requests import Request

from desk.permission_table import ACTS, BY_TOKEN, DUTIES, PAGES, PUBLIC, Act
from desk.ports import DeskPorts, Persona
from desk.signing_in import SignInNeededError, current_persona, ports_of
from domain.access import InTheNameOf
from domain.notice.state import Notice
from domain.time.zones import local_date
from projections.casebook import Casebook
from projections.quarters import quarter_of
from projections.seen_by import NotOpenToThem, roles_held

IN_NO_ROW = "This page stands in no row of the table of permissions, so it is open to nobody."


class Forbidden(Exception):
    """Somebody who is signed in asked for what their roles do not allow."""

    def __init__(self, sentence: str, act: str = "unknown", notice: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.act, self.notice = sentence, act, notice


def require(request: Request, act: str, notice: str | None = None) -> None:
    """Let the signed-in person go on, or raise.

    `act` is a row of `desk/permission_table.py`; `notice` the one it is about, or None for an act of no single notice:
    a role under any of them then is enough. Raises Forbidden (403), NotFound (404: there is no such notice, or it is
    foreign to the person) or SignInNeededError.
    """
    persona = _persona_of(request)
    ports, row = ports_of(request), ACTS[act]
    now = ports.clock_now()
    if notice is None:
        if may_somewhere(persona, ports.casebook, act, now):
            return
        book = ports.casebook
        theirs = book.notices() if sees_everything(persona) else book.notices_naming(persona.id)
        if row.who and not any(is_theirs(persona, book, each, now) for each in theirs):
            raise NotOpenToThem("Every notice is foreign to them.", act=act)
        raise Forbidden(_sentence(row), act)
    about = ports.casebook.notice(notice)
    if not is_theirs(persona, ports.casebook, about, now):
        raise NotOpenToThem(f"The notice “{notice}” is foreign to them.", act=act, notice=notice)
    if not _is_allowed(persona, ports.casebook, (about,), row, now):
        raise Forbidden(_sentence(row), act, notice)


def may(persona: Persona, book: Casebook, act: str, notice: str, now: datetime) -> bool:
    """The same as an answer, for a page that shows only what its reader can do. Raises NotFound."""
    about = book.notice(notice)
    return is_theirs(persona, book, about, now) and _is_allowed(persona, book, (about,), ACTS[act], now)


def may_somewhere(persona: Persona, book: Casebook, act: str, now: datetime) -> bool:
    """Whether some notice lets them: for what is about no single one. The guard and the bar of every page ask it."""
    return book.kept_of_all(
        ("may somewhere", persona.id, persona.desk_roles, act),
        quarter_of(now),
        lambda: _is_allowed(persona, book, book.notices_naming(persona.id), ACTS[act], now),
    )


def is_theirs(persona: Persona, book: Casebook, notice: Notice, now: datetime) -> bool:
    """Whether they hold a role under it today, or audit all of them. Every other notice is foreign."""
    return sees_everything(persona) or bool(_roles_of(persona, book, notice, now))


def sees_everything(persona: Persona) -> bool:
    return "auditor" in persona.desk_roles


def in_the_name_of(persona: Persona, ports: DeskPorts) -> InTheNameOf:
    """For the tables that are read for somebody: what is not theirs, the database itself leaves out."""
    return InTheNameOf(persona.id, sees_everything(persona), ports.clock_now())


async def guard(request: Request) -> None:
    """Asked before every page: what the table says of it. A page in no row is open to nobody."""
    path = request.scope["route"].path
    act = PAGES.get(path)
    if act in (PUBLIC, BY_TOKEN):
        return
    await current_persona(request)
    request.state.act = act
    if act is None:
        raise Forbidden(IN_NO_ROW)
    require(request, act, request.path_params.get("notice") or request.path_params.get("notice_id"))


def _persona_of(request: Request) -> Persona:
    persona = getattr(request.state, "persona", None)
    if not isinstance(persona, Persona):
        raise SignInNeededError
    return persona


def _is_allowed(persona: Persona, book: Casebook, notices: Iterable[Notice], act: Act, now: datetime) -> bool:
    if act.signed_in or set(act.duties).intersection(persona.desk_roles):
        return True
    for notice in notices:
        held = _roles_of(persona, book, notice, now)
        if any(role in held for capacity in act.who for role in capacity.roles(notice)):
            return True
    return False


def _roles_of(persona: Persona, book: Casebook, notice: Notice, now: datetime) -> tuple[str, ...]:
    return roles_held(book, notice.terms.id, persona.id, local_date(now, notice.terms.zone))


def _sentence(act: Act) -> str:
    whose = [capacity.words for capacity in act.who] + [DUTIES[duty] for duty in act.duties]
    return f"It is for {' and '.join(whose) or 'nobody at this desk'} to {act.words}."
