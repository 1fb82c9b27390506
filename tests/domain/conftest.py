"""States of the world, each built on the one before, on the real notice of 19 May 2016.

The report for 19 to 31 May 2016 opens on 1 June and is due on Tuesday 14 June.
"""

from pathlib import Path

import pytest

from domain.actor import Actor
from domain.commands import IssueNotice, SubmitReport
from domain.terms.notice_file import NoticeFile
from domain.time.calendar import load_calendar
from tests.domain.people import MAY_REPORT, OFFICER, WHOLE_REPORT
from tests.domain.specification import World, london
from tests.lives import the_notice

DEPARTMENT = Actor("person", "department")
NOTICES = Path(__file__).parents[2] / "notices"


@pytest.fixture(scope="session")
def lancashire() -> NoticeFile:
    return the_notice()


@pytest.fixture(scope="session")
def issue_on_the_day(lancashire: NoticeFile) -> IssueNotice:
    return IssueNotice(lancashire, load_calendar("england"), london(2016, 5, 19))


@pytest.fixture(scope="session")
def notice_issued(issue_on_the_day: IssueNotice) -> World:
    return World().after(issue_on_the_day, DEPARTMENT, london(2016, 5, 19))


@pytest.fixture(scope="session")
def report_open(notice_issued: World) -> World:
    return notice_issued.opened(london(2016, 6, 1, 0))


@pytest.fixture(scope="session")
def report_reminded(report_open: World) -> World:
    return report_open.chased(MAY_REPORT, london(2016, 6, 1, 0), london(2016, 6, 13))


@pytest.fixture(scope="session")
def report_overdue(report_reminded: World) -> World:
    return report_reminded.chased(MAY_REPORT, london(2016, 6, 13), london(2016, 6, 15))


@pytest.fixture(scope="session")
def director_told(report_overdue: World) -> World:
    return report_overdue.chased(MAY_REPORT, london(2016, 6, 15), london(2016, 6, 17))


@pytest.fixture(scope="session")
def case_lead_told(director_told: World) -> World:
    return director_told.chased(MAY_REPORT, london(2016, 6, 17), london(2016, 6, 28))


@pytest.fixture(scope="session")
def referred_for_consideration(case_lead_told: World) -> World:
    return case_lead_told.chased(MAY_REPORT, london(2016, 6, 28), london(2016, 7, 5))


@pytest.fixture(scope="session")
def report_submitted(report_open: World) -> World:
    return report_open.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 10, 10))
