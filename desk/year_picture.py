"""The year of a notice for the eye (`year_svg`) and, with the same facts, for everybody (its table)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from textwrap import shorten, wrap
from typing import Any
from zoneinfo import ZoneInfo

from desk.addresses import occurrence_page
from desk.words import day, moment, short_day
from domain.time.zones import zone_named
from projections.notice_year import NoticeYear, YearBar, YearLane

WIDTH = 1000
LABEL_WIDTH = 27
COLUMNS = ("What is owed", "For", "Due", "Standing", "Arrived", "Steps of the ladder taken")
IN_KEY = (
    "accepted",
    "submitted",
    "accepted late",
    "submitted late",
    "critically overdue",
    "overdue",
    "deficient",
    "held without",
    "due soon",
    "suspended",
    "open",
    "waived",
    "withdrawn",
    "to come",
)
MISSING = ("critically overdue", "overdue", "held without")
EXCUSED = ("waived", "withdrawn")
SHOWN_STEPS = ("overdue", "escalate", "refer")


def year_drawing(year: NoticeYear) -> dict[str, Any]:
    """All x run from 0 to 1000."""
    return {
        "today": None if year.today is None else _x(year, year.today),
        "months": list(_months(year)),
        "lanes": [_lane(year, lane) for lane in year.lanes],
        "deadlines": [],
    }


def year_rows(year: NoticeYear) -> list[list[Any]]:
    """One row for each occurrence, in the order of the picture's lanes."""
    zone = zone_named(year.zone)
    return [_row(lane, bar, zone) for lane in year.lanes for bar in lane.bars]


def year_key(year: NoticeYear) -> list[str]:
    """The marks that the picture really shows."""
    used = {_mark(bar) for lane in year.lanes for bar in lane.bars}
    return [words for words in IN_KEY if words in used]


def has_steps(year: NoticeYear) -> bool:
    return any(step.do in SHOWN_STEPS for lane in year.lanes for bar in lane.bars for step in bar.raised)


def year_in_words(year: NoticeYear) -> str:
    """What the picture shows, in one or two sentences."""
    bars = [bar for lane in year.lanes for bar in lane.bars]
    met = [bar for bar in bars if bar.met_at is not None]
    late = [bar for bar in met if bar.late]
    missing = [bar for bar in bars if bar.standing in MISSING]
    excused = [bar for bar in bars if bar.standing in EXCUSED]
    to_come = len(bars) - len(met) - len(missing) - len(excused)
    return (
        f"Of {len(bars)} dated duties, {len(met) - len(late)} have been met in time and {len(late)} late; "
        f"{len(missing)} {'is' if len(missing) == 1 else 'are'} overdue and {to_come} are still to come."
        f"{_owed_no_more(len(excused))}"
    )


def _owed_no_more(excused: int) -> str:
    if not excused:
        return ""
    return f" {excused} {'duty is' if excused == 1 else 'duties are'} owed no more."


def _x(year: NoticeYear, at: datetime) -> float:
    return round(year.share(at) * WIDTH, 1)


def _months(year: NoticeYear) -> Iterator[dict[str, Any]]:
    ends = [*(tick.at for tick in year.months[1:]), year.ends]
    for number, (tick, end) in enumerate(zip(year.months, ends, strict=True)):
        begins_year = number == 0 or tick.year != year.months[number - 1].year
        x = _x(year, tick.at)
        yield {
            "x": x,
            "width": round(_x(year, end) - x, 1),
            "label": tick.label,
            "year": tick.year if begins_year else None,
        }


def _lane(year: NoticeYear, lane: YearLane) -> dict[str, Any]:
    lines = wrap(f"{lane.clause}  {shorten(lane.title, 2 * LABEL_WIDTH - 6, placeholder=' …')}", LABEL_WIDTH)
    return {
        "label": lane.title,
        "lines": lines[:2],
        "marks": [
            {"x": _x(year, bar.due), "standing": _mark(bar), "title": f"{bar.title}: {_standing(bar)}"}
            for bar in lane.bars
        ],
        "steps": [
            {"x": _x(year, step.at), "title": f"{bar.title}: {step.what}"}
            for bar in lane.bars
            for step in bar.raised
            if step.do in SHOWN_STEPS
        ],
    }


def _mark(bar: YearBar) -> str:
    if bar.late and bar.standing in ("accepted", "submitted"):
        return f"{bar.standing} late"
    return "to come" if bar.standing == "not open" else bar.standing


def _standing(bar: YearBar) -> str:
    return f"{_mark(bar)}, day projected" if bar.projected else _mark(bar)


def _row(lane: YearLane, bar: YearBar, zone: ZoneInfo) -> list[Any]:
    title = f"{lane.title}, clause {lane.clause}"
    return [
        {"text": title, "href": occurrence_page(bar.occurrence)} if bar.opened else title,
        bar.label,
        day(bar.due_on),
        _standing(bar).capitalize(),
        moment(bar.met_at, zone) if bar.met_at else "–",
        "; ".join(f"{step.what}, {short_day(step.at.astimezone(zone))}" for step in bar.raised) or "–",
    ]
