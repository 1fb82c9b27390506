"""The access log: who was refused what, who opened what, and what was done to accounts, for the auditor."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.book import Book
from desk.permission_table import ACTS
from desk.permissions import in_the_name_of
from desk.render import render
from desk.signing_in import SignedIn, ports_of
from desk.words import moment
from domain.access import Access, AccessesWanted, AccessKind, NotedAccess
from projections.casebook import Casebook
from projections.words import capital

router = APIRouter(include_in_schema=False)
PER_PAGE = 50
KINDS: dict[AccessKind, str] = {
    "refused": "Refused",
    "hidden": "Asked for what is not open to them",
    "opened": "Opened what is shown to few",
    "link": "By a link, or about one",
    "account": "Did something to an account",
}


@router.get("/access")
async def access_log(
    request: Request,
    persona: SignedIn,
    book: Book,
    kind: str = "",
    notice: str = "",
    person: str = "",
    before: int = 0,
) -> Response:
    """The newest first, in pages."""
    asked = {"kind": kind if kind in get_args(AccessKind) else "", "notice": notice, "person": person}
    wanted = AccessesWanted(
        kind=asked["kind"] or None,  # type: ignore[arg-type]  # one of the kinds, or nothing
        notice=notice or None,
        person=person.strip() or None,
        before=before or None,
        limit=PER_PAGE + 1,
    )
    found = await ports_of(request).accesses.newest(wanted, in_the_name_of(persona, ports_of(request)))
    shown, further = found[:PER_PAGE], len(found) > PER_PAGE
    older = {**asked, "before": str(shown[-1].number)} if further else {}
    return await render(
        request,
        "access.html",
        rows=[_row(request, book, each) for each in shown],
        kinds=_choices(("", "Everything"), *KINDS.items(), chosen=asked["kind"]),
        notices=_choices(("", "All"), *_titles(book), chosen=notice),
        person=person.strip(),
        older=f"?{urlencode({name: value for name, value in older.items() if value})}" if older else None,
        newest="/access" if before else None,
    )


def _titles(book: Casebook) -> list[tuple[str, str]]:
    return [(each.terms.id, each.terms.title) for each in book.notices()]


def _choices(*pairs: tuple[str, str], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "text": text, "selected": value == chosen} for value, text in pairs]


def _row(request: Request, book: Casebook, noted: NotedAccess) -> dict[str, str | None]:
    access = noted.access
    return {
        "id": f"access-{noted.number}",
        "when": moment(access.at, ports_of(request).zone),
        "who": _name(book, access),
        "kind": KINDS[access.kind],
        "what": capital(ACTS[access.act].words) if access.act in ACTS and access.kind != "account" else None,
        "about": access.about,
        "sentence": access.sentence,
    }


def _name(book: Casebook, access: Access) -> str:
    names = (each.names[access.person] for each in book.notices() if access.person in each.names)
    name = next(names, None)
    return f"{name} ({access.person})" if name else access.person
