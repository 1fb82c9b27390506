"""What each shipped scenario comes to, in the words of the notice."""

from datetime import date, time

import pytest

from domain.occurrence.standing import Standing, standing, was_late
from domain.occurrence.state import Occurrence
from domain.time.zones import at_local, to_local
from forthwith.rehearsal.run import Rehearsal
from tests.rehearsal.conftest import Play
from tests.rehearsal.record import (
    LONDON,
    chased,
    day_of,
    events_of,
    occurrence,
    occurrences,
    of_type,
    steps,
    told,
)

THE_COUNCIL = {"reporting-officer", "director", "chief-executive"}
THE_END = at_local(date(2017, 7, 31), time(9), LONDON)


def at_the_end(played: Rehearsal) -> dict[str, Standing]:
    return {name: standing(each, THE_END) for name, each in occurrences(played).items()}


async def test_in_a_year_without_failure_nothing_is_overdue_and_nobody_is_escalated(play: Play) -> None:
    played = await play("happy-year", "pure")
    assert of_type(played, "overdue-notice-issued.v1") == []
    assert of_type(played, "escalation-raised.v1") == []
    assert of_type(played, "referred-for-consideration.v1") == []
    assert not any(was_late(each) for each in occurrences(played).values())


async def test_in_a_year_without_failure_everything_the_notice_asks_for_is_there(play: Play) -> None:
    ends = at_the_end(await play("happy-year", "pure"))
    counted = dict.fromkeys(("monthly-report", "chair-report", "adviser-report"), 0)
    for name in ends:
        obligation = name.split("/")[0]
        counted[obligation] = counted.get(obligation, 0) + 1
    assert counted == {
        "monthly-report": 12,
        "chair-report": 4,
        "adviser-report": 4,
        "department-review": 2,
        "self-assessment": 2,
        "review-access": 2,
        "diagnostic-review": 1,
        "diagnostic-access": 1,
        "board-maintained": 4,
        "work-with-adviser": 1,
        "plan-kept-up-to-date": 1,
        "plan-delivered": 1,
    }
    assert ends.pop("plan-kept-up-to-date/plan") is Standing.OPEN, (
        "a plan is kept as long as the notice is open"
    )
    assert ends.pop("self-assessment/2") is Standing.SUBMITTED
    assert set(ends.values()) == {Standing.ACCEPTED}


async def test_the_second_review_of_the_happy_year_is_within_six_months_of_the_first(play: Play) -> None:
    played = await play("happy-year", "pure")
    first, second = occurrence(played, "department-review/1"), occurrence(played, "department-review/2")
    assert first.held is not None
    assert second.held is not None
    assert first.held.held_on == date(2016, 11, 10)
    assert second.facts.due_on == date(2017, 5, 10)
    assert second.held.held_on == date(2017, 5, 4)


@pytest.mark.parametrize(
    ("report", "referred"),
    [("monthly-report/2016-07", date(2016, 9, 5)), ("monthly-report/2016-08", date(2016, 10, 5))],
)
async def test_two_missed_reports_are_each_carried_up_to_the_referral(
    play: Play, report: str, referred: date
) -> None:
    played = await play("two-reports-missed", "pure")
    main = [rung for rung, _ in steps(played, report) if not rung.endswith("-reminder")]
    assert main == [
        "remind-1",
        "remind-2",
        "overdue",
        "director",
        "chief-executive",
        "chair",
        "case-lead",
        "refer",
    ]
    assert dict(steps(played, report))["refer"] == referred
    (referral,) = [each for each in events_of(played, report) if each.type == "referred-for-consideration.v1"]
    assert referral.envelope.authority == "Section 497A of the Education Act 1996, as amended"
    seen = occurrence(played, report).standing_of("refer")
    assert seen is not None
    assert seen.acknowledged is not None
    assert (seen.acknowledged.by, seen.acknowledged.role) == ("fiona-laidlaw", "ministers-office")


