"""What is owed: one shape for each kind of obligation.

Obligor (who owes), assignee (who does the work) and consequence (who bears it) are three fields, because a late
chair, adviser or Department never counts against the council of a notice. Source: clauses 1 to 14 of the notice.
"""

from typing import Annotated, Literal

from pydantic import Field

from domain.time.due import DueRule
from domain.values import Identifier, Sentence, Strength, Term


class CalendarPeriods(Term):
    """Months, quarters or half-years of the calendar; the first may be a stub from the anchor on."""

    periods: Literal["calendar"] = "calendar"
    months: Literal[1, 2, 3, 6, 12]
    first: Literal["stub", "full"] = "stub"


class AnniversaryPeriods(Term):
    """Periods that run from the day of the instrument: the n-th begins at the anchor plus n times the months."""

    periods: Literal["anniversary"] = "anniversary"
    months: Literal[1, 2, 3, 6, 12]


Recurrence = Annotated[CalendarPeriods | AnniversaryPeriods, Field(discriminator="periods")]


class Section(Term):
    """A part that a report must have. `nil_return`: “none” is an answer, but it has to be said."""

    id: Identifier
    title: Sentence
    clause: Identifier
    required: bool = True
    nil_return: bool = False
    hint: Sentence | None = None


class ObligationTerms(Term):
    """What every kind of obligation has.

    `accepted_by`: the role that answers for the obligee; anybody of it if left out. `hidden_from`: parties whose people
    are shown neither what comes of it nor its history, unless they also hold a role elsewhere.
    """

    id: Identifier
    clause: Identifier
    title: Sentence
    strength: Strength
    obligor: Identifier
    obligee: Identifier
    assignee: Identifier
    accepted_by: Identifier | None = None
    consequence: Identifier | None = None
    ladder: Identifier | None = None
    hidden_from: tuple[Identifier, ...] = ()


class RecurringReport(ObligationTerms):
    """A report for each period (6b monthly, 3b quarterly, 13 regularly)."""

    kind: Literal["recurring-report"]
    recurrence: Recurrence
    due: DueRule
    sections: tuple[Section, ...] = ()


class MaximumGapReview(ObligationTerms):
    """A review no later than a time after the last one held (7); the first counts from the instrument's day."""

    kind: Literal["maximum-gap-review"]
    due: DueRule
    themes: tuple[Sentence, ...] = ()


class FixedDeadline(ObligationTerms):
    """A set of actions delivered by one date (12), which a person then assesses."""

    kind: Literal["fixed-deadline"]
    due: DueRule


class BeforeEvent(ObligationTerms):
    """Something that has to be there before another obligation's event, and moves with it (11)."""

    kind: Literal["before-event"]
    event: Identifier
    due: DueRule
    sections: tuple[Section, ...] = ()


class DuringEvent(ObligationTerms):
    """A bundle provided while another obligation's event takes place (10a to 10d)."""

    kind: Literal["during-event"]
    event: Identifier
    items: tuple[Section, ...]


class Continuing(ObligationTerms):
    """Something that holds at all times: attested, or stale after some days without an update (3a, 6a)."""

    kind: Literal["continuing"]
    attested_every_months: int | None = Field(default=None, ge=1, le=24)
    stale_after_days: int | None = Field(default=None, ge=1, le=400)


class OnDemand(ObligationTerms):
    """Owed once somebody with the power to ask has asked (9)."""

    kind: Literal["on-demand"]
    demanded_by: Identifier


class UntilDecision(ObligationTerms):
    """Holds until a named body is satisfied (4b)."""

    kind: Literal["until-decision"]
    decided_by: Identifier


class ContentStandard(ObligationTerms):
    """What another obligation's document must contain (5, 6c to 6e)."""

    kind: Literal["content-standard"]
    of: Identifier
    sections: tuple[Section, ...] = ()


class ScopeList(ObligationTerms):
    """What another obligation may or must cover (1, 8)."""

    kind: Literal["scope-list"]
    of: Identifier | None = None
    themes: tuple[Sentence, ...] = ()


class DiscretionaryPower(ObligationTerms):
    """A power that a named body may use (4a, 14). The engine can refer to it and can never use it.

    `statute` stays empty where the instrument names none.
    """

    kind: Literal["discretionary-power"]
    statute: Sentence | None = None


Obligation = Annotated[
    RecurringReport
    | MaximumGapReview
    | FixedDeadline
    | BeforeEvent
    | DuringEvent
    | Continuing
    | OnDemand
    | UntilDecision
    | ContentStandard
    | ScopeList
    | DiscretionaryPower,
    Field(discriminator="kind"),
]
