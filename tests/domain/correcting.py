"""How a recorded event is found, corrected and looked at in the specifications of corrections."""

from datetime import datetime
from typing import Any

from domain.case import Draft
from domain.commands import (
    ApproveCorrection,
    ProposeCorrection,
)
from domain.identity import OccurrenceId, notice_stream
from domain.occurrence.state import Occurrence
from tests.domain.deciding import NOTICE
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    MAY_REPORT,
)
from tests.domain.specification import World, london

WHY = "The postmark says otherwise."
IN_TIME = "2016-06-14T16:00:00+01:00"
IN_TIME_AS_RECORDED = "2016-06-14T15:00:00.000000Z"
AT = london(2016, 7, 4, 10)


def place_of(world: World, kind: type, of: OccurrenceId | None = None) -> int:
    """The place in its stream of the last event of a kind."""
    stream = of.stream if of else notice_stream(NOTICE)
    events = [draft.event for draft in world.history if draft.stream == stream]
    return max(place for place, event in enumerate(events, 1) if type(event) is kind)


def wrong(
    world: World, kind: type, field: str, now: str, of: OccurrenceId | None = MAY_REPORT
) -> ProposeCorrection:
    return ProposeCorrection(NOTICE, place_of(world, kind, of), field, now, WHY, of)


def approval(proposed: ProposeCorrection) -> ApproveCorrection:
    return ApproveCorrection(NOTICE, proposed.version, proposed.of)


def corrected(world: World, proposed: ProposeCorrection, at: datetime = AT) -> World:
    return world.after(proposed, CHAIR, at).after(approval(proposed), CASE_LEAD, at)


def told(world: World, event: Any, of: OccurrenceId | None = None) -> World:
    return world.told([Draft(of.stream if of else notice_stream(NOTICE), event)])


def state(world: World, of: OccurrenceId) -> Occurrence:
    return world.case(of).occurrence