async def test_the_engine_only_refers_and_decides_nothing(play: Play) -> None:
    played = await play("two-reports-missed", "pure")
    assert len(of_type(played, "referred-for-consideration.v1")) == 2
    by_the_engine = {each.type for each in played.events if each.envelope.actor.kind == "system"}
    assert not by_the_engine & {
        "task-acknowledged.v1",
        "report-submitted.v1",
        "report-accepted.v1",
        "review-held.v1",
        "delivery-assessed.v1",
    }


async def test_the_missed_reports_stay_overdue_and_all_others_have_come(play: Play) -> None:
    ends = at_the_end(await play("two-reports-missed", "pure"))
    overdue = {name for name, each in ends.items() if each is Standing.OVERDUE}
    assert overdue == {"monthly-report/2016-07", "monthly-report/2016-08"}


async def test_the_director_who_acknowledged_was_not_asked_again(play: Play) -> None:
    played = await play("two-reports-missed", "pure")
    july, august = steps(played, "monthly-report/2016-07"), steps(played, "monthly-report/2016-08")
    assert "director-reminder" not in dict(july)
    assert "director-reminder" in dict(august)


async def test_a_late_chair_goes_up_the_chairs_own_ladder(play: Play) -> None:
    played = await play("chair-late", "pure")
    taken = dict(steps(played, "chair-report/2016-Q3"))
    assert taken["overdue"] == date(2016, 10, 17)
    assert taken["board-secretary"] == date(2016, 10, 19)
    assert taken["case-lead"] == date(2016, 10, 21)
    assert was_late(occurrence(played, "chair-report/2016-Q3"))
    assert told(played, "chair-report") == {"chair", "board-secretary", "case-lead"}


async def test_a_late_chair_does_not_touch_the_council(play: Play) -> None:
    late, happy = await play("chair-late", "pure"), await play("happy-year", "pure")
    council = [name for name, each in occurrences(late).items() if each.facts.obligor == "council"]
    assert len(council) == 24
    for name in council:
        assert not was_late(occurrence(late, name))
        assert steps(late, name) == steps(happy, name)
    assert not THE_COUNCIL & told(late, "chair-report")
    overdue = of_type(late, "overdue-notice-issued.v1")
    assert {each.envelope.obligation for each in overdue} == {"chair-report"}


async def test_the_department_that_misses_its_review_is_chased_on_its_own_ladder(play: Play) -> None:
    played = await play("department-misses-review", "pure")
    taken = dict(steps(played, "department-review/1"))
    assert taken["remind-1"] == date(2016, 9, 20)
    assert taken["remind-2"] == date(2016, 10, 20)
    assert taken["overdue"] == date(2016, 11, 21)
    assert taken["case-lead"] == date(2016, 11, 22)
    assert taken["senior-civil-servant"] == date(2016, 11, 25)
    assert chased(played, "department-review") == {"review-team", "case-lead", "senior-civil-servant"}
    review = occurrence(played, "department-review/1")
    assert review.held is not None
    assert was_late(review)
    assert {each.rung.id for each in review.rungs if each.resolved_at} == {
        "case-lead",
        "senior-civil-servant",
    }


async def test_six_months_from_a_late_review_lie_beyond_the_notice(play: Play) -> None:
    played = await play("department-misses-review", "pure")
    assert "department-review/2" not in occurrences(played)


async def test_the_departments_lateness_never_counts_against_the_council(play: Play) -> None:
    played = await play("department-misses-review", "pure")
    overdue = of_type(played, "overdue-notice-issued.v1")
    assert {each.envelope.obligation for each in overdue} == {"department-review"}
    assert not THE_COUNCIL & chased(played, "department-review")


async def test_in_forty_days_of_outage_nothing_is_recorded_and_no_period_is_lost(play: Play) -> None:
    played = await play("forty-day-outage", "pure")
    down = [each for each in played.events if date(2016, 7, 10) < day_of(each) < date(2016, 8, 19)]
    assert down == []
    july = events_of(played, "monthly-report/2016-07")[0]
    assert (july.type, day_of(july)) == ("occurrence-opened.v1", date(2016, 8, 19))
    assert len([name for name in occurrences(played) if name.startswith("monthly-report/")]) == 12


