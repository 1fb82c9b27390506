"""What a link can be given for: everything under a notice that somebody outside could do once, with one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.actor import OUTSIDE
from domain.case import Case
from domain.identity import OccurrenceId, command_id
from domain.notice.state import Notice
from domain.outside_links import LinkAct, OutsideLink
from domain.reporting.submitting import is_met_by_a_report
from domain.reporting.versions import accepted_in_words
from domain.terms.obligations import DiscretionaryPower
from domain.who import obligor_roles, today
from projections.casebook import Casebook
from projections.words import body, capital, occurrence_title, person_name, role_title

CONCERN = "concern"


@dataclass(frozen=True, slots=True)
class Offer:
    """`name` and `role` of whom it would be for; `do` follows `to …`. `needs_address`: nobody knows one before it is typed."""

    act: LinkAct
    about: OccurrenceId
    number: int | None
    person: str
    name: str
    role: str
    do: str
    needs_address: bool = False

    @property
    def key(self) -> str:
        """How a form names it; identifiers hold no space."""
        return f"{self.act} {self.about} {self.number or 0} {self.person}"


def offers(book: Casebook, notice_id: str, giver: str, now: datetime) -> tuple[Offer, ...]:
    """What this person may give links to others for. Raises NotFound."""
    notice = book.notice(notice_id)
    found = [
        offer
        for case in book.cases(notice_id)
        if may_give(notice, case, giver, now)
        for offer in _of_a_case(case, now)
    ]
    if may_give(notice, None, giver, now):
        found += _concerns(notice, now)
    return tuple(each for each in found if each.person != giver)


def offer_of(book: Casebook, link: OutsideLink, now: datetime) -> Offer | None:
    """What the link is for, if that can still be done by whom it was given to. Raises NotFound."""
    if link.act == "record-concern":
        found = _concerns(book.notice(link.notice), now)
    else:
        found = _of_a_case(book.case(link.about), now)
    wanted = (link.act, link.about, link.number, link.person)
    return next((each for each in found if (each.act, each.about, each.number, each.person) == wanted), None)


def may_give(notice: Notice, case: Case | None, giver: str, now: datetime) -> bool:
    """Those who keep the notice; and those who owe the report, for that report."""
    roles = {*notice.keeping_roles, *(obligor_roles(case) if case else ())}
    return bool(roles.intersection(notice.roles_of(giver, today(notice, now))))


def do_in_words(act: LinkAct, notice: Notice, case: Case | None, number: int | None) -> str:
    """`send the report “Quarterly progress report of the chair for July to September 2016”`."""
    if case is None:
        return "raise one concern under the notice"
    title = occurrence_title(notice, case.occurrence.facts)
    if act == "answer-query":
        return f"answer query {number} on “{title}”"
    return f"give an update for “{title}”" if act == "record-update" else f"send the report “{title}”"


def _of_a_case(case: Case, now: datetime) -> Iterator[Offer]:
    occurrence = case.occurrence
    if occurrence.is_excused or accepted_in_words(case) is not None:
        return
    if is_met_by_a_report(case) and (not occurrence.submissions or occurrence.submissions[-1].returned):
        yield from _to_holders(case, "submit-report", None, now)
    for query in occurrence.queries:
        if query.answered is None:
            yield from _to_holders(case, "answer-query", query.raised.query, now)
    for update in occurrence.updates:
        if update.received is None:
            yield _to_a_partner(case, update.commissioned.update, update.commissioned.partner)


def _to_holders(case: Case, act: LinkAct, number: int | None, now: datetime) -> Iterator[Offer]:
    do = do_in_words(act, case.notice, case, number)
    for person, role in _holders(case.notice, obligor_roles(case), now):
        name, title = person_name(case.notice, person), role_title(case.notice, role)
        yield Offer(act, case.occurrence.id, number, person, name, title, do)


def _to_a_partner(case: Case, number: int, partner: str) -> Offer:
    """Named by chance, and the same each time, so that a draft outlives the link."""
    named = command_id("partner", str(case.occurrence.id), str(number)).hex[:16]
    return Offer(
        "record-update",
        case.occurrence.id,
        number,
        f"{OUTSIDE}-{named}",
        capital(body(case.notice, partner)),
        "Partner",
        do_in_words("record-update", case.notice, case, number),
        needs_address=True,
    )


def _concerns(notice: Notice, now: datetime) -> Iterator[Offer]:
    for power in notice.obligations:
        if isinstance(power, DiscretionaryPower) and power.concerns_from and notice.is_in_force:
            about = OccurrenceId(notice.terms.id, power.id, CONCERN)
            do = do_in_words("record-concern", notice, None, None)
            for person, role in _holders(notice, power.concerns_from, now):
                name = person_name(notice, person)
                yield Offer("record-concern", about, None, person, name, role_title(notice, role), do)


def _holders(notice: Notice, roles: tuple[str, ...], now: datetime) -> list[tuple[str, str]]:
    """Each person once, with the first of the roles that they hold today."""
    found: dict[str, str] = {}
    for role in roles:
        for person in notice.holders(role, today(notice, now)):
            found.setdefault(person, role)
    return list(found.items())
