"""How urgent it is, in the words of the desk."""

from datetime import datetime
from typing import Literal

from domain.case import Case
from domain.occurrence.standing import Standing, standing
from domain.occurrence.state import Occurrence

Urgency = Literal["critically overdue", "overdue", "due soon", "for decision", "not due yet"]
MOST_URGENT_FIRST: tuple[Urgency, ...] = (
    "critically overdue",
    "overdue",
    "due soon",
    "for decision",
    "not due yet",
)


def urgency_of(case: Case, now: datetime) -> Urgency:
    """`for decision`: nothing more is awaited from whoever owed it; somebody still has to say what follows."""
    match standing(case.occurrence, now):
        case Standing.OVERDUE:
            return "critically overdue" if is_critical(case.occurrence) else "overdue"
        case Standing.DUE_SOON:
            return "due soon"
        case Standing.NOT_OPEN | Standing.OPEN | Standing.SUSPENDED:
            return "not due yet"
    return "for decision"


def is_critical(occurrence: Occurrence) -> bool:
    """It has been escalated or referred."""
    return any(each.status == "raised" and each.rung.do in ("escalate", "refer") for each in occurrence.rungs)


def standing_in_words(case: Case, now: datetime) -> str:
    """`open`, `overdue`, `critically overdue`, ... as a tag says it."""
    words = standing(case.occurrence, now)
    return "critically overdue" if words is Standing.OVERDUE and is_critical(case.occurrence) else str(words)
