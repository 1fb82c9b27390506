"""A consideration of the power of clause 14, as the specifications of it begin."""

from datetime import date, datetime

from domain.actor import Actor
from domain.case import Draft
from domain.commands import OpenConsideration, ProposeDecision
from domain.events.tending import RoleDelegated
from domain.identity import OccurrenceId, notice_stream
from domain.terms.obligations import Option
from tests.domain.people import MINISTERS_OFFICE, occurrence
from tests.domain.specification import World, london

NOTICE = "lancashire-2016"
POWER = "referral-power"
CONSIDERED = occurrence(POWER, "1")
CONCERN = occurrence(POWER, "concern-1")
BECAUSE = "A monthly report is fifteen working days overdue."
REASONS = "The report has come since, and progress is visible."


def considering(*matters: OccurrenceId, because: str = BECAUSE) -> OpenConsideration:
    return OpenConsideration(NOTICE, POWER, because, matters)


def opened_on(world: World, at: datetime, *matters: OccurrenceId) -> World:
    return world.after(considering(*matters), MINISTERS_OFFICE, at)


def proposal(option: Option, day: date, reasons: str = REASONS) -> ProposeDecision:
    return ProposeDecision(CONSIDERED, option, reasons, day)


def stands_in(world: World, role: str, holder: Actor, to: Actor) -> World:
    """Throughout July 2016."""
    days = (date(2016, 7, 1), date(2016, 7, 31))
    delegated = RoleDelegated(role, holder.id, to.id, *days, "Leave.", london(2016, 6, 30))
    return world.told([Draft(notice_stream(NOTICE), delegated)])
