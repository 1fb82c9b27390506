"""The links that were given under a notice, each with what became of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desk.outside.door import OutsideDoor
from desk.outside.offers import do_in_words, may_give
from domain.access import InTheNameOf
from domain.case import Case
from domain.identity import OccurrenceId
from domain.outside_links import LinkAct, OutsideLink
from domain.record import Receipt
from domain.refusals import NotFound
from domain.time.zones import local_date
from projections.casebook import Casebook
from projections.seen_by import roles_held
from projections.words import capital, person_name

LinkStanding = Literal["good", "used", "revoked", "expired"]


@dataclass(frozen=True, slots=True)
class GivenLink:
    """One link. `name`: of whom it is for; `do`: what it is for, in words. `event`: the first one that came of it.

    Its words are not among this: they were mailed, and are kept nowhere.
    """

    id: str
    person: str
    name: str
    act: LinkAct
    about: OccurrenceId
    number: int | None
    do: str
    given_by: str
    made: datetime
    expires: datetime
    standing: LinkStanding
    event: int | None


async def given_links(
    door: OutsideDoor, book: Casebook, notice: str, viewer: str, now: datetime
) -> tuple[GivenLink, ...]:
    """Those that the viewer could have given themselves, newest first, as they stood at that moment. Raises NotFound."""
    return tuple(
        [
            await _told(door, book, each, now)
            for each in await door.links.of_notice(notice, _in_their_roles(book, notice, viewer, now))
            if each.made <= now and _is_theirs(book, each, viewer, now)
        ]
    )


def _in_their_roles(book: Casebook, notice: str, viewer: str, now: datetime) -> InTheNameOf:
    today = local_date(now, book.notice(notice).terms.zone)
    held = roles_held(book, notice, viewer, today)
    return InTheNameOf(viewer, roles=tuple(f"{notice}/{role}" for role in held))


def case_of(book: Casebook, about: OccurrenceId) -> Case | None:
    """None for a concern, which has no occurrence yet, and for what is hidden from whoever asks."""
    with suppress(NotFound):
        return book.case(about)
    return None


def _is_theirs(book: Casebook, link: OutsideLink, viewer: str, now: datetime) -> bool:
    case = case_of(book, link.about)
    if case is None and link.act != "record-concern":
        return False
    return may_give(book.notice(link.notice), case, viewer, now)


async def _told(door: OutsideDoor, book: Casebook, link: OutsideLink, now: datetime) -> GivenLink:
    notice, case = book.notice(link.notice), case_of(book, link.about)
    receipt = await door.receipt_of(link.command)
    used = receipt if receipt and receipt.recorded <= now else None
    return GivenLink(
        id=str(link.id),
        person=link.person,
        name=_partner(case, link) if link.is_of_a_stranger else person_name(notice, link.person),
        act=link.act,
        about=link.about,
        number=link.number,
        do=capital(do_in_words(link.act, notice, case, link.number)),
        given_by=link.given_by,
        made=link.made,
        expires=link.expires,
        standing=_standing(link, used, now),
        event=used.first_index if used else None,
    )


def _standing(link: OutsideLink, used: Receipt | None, now: datetime) -> LinkStanding:
    if used is not None:
        return "used"
    if link.revoked is not None and link.revoked <= now:
        return "revoked"
    return "expired" if now > link.expires else "good"


def _partner(case: Case | None, link: OutsideLink) -> str:
    updates = case.occurrence.updates if case else ()
    found = (each.commissioned.partner for each in updates if each.commissioned.update == link.number)
    return next(found, "A partner")
