"""A notice is superseded by a direction, and the direction stepped down to a notice: three instruments, one history."""

from datetime import date
from typing import Any

from domain.events.kinds import from_data
from domain.identity import OccurrenceId
from domain.notice.fold import fold
from domain.notice.state import Notice
from forthwith.rehearsal.run import Rehearsal
from tests.rehearsal.conftest import Play
from tests.rehearsal.record import day_of, occurrence, of_type

DIRECTION, SECOND_NOTICE = "lancashire-direction-2017", "lancashire-notice-2018"


def notice_at_the_end(played: Rehearsal, name: str) -> Notice:
    events = (each for each in played.events if each.stream == f"notice/{name}")
    return fold(from_data(each.type, each.envelope.data) for each in events)


def occurrences_under(played: Rehearsal, notice: str) -> set[str]:
    names = {each.envelope.occurrence for each in played.events if each.envelope.notice == notice}
    return {
        f"{name.obligation}/{name.period}" for each in names if each for name in (OccurrenceId.parse(each),)
    }


def data_of(played: Rehearsal, topic: str) -> list[dict[str, Any]]:
    return [each.envelope.data for each in of_type(played, topic)]


async def test_ministers_direct_and_the_direction_takes_the_place_of_the_notice(play: Play) -> None:
    played = await play("superseded-by-direction", "pure")
    decided = occurrence(played, "referral-power/1").consideration
    assert decided is not None
    assert decided.decided is not None
    assert decided.decided.option == "direct"
    (superseded,) = data_of(played, "notice-superseded.v1")
    assert (superseded["successor"], superseded["stepped_down"]) == (DIRECTION, False)
    assert superseded["law"] == "Section 497A of the Education Act 1996, as amended"
    assert notice_at_the_end(played, "lancashire-2016").phase == "superseded"
    assert notice_at_the_end(played, DIRECTION).phase == "in force"


async def test_nothing_takes_the_place_of_a_notice_before_it_is_issued(play: Play) -> None:
    played = await play("superseded-by-direction", "pure")
    assert ("SuccessorNotIssued", True) in {(each.refusal, each.expected) for each in played.refused}


async def test_what_was_open_under_the_notice_is_withdrawn_and_what_was_done_is_kept(play: Play) -> None:
    played = await play("superseded-by-direction", "pure")
    withdrawn = {each.envelope.occurrence for each in of_type(played, "occurrence-withdrawn.v1")}
    assert "lancashire-2016/plan-delivered/2017-05-31" in withdrawn
    assert occurrence(played, "monthly-report/2016-11").submissions[0].accepted is not None
    later = [
        each
        for each in played.events
        if each.envelope.notice == "lancashire-2016" and day_of(each) > date(2016, 12, 15)
    ]
    assert later == [], "nothing more is opened, chased or recorded under it"


async def test_the_council_reports_under_the_direction_from_then_on(play: Play) -> None:
    played = await play("superseded-by-direction", "pure")
    assert "commissioner-report/2017-03-31" in occurrences_under(played, DIRECTION)
    assert "monthly-report/2017-01" in occurrences_under(played, DIRECTION)
    assert [
        each for each in of_type(played, "overdue-notice-issued.v1") if each.envelope.notice == DIRECTION
    ] == []


async def test_the_direction_is_stepped_down_to_a_notice_and_all_three_are_kept(play: Play) -> None:
    played = await play("direction-stepped-down", "pure")
    by_direction, by_notice = data_of(played, "notice-superseded.v1")
    assert (by_direction["stepped_down"], by_notice["stepped_down"]) == (False, True)
    assert by_notice["successor"] == SECOND_NOTICE
    phases = {
        name: notice_at_the_end(played, name).phase for name in ("lancashire-2016", DIRECTION, SECOND_NOTICE)
    }
    assert phases == {"lancashire-2016": "superseded", DIRECTION: "superseded", SECOND_NOTICE: "in force"}
    assert {"department-review/1", "quarterly-report/2017-Q4"} <= occurrences_under(played, SECOND_NOTICE)
    assert of_type(played, "overdue-notice-issued.v1") == []


async def test_the_first_month_of_the_notice_ends_with_an_accepted_report(play: Play) -> None:
    """What is deleted from it, and how a receipt shows that: tests/verify/test_newest_events_deleted.py."""
    played = await play("newest-events-deleted", "pure")
    accepted = [each for each in of_type(played, "report-accepted.v1") if day_of(each) <= date(2016, 6, 14)]
    assert [each.envelope.occurrence for each in accepted] == ["lancashire-2016/monthly-report/2016-05"]
