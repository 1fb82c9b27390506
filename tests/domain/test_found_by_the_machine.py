"""Faults of the engine that the machine of tests/oracle found, each in its smallest form."""

from datetime import date

from domain.commands import (
    AcknowledgeTask,
    GrantExtension,
    IssueNotice,
    ProclaimHoliday,
    RefuseTask,
    TakeDueStep,
)
from domain.events.owing import TaskAcknowledged
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from tests.domain.conftest import DEPARTMENT
from tests.domain.people import CASE_LEAD, DIRECTOR, MAY_REPORT, OFFICER
from tests.domain.specification import World, given, london, raised

A_DAY_OF_REST = "A day of rest"


def test_a_new_holiday_escalates_nothing_that_fell_due_before_chasing_began(lancashire: NoticeFile) -> None:
    """The director’s step fell this morning, before the notice was taken on at noon; with the holiday it falls tomorrow."""
    noon = london(2016, 6, 17, 12)
    issue = IssueNotice(lancashire, load_calendar("england"), noon)
    taken_on = World().after(issue, DEPARTMENT, noon).opened(noon)
    holiday = ProclaimHoliday(lancashire.notice.id, date(2016, 6, 16), A_DAY_OF_REST, "By proclamation.")
    world = taken_on.after(holiday, CASE_LEAD, noon)
    given(world).when(TakeDueStep(MAY_REPORT), at=london(2016, 6, 20)).then_nothing_happened()
    assert raised(world.chased(MAY_REPORT, noon, london(2016, 8, 1)), MAY_REPORT) == []


def test_whoever_acknowledges_a_task_that_came_back_is_sent_a_receipt_of_its_own(
    director_told: World,
) -> None:
    seen = AcknowledgeTask(MAY_REPORT, "director")
    world = director_told.after(seen, DIRECTOR, london(2016, 6, 17, 10))
    longer = GrantExtension(MAY_REPORT, date(2016, 6, 24), "The figures are late.")
    world = world.after(longer, CASE_LEAD, london(2016, 6, 17, 11))
    world = world.chased(MAY_REPORT, london(2016, 6, 17, 11), london(2016, 6, 29))
    world = world.after(seen, DIRECTOR, london(2016, 6, 29, 10))
    receipts = [
        message.id
        for event in world.events_of(MAY_REPORT)
        if isinstance(event, TaskAcknowledged)
        for message in event.messages
    ]
    assert len(set(receipts)) == len(receipts) == 2


def test_whoever_is_given_a_task_back_is_sent_a_receipt_of_their_own(report_open: World) -> None:
    seen = AcknowledgeTask(MAY_REPORT)
    world = report_open.after(seen, OFFICER, london(2016, 6, 2))
    world = world.after(RefuseTask(MAY_REPORT, "I am on leave."), OFFICER, london(2016, 6, 3))
    world = world.after(seen, OFFICER, london(2016, 6, 6))
    ids = [message.id for message in world.messages()]
    assert len(set(ids)) == len(ids)
