"""What the scenarios come to in which a day moves: reviews, extensions, holidays, variations, corrections, late records."""

from datetime import date

from domain.occurrence.standing import Standing, standing, was_late
from tests.rehearsal.conftest import Play
from tests.rehearsal.record import (
    THE_END,
    day_of,
    events_of,
    occurrence,
    occurrences,
    of_type,
    people_told,
    sentences,
    steps,
)


async def test_a_review_moved_forward_leaves_the_council_time_before_it(play: Play) -> None:
    played = await play("review-moved-forward", "pure")
    assessment = occurrence(played, "self-assessment/1")
    assert assessment.opened is not None
    assert (assessment.opened.due_on, assessment.facts.due_on) == (date(2016, 10, 25), date(2016, 10, 26))
    assert not was_late(assessment)
    assert "overdue" not in dict(steps(played, "self-assessment/1"))
    (moved,) = of_type(played, "review-moved.v1")
    assert moved.envelope.data["reason"] == "The team is wanted elsewhere in November."
    assert occurrence(played, "review-access/1").facts.due_on == date(2016, 10, 27)


async def test_the_next_six_months_run_from_the_review_that_was_moved_forward(play: Play) -> None:
    played = await play("review-moved-forward", "pure")
    assert occurrence(played, "department-review/2").facts.due_on == date(2017, 4, 28)


async def test_a_review_goes_ahead_without_the_councils_own_assessment(play: Play) -> None:
    played = await play("held-without-self-assessment", "pure")
    assessment = occurrence(played, "self-assessment/1")
    assert standing(assessment, THE_END) is Standing.HELD_WITHOUT
    assert [rung for rung, _ in steps(played, "self-assessment/1") if not rung.endswith("reminder")] == [
        "remind-1",
        "overdue",
        "director",
    ]
    assert of_type(played, "referred-for-consideration.v1") == []
    assert occurrence(played, "department-review/1").held is not None


async def test_the_end_of_may_2017_passes_and_the_notice_stays_open(play: Play) -> None:
    played = await play("deadline-passes", "pure")
    deadline = occurrence(played, "plan-delivered/2017-05-31")
    assert deadline.assessed is not None
    assert (deadline.assessed.outcome, deadline.assessed.outstanding) == ("partly met", ("team-structure",))
    assert day_of(events_of(played, "plan-delivered/2017-05-31")[-1]) > date(2017, 5, 31)
    assert of_type(played, "overdue-notice-issued.v1") == [], "a date that passes is no failure by itself"
    assert of_type(played, "notice-lifted.v1") == []
    assert occurrence(played, "plan-kept-up-to-date/plan").plan.delivered[
        "team-structure"
    ].delivered_on == date(2017, 9, 14)


async def test_a_notice_varied_in_mid_flight_keeps_its_history(play: Play) -> None:
    played = await play("varied-mid-flight", "pure")
    before, after = occurrence(played, "monthly-report/2016-08"), occurrence(played, "monthly-report/2016-09")
    assert (before.facts.due_on, after.facts.due_on) == (date(2016, 9, 14), date(2016, 10, 21))
    assert after.opened is not None
    assert after.opened.due_on == date(2016, 10, 14)
    assert [each.cause for each in after.redated] == ["variation"]
    reports = [name for name in occurrences(played) if name.startswith("monthly-report/")]
    assert (len(reports), reports[-1]) == (16, "monthly-report/2017-08")
    assert of_type(played, "overdue-notice-issued.v1") == []


async def test_a_wrong_date_is_corrected_and_both_are_kept(play: Play) -> None:
    played = await play("wrong-date-corrected", "pure")
    (held,) = [each for each in events_of(played, "department-review/1") if each.type == "review-held.v1"]
    assert held.envelope.data["held_on"] == "2016-11-01", "what was recorded stays as it was recorded"
    review = occurrence(played, "department-review/1")
    assert review.held is not None
    assert review.held.held_on == date(2016, 11, 10)
    correction, same_day_as_an_instant = review.corrections
    assert same_day_as_an_instant.field == "held_at"
    assert (correction.was, correction.now, correction.proposed_by, correction.approved_by) == (
        "2016-11-01",
        "2016-11-10",
        "callum-reyes",
        "imogen-hartley",
    )
    following = occurrence(played, "department-review/2")
    assert following.opened is not None
    assert (following.opened.due_on, following.facts.due_on) == (date(2017, 5, 1), date(2017, 5, 10))


