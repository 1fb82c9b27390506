"""What is owed on an occurrence, as its opening shows: some obligations ask for more than one kind of thing."""

from typing import Literal

from domain.events.owing import OccurrenceOpened
from domain.notice.schedule import PLAN

Owed = Literal[
    "report",
    "document",
    "review",
    "assessment",
    "attestation",
    "plan",
    "filled role",
    "answer",
    "bundle",
    "concern",
    "consideration",
]
_ONE_KIND_ONLY: dict[str, Owed] = {
    "recurring-report": "report",
    "before-event": "document",
    "maximum-gap-review": "review",
    "on-demand": "review",
    "after-event": "assessment",
    "until-decision": "answer",
    "during-event": "bundle",
}


def owed_on(facts: OccurrenceOpened) -> Owed:
    match facts.kind:
        case "fixed-deadline":
            return "report" if facts.sections else "assessment"
        case "continuing":
            return "plan" if facts.period == PLAN else "filled role" if facts.about else "attestation"
        case "discretionary-power":
            return "consideration" if facts.period.isdecimal() else "concern"
    return _ONE_KIND_ONLY[facts.kind]
