"""The whole life of a notice as data, for one picture and the table beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from domain.case import Case
from domain.identity import OccurrenceId
from domain.notice.schedule import Expected
from domain.notice.state import Notice
from domain.occurrence.standing import was_late
from domain.occurrence.state import RungStanding
from domain.terms.obligations import Obligation
from domain.time.words import month_name, ordinal, plain_date
from domain.time.zones import day_end, day_start, local_date
from projections.casebook import Casebook
from projections.still_expected import still_expected
from projections.urgency import standing_in_words
from projections.words import (
    body,
    capital,
    expected_title,
    is_numbered,
    joined,
    occurrence_title,
    period_title,
    person_name,
)


@dataclass(frozen=True, slots=True)
class RaisedRung:
    """A step of the ladder that was really taken. `what`: `the escalation to Helen Marsh`."""

    rung: str
    do: str
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class YearBar:
    """One occurrence.

    `late`: it arrived after it was due. `opened` is False for what is only expected;
    `projected` when its day depends on something that has not happened yet. `label` is short: the period, the
    number or the day.
    """

    occurrence: OccurrenceId
    title: str
    label: str
    opens: datetime
    due: datetime
    due_on: date
    standing: str
    met_at: datetime | None
    late: bool
    opened: bool
    projected: bool
    raised: tuple[RaisedRung, ...]


@dataclass(frozen=True, slots=True)
class YearLane:
    """One obligation that has dates of its own. `obligor` is the identifier of its track."""

    obligation: str
    title: str
    clause: str
    strength: str
    obligor: str
    obligor_name: str
    bars: tuple[YearBar, ...]


@dataclass(frozen=True, slots=True)
class MonthTick:
    """The first instant of a month."""

    at: datetime
    label: str
    year: int


@dataclass(frozen=True, slots=True)
class NoticeYear:
    """Whole months, from that of the instrument to that of the last thing shown. `today`: None if outside."""

    notice: str
    title: str
    zone: str
    begins: datetime
    ends: datetime
    now: datetime
    today: datetime | None
    months: tuple[MonthTick, ...]
    lanes: tuple[YearLane, ...]

    def share(self, at: datetime) -> float:
        """How far along the picture an instant lies: 0 at its beginning, 1 at its end; never outside."""
        return min(1.0, max(0.0, (at - self.begins) / (self.ends - self.begins)))


def notice_year(casebook: Casebook, notice_id: str, now: datetime) -> NoticeYear:
    """Raises NotFound."""
    notice, zone = casebook.notice(notice_id), casebook.notice(notice_id).terms.zone
    cases = casebook.cases(notice_id)
    to_come = still_expected(notice, casebook.occurrences(notice_id))
    lanes = tuple(
        _lane(notice, obligation, bars)
        for obligation in notice.obligations
        if (bars := _bars(obligation, cases, to_come, now))
    )
    begins = day_start(notice.terms.issued.replace(day=1), zone)
    last_day = max(
        [notice.terms.runs_until, *(local_date(at, zone) for lane in lanes for at in _instants(lane))]
    )
    ends = day_end(last_day + relativedelta(day=31), zone)
    return NoticeYear(
        notice=notice_id,
        title=notice.terms.title,
        zone=zone,
        begins=begins,
        ends=ends,
        now=now,
        today=now if begins <= now <= ends else None,
        months=_months(notice.terms.issued.replace(day=1), last_day, zone),
        lanes=lanes,
    )


def _lane(notice: Notice, obligation: Obligation, bars: tuple[YearBar, ...]) -> YearLane:
    return YearLane(
        obligation=obligation.id,
        title=obligation.title,
        clause=obligation.clause,
        strength=obligation.strength,
        obligor=obligation.obligor,
        obligor_name=capital(body(notice, obligation.obligor)),
        bars=bars,
    )


def _bars(
    obligation: Obligation, cases: tuple[Case, ...], to_come: tuple[Expected, ...], now: datetime
) -> tuple[YearBar, ...]:
    opened = [_opened(case, now) for case in cases if case.occurrence.facts.obligation == obligation.id]
    awaited = [_awaited(each) for each in to_come if each.obligation.id == obligation.id]
    return tuple(sorted((*opened, *awaited), key=lambda bar: bar.due))


def _opened(case: Case, now: datetime) -> YearBar:
    occurrence, facts = case.occurrence, case.occurrence.facts
    return YearBar(
        occurrence=occurrence.id,
        title=occurrence_title(case.notice, facts),
        label=period_title(facts) or _label(facts.kind, facts.period, facts.due_on),
        opens=facts.opens,
        due=facts.due,
        due_on=facts.due_on,
        standing=standing_in_words(case, now),
        met_at=occurrence.met_at,
        late=was_late(occurrence),
        opened=True,
        projected=False,
        raised=_raised(case),
    )


def _awaited(expected: Expected) -> YearBar:
    return YearBar(
        occurrence=expected.id,
        title=expected_title(expected),
        label=expected.period.title
        if expected.period
        else _label(expected.obligation.kind, expected.id.period, expected.due_on),
        opens=expected.opens,
        due=expected.due,
        due_on=expected.due_on,
        standing="not open",
        met_at=None,
        late=False,
        opened=False,
        projected=expected.projected,
        raised=(),
    )


def _label(kind: str, number: str, due_on: date) -> str:
    return capital(ordinal(int(number))) if is_numbered(kind, number) else plain_date(due_on)


def _raised(case: Case) -> tuple[RaisedRung, ...]:
    raised = [
        RaisedRung(each.rung.id, each.rung.do, _what(case.notice, each), each.raised_at)
        for each in case.occurrence.rungs
        if each.raised_at is not None
    ]
    return tuple(sorted(raised, key=lambda each: each.at))


def _what(notice: Notice, standing: RungStanding) -> str:
    whom = joined([person_name(notice, each.person) for each in standing.messages])
    what = f"{standing.rung.in_words}{',' if standing.rung.chases else ''}"
    return f"{what} to {whom or 'nobody, because the role is vacant'}"


def _instants(lane: YearLane) -> list[datetime]:
    return [at for bar in lane.bars for at in (bar.due, bar.met_at, *(each.at for each in bar.raised)) if at]


def _months(first: date, last: date, zone: str) -> tuple[MonthTick, ...]:
    ticks, month = [], first
    while month <= last:
        ticks.append(MonthTick(day_start(month, zone), month_name(month), month.year))
        month += relativedelta(months=1)
    return tuple(ticks)
