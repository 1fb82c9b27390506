"""The whole notice, as somebody follows it who reads the notice and not the engine.

It is told what people did, and shown what the engine recorded; whatever the rules forbid, or demand and do not find,
is a `RuleBroken`. It may not import how the engine reckons: it has its own days, its own months, its own ladder.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.case import Draft
from domain.events import chasing, excusing, handing, owing
from domain.occurrence.state import Occurrence
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import BeforeEvent, FixedDeadline, MaximumGapReview, RecurringReport
from domain.time.due import DueRule
from tests.oracle import naive_days as days
from tests.oracle.broken import demand
from tests.oracle.watched import Watched

MIDNIGHT = time(0, 0)


@dataclass(frozen=True)
class Foreseen:
    """An occurrence that the notice calls for by itself."""

    obligation: str
    period: str
    opens: datetime
    due_on: date


class Oracle:
    def __init__(self, terms: NoticeFile, holidays: Iterable[date], chase_from: datetime | None) -> None:
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

    # --- what the notice calls for ----------------------------------------------------------------------------------

    def foreseen(self) -> list[Foreseen]:
        if not self.in_force:
            return []
        if self._foreseen is None:
            self._foreseen = [
                each for obligation in self.terms.obligations for each in self._of(obligation)
            ]
        return self._foreseen

    def _of(self, obligation: object) -> Iterator[Foreseen]:
        match obligation:
            case RecurringReport():
                yield from self._reports(obligation)
            case MaximumGapReview():
                yield from self._reviews(obligation)
            case FixedDeadline():
                due_on = self._due(obligation.due, None, None)
                yield Foreseen(obligation.id, due_on.isoformat(), self._from(self.terms.notice.issued), due_on)

    def _reports(self, obligation: RecurringReport) -> Iterator[Foreseen]:
        for n in range(1, 100):
            label, last = self._period(obligation, n)
            due_on = self._due(obligation.due, last, None)
            if due_on > self.terms.notice.runs_until:
                return
            yield Foreseen(obligation.id, label, self._from(last + days.ONE_DAY), due_on)

    def _period(self, obligation: RecurringReport, n: int) -> tuple[str, date]:
        """The n-th period and its last day, counted from the day of the instrument each time."""
        issued, months = self.terms.notice.issued, obligation.recurrence.months
        if obligation.recurrence.periods == "anniversary":
            return str(n), days.months_on(issued, months * n)
        opening = date(issued.year, (issued.month - 1) // months * months + 1, 1)
        whole_only = obligation.recurrence.first == "full" and opening < issued
        first = days.months_on(opening, months * (n - 1 + whole_only))
        last = days.months_on(first, months) - days.ONE_DAY
        if months == 1:
            return f"{first:%Y-%m}", last
        return f"{first.year}-Q{(first.month + 2) // 3}", last

    def _reviews(self, obligation: MaximumGapReview) -> Iterator[Foreseen]:
        """The first counts from the instrument, each further one from the day on which the one before was held."""
        since = [self.terms.notice.issued, *self.reviews_held.get(obligation.id, [])]
        for number, day in enumerate(since, 1):
            due_on = self._due(obligation.due, None, day)
            if due_on <= self.terms.notice.runs_until:
                yield Foreseen(obligation.id, str(number), self._from(day), due_on)

    def _from(self, day: date) -> datetime:
        return days.instant(day, MIDNIGHT, self.zone)

    def _due(self, rule: DueRule, period_ends: date | None, anchor: date | None) -> date:
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
        raise NotImplementedError(rule.rule)

    # --- who --------------------------------------------------------------------------------------------------------

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

    def _only_of(self, person: str, party: str, day: date) -> bool:
        """Whether all that somebody acts as, on a day, is of one party."""
        roles = [role for role in self.terms.roles if person in self.acting(role.id, day)]
        return bool(roles) and all(role.party == party for role in roles)

    # --- what people did --------------------------------------------------------------------------------------------

    def begins(
        self,
        obligation: str,
        period: str,
        opens: datetime,
        due_on: date,
        *,
        ladder: str | None = None,
        strength: str | None = None,
    ) -> Watched:
        """Something is owed from now on."""
        terms = next(each for each in self.terms.obligations if each.id == obligation)
        up = ladder or terms.ladder
        watched = Watched(
            name=f"{self.terms.notice.id}/{obligation}/{period}",
            title=terms.title,
            ladder=self._ladder(up) if up else None,
            must=(strength or terms.strength) == "must",
            opens=opens,
            due_on=due_on,
            zone=self.zone,
            holidays=self.holidays,
            owner=terms.obligor,
        )
        watched.running_since = opens if self.running else None
        watched.begins(self.chase_from)
        self.watched[watched.name] = watched
        return watched

    def _ladder(self, name: str) -> Ladder:
        return next(each for each in self.terms.ladders if each.id == name)

    def the_notice_clock_wakes(self, now: datetime, *, only: str | None = None) -> None:
        """Everything that the notice calls for by now is open, whatever came between."""
        for each in self.foreseen():
            name = f"{self.terms.notice.id}/{each.obligation}/{each.period}"
            if each.opens <= now and name not in self.watched and only in (None, each.obligation):
                watched = self.begins(each.obligation, each.period, each.opens, each.due_on)
                watched.running_since = now if self.running else None

    def review_took_place(self, obligation: str, held_on: date, now: datetime) -> None:
        self.reviews_held.setdefault(obligation, []).append(held_on)
        self._foreseen = None
        self.the_notice_clock_wakes(now, only=obligation)

    def holiday(self, day: date, now: datetime) -> list[tuple[Watched, list[datetime | None]]]:
        """A day is no working day any more, and it is as if it had always been so. Who is dated anew, and their plans before."""
        owed = [each for each in self.watched.values() if not each.excused]
        before = [(each, each.plan(), each.due_on) for each in owed]
        self.holidays |= {day}
        self._foreseen = None
        for watched in self.watched.values():
            watched.holidays = self.holidays
        for watched in owed:
            watched.is_due_anew(self._due_by_the_rules(watched, now), now, as_if_always=True)
        return [(each, plan) for each, plan, due_on in before if not each.over or each.due_on != due_on]

    def _due_by_the_rules(self, watched: Watched, now: datetime) -> date:
        """Unless a person has set another day."""
        if watched.set_by_people:
            return watched.due_on
        _, obligation, period = watched.name.split("/")
        terms = next(each for each in self.terms.obligations if each.id == obligation)
        if isinstance(terms, BeforeEvent):
            starts_on = self.review_begins[f"{self.terms.notice.id}/{terms.event}/{period}"]
            day = self._due(terms.due, None, starts_on)
            return day if day >= days.day_of(now, self.zone) else watched.due_on
        found = (each.due_on for each in self.foreseen() if (each.obligation, each.period) == (obligation, period))
        return next(found, watched.due_on)

    def lifted(self) -> None:
        """Nothing is owed under it any more, and nothing more will be."""
        self.in_force = False
        for watched in self.watched.values():
            if not watched.over:
                watched.is_excused()

    def appointment_ends(self, role: str, person: str, until: date) -> None:
        self.holds = [
            (held, by, since, until)
            if (held, by) == (role, person) and (last is None or last > until)
            else (held, by, since, last)
            for held, by, since, last in self.holds
        ]

    def the_clocks_are_lost(self) -> None:
        """From now on nobody knows whether any clock runs."""
        self.running = False
        for each in self.watched.values():
            each.running_since = None

    def the_clocks_run(self, since: datetime) -> None:
        self.running = True
        for each in self.watched.values():
            each.running_since = each.running_since or since

    # --- what the engine recorded -----------------------------------------------------------------------------------

    def sees(self, drafts: Iterable[Draft], now: datetime) -> None:
        told: dict[str, set[str]] = {}
        for draft in drafts:
            for message in getattr(draft.event, "messages", ()):
                demand(message.id not in self.message_ids, "a message is called for once", message.id)
                self.message_ids.add(message.id)
            if draft.stream.startswith("occ/"):
                self._sees(draft.stream.removeprefix("occ/"), draft.event, told, now)
        for watched in self.watched.values():
            unsaid = watched.must_be_taken_back or watched.must_be_ended
            demand(not unsaid, "what never was late is withdrawn, what is late no more is resolved",
                   f"{sorted(unsaid)} of {watched.name}")  # fmt: skip

    def _sees(self, name: str, event: object, told: dict[str, set[str]], now: datetime) -> None:
        demand(name in self.watched, "nothing opens before its time", f"{name}: {type(event).__name__}")
        watched = self.watched[name]
        before = told.setdefault(name, set())
        match event:
            case owing.OccurrenceOpened():
                self._opened(watched, event, now)
            case chasing.RungsNotChased():
                watched.never_chased(event.rungs, now)
            case chasing.RungsCollapsed():
                watched.left_out(event.rungs, now)
            case chasing.RungRaised():
                self._raised(watched, event, now)
            case chasing.EscalationResolved():
                people = {each.person for each in event.messages}
                watched.ended(event.rung, people, before)
                before |= people
            case handing.RungWithdrawn():
                people = {each.person for each in event.messages}
                watched.taken_back(event.rung, people, before)
                before |= people
            case excusing.OccurrenceRedated():
                demand(event.due_on == watched.due_on, "it is due on the day that the rules give",
                       f"{name}: {event.due_on}, not {watched.due_on}")  # fmt: skip

    def _opened(self, watched: Watched, event: owing.OccurrenceOpened, now: datetime) -> None:
        demand(event.opens <= now, "nothing opens before its time", watched.name)
        found, right = (event.opens, event.due_on), (watched.opens, watched.due_on)
        demand(found == right, "it is due on the day that the rules give", f"{watched.name}: {found}, not {right}")
        demand(event.due == watched.due, "a day ends at its last second", watched.name)
        right_plan = [(rung, watched.meant_for(rung)) for rung in watched.rungs]
        plan = [(each.rung, each.at) for each in event.plan]
        demand(plan == right_plan, "an occurrence opens with the plan of its own ladder", watched.name)

    def _raised(self, watched: Watched, event: chasing.RungRaised, now: datetime) -> None:
        where = f"{event.rung} of {watched.name}"
        demand(event.raised_at == now, "a step is recorded when it is taken", where)
        self._right_people(watched, event, now)
        by_choice = getattr(event, "chosen_by", None) is not None
        note = watched.brought_up if by_choice else watched.sent
        note(event.rung, now, [each.id for each in event.messages], [each.person for each in event.messages])

    def _right_people(self, watched: Watched, event: chasing.RungRaised, now: datetime) -> None:
        today = days.day_of(now, self.zone)
        rung, where = watched.rung(event.rung), f"{event.rung} of {watched.name}"
        right = set().union(*(self.acting(role, today) for role in rung.to))
        people = [each.person for each in event.messages]
        demand(set(people) == right and len(people) == len(right), "those whom the ladder names are told",
               f"{where}: {people}, not {sorted(right)}")  # fmt: skip
        demand(all(each.role in rung.to for each in event.messages), "people are told in their role", where)
        vacant = {role for role in rung.to if not self.acting(role, today)}
        demand(set(event.vacant) == vacant, "a role that nobody holds is named", where)
        recipient = self.terms.notice.recipient
        if watched.owner != recipient and rung.do in ("overdue", "escalate", "refer"):
            strangers = [each for each in people if self._only_of(each, recipient, today)]
            demand(not strangers, "nobody is told of what others owe", f"{where}: {strangers}")

    # --- and whether that is all ------------------------------------------------------------------------------------

    def agrees(self, recorded: Mapping[str, Occurrence], now: datetime) -> None:
        """Nothing is missing that the rules demand by now, and what is owed when is the same on both sides."""
        for name, watched in self.watched.items():
            demand(name in recorded, "no period is lost", name)
            facts, occurrence = recorded[name].facts, recorded[name]
            demand(facts.due_on == watched.due_on, "it is due on the day that the rules give",
                   f"{name}: {facts.due_on}, not {watched.due_on}")  # fmt: skip
            demand(occurrence.is_met == watched.met, "what has come is met", name)
            missing = watched.missing(now)
            demand(not missing, "no step is lost", f"{missing} of {name} at {now}")

    def opens_next(self, after: datetime) -> datetime | None:
        return min((each.opens for each in self.foreseen() if each.opens > after), default=None)


