"""Accounts and sessions, for the operator: who may sign in with a password, who is signed in, and putting somebody out."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.account_keeping import AccountKeeping, KeptSession, PasswordLink
from desk.form_page import NOTHING_TYPED, Text
from desk.oidc.mapping import DESK_ROLES
from desk.render import render
from desk.sessions import visit_of
from desk.signing import new_slip
from desk.signing_in import SignedIn, ports_of
from desk.typed import as_text, typed_in
from domain.values import is_identifier
from projections.words import capital

router = APIRouter(include_in_schema=False)
PAGE = "/accounts"
COLUMNS = ("Person", "Signs in as", "Name", "Beside roles under a notice", "Standing", "Sessions")
SESSIONS = ("Person", "Device", "Signed in by", "Since", "Last seen")
WAYS = {"password": "Password", "provider": "Their organisation’s account"}
NOT_YOURSELF = "Whoever shuts themselves out has nobody to let them in again. Ask another operator."


@router.get(PAGE)
async def accounts(request: Request) -> Response:
    """In a demonstration there are none, and the page says so."""
    keeping = ports_of(request).accounts
    found = await keeping.accounts() if keeping else ()
    return await render(
        request,
        "accounts/accounts.html",
        kept_here=keeping is not None,
        columns=COLUMNS,
        accounts=[
            [
                {"text": each.person, "href": _page(each.person)},
                each.login,
                each.name,
                ", ".join(each.roles) or "None",
                capital(each.standing),
                str(each.sessions),
            ]
            for each in found
        ],
        session_columns=SESSIONS,
        sessions=[
            [{"text": each.person, "href": _page(each.person)}, *_told(each)]
            for each in (await keeping.sessions() if keeping else ())
        ],
    )


@router.get(f"{PAGE}/add")
async def add_form(request: Request) -> Response:
    _keeping(request)
    return await _add(request)


@router.post(f"{PAGE}/add")
async def add(request: Request, persona: SignedIn, slip: Text = "") -> Response:
    """The link with which the password is set is shown once, here."""
    typed = await typed_in(request, "person", "login", "name")
    roles = tuple(as_text(each) for each in (await request.form()).getlist("roles"))
    person, login, name = (typed[each].strip() for each in ("person", "login", "name"))
    login = (login or person).lower()
    errors = {
        **({} if is_identifier(person) else {"person": "Enter the identifier, such as helen-marsh"}),
        **({"login": "A sign-in name is one word"} if len(login.split()) > 1 else {}),
        **({"roles": "Choose from these"} if set(roles) - set(DESK_ROLES) else {}),
    }
    if errors:
        return await _add(request, typed, roles, errors, slip)
    known = await _known_name(request, person)
    link = await _keeping(request).add(
        person, login, name or known or person, roles, _secret(request, slip), by=persona.id
    )
    if link is None:
        taken = {"person": f"There is an account of “{person}” already, or one that signs in as “{login}”"}
        return await _add(request, typed, roles, taken, slip)
    warned = None
    if known is None and not roles:
        warned = (
            f"No notice names “{person}” as the holder of a role. Until one does, nothing opens for them."
        )
    return await _hand_out(request, person, link, warned)


@router.get(f"{PAGE}/{{person}}")
async def one(request: Request, persona: SignedIn, person: str) -> Response:
    return await _one(request, persona.id, person)


@router.post(f"{PAGE}/{{person}}/link")
async def new_link(request: Request, persona: SignedIn, person: str, slip: Text = "") -> Response:
    """In the place of the password, and it lets in again who was shut out."""
    link = await _keeping(request).renew(person, _secret(request, slip), by=persona.id)
    if link is None:
        raise HTTPException(404)
    return await _hand_out(request, person, link)


@router.post(f"{PAGE}/{{person}}/shut-out")
async def shut_out(request: Request, persona: SignedIn, person: str) -> Response:
    if person == persona.id:
        return await _one(request, persona.id, person, NOT_YOURSELF)
    ended = await _keeping(request).shut_out(person, by=persona.id)
    await visit_of(request).flash(f"{person} is shut out. Sessions ended: {ended}.")
    return RedirectResponse(_page(person), 303)


@router.post(f"{PAGE}/{{person}}/end")
async def end(request: Request, persona: SignedIn, person: str, session: Text = "") -> Response:
    """One session, or without a name all of them."""
    ended = await _keeping(request).end(person, session or None, by=persona.id)
    await visit_of(request).flash(f"Sessions of {person} that were ended: {ended}.")
    return RedirectResponse(_page(person), 303)


def _keeping(request: Request) -> AccountKeeping:
    found = ports_of(request).accounts
    if found is None:
        raise HTTPException(404)
    return found


def _secret(request: Request, slip: str) -> str:
    """The same for a form that is sent twice, and nothing that anybody could guess."""
    about = f"password link {request.url.path} {slip or new_slip()}"
    made = hmac.new(ports_of(request).secret, about.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


async def _known_name(request: Request, person: str) -> str | None:
    book = ports_of(request).casebook
    await book.catch_up()
    return next((each.names[person] for each in book.notices() if person in each.names), None)


async def _one(request: Request, operator: str, person: str, refusal: str | None = None) -> Response:
    keeping = _keeping(request)
    account = next((each for each in await keeping.accounts() if each.person == person), None)
    sessions = await keeping.sessions(person)
    if account is None and not sessions:
        raise HTTPException(404)
    return await render(
        request,
        "accounts/account.html",
        status=409 if refusal else 200,
        refusal=refusal,
        here=_page(person),
        person=person,
        account=account,
        facts=[
            ("Name", account.name),
            ("Signs in as", account.login),
            ("Beside roles under a notice", ", ".join(account.roles) or "None"),
            ("Standing", capital(account.standing)),
        ]
        if account
        else [("Signs in by", WAYS["provider"])],
        is_operator=person == operator,
        sessions=[(each.name, _told(each)) for each in sessions],
        slip=new_slip(),
    )


def _told(each: KeptSession) -> list[str]:
    return [
        each.device,
        WAYS.get(each.way, each.way),
        f"{each.since:%-d %b %Y %H:%M} UTC",
        f"{each.seen:%-d %b %Y %H:%M} UTC",
    ]


async def _hand_out(request: Request, person: str, link: PasswordLink, warned: str | None = None) -> Response:
    return await render(
        request,
        "accounts/link.html",
        person=person,
        link=link,
        until=f"{link.until:%-d %B %Y %H:%M} UTC",
        warned=warned,
        back=_page(person),
    )


async def _add(
    request: Request,
    typed: Mapping[str, str] = NOTHING_TYPED,
    roles: tuple[str, ...] = (),
    errors: Mapping[str, str] = NOTHING_TYPED,
    slip: str = "",
) -> Response:
    choices: list[dict[str, Any]] = [
        {"value": role, "text": title, "checked": role in roles} for role, title in DESK_ROLES.items()
    ]
    return await render(
        request,
        "accounts/add.html",
        status=422 if errors else 200,
        typed=typed,
        errors=dict(errors),
        roles=choices,
        slip=slip or new_slip(),
    )


def _page(person: str) -> str:
    return f"{PAGE}/{quote(person, safe='')}"
