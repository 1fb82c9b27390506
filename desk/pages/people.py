"""Who holds which role under a notice and since when, who is away and who covers, and whom messages do not reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import people_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import moment, short_day
from domain.notice.state import Notice
from domain.time.zones import zone_named
from domain.who import today
from projections.appointable import appointable_roles, may_end
from projections.casebook import Casebook
from projections.deliveries import unreached
from projections.people import Absence, Holding, RoleRow, absences, holdings, people
from projections.words import capital

router = APIRouter(include_in_schema=False)
ABSENCES = ("Away", "As", "Covered by", "From", "Until", "Why")


@router.get("/notice/{notice}/people")
async def people_of(request: Request, persona: SignedIn, book: Book, notice: str) -> Response:
    """Body by body, in the notice's own order."""
    found, now = book.notice(notice), now_of(request)
    day = today(found, now)
    own = [role for role in found.roles_of(persona.id, day) if persona.id in found.appointed(role, day)]
    return await render(
        request,
        "people/people.html",
        here=people_page(notice),
        notice_title=found.terms.title,
        bodies=[
            {"name": capital(party), "roles": [_role(found, row, day, persona.id, now) for row in rows]}
            for party, rows in _by_party(people(found, day))
        ],
        may_appoint=bool(appointable_roles(found, persona.id, now)),
        may_be_away=bool(own),
        columns=ABSENCES,
        absences=[_absence(each) for each in absences(found, day)],
        unreached=_unreached(book, notice),
    )


def _by_party(rows: Iterable[RoleRow]) -> list[tuple[str, list[RoleRow]]]:
    found: dict[str, list[RoleRow]] = {}
    for row in rows:
        found.setdefault(row.party, []).append(row)
    return list(found.items())


def _role(notice: Notice, row: RoleRow, day: date, person: str, now: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "holders": [
            {
                "name": each.name,
                "days": _days(each),
                "end": f"{people_page(notice.terms.id)}/end?role={each.role}&person={each.person}"
                if may_end(notice, each, person, now)
                else None,
            }
            for each in holdings(notice, row.role, day)
        ],
        "vacant": row.vacant,
        "notes": row.stand_ins,
        "conflicts": row.conflicts,
    }


def _days(each: Holding) -> str:
    begins = f"{'from' if each.is_to_come else 'since'} {short_day(each.since)}"
    return f"{begins}, until {short_day(each.until)}" if each.until else begins


def _absence(each: Absence) -> list[str]:
    return [
        each.holder,
        each.role,
        each.stand_in,
        short_day(each.since),
        short_day(each.until),
        each.reason,
    ]


def _unreached(book: Casebook, notice: str) -> list[dict[str, str]]:
    zone = zone_named(book.notice(notice).terms.zone)
    return [
        {
            "name": each.name,
            "words": f"{each.count} message{'' if each.count == 1 else 's'} did not arrive, the last of them on "
            f"{moment(each.last.settled_at, zone)}: {each.last.fault}"
            if each.last.settled_at
            else "",
            "href": f"/notice/{notice}/deliveries?person={each.person}&outcome=undeliverable",
        }
        for each in unreached(book, notice)
    ]
