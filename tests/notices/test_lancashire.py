"""The notice of 19 May 2016, as its file states it."""

import hashlib
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import DiscretionaryPower, FixedDeadline, MaximumGapReview, RecurringReport
from domain.time.calendar import load_calendar
from domain.time.due import due_date
from domain.time.periods import calendar_periods
from forthwith.notice_files.reading import read_notice

NOTICES = Path(__file__).parents[2] / "notices"

MONTHLY_DUE_DAYS = [
    date(2016, 6, 14),
    date(2016, 7, 14),
    date(2016, 8, 12),
    date(2016, 9, 14),
    date(2016, 10, 14),
    date(2016, 11, 14),
    date(2016, 12, 14),
    date(2017, 1, 16),
    date(2017, 2, 14),
    date(2017, 3, 14),
    date(2017, 4, 18),
    date(2017, 5, 15),
]


@pytest.fixture(scope="module")
def lancashire() -> NoticeFile:
    return read_notice(NOTICES / "lancashire-2016.yaml")


def test_every_word_of_the_instrument_stands_in_exactly_one_clause_or_in_the_header(
    lancashire: NoticeFile,
) -> None:
    header, signature = lancashire.notice, lancashire.notice.signature
    assert signature is not None
    pieces = [header.instrument, "To:", header.addressed_to, header.ground]
    for clause in lancashire.clauses:
        pieces += [clause.heading, *_number_as_printed(clause.id, clause.label), clause.text]
    pieces += ["Signed:", "Date:", signature.name, signature.title]

    stated = " ".join(piece for piece in pieces if piece).split()

    assert stated == _printed_words()


def test_the_hash_in_the_file_is_that_of_the_text_beside_it(lancashire: NoticeFile) -> None:
    text = (NOTICES / "lancashire-2016.txt").read_bytes()
    assert lancashire.notice.source is not None
    assert lancashire.notice.source.sha256 == hashlib.sha256(text).hexdigest()


def test_clauses_1_to_14_are_all_there_with_their_sub_items(lancashire: NoticeFile) -> None:
    expected = (
        "1 2 3a 3b 4a 4b 5 5a 5b 5c 5d 6 6a 6b 6c 6d 6e 7 8 9 10 10a 10b 10c 10d 11 11a 11b 11c 12 13 14"
    )
    assert [clause.id for clause in lancashire.clauses] == expected.split()


def test_every_clause_that_asks_for_something_has_an_obligation(lancashire: NoticeFile) -> None:
    leaning = {each.clause for each in lancashire.obligations}
    leaning |= {part.clause for each in lancashire.obligations for part in getattr(each, "sections", ())}
    leaning |= {part.clause for each in lancashire.obligations for part in getattr(each, "items", ())}
    assert {clause.id for clause in lancashire.clauses} - leaning == {"6"}


def test_the_obligations_agree_with_their_clauses_on_who_owes_whom(lancashire: NoticeFile) -> None:
    clauses = {clause.id: clause for clause in lancashire.clauses}
    for obligation in lancashire.obligations:
        clause = clauses[obligation.clause]
        assert (obligation.id, obligation.obligor) == (obligation.id, clause.obligor)
        assert (obligation.id, obligation.strength) == (obligation.id, clause.strength)


def test_what_falls_due_is_owed_by_four_obligors_each_chased_on_its_own_track(lancashire: NoticeFile) -> None:
    tracks = {ladder.id: ladder.track for ladder in lancashire.ladders}
    owing = {
        each.obligor: tracks[each.ladder]
        for each in lancashire.obligations
        if each.ladder and not isinstance(each, DiscretionaryPower)
    }
    assert owing == {party: party for party in ("council", "chair", "adviser", "department")}


def test_the_lateness_of_others_is_never_told_to_the_council(lancashire: NoticeFile) -> None:
    party_of = {role.id: role.party for role in lancashire.roles}
    for ladder in lancashire.ladders:
        told = {party_of[role] for rung in ladder.rungs for role in rung.to}
        assert ladder.track == "council" or "council" not in told


def test_every_task_that_a_rung_opens_is_chased_by_another(lancashire: NoticeFile) -> None:
    for ladder in lancashire.ladders:
        opened = {rung.id for rung in ladder.rungs if rung.opens_task}
        assert {rung.chases for rung in ladder.rungs} >= opened


def test_every_role_is_held_on_the_day_of_issue(lancashire: NoticeFile) -> None:
    held = {each.role for each in lancashire.appointments if each.covers(lancashire.notice.issued)}
    assert held == {role.id for role in lancashire.roles}


def test_every_body_that_is_owed_a_report_has_somebody_who_can_accept_it(lancashire: NoticeFile) -> None:
    manned = {role.party for role in lancashire.roles}
    owed = {each.obligee for each in lancashire.obligations if isinstance(each, RecurringReport)}
    assert owed <= manned


def test_twelve_monthly_reports_fall_due_each_on_the_tenth_working_day(lancashire: NoticeFile) -> None:
    assert _due_days(lancashire, "monthly-report") == MONTHLY_DUE_DAYS


def test_four_reports_of_the_chair_fall_due(lancashire: NoticeFile) -> None:
    expected = [date(2016, 7, 14), date(2016, 10, 14), date(2017, 1, 16), date(2017, 4, 18)]
    assert _due_days(lancashire, "chair-report") == expected


def test_the_first_review_is_due_on_a_saturday_and_stays_there(lancashire: NoticeFile) -> None:
    review = _obligation(lancashire, "department-review")
    assert isinstance(review, MaximumGapReview)
    due = due_date(review.due, calendar=load_calendar("england"), anchor=lancashire.notice.issued)
    assert due == date(2016, 11, 19)


def test_the_plan_is_to_be_delivered_by_the_end_of_may_2017(lancashire: NoticeFile) -> None:
    plan = _obligation(lancashire, "plan-delivered")
    assert isinstance(plan, FixedDeadline)
    assert due_date(plan.due, calendar=load_calendar("england")) == date(2017, 5, 31)


def test_a_plan_objective_goes_stale_after_the_longest_time_between_two_monthly_reports(
    lancashire: NoticeFile,
) -> None:
    gaps = [(later - earlier).days for earlier, later in pairwise(MONTHLY_DUE_DAYS)]
    assert getattr(_obligation(lancashire, "plan-kept-up-to-date"), "stale_after_days", None) == max(gaps)


def _obligation(notice: NoticeFile, wanted: str) -> object:
    return next(each for each in notice.obligations if each.id == wanted)


def _due_days(notice: NoticeFile, wanted: str) -> list[date]:
    report, calendar, terms = _obligation(notice, wanted), load_calendar("england"), notice.notice
    assert isinstance(report, RecurringReport)
    periods = calendar_periods(terms.issued, report.recurrence.months, "stub", terms.runs_until)
    days = [due_date(report.due, calendar=calendar, period=period) for period in periods]
    return [day for day in days if day <= terms.runs_until]


def _printed_words() -> list[str]:
    """The words of the instrument without the marks of its typesetting."""
    text = (NOTICES / "lancashire-2016.txt").read_text(encoding="utf-8")
    text = re.sub(r"^\s*(#+|---|-(?= ))", "", text, flags=re.MULTILINE)
    return text.replace("**", "").split()


def _number_as_printed(clause: str, label: str) -> list[str]:
    """`12.` or `b.`; the second of two duties in one clause has no number in print."""
    number, letter = re.fullmatch(r"(\d+)([a-z]?)", clause).groups()  # type: ignore[union-attr]
    if label == "editor":
        return [f"{number}."] if letter == "a" else []
    return [f"{letter}."] if letter else [f"{number}."]
