"""One occurrence of an obligation, as its events have made it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from domain.events import chasing, correcting, deciding, evidence, excusing, owing, reporting, reviewing
from domain.identity import OccurrenceId
from domain.occurrence.consideration import Consideration
from domain.occurrence.plan import Plan
from domain.replaced import replaced as replace
from domain.terms.ladders import Rung

OWED = "owed"
AGREEMENT = "agreement"
RungStatus = Literal["waiting", "raised", "collapsed", "not chased", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    by: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RungStanding:
    """Where one rung of the ladder stands for this occurrence. `resolution`: what those who were told were told since."""

    rung: Rung
    planned_at: datetime | None
    status: RungStatus = "waiting"
    raised_at: datetime | None = None
    messages: tuple[chasing.Message, ...] = ()
    resolution: tuple[chasing.Message, ...] = ()
    settled: frozenset[str] = frozenset()
    acknowledged: Acknowledgement | None = None
    resolved_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def told_everybody(self) -> bool:
        """Every message has been handed over, or has been recorded as undeliverable."""
        return all(message.id in self.settled for message in self.messages)

    @property
    def task_is_open(self) -> bool:
        return self.rung.opens_task and self.status == "raised" and self.resolved_at is None


@dataclass(frozen=True, slots=True)
class Submission:
    """`returned`: why it was found deficient, if it was."""

    version: int
    sections: tuple[owing.SectionAnswered, ...]
    missing: tuple[str, ...]
    by: str
    received_at: datetime
    accepted: Acknowledgement | None = None
    returned: reporting.ReportReturned | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    raised: reporting.QueryRaised
    answered: reporting.QueryAnswered | None = None


@dataclass(frozen=True, slots=True)
class PartnerUpdate:
    commissioned: reporting.UpdateCommissioned
    received: reporting.UpdateReceived | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A review as planned, moved and held, with what it found. `held` stands on the occurrence itself."""

    party: str | None = None
    planned: reviewing.ReviewPlanned | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    notified: reviewing.ReviewNotified | None = None
    moves: tuple[reviewing.ReviewMoved, ...] = ()
    outcome: reviewing.OutcomeIssued | None = None
    acted_on: tuple[reviewing.FindingActedOn, ...] = ()
    followed_up: tuple[reviewing.FindingFollowedUp, ...] = ()

    def finding(self, finding: str) -> reviewing.Finding | None:
        found = self.outcome.findings if self.outcome else ()
        return next((each for each in found if each.id == finding), None)

    def is_closed(self, finding: str) -> bool:
        return any(each.finding == finding and each.closed for each in self.followed_up)


@dataclass(frozen=True, slots=True)
class Extensions:
    """`asked` is the request that nobody has decided yet."""

    asked: excusing.ExtensionRequested | None = None
    granted: tuple[excusing.ExtensionGranted, ...] = ()
    refused: tuple[excusing.ExtensionRefused, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspension:
    """One entry of the ledger of stops: the clock stood from a day until the day before it was restarted."""

    stopped: excusing.ClockStopped
    restarted: excusing.ClockRestarted | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """The frozen state of one occurrence. `met_at`: when what was owed arrived.

    `facts` are the opening's, with the due day as it is now; `opened` keeps the one that was set at first.
    `earlier` holds steps that were taken before the ladder was dated anew. `history` are the events as corrected.
    """

    opened: owing.OccurrenceOpened | None = None
    current: owing.OccurrenceOpened | None = None
    rungs: tuple[RungStanding, ...] = ()
    earlier: tuple[RungStanding, ...] = ()
    acknowledged: Acknowledgement | None = None
    submissions: tuple[Submission, ...] = ()
    queries: tuple[Query, ...] = ()
    updates: tuple[PartnerUpdate, ...] = ()
    lodged: tuple[evidence.EvidenceLodged, ...] = ()
    made_good: reporting.DeficiencyMadeGood | None = None
    held: owing.ReviewHeld | None = None
    assessed: owing.DeliveryAssessed | None = None
    attested: owing.AttestationGiven | None = None
    answered: owing.RequestAnswered | None = None
    filled: owing.VacancyFilled | None = None
    non_cooperation: tuple[owing.NonCooperationRecorded, ...] = ()
    review: Review = field(default_factory=Review)
    items_confirmed: tuple[reviewing.ItemConfirmed, ...] = ()
    items_refused: tuple[reviewing.ItemRefused, ...] = ()
    went_without: reviewing.WentAheadWithout | None = None
    plan: Plan = field(default_factory=Plan)
    concern: deciding.ConcernRecorded | None = None
    concern_answered: deciding.ConcernClosed | deciding.ConcernReferred | None = None
    consideration: Consideration | None = None
    extensions: Extensions = field(default_factory=Extensions)
    suspensions: tuple[Suspension, ...] = ()
    redated: tuple[excusing.OccurrenceRedated, ...] = ()
    waived: excusing.OccurrenceWaived | None = None
    withdrawn: excusing.OccurrenceWithdrawn | None = None
    claimed: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    receipts: tuple[chasing.Message, ...] = ()
    messages_settled: frozenset[str] = frozenset()
    met_at: datetime | None = None
    proposals: tuple[correcting.CorrectionProposed, ...] = ()
    corrections: tuple[correcting.EventCorrected, ...] = ()
    history: tuple[Any, ...] = ()
    version: int = 0

    @property
    def exists(self) -> bool:
        return self.opened is not None

    @property
    def facts(self) -> owing.OccurrenceOpened:
        """What is owed, and when it is due now."""
        if self.current is None:
            raise ValueError("the occurrence has not been opened")
        return self.current

    @property
    def id(self) -> OccurrenceId:
        return OccurrenceId(self.facts.notice, self.facts.obligation, self.facts.period)

    @property
    def is_met(self) -> bool:
        return self.met_at is not None

    @property
    def is_excused(self) -> bool:
        """It is owed no more, although it was not met."""
        return self.waived is not None or self.withdrawn is not None

    @property
    def is_over(self) -> bool:
        """Nobody owes anything on it any more: also when that before which it had to be there went ahead without it."""
        return self.is_met or self.is_excused or self.went_without is not None

    @property
    def stopped(self) -> excusing.ClockStopped | None:
        """The stop that has not been ended, if there is one."""
        last = self.suspensions[-1] if self.suspensions else None
        return last.stopped if last and last.restarted is None else None

    @property
    def is_deficient(self) -> bool:
        """The last version was returned, and nothing has made that good."""
        last = self.submissions[-1] if self.submissions else None
        return last is not None and last.returned is not None and self.made_good is None

    def standing_of(self, rung_id: str) -> RungStanding | None:
        return next((each for each in self.rungs if each.rung.id == rung_id), None)

    def times_raised(self, rung_id: str) -> int:
        """How often a step was taken before the ladder was dated anew, or withdrawn."""
        return sum(each.rung.id == rung_id for each in self.earlier)


def change_rung(
    occurrence: Occurrence, rung_id: str, change: Callable[[RungStanding], RungStanding]
) -> Occurrence:
    return replace(
        occurrence,
        rungs=tuple(change(each) if each.rung.id == rung_id else each for each in occurrence.rungs),
    )
