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


Tracked = Literal["slow-objectives", "stale-objectives", "progress", "outstanding-actions"]


class Section(Term):
    """A part that a report must have. `nil_return`: “none” is an answer, but it has to be said.

    `filled_from`: what of the plan's own record a draft of this section begins with; a “none” that contradicts it is
    queried.
    """

    id: Identifier
    title: Sentence
    clause: Identifier
    required: bool = True
    nil_return: bool = False
    filled_from: Tracked | None = None
    hint: Sentence | None = None


class FollowOn(Term):
    """What is owed because something was wanting: within so many working days, chased up a ladder of its own."""

    working_days: int = Field(ge=1, le=250)
    ladder: Identifier | None = None


class ObligationTerms(Term):
    """What every kind of obligation has.

    `accepted_by`: the role that answers for the obligee; anybody of it if left out. `excused_by`: the role that may
    extend, suspend or waive it; whoever accepts it if left out. `hidden_from`: parties whose people are shown neither
    what comes of it nor its history, unless they also hold a role elsewhere.
    """

    id: Identifier
    clause: Identifier
    title: Sentence
    strength: Strength
    obligor: Identifier
    obligee: Identifier
    assignee: Identifier
    accepted_by: Identifier | None = None
    excused_by: Identifier | None = None
    consequence: Identifier | None = None
    ladder: Identifier | None = None
    hidden_from: tuple[Identifier, ...] = ()


class RecurringReport(ObligationTerms):
    """A report for each period (6b monthly, 3b quarterly, 13 regularly).

    `supplemental`: what is owed after a report was returned as deficient; without it, none can be returned.
    """

    kind: Literal["recurring-report"]
    recurrence: Recurrence
    due: DueRule
    sections: tuple[Section, ...] = ()
    supplemental: FollowOn | None = None


class MaximumGapReview(ObligationTerms):
    """A review no later than a time after the last one held (7); the first counts from the instrument's day."""

    kind: Literal["maximum-gap-review"]
    due: DueRule
    themes: tuple[Sentence, ...] = ()


class FixedDeadline(ObligationTerms):
    """Something delivered by one date (12), which a person then assesses.

    `over`: the obligation that keeps the plan whose actions are the set. `sections`: what is to be said by that date;
    a report then meets it.
    """

    kind: Literal["fixed-deadline"]
    due: DueRule
    over: Identifier | None = None
    sections: tuple[Section, ...] = ()


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


class AfterEvent(ObligationTerms):
    """A judgement owed once another obligation's day has come, and dated from it: a duty to determine."""

    kind: Literal["after-event"]
    event: Identifier
    due: DueRule


class Continuing(ObligationTerms):
    """Something that holds at all times: attested, or stale after some days without an update (3a, 6a).

    `stale_after_days`: it keeps a plan, each objective of which has to be updated that often. `maintains`: roles that
    may not stand vacant; `repair` is owed from the day on which one does.
    """

    kind: Literal["continuing"]
    attested_every_months: Literal[1, 2, 3, 6, 12] | None = None
    attested_within_working_days: int = Field(default=5, ge=1, le=60)
    stale_after_days: int | None = Field(default=None, ge=1, le=400)
    maintains: tuple[Identifier, ...] = ()
    repair: FollowOn | None = None


class OnDemand(ObligationTerms):
    """Owed once a party with the power to ask has asked (9), and the one who does it has been agreed.

    `agreed_by`: the role that agrees who does it; nobody has to if left out.
    """

    kind: Literal["on-demand"]
    demanded_by: Identifier
    agreed_by: Identifier | None = None


class UntilDecision(ObligationTerms):
    """Holds until a named body is satisfied (4b). What the obligee asks for under it is owed by the day it names.

    `decided_as`: the role that records the decision for that body.
    """

    kind: Literal["until-decision"]
    decided_by: Identifier
    decided_as: Identifier | None = None


class ContentStandard(ObligationTerms):
    """What another obligation's document must contain (5, 6c to 6e).

    `absent_for`: when so many reports in a row lack a section under this clause, the roles of `tells` are told.
    """

    kind: Literal["content-standard"]
    of: Identifier
    sections: tuple[Section, ...] = ()
    absent_for: int | None = Field(default=None, ge=1, le=24)
    tells: tuple[Identifier, ...] = ()


class ScopeList(ObligationTerms):
    """What another obligation may or must cover (1, 8)."""

    kind: Literal["scope-list"]
    of: Identifier | None = None
    themes: tuple[Sentence, ...] = ()


Option = Literal["decline", "continue", "vary", "direct"]


class DiscretionaryPower(ObligationTerms):
    """A power that a named body may use (4a, 14). The engine can refer to it and can never use it.

    `statute` stays empty where the instrument names none. `considered_by`: the roles that open a consideration and
    conduct it; `signatories`: those that sign a decision, two people at least. `concerns_from`: the roles that may record
    a concern at any time, which the assignee answers. `within_working_days`: how long a consideration or a concern may
    take before whoever conducts it is reminded.
    """

    kind: Literal["discretionary-power"]
    statute: Sentence | None = None
    considered_by: tuple[Identifier, ...] = ()
    signatories: tuple[Identifier, ...] = ()
    concerns_from: tuple[Identifier, ...] = ()
    options: tuple[Option, ...] = Field(default=("decline", "continue", "vary", "direct"), min_length=1)
    within_working_days: int = Field(default=20, ge=1, le=250)


Obligation = Annotated[
    RecurringReport
    | MaximumGapReview
    | FixedDeadline
    | BeforeEvent
    | DuringEvent
    | AfterEvent
    | Continuing
    | OnDemand
    | UntilDecision
    | ContentStandard
    | ScopeList
    | DiscretionaryPower,
    Field(discriminator="kind"),
]
