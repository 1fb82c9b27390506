"""The notice's year: every occurrence in its lane, with its days, and today among them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from projections.clause_standing import standing_of_clauses
from projections.notice_year import notice_year

NOTICE = "lancashire-2016"
SEPTEMBER = datetime(2016, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
async def year(book_at):
    return notice_year(await book_at("two-reports-missed", SEPTEMBER), NOTICE, SEPTEMBER)


def lane(year, obligation):
    return next(each for each in year.lanes if each.obligation == obligation)


async def test_there_is_a_lane_for_each_obligation_that_has_days(year):
    assert [(each.obligation, each.clause, each.obligor) for each in year.lanes] == [
        ("board-maintained", "3a", "council"),
        ("chair-report", "3b", "chair"),
        ("work-with-adviser", "4b", "council"),
        ("plan-kept-up-to-date", "6a", "council"),
        ("monthly-report", "6b", "council"),
        ("department-review", "7", "department"),
        ("diagnostic-review", "9", "adviser"),
        ("diagnostic-access", "10", "council"),
        ("plan-delivered", "12", "council"),
        ("adviser-report", "13", "adviser"),
    ]


async def test_the_twelve_reports_stand_where_they_stand_that_day(year):
    bars = lane(year, "monthly-report").bars
    assert [bar.standing for bar in bars] == [
        "accepted",
        "accepted",
        "critically overdue",
        "critically overdue",
        *["not open"] * 8,
    ]
    assert [bar.opened for bar in bars] == [True] * 4 + [False] * 8
    assert (bars[0].label, bars[0].due_on, bars[-1].due_on) == (
        "May 2016 (19 to 31 May)",
        date(2016, 6, 14),
        date(2017, 5, 15),
    )


async def test_a_bar_carries_the_steps_that_were_really_taken(year):
    august = lane(year, "monthly-report").bars[3]
    assert [(step.do, step.what) for step in august.raised[-2:]] == [
        ("overdue", "the overdue notice to Priya Nandra and Helen Marsh"),
        ("escalate", "the escalation to Helen Marsh"),
    ]
    assert august.raised[-1].at == datetime(2016, 9, 19, 8, tzinfo=UTC)


async def test_a_review_to_come_is_only_projected_until_the_one_before_it_was_held(year, book_at):
    first, second = lane(year, "department-review").bars
    assert (first.label, first.projected, second.label, second.projected) == ("First", False, "Second", True)
    assert second.due_on == date(2017, 5, 19)
    later = SEPTEMBER + timedelta(days=80)
    held = notice_year(await book_at("two-reports-missed", later), NOTICE, later)
    first, second = lane(held, "department-review").bars
    assert (first.standing, first.late, second.opened) == ("accepted", False, True)
    assert (second.due_on, second.title) == (date(2017, 5, 10), "Second review of progress by the Department")


async def test_a_report_that_came_late_is_marked_late(book_at):
    moment = datetime(2016, 9, 30, 12, tzinfo=UTC)
    year = notice_year(await book_at("forty-day-outage", moment), NOTICE, moment)
    assert [(bar.standing, bar.late) for bar in lane(year, "monthly-report").bars[:3]] == [
        ("accepted", False),
        ("submitted", True),
        ("submitted", True),
    ]


async def test_the_picture_runs_over_whole_months_and_marks_today(year):
    assert [tick.label for tick in year.months] == [
        *("May", "June", "July", "August", "September", "October", "November", "December"),
        *("January", "February", "March", "April", "May"),
    ]
    assert (year.share(year.begins), year.share(year.ends)) == (0.0, 1.0)
    assert year.today == SEPTEMBER
    assert 0.3 < year.share(SEPTEMBER) < 0.4
    assert all(year.begins <= bar.due <= year.ends for each in year.lanes for bar in each.bars)


async def test_before_anything_has_opened_the_whole_year_is_expected(book_at):
    issued = datetime(2016, 5, 19, 8, tzinfo=UTC)
    year = notice_year(await book_at("nobody-acts", issued), NOTICE, issued)
    assert sum(len(each.bars) for each in year.lanes) == 12 + 4 + 4 + 4 + 1 + 2 + 1


async def test_each_clause_shows_the_worst_of_what_it_asks(book_at):
    clauses = standing_of_clauses(await book_at("two-reports-missed", SEPTEMBER), NOTICE, SEPTEMBER)
    by_id = {each.clause: each for each in clauses}
    assert {name: by_id[name].standing for name in ("3b", "4b", "6a", "6b", "7", "12", "14", "10a")} == {
        "3b": "not open",
        "4b": "accepted",
        "6a": "open",
        "6b": "critically overdue",
        "7": "open",
        "12": "open",
        "14": "no dates of its own",
        "10a": None,
    }
    (monthly,) = by_id["6b"].obligations
    assert monthly.counts == (("critically overdue", 2), ("not open", 8), ("accepted", 2))
    assert str(monthly.leads) == "lancashire-2016/monthly-report/2016-07"
    assert by_id["3b"].by_editor
    assert not by_id["6b"].by_editor
    assert len(clauses) == len({each.clause for each in clauses}) == 32
