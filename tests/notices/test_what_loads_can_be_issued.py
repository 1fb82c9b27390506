"""A notice that is accepted never fails later for want of a day: it is issued and all of it opens."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain.actor import ENGINE, Actor
from domain.case import Case
from domain.commands import IssueNotice, OpenOccurrences
from domain.decide import decide
from domain.notice.fold import fold
from domain.notice.schedule import expected
from domain.notice.state import Notice
from domain.refusals import Refusal
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from forthwith.notice_files.faults import NoticeFileFaults
from tests.notices.larger_notice import larger

Reader = Callable[[str | bytes], NoticeFile]

FOREVER_AGO, LONG_AFTER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
DAYS = st.dates(date(2011, 6, 1), date(2029, 6, 30))
DISTANCES = st.one_of(
    st.integers(-250, 250).map(lambda n: f"working_days: {n}"),
    st.integers(-1000, 1000).map(lambda n: f"days: {n}"),
)
RULES = st.one_of(
    st.integers(1, 23).map(lambda n: f"rule: nth-working-day-of-next-month\n      n: {n}"),
    st.integers(1, 1000).map(lambda n: f"rule: working-days-after-period\n      n: {n}"),
    st.integers(0, 3660).map(lambda n: f"rule: days-after-period\n      n: {n}\n      roll: following"),
    st.just("rule: period-end\n      roll: preceding"),
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(ends=st.lists(DAYS, min_size=2, max_size=2).map(sorted), distance=DISTANCES, rule=RULES,
       months=st.sampled_from([1, 2, 3, 6, 12]), every_kind=st.booleans())  # fmt: skip
def test_whatever_loads_can_be_issued_and_opened(
    ends: list[date],
    distance: str,
    rule: str,
    months: int,
    every_kind: bool,
    small_notice: str,
    read_as_notice: Reader,
) -> None:
    text = larger(small_notice) if every_kind else small_notice
    text = text.replace("issued: 2025-03-03", f"issued: {ends[0]}").replace("2025-09-30", f"{ends[1]}")
    text = text.replace("working_days: 3", distance).replace("months: 1", f"months: {months}")
    text = text.replace("rule: nth-working-day-of-next-month\n      n: 5", rule)
    terms = _loaded(read_as_notice, text)
    assume(terms is not None)
    assert terms is not None

    notice = _issued(terms)
    opened = decide(Case(notice), OpenOccurrences(terms.notice.id), ENGINE, LONG_AFTER)

    assert not isinstance(opened, Refusal)
    assert len(opened) >= len([each for each in expected(notice) if not each.projected])


def _loaded(read_as_notice: Reader, text: str) -> NoticeFile | None:
    try:
        return read_as_notice(text)
    except NoticeFileFaults:
        return None


def _issued(terms: NoticeFile) -> Notice:
    command = IssueNotice(terms, load_calendar(terms.notice.calendar), FOREVER_AGO)
    drafts = decide(Case(Notice()), command, Actor("person", "anna-lind"), LONG_AFTER)
    assert not isinstance(drafts, Refusal)
    return fold(draft.event for draft in drafts)
