"""The improvement plan: its objectives, how their owners rate them, and what is slow, stale or outstanding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from desk.acts.offered import ActLink, on_occurrence
from desk.addresses import occurrence_page
from desk.book import Book
from desk.looking_back import now_of
from desk.render import render
from desk.signing_in import SignedIn
from desk.words import day, moment
from domain.time.zones import zone_named
from projections.plan_sheet import ActionRow, ObjectiveRow, PlanSheet, plans
from projections.words import capital

router = APIRouter(include_in_schema=False)
Acts = Mapping[str, ActLink]
ACTIONS = ("Action", "Owner", "By", "Delivered")


@router.get("/notice/{notice}/plan")
async def plan(request: Request, persona: SignedIn, book: Book, notice: str) -> Response:
    """As it stands."""
    terms = book.notice(notice).terms
    found = plans(book, notice, now_of(request))
    zone = zone_named(terms.zone)
    shown = [
        _plan(each, zone, on_occurrence(book, each.occurrence, persona, now_of(request))) for each in found
    ]
    return await render(request, "plan.html", notice_title=terms.title, plans=shown, columns=ACTIONS)


def _plan(sheet: PlanSheet, zone: ZoneInfo, acts: Acts) -> dict[str, Any]:
    states: list[str] = [each.state for each in sheet.objectives]
    counts = ((state, states.count(state)) for state in _WORST_FIRST)
    return {
        "title": sheet.title,
        "href": occurrence_page(sheet.occurrence),
        "summary": ", ".join(f"{count} {state}" for state, count in counts if count),
        "stale_after": sheet.stale_after_days,
        "facts": [
            ("Areas that no objective covers", "; ".join(sheet.uncovered) or None),
            ("Objectives without a source", "; ".join(sheet.without_source) or None),
        ],
        "versions": [
            f"Version {each.version}, adopted by {each.adopted_by} on {moment(each.adopted_at, zone)}, "
            f"with {each.objectives} objective{'' if each.objectives == 1 else 's'}"
            for each in reversed(sheet.versions)
        ],
        "objectives": [_objective(each, zone, acts) for each in sheet.objectives],
        "acts": [(each.href, each.text) for each in acts.values() if each.act == "adopt-plan"],
    }


_WORST_FIRST = ("stale", "slow", "nothing said yet", "on track", "complete")


def _objective(row: ObjectiveRow, zone: ZoneInfo, acts: Acts) -> dict[str, Any]:
    said = f"{row.said_by}, {moment(row.said_at, zone)}" if row.said_at else None
    return {
        "id": row.id,
        "title": row.title,
        "state": row.state,
        "also_stale": row.also_stale,
        "said": row.said,
        "said_by": said,
        "facts": [
            ("Owner", row.owner),
            ("Rated by its owner", capital(row.rated) if row.rated else "Not yet"),
            ("Answers to", "; ".join(row.sources) or None),
            ("Areas", "; ".join(row.areas) or None),
        ],
        "actions": [_action(each, acts) for each in row.actions],
        "update": acts["update-progress"].about(objective=row.id) if "update-progress" in acts else None,
    }


def _action(row: ActionRow, acts: Acts) -> list[Any]:
    """Whoever may record it as delivered is led from where it says that it is not."""
    if row.delivered_on:
        delivered = f"{day(row.delivered_on)}{f': {row.evidence}' if row.evidence else ''}"
    else:
        delivered = "Outstanding: its day has passed" if row.outstanding else "Not yet"
    href = acts["deliver-action"].about(action=row.id) if "deliver-action" in acts else None
    cell: Any = {"text": f"{delivered}: record it as delivered", "href": href} if href else delivered
    return [row.title, row.owner, day(row.due_on), cell]
