"""How much a notice asks for week by week: bars for the eye, and rows for the table of the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desk.words import short_day
from domain.notice.load import Week
from domain.time.words import MONTHS

HEIGHT = 180
WIDTH = 1000


def load_drawing(weeks: Sequence[Week]) -> dict[str, Any]:
    """Bars from 0 to 1000 across and from 0 to 180 up; each part is of one party, numbered as in the key."""
    parties = _parties(weeks)
    most = max((week.count for week in weeks), default=1)
    step = WIDTH / max(len(weeks), 1)
    return {
        "height": HEIGHT,
        "most": most,
        "bars": [
            {
                "x": round(number * step + step * 0.14, 1),
                "width": round(step * 0.72, 1),
                "count": week.count,
                "top": round(HEIGHT - week.count / most * HEIGHT, 1),
                "title": f"Week from {short_day(week.begins)}: {week.count}",
                "parts": _parts(week, parties, most),
            }
            for number, week in enumerate(weeks)
            if week.count
        ],
        "months": [
            {"x": round(number * step, 1), "label": _month(week, weeks[number - 1] if number else None)}
            for number, week in enumerate(weeks)
            if not number or week.begins.month != weeks[number - 1].begins.month
        ],
    }


def load_key(weeks: Sequence[Week], names: Mapping[str, str]) -> list[str]:
    """The names of the parties in the order of their numbers."""
    return [names.get(each, each) for each in _parties(weeks)]


def load_rows(weeks: Sequence[Week]) -> list[list[str]]:
    """One row for each week in which something falls due."""
    parties = _parties(weeks)
    return [
        [short_day(week.begins), str(week.count), *(str(dict(week.owed).get(party, 0)) for party in parties)]
        for week in weeks
        if week.count
    ]


def load_in_words(weeks: Sequence[Week]) -> str:
    """What the picture shows, in a sentence or two."""
    if not weeks:
        return "Nothing falls due in this year."
    total, busy = sum(week.count for week in weeks), [week for week in weeks if week.count]
    most = max(weeks, key=lambda week: week.count)
    return (
        f"{total} thing{'s fall' if total != 1 else ' falls'} due, in {len(busy)} of {len(weeks)} weeks. "
        f"The fullest week begins on {short_day(most.begins)}, with {most.count}."
    )


def _parties(weeks: Sequence[Week]) -> list[str]:
    return sorted({party for week in weeks for party, _ in week.owed})


def _parts(week: Week, parties: Sequence[str], most: int) -> list[dict[str, Any]]:
    parts, below = [], 0
    for party, count in week.owed:
        below += count
        parts.append(
            {
                "party": parties.index(party) % 6 + 1,
                "y": round(HEIGHT - below / most * HEIGHT, 1),
                "height": round(count / most * HEIGHT, 1),
            }
        )
    return parts


def _month(week: Week, before: Week | None) -> str:
    name = MONTHS[week.begins.month - 1][:3]
    new_year = before is None or before.begins.year != week.begins.year
    return f"{name} {week.begins.year}" if new_year else name
