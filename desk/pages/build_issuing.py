"""A draft becomes a notice: issued, or recorded as a variation of one in force; and one notice takes the place of another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from desk.addresses import notice_page
from desk.dates import as_typed, day_fields, day_typed
from desk.drafting import BUILD, AtTheDraft, Drafting, to
from desk.sessions import visit_of
from desk.signing import Trouble, sign, weigh
from desk.signing_in import ports_of
from desk.typed import typed_in
from desk.words import day, moment
from domain.case import Case
from domain.commands import IssueNotice, SupersedeNotice, VaryNotice
from domain.effect import Effect, effect_of
from domain.notice.clashes import clashes
from domain.notice.load import dues
from domain.notice.state import Notice
from domain.record import Receipt
from domain.time.calendar import load_calendar
from domain.time.zones import day_start, local_date, zone_named
from projections.words import occurrence_title

router = APIRouter(include_in_schema=False)
SINCE, DECIDED, EFFECTIVE = "since", "decided_on", "effective_on"
ISSUE, VARY = "build/issue.html", "build/vary.html"
ISSUE_FIELDS = ("chase", *day_fields(SINCE), "chase_from", "confirmed")
VARY_FIELDS = ("variation", "reason", *day_fields(DECIDED), *day_fields(EFFECTIVE), "confirmed")
SUPERSEDE_FIELDS = ("superseded", "reason", "stepped_down", *day_fields(DECIDED), "confirmed")
MOVED = ("What", "Due now", "Due then")
MOST_MOVED = 200


@router.get(f"{BUILD}/{{draft}}/issue")
async def issue_form(here: AtTheDraft) -> Response:
    if here.read.terms is None:
        return to(here.here)
    if here.in_the_record is not None:
        return to(f"{here.here}/vary")
    return await here.draw(ISSUE, typed={"chase": "now"})


@router.post(f"{BUILD}/{{draft}}/issue")
async def issue(here: AtTheDraft) -> Response:
    """First the answers are shown to be checked; the notice is issued when that has been confirmed."""
    if here.read.terms is None:
        return to(here.here)
    typed = await typed_in(here.request, *ISSUE_FIELDS)
    errors, start = _start(here, typed)
    if errors or typed["confirmed"] == "change" or start is None:
        return await here.draw(ISSUE, typed=typed, errors=errors)
    command = IssueNotice(here.read.terms, load_calendar(here.read.terms.notice.calendar), start)
    if typed["confirmed"] != "yes":
        return await _check_issue(here, typed, command)
    answer = await sign(here.request, here.persona, command, here.slip)
    if isinstance(answer, Trouble):
        return await here.draw(ISSUE, typed=typed, trouble=answer)
    await _keep_addresses(here)
    return await _done(here, answer, f"{command.terms.notice.title} is in force.")


@router.get(f"{BUILD}/{{draft}}/vary")
async def vary_form(here: AtTheDraft) -> Response:
    if here.read.terms is None:
        return to(here.here)
    if here.in_the_record is None:
        return to(f"{here.here}/issue")
    today = _today(here, here.in_the_record)
    return await here.draw(VARY, typed={**as_typed(DECIDED, today), **as_typed(EFFECTIVE, today)})


@router.post(f"{BUILD}/{{draft}}/vary")
async def vary(here: AtTheDraft) -> Response:
    """The whole notice as it will read; what that would move is shown before it is recorded."""
    if here.read.terms is None or here.in_the_record is None:
        return to(here.here)
    typed = await typed_in(here.request, *VARY_FIELDS)
    decided = day_typed(typed, DECIDED, "Enter the day on which it was decided")
    effective = day_typed(typed, EFFECTIVE, "Enter the day from which it counts")
    errors = {
        **_wanting(
            typed, variation="Say what the variation is called", reason="Say why the notice is varied"
        ),
        **({f"{DECIDED}-day": decided} if isinstance(decided, str) else {}),
        **({f"{EFFECTIVE}-day": effective} if isinstance(effective, str) else {}),
    }
    if errors or isinstance(decided, str) or isinstance(effective, str) or typed["confirmed"] == "change":
        return await here.draw(VARY, typed=typed, errors=errors)
    command = VaryNotice(here.read.terms, typed["variation"], typed["reason"], decided, effective)
    if typed["confirmed"] != "yes":
        return await _check_vary(here, typed, command)
    answer = await sign(here.request, here.persona, command, here.slip)
    if isinstance(answer, Trouble):
        return await here.draw(VARY, typed=typed, trouble=answer)
    await _keep_addresses(here)
    return await _done(here, answer, f"{here.read.terms.notice.title} is varied.")


@router.get(f"{BUILD}/{{draft}}/supersede")
async def supersede_form(here: AtTheDraft) -> Response:
    if here.read.terms is None:
        return to(here.here)
    today = as_typed(DECIDED, local_date(ports_of(here.request).clock_now(), here.read.terms.notice.zone))
    return await _supersede(here, typed=today)


@router.post(f"{BUILD}/{{draft}}/supersede")
async def supersede(here: AtTheDraft) -> Response:
    """The notice of this draft, which has been issued, takes the place of another one."""
    if here.read.terms is None or here.in_the_record is None:
        return to(here.here)
    typed = await typed_in(here.request, *SUPERSEDE_FIELDS)
    decided = day_typed(typed, DECIDED, "Enter the day on which it was decided")
    errors = {
        **(
            {}
            if typed["superseded"] in dict(_replaceable(here))
            else {"superseded": "Choose the notice that ends"}
        ),
        **_wanting(typed, reason="Say why another instrument takes its place"),
        **({f"{DECIDED}-day": decided} if isinstance(decided, str) else {}),
    }
    if errors or isinstance(decided, str) or typed["confirmed"] == "change":
        return await _supersede(here, typed=typed, errors=errors)
    successor = here.read.terms.notice.id
    command = SupersedeNotice(
        typed["superseded"], successor, typed["reason"], decided, bool(typed["stepped_down"])
    )
    if typed["confirmed"] != "yes":
        return await _check_supersede(here, typed, command)
    answer = await sign(here.request, here.persona, command, here.slip)
    if isinstance(answer, Trouble):
        return await _supersede(here, typed=typed, trouble=answer)
    return await _done(here, answer, f"{here.read.terms.notice.title} has taken its place.", command.notice)


def _start(here: Drafting, typed: Mapping[str, str]) -> tuple[dict[str, str], datetime | None]:
    """From when on it is chased. What is carried on the page to check is the moment that was shown there."""
    carried = typed["chase_from"]
    if carried:
        try:
            start = datetime.fromisoformat(carried)
        except ValueError:
            start = None
        if start is not None and start.tzinfo is not None:
            return {}, start
    if typed["chase"] == "now":
        return {}, ports_of(here.request).clock_now()
    if typed["chase"] != "since":
        return {"chase": "Choose from when on it is chased"}, None
    since = day_typed(typed, SINCE, "Enter the day from which on it is chased")
    if isinstance(since, str):
        return {f"{SINCE}-day": since}, None
    return {}, day_start(since, here.notice.terms.zone)


async def _check_issue(here: Drafting, typed: Mapping[str, str], command: IssueNotice) -> Response:
    """What would be brought into force, and what in it deserves a second look."""
    weighed = await weigh(here.request, here.persona, command)
    if isinstance(weighed, Trouble):
        return await here.draw(ISSUE, typed=typed, trouble=weighed)
    notice, header = here.notice, here.notice.terms
    zone, start = zone_named(header.zone), command.chase_from
    past = sum(each.due < start for each in here.expected)
    theirs = notice.roles_of(here.persona.id, local_date(start, header.zone))
    facts = [
        ("Instrument", header.instrument),
        ("Title", header.title),
        ("Name in the record", header.id),
        ("From", notice.party_name(header.issuer)),
        ("To", notice.party_name(header.recipient)),
        ("Issued", day(header.issued)),
        ("Runs until", day(header.runs_until)),
        ("Obligations", f"{len(notice.obligations)}, which fall due {len(here.expected)} times"),
        ("Chased", f"What falls due from {moment(start, zone)} on"),
        ("Due before that, and not chased", str(past) if past else None),
    ]
    return await here.draw(
        "build/issue_check.html",
        typed={**typed, "chase_from": start.isoformat()},
        facts=facts,
        clashes=len(clashes(dues(here.expected), notice.working_days)),
        appointments=[
            (notice.role(each.role).title, notice.person_name(each.person)) for each in notice.appointments
        ],
        vacant=[
            role.title for role in notice.roles if not notice.holders(role.id, local_date(start, header.zone))
        ],
        foreign=not theirs,
        early=day(header.issued) if header.issued > _today(here, notice) else None,
    )


async def _check_vary(here: Drafting, typed: Mapping[str, str], command: VaryNotice) -> Response:
    weighed = await weigh(here.request, here.persona, command)
    if isinstance(weighed, Trouble):
        return await here.draw(VARY, typed=typed, trouble=weighed)
    case, drafts = weighed
    effect = effect_of(case, drafts, ports_of(here.request).clock_now())
    facts = [
        ("Notice", command.terms.notice.title),
        ("Variation", command.variation),
        ("Why", command.reason),
        ("Decided on", day(command.decided_on)),
        ("Counts from", day(command.effective_on)),
    ]
    return await here.draw(
        "build/vary_check.html",
        typed=typed,
        facts=facts,
        effect=effect.sentence,
        columns=MOVED,
        rows=_moved(here, case, effect),
        more=max(0, len(effect.moved) - MOST_MOVED),
    )


def _moved(here: Drafting, case: Case, effect: Effect) -> list[list[str]]:
    """The names of what has opened are those of the record; of what is still to come, those of the draft."""
    titles = {each.id: each.title for each in here.expected}
    titles |= {
        each.id: occurrence_title(case.notice, each.facts)
        for each in here.book.occurrences(case.notice.terms.id)
    }
    return [
        [titles.get(each.occurrence, str(each.occurrence)), _or_not(each.was), _or_not(each.now)]
        for each in effect.moved[:MOST_MOVED]
    ]


async def _supersede(here: Drafting, **facts: Any) -> Response:
    return await here.draw("build/supersede.html", replaceable=_replaceable(here), **facts)


async def _check_supersede(here: Drafting, typed: Mapping[str, str], command: SupersedeNotice) -> Response:
    weighed = await weigh(here.request, here.persona, command)
    if isinstance(weighed, Trouble):
        return await _supersede(here, typed=typed, trouble=weighed)
    case, drafts = weighed
    assert here.read.terms is not None, "only an issued notice takes the place of another"
    facts = [
        ("Ends", case.notice.terms.title),
        ("In its place", here.read.terms.notice.title),
        ("A step back down", "Yes" if command.stepped_down else "No"),
        ("Why", command.reason),
        ("Decided on", day(command.decided_on)),
        ("Open now, and owed no more then", str(len(drafts) - 1)),
    ]
    return await here.draw("build/supersede_check.html", typed=typed, facts=facts)


def _replaceable(here: Drafting) -> list[tuple[str, str]]:
    """Notices in force that they may end: those which their own body issued."""
    now = ports_of(here.request).clock_now()
    own = here.read.terms.notice.id if here.read.terms else ""
    return [
        (each.terms.id, each.terms.title)
        for each in here.book.notices()
        if each.is_in_force
        and each.terms.id != own
        and set(each.roles_of(here.persona.id, local_date(now, each.terms.zone)))
        & set(each.roles_in(each.terms.issuer))
    ]


async def _keep_addresses(here: Drafting) -> None:
    """Addresses are kept outside the record, because they are erasable."""
    ports, terms = ports_of(here.request), here.read.terms
    for person in terms.people if ports.directory and terms else ():
        if ports.directory and person.email:
            await ports.directory.set_address(person.id, person.email, ports.clock_now())


async def _done(here: Drafting, receipt: Receipt, sentence: str, about: str | None = None) -> Response:
    """On to the notice; back to the builder where nobody gave them a role under it."""
    count = receipt.last_index - receipt.first_index + 1
    shown = f"{sentence} Recorded as {count} event{'' if count == 1 else 's'}, of which this is the first."
    await visit_of(here.request).flash(shown, receipt=((receipt.first_index, receipt.leaves[0]),))
    ports = ports_of(here.request)
    await ports.casebook.catch_up()
    assert here.read.terms is not None, "what was recorded came from a sound file"
    name = about or here.read.terms.notice.id
    theirs = here.book.notices()
    return to(notice_page(name) if any(each.terms.id == name for each in theirs) else BUILD)


def _today(here: Drafting, notice: Notice) -> date:
    return local_date(ports_of(here.request).clock_now(), notice.terms.zone)


def _wanting(typed: Mapping[str, str], **sentences: str) -> dict[str, str]:
    return {name: sentence for name, sentence in sentences.items() if not typed[name].strip()}


def _or_not(value: date | None) -> str:
    return day(value) if value else "Not owed"
