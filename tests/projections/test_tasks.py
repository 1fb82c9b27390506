"""Whose turn it is: most urgent first, and nobody is asked for what is not theirs."""

from datetime import UTC, datetime

import pytest

from domain.refusals import NotFound
from projections.tasks import all_tasks, tasks_of

NOTICE = "lancashire-2016"
SEPTEMBER = datetime(2016, 9, 20, 12, tzinfo=UTC)


def names(rows):
    return [
        (f"{row.occurrence.obligation}/{row.occurrence.period}", row.task, row.urgency, row.to_do)
        for row in rows
    ]


async def test_before_it_is_due_the_officer_is_asked_to_acknowledge_the_report_and_told_what_comes(book_at):
    moment = datetime(2016, 8, 1, 9, tzinfo=UTC)
    row, plan = tasks_of(await book_at("two-reports-missed", moment), "priya-nandra", moment)
    assert names([row, plan]) == [
        ("monthly-report/2016-07", "owed", "not due yet", "acknowledge"),
        ("plan-kept-up-to-date/plan", "owed", "not due yet", "acknowledge"),
    ]
    assert row.why == (
        "Under clause 6b, Lancashire County Council must provide the monthly report to the improvement board "
        "for July 2016; it falls to the Improvement reporting officer."
    )
    assert row.next_step.sentence == (
        "On Thursday 4 August 2016, 9:00, unless it has been acknowledged by then, "
        "a reminder to acknowledge goes to Priya Nandra (Improvement reporting officer)."
    )
    assert (row.title, row.clause) == ("Monthly report to the improvement board, July 2016", "6b")
    assert row.next_step.at == datetime(2016, 8, 4, 8, tzinfo=UTC)
    assert row.actions == ("acknowledge", "submit")


async def test_within_a_week_it_is_due_soon_and_the_day_after_it_is_overdue(book_at):
    for day, urgency in ((11, "due soon"), (13, "overdue"), (18, "critically overdue")):
        moment = datetime(2016, 8, day, 12, tzinfo=UTC)
        row, _ = tasks_of(await book_at("two-reports-missed", moment), "priya-nandra", moment)
        assert row.urgency == urgency


async def test_the_director_sees_what_was_brought_to_her_before_what_is_due_next_year(book_at):
    rows = tasks_of(await book_at("two-reports-missed", SEPTEMBER), "helen-marsh", SEPTEMBER)
    assert names(rows) == [
        ("monthly-report/2016-07", "director", "critically overdue", "submit"),
        ("monthly-report/2016-08", "director", "critically overdue", "acknowledge"),
        ("diagnostic-access/1", "owed", "not due yet", "acknowledge"),
        ("plan-delivered/2017-05-31", "owed", "not due yet", "acknowledge"),
    ]
    assert rows[0].acknowledged_by == "Helen Marsh"
    assert rows[0].acknowledged_at == datetime(2016, 8, 17, 13, tzinfo=UTC)
    assert rows[0].why == (
        "The monthly report to the improvement board for July 2016 was due on Friday 12 August 2016; the report had "
        "not been received when the matter was brought to the Director of children’s services on "
        "Wednesday 17 August 2016, 9:00."
    )


async def test_whoever_only_hears_of_it_has_nothing_to_sign_once_they_have_acknowledged(book_at):
    rows = tasks_of(await book_at("two-reports-missed", SEPTEMBER), "fiona-laidlaw", SEPTEMBER)
    assert names(rows) == [("monthly-report/2016-07", "refer", "critically overdue", "keep-in-view")]


async def test_what_was_received_waits_for_the_one_role_that_accepts_it(book_at):
    moment = datetime(2016, 6, 13, 12, tzinfo=UTC)
    (row,) = tasks_of(await book_at("happy-year", moment), "margaret-oduya", moment)
    assert names([row]) == [("monthly-report/2016-05", "acceptance", "for decision", "accept")]
    assert "received from Priya Nandra on Friday 10 June 2016, 10:00" in row.why


async def test_in_a_happy_year_nothing_is_owed_at_the_end_but_that_the_plan_is_kept(book_at):
    end = datetime(2017, 6, 1, 12, tzinfo=UTC)
    rows = all_tasks(await book_at("happy-year", end), NOTICE, end)
    assert names(row for row in rows if row.task != "acceptance") == [
        ("plan-kept-up-to-date/plan", "owed", "not due yet", "acknowledge")
    ]


async def test_on_the_last_day_the_case_lead_is_asked_to_assess_and_the_director_is_not(book_at):
    moment = datetime(2017, 5, 31, 10, tzinfo=UTC)
    book = await book_at("happy-year", moment)
    assert names(tasks_of(book, "imogen-hartley", moment)) == [
        ("plan-delivered/2017-05-31", "final-assessment", "due soon", "acknowledge")
    ]
    assert tasks_of(book, "imogen-hartley", moment)[0].actions == ("acknowledge", "assess")
    assert tasks_of(book, "helen-marsh", moment)[0].actions == ("acknowledge",)


async def test_every_open_task_is_on_the_list_of_somebody_who_holds_its_role(book_at):
    book = await book_at("nobody-acts", SEPTEMBER)
    everybody = {person for notice in book.notices() for person in notice.names}
    theirs = {(row.occurrence, row.task) for person in everybody for row in tasks_of(book, person, SEPTEMBER)}
    assert theirs == {(row.occurrence, row.task) for row in all_tasks(book, NOTICE, SEPTEMBER)}
    assert tasks_of(book, "somebody-else", SEPTEMBER) == ()


async def test_the_tasks_of_a_notice_that_does_not_exist_are_not_found(book_at):
    with pytest.raises(NotFound):
        all_tasks(await book_at("happy-year", SEPTEMBER), "elsewhere-2020", SEPTEMBER)
