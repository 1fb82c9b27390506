"""One task with everything that surrounds it, and why it stands where it stands."""

from datetime import UTC, datetime

import pytest

from domain.identity import OccurrenceId
from domain.refusals import NotFound
from projections.task_detail import task_detail
from projections.why import why_it_stands

NOTICE = "lancashire-2016"
AUGUST = OccurrenceId(NOTICE, "monthly-report", "2016-08")
JUNE = OccurrenceId(NOTICE, "monthly-report", "2016-06")
SEPTEMBER = datetime(2016, 9, 20, 12, tzinfo=UTC)


@pytest.fixture
async def brought_to_the_director(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    return task_detail(book, AUGUST, "director", "helen-marsh", SEPTEMBER)


async def test_it_says_who_owes_what_to_whom_under_which_words(brought_to_the_director):
    detail = brought_to_the_director
    assert (detail.obligor, detail.obligee) == ("Lancashire County Council", "The improvement board")
    assert (detail.clause_name, detail.strength, detail.standing) == (
        "Clause 6b",
        "must",
        "critically overdue",
    )
    assert detail.clause_text.startswith("the council must report monthly to the improvement board")
    assert detail.row.actions == ("acknowledge", "submit")
    assert [section.id for section in detail.asked][:2] == ["data", "analysis"]


async def test_it_says_who_was_told_and_who_will_be_told_and_when(brought_to_the_director):
    climb = [step for step in brought_to_the_director.ladder if step.chases is None]
    assert [(step.status, step.what) for step in climb[2:]] == [
        (
            "raised",
            "A notice that it is overdue went to Priya Nandra (Improvement reporting officer) and "
            "Helen Marsh (Director of children’s services)",
        ),
        ("raised", "It was brought to Helen Marsh (Director of children’s services)"),
        ("waiting", "It is brought to Duncan Ashworth (Chief executive)"),
        ("waiting", "It is brought to Margaret Oduya (Independent chair of the improvement board)"),
        ("waiting", "It is brought to Imogen Hartley (Case lead for the notice)"),
        (
            "waiting",
            "It is referred for consideration to Fiona Laidlaw (Head of the minister’s private office)",
        ),
    ]
    assert [step.when for step in climb[4:]] == [
        datetime(2016, 9, day, 8, tzinfo=UTC) for day in (21, 26, 28)
    ] + [datetime(2016, 10, 5, 8, tzinfo=UTC)]
    assert climb[-1].distance == "15 working days after it is due"


async def test_a_reminder_whose_task_is_not_open_yet_has_no_day(brought_to_the_director):
    reminder = next(
        step for step in brought_to_the_director.ladder if step.rung == "chief-executive-reminder"
    )
    assert (reminder.status, reminder.when) == ("waiting", None)
    assert reminder.distance == "2 working days after the escalation to the Chief executive"


async def test_each_message_is_there_with_what_became_of_it(brought_to_the_director):
    *_, last = brought_to_the_director.messages
    assert (last.name, last.delivery, last.answer) == ("Helen Marsh", "sent", "250 taken in rehearsal")
    assert last.about.endswith(
        "was overdue and was brought to Helen Marsh (Director of children’s services)."
    )
    assert len(brought_to_the_director.messages) == 6


async def test_once_the_report_is_there_the_rest_of_its_ladder_is_not_needed(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    detail = task_detail(book, JUNE, "owed", "priya-nandra", SEPTEMBER)
    assert (detail.is_open, detail.standing, detail.row.actions) == (False, "accepted", ())
    assert {step.status for step in detail.ladder} == {"raised", "not needed"}
    (submission,) = detail.submissions
    assert (submission.by, submission.version, submission.late) == ("Priya Nandra", 1, False)
    assert submission.sections[0].text == "Data: as rehearsed."
    assert not any(section.missing for section in submission.sections)


async def test_somebody_else_can_read_it_and_do_nothing(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    assert task_detail(book, AUGUST, "director", "ruth-pemberton", SEPTEMBER).row.actions == ()


async def test_a_task_that_was_never_opened_is_not_found(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    with pytest.raises(
        NotFound, match="no task “refer” on Monthly report to the improvement board, August 2016"
    ):
        task_detail(book, AUGUST, "refer", "fiona-laidlaw", SEPTEMBER)


async def test_why_it_is_overdue_runs_from_the_clause_to_the_last_thing_that_happened(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    chain = why_it_stands(book, AUGUST, SEPTEMBER)
    said = [reason.sentence for reason in chain if reason.kind != "interpretation"]
    assert said[0].endswith("For Lancashire County Council this is a “must”.")
    assert said[1:3] == [
        "Lancashire County Council owes this to the improvement board, "
        "by the tenth working day of the month after the period.",
        "The monthly report to the improvement board for August 2016 is due by the end of "
        "Wednesday 14 September 2016.",
    ]
    assert said[-4] == "By the end of Wednesday 14 September 2016, the report had not been received."
    assert said[-1] == (
        "So on Tuesday 20 September 2016, 13:00, the monthly report to the improvement board for August 2016 "
        "is critically overdue."
    )
    assert any(
        "By the tenth working day of the month after the month reported on." in each.sentence
        for each in chain
    )


async def test_each_reason_that_was_recorded_names_its_event_and_the_rest_none(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    chain = why_it_stands(book, AUGUST, SEPTEMBER)
    assert all((reason.index is None) == (reason.kind == "computed") for reason in chain)
    assert [book.event(each.index).record.type for each in chain if each.kind == "happened"] == [
        "occurrence-opened.v1",
        "acknowledgement-requested.v1",
        "reminder-issued.v1",
        "reminder-issued.v1",
        "overdue-notice-issued.v1",
        "escalation-raised.v1",
    ]


async def test_what_came_in_time_is_never_said_to_have_been_missing(book_at):
    book = await book_at("two-reports-missed", SEPTEMBER)
    assert not any("not been received" in each.sentence for each in why_it_stands(book, JUNE, SEPTEMBER))
