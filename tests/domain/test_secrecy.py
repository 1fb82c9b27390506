"""Who is shown what comes of the adviser's reports, and of everything else."""

from datetime import date

import pytest

from domain.notice.secrecy import may_see
from tests.domain.people import ADVISER, CASE_LEAD, CHAIR, CHIEF_EXECUTIVE, DIRECTOR, OFFICER, STRANGER
from tests.domain.specification import World

IN_OCTOBER = date(2016, 10, 21)
BEFORE_ANYBODY_WAS_APPOINTED = date(2016, 1, 1)


@pytest.mark.parametrize("person", [OFFICER.id, DIRECTOR.id, CHIEF_EXECUTIVE.id])
def test_the_council_is_not_shown_the_adviser_s_report(notice_issued: World, person: str) -> None:
    assert not may_see(notice_issued.notice, "adviser-report", person, IN_OCTOBER)


@pytest.mark.parametrize("person", [ADVISER.id, CASE_LEAD.id, CHAIR.id])
def test_everybody_else_is_shown_it(notice_issued: World, person: str) -> None:
    assert may_see(notice_issued.notice, "adviser-report", person, IN_OCTOBER)


def test_somebody_without_a_role_is_not_shown_what_is_hidden_from_anybody(notice_issued: World) -> None:
    assert not may_see(notice_issued.notice, "adviser-report", STRANGER.id, IN_OCTOBER)
    assert not may_see(notice_issued.notice, "adviser-report", CASE_LEAD.id, BEFORE_ANYBODY_WAS_APPOINTED)


def test_what_is_hidden_from_nobody_is_shown_to_all(notice_issued: World) -> None:
    for obligation in notice_issued.notice.obligations:
        if obligation.id != "adviser-report":
            assert may_see(notice_issued.notice, obligation.id, OFFICER.id, IN_OCTOBER)
