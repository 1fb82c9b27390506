"""What a draft comes to: what it asks for, its load by week and its clashes, its rehearsal, and another wording beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from desk.building import STORIES, CutShort, Story
from desk.drafting import BUILD, AtTheDraft, Drafting, builder_of, keeping_roles, to
from desk.load_picture import load_drawing, load_in_words, load_key, load_rows
from desk.rehearsed_words import FATES, fate_rows, in_words
from desk.signing import Trouble
from desk.signing_in import ports_of
from desk.words import day
from domain.notice.as_issued import as_issued
from domain.notice.clashes import APART, KINDS, MOST_APART, Clash, clashes, told
from domain.notice.load import dues, in_year, weekly_load, years_of
from domain.notice.restated_differences import Differences, differences
from domain.notice.restating import restated
from domain.notice.state import Notice
from domain.terms.obligations import Obligation
from domain.time.due import describe
from domain.time.words import plain_date

router = APIRouter(include_in_schema=False)
CLAUSES = ("Clause", "What", "Strength", "Owed by", "To", "When")
DAYS = ("By the end of", "What", "Clause", "Owed by", "To")
MOVED = ("What", "By the end of, before", "By the end of, now")
CLASHES = ("Day", "What clashes", "What is due")
KINDS_IN_WORDS = {
    "same-day": "Several things on one day",
    "day-off": "Due on a day off",
    "christmas": "Due between Christmas Eve and New Year’s Day",
    "beside-holiday": "Due beside a bank holiday",
    "close-together": "Due days close together",
}
UNDATED = "No day of its own"


@router.get(f"{BUILD}/{{draft}}/asks")
async def asks(here: AtTheDraft) -> Response:
    """Clauses, obligations, and every due day of the first year."""
    if here.read.terms is None:
        return to(here.here)
    notice, year = here.notice, _year(here)
    first = {(each.on, each.occurrence) for each in in_year(dues(here.expected), notice.terms.issued, year)}
    return await here.draw(
        "build/asks.html",
        columns=CLAUSES,
        rows=[_obligation(notice, each) for each in notice.obligations],
        day_columns=DAYS,
        days=[
            [
                day(each.due_on),
                each.title + (" (if the one before is held on its last day)" if each.projected else ""),
                each.obligation.clause,
                notice.party_name(each.obligation.obligor),
                notice.party_name(each.obligation.obligee),
            ]
            for each in here.expected
            if (each.due_on, f"{each.id.obligation}/{each.id.period}") in first
        ],
        clauses=notice.clauses,
        year=year,
        years=_years(here),
    )


@router.get(f"{BUILD}/{{draft}}/weeks")
async def weeks(here: AtTheDraft) -> Response:
    """How much falls due in each week of a year, and what in those days is likely to go wrong."""
    if here.read.terms is None:
        return to(here.here)
    notice, year = here.notice, _year(here)
    typed = here.request.query_params.get("apart", str(APART)).strip()
    apart = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else None
    errors = {}
    if apart is None or not 1 <= apart <= MOST_APART:
        errors["apart"] = f"Enter a number of working days from 1 to {MOST_APART}"
        apart = APART
    shown = in_year(dues(here.expected), notice.terms.issued, year)
    names = {each.id: each.name for each in notice.parties}
    load = weekly_load(shown)
    found = clashes(shown, notice.working_days, apart)
    return await here.draw(
        "build/weeks.html",
        errors=errors,
        typed={"apart": typed},
        year=year,
        years=_years(here),
        load=load_drawing(load),
        load_words=load_in_words(load),
        load_columns=("Week from", "Falls due", *load_key(load, names)),
        load_rows=load_rows(load),
        key=load_key(load, names),
        clash_columns=CLASHES,
        clashes=[(KINDS_IN_WORDS[kind], _clash_rows(found, kind, names)) for kind in KINDS],
        nowhere=[_small(KINDS_IN_WORDS[kind]) for kind in KINDS if kind not in {each.kind for each in found}],
        count=len(found),
        apart=apart,
    )


@router.get(f"{BUILD}/{{draft}}/rehearse")
async def rehearse(here: AtTheDraft) -> Response:
    """The whole life of the notice, in the story that was chosen; nothing is played until one is."""
    if here.read.terms is None:
        return to(here.here)
    asked = here.request.query_params
    story, undone = asked.get("story", ""), asked.get("undone", "") or None
    known = {each.id for each in here.notice.owed}
    facts: dict[str, Any] = {
        "typed": {"story": story, "undone": undone or ""},
        "stories": STORIES,
        "obligations": [(each.id, f"{each.clause}: {each.title}") for each in _can_be_left(here)],
    }
    errors = {}
    if story and story not in STORIES:
        errors["story"] = "Choose who acts"
    if undone is not None and undone not in known:
        errors["undone"] = "Choose something that the notice asks for"
    if not story or errors:
        return await here.draw("build/rehearse.html", errors=errors, played=None, **facts)
    return await _played(here, _story(story), undone, facts)


async def _played(here: Drafting, story: Story, undone: str | None, facts: dict[str, Any]) -> Response:
    assert here.read.terms is not None, "only sound files are rehearsed"
    left = undone if story == "everybody-in-time" else None
    try:
        played = await builder_of(here.request).rehearse(here.read.terms, story, left)
    except CutShort as fault:
        return await here.draw("build/rehearse.html", trouble=Trouble(503, str(fault)), played=None, **facts)
    titles = {each.id: each.title for each in here.notice.owed}
    return await here.draw(
        "build/rehearse.html",
        played=played,
        words=in_words(played, here.notice.terms.zone, titles.get(left or "")),
        columns=FATES,
        rows=fate_rows(played, here.notice.terms.zone),
        **facts,
    )


@router.get(f"{BUILD}/{{draft}}/compare")
async def compare(here: AtTheDraft) -> Response:
    """Beside another draft, or a notice as it reads now: what is owed, and by when."""
    if here.read.terms is None:
        return to(here.here)
    asked = here.request.query_params.get("with", "")
    others = await _others(here)
    errors: dict[str, str] = {}
    found: Differences | None = None
    if asked:
        other = await _other(here, asked) if asked in dict(others) else None
        if other is None:
            errors["with"] = "Choose a notice, or a draft that is sound"
        else:
            found = differences(other, here.notice)
    return await here.draw(
        "build/compare.html",
        errors=errors,
        typed={"with": asked},
        others=others,
        other=dict(others).get(asked),
        found=found,
        columns=MOVED,
        rows=_moved_rows(found) if found else [],
        notice=here.notice,
        changed=[(each, ", ".join(terms).replace("_", " ")) for each, terms in found.changed]
        if found
        else [],
    )


async def _others(here: Drafting) -> list[tuple[str, str]]:
    ports = ports_of(here.request)
    kept = await ports.notice_drafts.of(keeping_roles(here.request, here.persona))
    return [
        *((each.terms.id, f"{each.terms.title}, as it reads now") for each in here.book.notices()),
        *((str(each.id), f"Draft: {each.title}") for each in kept if each.id != here.draft.id),
    ]


async def _other(here: Drafting, asked: str) -> Notice | None:
    """Both as they would stand if they were issued as they read now, so that what has happened does not count."""
    for notice in here.book.notices():
        if notice.terms.id == asked:
            return as_issued(restated(notice))
    kept = await ports_of(here.request).notice_drafts.one(UUID(asked), here.owners)
    read = await builder_of(here.request).read(kept.text) if kept else None
    return as_issued(read.terms) if read and read.terms else None


def _moved_rows(found: Differences) -> list[list[str]]:
    return [
        [each.title, day(each.was) if each.was else "Not owed", day(each.now) if each.now else "Not owed"]
        for each in found.moved
    ]


def _obligation(notice: Notice, each: Obligation) -> list[str]:
    due = getattr(each, "due", None)
    strength = "" if each.strength == "none" else each.strength
    return [
        each.clause,
        each.title,
        strength,
        notice.party_name(each.obligor),
        notice.party_name(each.obligee),
        describe(due).capitalize() if due else UNDATED,
    ]


def _clash_rows(found: tuple[Clash, ...], kind: str, names: dict[str, str]) -> list[list[str]]:
    return [
        [plain_date(each.on), told(each, names), "; ".join(due.title for due in each.things)]
        for each in found
        if each.kind == kind
    ]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _can_be_left(here: Drafting) -> list[Obligation]:
    dated = {each.obligation.id for each in here.expected}
    return [each for each in here.notice.owed if each.id in dated]


def _years(here: Drafting) -> int:
    return years_of(dues(here.expected), here.notice.terms.issued)


def _year(here: Drafting) -> int:
    typed = here.request.query_params.get("year", "1")
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    return min(max(wanted, 1), _years(here))


def _story(words: str) -> Story:
    return "nobody-acts" if words == "nobody-acts" else "everybody-in-time"
