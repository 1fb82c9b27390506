"""Where a body is exposed: late, deficient, slow, stale, and the next step of the ladder with its date."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.addresses import exposure_page, occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, moment, short_day
from domain.identity import OccurrenceId
from domain.notice.state import Notice
from domain.time.zones import zone_named
from domain.who import today
from projections.exposure import (
    DeficientRow,
    Exposure,
    NextRung,
    bodies_of,
    bodies_that_owe,
    exposure,
)
from projections.overdue import OverdueRow
from projections.plan_sheet import ObjectiveRow
from projections.words import body, capital, joined

router = APIRouter(include_in_schema=False)
RUNGS = ("If nobody does anything", "About", "Due")


@router.get("/notice/{notice}/exposure")
async def exposure_of(request: Request, persona: SignedIn, book: Book, notice: str, of: str = "") -> Response:
    """One's own body first; any other that owes something can be chosen."""
    found, now = book.notice(notice), now_of(request)
    owing = bodies_that_owe(found)
    own = [each for each in bodies_of(found, persona.id, today(found, now)) if each in owing]
    party = of if of in owing else next(iter((*own, found.terms.recipient)))
    shown = exposure(book, notice, party, now)
    zone = zone_named(found.terms.zone)
    return await render(
        request,
        "exposure.html",
        notice_title=found.terms.title,
        name=shown.name,
        is_own=party in own,
        bodies=[_body(found, notice, each, party) for each in owing],
        summary=_summary(shown),
        late=[_late(each, zone) for each in shown.late],
        deficient=[_deficient(each) for each in shown.deficient],
        slow=[_objective(each, notice, zone) for each in shown.slow],
        stale=[_objective(each, notice, zone) for each in shown.stale],
        columns=RUNGS,
        rungs=[_rung(each, zone) for each in shown.rungs],
        first=_first(shown.rungs, zone),
    )


def _body(notice: Notice, notice_id: str, party: str, chosen: str) -> dict[str, Any]:
    return {
        "text": capital(body(notice, party)),
        "href": f"{exposure_page(notice_id)}?{urlencode({'of': party})}",
        "chosen": party == chosen,
    }


def _summary(found: Exposure) -> list[tuple[str, int, str]]:
    """Each with its number and the place on the page."""
    return [
        ("Late", len(found.late), "late"),
        ("Deficient", len(found.deficient), "deficient"),
        ("Slow", len(found.slow), "slow"),
        ("Stale", len(found.stale), "stale"),
    ]


def _first(rungs: tuple[NextRung, ...], zone: ZoneInfo) -> str | None:
    if not rungs:
        return None
    soonest = rungs[0]
    return f"{moment(soonest.at, zone)}: {soonest.what}. It is about “{soonest.title}”."


def _late(row: OverdueRow, zone: ZoneInfo) -> dict[str, Any]:
    days = f", {row.working_days} working day{'' if row.working_days == 1 else 's'} ago"
    following = row.next_rung
    return {
        "title": row.title,
        "href": occurrence_page(row.occurrence),
        "standing": row.urgency,
        "facts": [
            ("Clause", row.clause),
            ("Due", f"{day(row.due_on)}{days if row.working_days else ''}"),
            (
                "Last step taken",
                f"To {joined(row.highest.whom)}, {moment(row.highest.at, zone)}" if row.highest else None,
            ),
            (
                "Next step",
                f"{moment(following.when, zone)}: {following.what}"
                if following and following.when
                else row.next_step.sentence,
            ),
        ],
    }


def _deficient(row: DeficientRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "href": occurrence_page(OccurrenceId.parse(row.occurrence)),
        "standing": "deficient",
        "facts": [
            ("Clause", row.clause),
            ("Returned by", row.returned_by),
            ("Because", row.reasons),
            ("What falls short", "; ".join(row.sections) or None),
            ("To be made good by", day(row.supplement_due_on)),
        ],
    }


def _objective(row: ObjectiveRow, notice: str, zone: ZoneInfo) -> dict[str, Any]:
    late = [each for each in row.actions if each.outstanding]
    return {
        "title": row.title,
        "href": f"/notice/{notice}/plan#objective-{row.id}",
        "facts": [
            ("Owner", row.owner),
            ("Rated by its owner", capital(row.rated) if row.rated else "Not yet"),
            ("Last said something", moment(row.said_at, zone) if row.said_at else "Never"),
            ("Past their day", "; ".join(f"{each.title}, {short_day(each.due_on)}" for each in late) or None),
        ],
    }


def _rung(row: NextRung, zone: ZoneInfo) -> list[Any]:
    about = {"text": row.title, "href": occurrence_page(OccurrenceId.parse(row.occurrence))}
    due = f"{short_day(row.due_on)}, overdue" if row.is_late else short_day(row.due_on)
    return [f"{moment(row.at, zone)}: {row.what}", about, due]
