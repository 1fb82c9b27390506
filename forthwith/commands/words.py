"""The options and arguments that many commands share, each explained once."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from projections.past.naming import EARLIEST, LATEST


def _within_reach(_: object, day: date | None) -> None:
    if day is not None and not EARLIEST <= day.year <= LATEST:
        raise ValueError(f"the year has to lie between {EARLIEST} and {LATEST}.")


OccurrenceName = Annotated[
    str, Parameter(help="notice/obligation/period, for example lancashire-2016/monthly-report/2016-09.")
]
NoticeName = Annotated[str, Parameter(help="The notice, for example lancashire-2016.")]
ObligationName = Annotated[str, Parameter(help="The obligation, for example monthly-report.")]
RoleName = Annotated[str, Parameter(help="The role, for example reporting-officer.")]
PersonName = Annotated[str, Parameter(help="A person's identifier, for example helen-marsh.")]
TaskName = Annotated[str, Parameter(help="owed, or the step that opened the task, for example director.")]
Reason = Annotated[str, Parameter(help="Why, as the record will have it.")]
Day = Annotated[date, Parameter(validator=_within_reach)]
AsJson = Annotated[bool, Parameter(help="Print one JSON object.")]
LinesOfJson = Annotated[bool, Parameter(help="Print one JSON object a line.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an act is done: by whom, really or on trial, and how its receipt is told."""

    by: Annotated[str, Parameter(help="Your identifier, for example helen-marsh.")]
    dry_run: Annotated[
        bool, Parameter(help="Say whether it would be allowed, and what it would move; change nothing.")
    ] = False
    key: Annotated[
        UUID | None, Parameter(help="Repeating a request with the same key answers with the first receipt.")
    ] = None
    json: Annotated[bool, Parameter(help="Print the receipt as one JSON object.")] = False
