"""How a page tells the ladder as it is and as it would be: the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from desk.acting import Signing
from desk.words import moment
from domain.time.zones import zone_named
from projections.ladder_moved import StepMoved


def steps_told(here: Signing, steps: Iterable[StepMoved]) -> list[list[str]]:
    """Each row: the step, when it is taken as things are, and when it would be taken."""
    zone = zone_named(here.case.notice.terms.zone)
    return [
        [each.what, f"{'Done: ' if each.done else ''}{_when(each.now, zone)}", _when(each.then, zone)]
        for each in steps
    ]


def _when(instant: datetime | None, zone: ZoneInfo) -> str:
    return moment(instant, zone) if instant else "Not taken"
