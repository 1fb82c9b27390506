"""Notices to be driven: a few obligations of the real one at a time, and some that the real one does not hold.

A handful of occurrences that live side by side shows as much as all of them would, in a fraction of the time.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from domain.actor import Actor
from domain.case import Case
from domain.commands import IssueNotice
from domain.decide import decide
from domain.notice.fold import fold
from domain.notice.state import Notice
from domain.refusals import Refusal
from domain.terms.ladders import Ladder
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import AnniversaryPeriods
from domain.time.calendar import load_calendar
from domain.time.due import WorkingDaysAfterPeriod
from tests.domain.random_ladders import LANCASHIRE
from tests.oracle import naive_days as days

CALENDAR = load_calendar("england")
DEPARTMENT = Actor("person", "department")
BY_THE_MONTH = AnniversaryPeriods(months=1)
BY_THE_QUARTER = AnniversaryPeriods(months=3)


@dataclass(frozen=True)
class Scene:
    """`chase_from` is the moment at which the engine took the notice on."""

    terms: NoticeFile
    notice: Notice
    chase_from: datetime

    @property
    def holidays(self) -> frozenset[date]:
        return frozenset(day for day, _ in CALENDAR.holidays)


@cache
def reports(issued: date) -> NoticeFile:
    """The council’s and the chair’s reports, as in the real notice."""
    return issued_on(issued, _only("monthly-report", "chair-report"))


@cache
def from_the_day_of_the_notice(issued: date) -> NoticeFile:
    """The same reports for periods that run from the day of the notice, which months of other lengths do not have."""
    due = WorkingDaysAfterPeriod(n=10)
    council, chair = _only("monthly-report", "chair-report").obligations
    owed = (
        council.model_copy(update={"recurrence": BY_THE_MONTH, "due": due}),
        chair.model_copy(update={"recurrence": BY_THE_QUARTER, "due": due}),
    )
    return issued_on(issued, LANCASHIRE.model_copy(update={"obligations": owed}))


@cache
def reviews(issued: date) -> NoticeFile:
    """The Department’s reviews with what goes with them, and the adviser’s reports."""
    return issued_on(issued, _only("department-review", "self-assessment", "review-access", "adviser-report"))


@cache
def the_end(issued: date) -> NoticeFile:
    """The final deadline, and the adviser’s reports until then."""
    return issued_on(issued, _only("plan-delivered", "adviser-report"))


@cache
def attested_and_asked_for(issued: date) -> NoticeFile:
    """What has to be attested each quarter, and what the adviser asks for in between. No role has to be held."""
    terms = _only("board-maintained", "work-with-adviser")
    board, adviser = terms.obligations
    owed = (board.model_copy(update={"maintains": ()}), adviser)
    return issued_on(issued, terms.model_copy(update={"obligations": owed}))


KINDS: dict[str, Callable[[date], NoticeFile]] = {
    "reports": reports,
    "reviews": reviews,
    "reports from the day of the notice": from_the_day_of_the_notice,
    "the end": the_end,
    "attestations and requests": attested_and_asked_for,
}


def with_ladder(terms: NoticeFile, ladder: Ladder) -> NoticeFile:
    """The same notice, chased up another ladder of that name."""
    ladders = tuple(ladder if each.id == ladder.id else each for each in terms.ladders)
    return terms.model_copy(update={"ladders": ladders})


def scene(terms: NoticeFile, taken_on: int) -> Scene:
    """The engine took the notice on so many days after its issue, at noon."""
    day = terms.notice.issued + timedelta(days=taken_on)
    chase_from = days.instant(day, time(12), terms.notice.zone)
    return Scene(terms, _issued(terms, chase_from), chase_from)


def _issued(terms: NoticeFile, chase_from: datetime) -> Notice:
    command = IssueNotice(terms, CALENDAR, chase_from)
    decision = decide(Case(Notice()), command, DEPARTMENT, chase_from)
    assert not isinstance(decision, Refusal), decision
    return fold(draft.event for draft in decision)


def _only(*obligations: str) -> NoticeFile:
    kept = {each.id: each for each in LANCASHIRE.obligations}
    return LANCASHIRE.model_copy(update={"obligations": tuple(kept[name] for name in obligations)})


def issued_on(day: date, terms: NoticeFile) -> NoticeFile:
    header = terms.notice.model_copy(update={"issued": day, "runs_until": _a_year_after(day)})
    held: Iterable[Any] = (each.model_copy(update={"since": day}) for each in terms.appointments)
    return terms.model_copy(update={"notice": header, "appointments": tuple(held)})


def _a_year_after(day: date) -> date:
    return max(LANCASHIRE.notice.runs_until, day + timedelta(days=377))