async def test_after_the_outage_each_occurrence_takes_one_step_and_there_is_no_storm(play: Play) -> None:
    played = await play("forty-day-outage", "pure")
    that_day = [each for each in played.events if day_of(each) == date(2016, 8, 19)]
    raised = [each for each in that_day if "raised_at" in each.envelope.data]
    assert {each.envelope.occurrence for each in raised} == {
        "lancashire-2016/adviser-report/2016-Q2",
        "lancashire-2016/chair-report/2016-Q2",
        "lancashire-2016/monthly-report/2016-06",
        "lancashire-2016/monthly-report/2016-07",
        "lancashire-2016/plan-kept-up-to-date/plan",
        "lancashire-2016/work-with-adviser/request-1",
    }
    assert len(raised) == 6
    assert {each.type for each in raised} == {"overdue-notice-issued.v1"}
    collapsed = [each for each in that_day if each.type == "rungs-collapsed.v1"]
    assert {each.envelope.data["into"] for each in collapsed} == {"overdue"}


async def test_after_the_outage_nobody_is_escalated_before_those_who_owe_had_their_time(play: Play) -> None:
    played = await play("forty-day-outage", "pure")
    escalated = dict(steps(played, "monthly-report/2016-07"))
    assert (escalated["overdue"], escalated["director"]) == (date(2016, 8, 19), date(2016, 8, 23))
    assert "chief-executive" not in escalated
    assert of_type(played, "referred-for-consideration.v1") == []


async def test_across_clock_changes_and_bank_holidays_every_step_falls_at_nine_on_a_working_day(
    play: Play,
) -> None:
    played = await play("clock-changes-and-bank-holidays", "pure")
    raised = [each for each in played.events if "raised_at" in each.envelope.data]
    calendar = played.notice.working_days
    assert len(raised) > 100
    for each in raised:
        local = to_local(each.recorded, LONDON)
        assert local.strftime("%H:%M:%S") == "09:00:00"
        assert calendar.is_working_day(local.date())
    days = {day_of(each) for each in raised}
    assert not days & {
        date(2016, 12, 26),
        date(2016, 12, 27),
        date(2017, 1, 2),
        date(2017, 4, 14),
        date(2017, 4, 17),
    }
    assert not days & {date(2017, 5, 1), date(2017, 5, 29)}


async def test_when_nobody_acts_every_council_report_is_carried_up_to_the_referral_in_order(
    play: Play,
) -> None:
    played = await play("nobody-acts", "pure")
    reports = {name: each for name, each in occurrences(played).items() if name.startswith("monthly-report/")}
    assert len(reports) == 12
    for name, report in reports.items():
        raised = [rung for rung, _ in steps(played, name)]
        ladder = [each.rung.id for each in report.rungs if each.rung.chases is None]
        assert [rung for rung in raised if rung in ladder] == ladder
        assert ladder[-1] == "refer"
        assert {each.status for each in report.rungs} == {"raised"}


async def test_when_nobody_acts_the_other_tracks_never_reach_the_council(play: Play) -> None:
    played = await play("nobody-acts", "pure")
    for obligation in ("chair-report", "adviser-report", "department-review"):
        assert chased(played, obligation)
        assert not THE_COUNCIL & chased(played, obligation)


async def test_when_nobody_acts_nothing_is_recorded_as_done(play: Play) -> None:
    ends: dict[str, Occurrence] = occurrences(await play("nobody-acts", "pure"))
    assert not any(each.is_met or each.acknowledged for each in ends.values())


async def test_every_message_that_was_called_for_was_sent_once(play: Play) -> None:
    for scenario in ("nobody-acts", "forty-day-outage", "two-reports-missed"):
        played = await play(scenario, "pure")
        called_for = [
            each["id"] for event in played.events for each in event.envelope.data.get("messages", ())
        ]
        sent = [event.envelope.data["message"] for event in of_type(played, "message-sent.v1")]
        assert sorted(called_for) == sorted(sent)
        assert len(set(sent)) == len(sent)