async def test_a_decision_is_older_than_its_publication_and_says_what_was_corrected_since(play: Play) -> None:
    consideration = occurrence(await play("wrong-date-corrected", "pure"), "referral-power/1").consideration
    assert consideration is not None
    assert consideration.decided is not None
    assert consideration.issued is not None
    assert consideration.published is not None
    assert (
        consideration.decided.decided_on,
        consideration.issued.issued_on,
        consideration.published.published_on,
    ) == (date(2016, 12, 12), date(2016, 12, 15), date(2017, 1, 9))
    (noted,) = consideration.corrected
    assert (noted.stream, noted.field) == ("occ/lancashire-2016/monthly-report/2016-08", "received_at")


async def test_a_new_bank_holiday_moves_what_it_touches_and_says_why(play: Play) -> None:
    played = await play("new-bank-holiday", "pure")
    moved = {
        name: each.facts.due_on
        for name, each in occurrences(played).items()
        if each.opened is not None
        and each.facts.due_on != each.opened.due_on
        and each.redated[0].cause == "holiday"
    }
    assert moved == {
        "monthly-report/2016-09": date(2016, 10, 17),
        "chair-report/2016-Q3": date(2016, 10, 17),
        "adviser-report/2016-Q3": date(2016, 10, 24),
        "board-maintained/2016-Q3": date(2016, 10, 10),
    }
    assert (
        "due by the end of Monday 17 October 2016 now, and no longer by Friday 14 October 2016, because a working day "
        "became a holiday: “7 October 2016 is a holiday: A day of national celebration”"
    ) in " ".join(sentences(played, "monthly-report/2016-09"))


async def test_a_report_recorded_late_withdraws_what_its_absence_had_caused(play: Play) -> None:
    played = await play("recorded-late", "pure")
    report = occurrence(played, "monthly-report/2016-06")
    assert not was_late(report)
    assert standing(report, THE_END) is Standing.ACCEPTED
    withdrawn = [
        each for each in events_of(played, "monthly-report/2016-06") if each.type == "rung-withdrawn.v1"
    ]
    assert [each.envelope.rung for each in withdrawn] == ["overdue", "director"]
    assert people_told(withdrawn) == people_told(
        each
        for each in events_of(played, "monthly-report/2016-06")
        if each.type in ("overdue-notice-issued.v1", "escalation-raised.v1")
    )


async def test_an_extension_after_the_due_day_keeps_the_first_one(play: Play) -> None:
    played = await play("extension-after-due", "pure")
    report = occurrence(played, "monthly-report/2016-06")
    assert report.opened is not None
    assert (report.opened.due_on, report.facts.due_on) == (date(2016, 7, 14), date(2016, 7, 22))
    assert not was_late(report)
    (granted,) = report.extensions.granted
    assert (granted.granted_by, granted.reason) == (
        "imogen-hartley",
        "The reason is sound and the delay is short.",
    )
    resolved = [
        each for each in events_of(played, "monthly-report/2016-06") if each.type == "escalation-resolved.v1"
    ]
    assert people_told(resolved) == {"helen-marsh"}


async def test_a_hollow_report_in_time_is_deficient_and_made_good(play: Play) -> None:
    played = await play("hollow-report", "pure")
    report = occurrence(played, "monthly-report/2016-09")
    assert not was_late(report)
    returned = report.submissions[0].returned
    assert returned is not None
    assert returned.supplement_due_on == date(2016, 10, 28)
    supplement = occurrence(played, "monthly-report/2016-09-supplement-1")
    assert (supplement.facts.strength, supplement.facts.ladder) == ("should", "council-supplemental")
    assert len(supplement.facts.sections) == 6, "the sections about which nothing was said"
    assert (standing(report, THE_END), standing(supplement, THE_END)) == (
        Standing.ACCEPTED,
        Standing.ACCEPTED,
    )
    assert of_type(played, "overdue-notice-issued.v1") == []
