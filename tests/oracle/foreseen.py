"""What the notice calls for, when, and who acts in which role: read from its terms, with days and months of our own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import Continuing, FixedDeadline, MaximumGapReview, RecurringReport
from domain.time.due import DueRule
from tests.oracle import naive_days as days
from tests.oracle.watched import Watched

MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class Foreseen:
    """An occurrence that the notice calls for by itself."""

    obligation: str
    period: str
    opens: datetime
    due_on: date


class Foreseeing:
    def __init__(self, terms: NoticeFile, holidays: Iterable[date], chase_from: datetime) -> None:
        self.terms = terms
        self.zone = terms.notice.zone
        self.holidays: days.Holidays = frozenset(holidays)
        self.chase_from = chase_from
        self.watched: dict[str, Watched] = {}
        self.review_begins: dict[str, date] = {}
        self.reviews_held: dict[str, list[date]] = {}
        self.holds = [(each.role, each.person, each.since, each.until) for each in terms.appointments]
        self.stand_ins: list[tuple[str, str, str, date, date]] = []
        self.message_ids: set[str] = set()
        self.running = self.in_force = True
        self._foreseen: list[Foreseen] | None = None

    def foreseen(self) -> list[Foreseen]:
        if not self.in_force:
            return []
        if self._foreseen is None:
            self._foreseen = [each for obligation in self.terms.obligations for each in self._of(obligation)]
        return self._foreseen

    def name_of(self, each: Foreseen) -> str:
        return f"{self.terms.notice.id}/{each.obligation}/{each.period}"

    def looks_ahead_again(self) -> None:
        """Something changed from which days are reckoned."""
        self._foreseen = None

    def _of(self, obligation: object) -> Iterator[Foreseen]:
        match obligation:
            case RecurringReport():
                yield from self._reports(obligation)
            case MaximumGapReview():
                yield from self._reviews(obligation)
            case Continuing() if obligation.attested_every_months is not None:
                yield from self._attestations(obligation, obligation.attested_every_months)
            case FixedDeadline():
                due_on = self.due_by(obligation.due, None, None)
                yield Foreseen(
                    obligation.id, due_on.isoformat(), self._from(self.terms.notice.issued), due_on
                )

    def _reports(self, obligation: RecurringReport) -> Iterator[Foreseen]:
        for n in range(1, 100):
            label, last = self._period(obligation, n)
            due_on = self.due_by(obligation.due, last, None)
            if due_on > self.terms.notice.runs_until:
                return
            yield Foreseen(obligation.id, label, self._from(last + days.ONE_DAY), due_on)

    def _attestations(self, obligation: Continuing, months: int) -> Iterator[Foreseen]:
        """So many working days after the end of each quarter, or whatever it is attested for."""
        for n in range(1, 100):
            label, last = self._calendar_period(months, n)
            due_on = days.count_on(last, obligation.attested_within_working_days, self.holidays)
            if due_on > self.terms.notice.runs_until:
                return
            yield Foreseen(obligation.id, label, self._from(last + days.ONE_DAY), due_on)

    def _period(self, obligation: RecurringReport, n: int) -> tuple[str, date]:
        """The n-th period and its last day, counted from the day of the instrument each time."""
        issued, months = self.terms.notice.issued, obligation.recurrence.months
        if obligation.recurrence.periods == "anniversary":
            return str(n), days.months_on(issued, months * n)
        return self._calendar_period(months, n)

    def _calendar_period(self, months: int, n: int) -> tuple[str, date]:
        """The first is what is left of the one in which the notice was issued."""
        issued = self.terms.notice.issued
        opening = date(issued.year, (issued.month - 1) // months * months + 1, 1)
        first = days.months_on(opening, months * (n - 1))
        last = days.months_on(first, months) - days.ONE_DAY
        if months == 1:
            return f"{first:%Y-%m}", last
        return f"{first.year}-Q{(first.month + 2) // 3}", last

    def _reviews(self, obligation: MaximumGapReview) -> Iterator[Foreseen]:
        """The first counts from the instrument, each further one from the day on which the one before was held."""
        since = [self.terms.notice.issued, *self.reviews_held.get(obligation.id, [])]
        for number, day in enumerate(since, 1):
            due_on = self.due_by(obligation.due, None, day)
            if due_on <= self.terms.notice.runs_until:
                yield Foreseen(obligation.id, str(number), self._from(day), due_on)

    def _from(self, day: date) -> datetime:
        return days.instant(day, MIDNIGHT, self.zone)

    def due_by(self, rule: DueRule, period_ends: date | None, anchor: date | None) -> date:
        match rule.rule:
            case "nth-working-day-of-next-month":
                assert period_ends is not None
                month = days.months_on(period_ends.replace(day=1), 1)
                return days.nth_working_day(month.year, month.month, rule.n, self.holidays)
            case "working-days-after-period":
                assert period_ends is not None
                return days.count_on(period_ends, rule.n, self.holidays)
            case "months-after":
                assert anchor is not None
                return days.months_on(anchor, rule.months)
            case "fixed-date":
                return rule.on
            case "before-event":
                assert anchor is not None
                return days.count_on(anchor, -rule.working_days, self.holidays)
        raise AssertionError(f"The oracle does not know the rule “{rule.rule}”.")

    # --- who ---

    def acting(self, role: str, day: date) -> set[str]:
        """Those who act in a role on a day: who holds it, or who stands in for them."""
        found = set()
        for held, person, since, until in self.holds:
            if held == role and since <= day and (until is None or day <= until):
                stand_ins = [
                    to
                    for of, holder, to, first, last in self.stand_ins
                    if (of, holder) == (role, person) and first <= day <= last
                ]
                found.add(stand_ins[-1] if stand_ins else person)
        return found

    def acts_only_for(self, person: str, party: str, day: date) -> bool:
        """Whether all that somebody acts as, on a day, is of one party."""
        roles = [role for role in self.terms.roles if person in self.acting(role.id, day)]
        return bool(roles) and all(role.party == party for role in roles)
