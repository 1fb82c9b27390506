"""A year without failure, clause by clause."""

from domain.planning.tracking import outstanding, slow
from domain.reviewing.themes import themes_covered
from domain.time.zones import local_date
from tests.rehearsal.conftest import Play
from tests.rehearsal.record import LONDON, THE_END, events_of, occurrence, occurrences, of_type

SECTIONS_OF_A_REPORT = (
    "data",
    "analysis",
    "recommendations",
    "impact",
    "slow-objectives",
    "contributions",
    "views",
)


async def test_1_every_objective_of_the_plan_names_a_recommendation(play: Play) -> None:
    played = await play("happy-year", "pure")
    assert played.notice.obligation("scope").clause == "1"
    (adopted,) = occurrence(played, "plan-kept-up-to-date/plan").plan.adopted
    assert adopted.without_source == ()
    assert all(objective.sources for objective in adopted.objectives)


async def test_2_a_partner_is_asked_and_answers_and_the_council_stays_answerable(play: Play) -> None:
    played = await play("happy-year", "pure")
    assert [each.type for each in of_type(played, "update-commissioned.v1")] == ["update-commissioned.v1"]
    assert [each.type for each in of_type(played, "update-received.v1")] == ["update-received.v1"]
    report = occurrence(played, "monthly-report/2016-06")
    assert [each.received is not None for each in report.updates] == [True]
    assert report.facts.obligor == "council"
    assert "partners" not in {each.facts.obligor for each in occurrences(played).values()}


async def test_3a_the_board_and_its_chair_are_attested_each_quarter(play: Play) -> None:
    played = await play("happy-year", "pure")
    periods = [name for name in occurrences(played) if name.startswith("board-maintained/")]
    assert [name.split("/")[1] for name in periods] == ["2016-Q2", "2016-Q3", "2016-Q4", "2017-Q1"]
    assert all(occurrence(played, name).attested for name in periods)


async def test_4a_the_adviser_is_appointed(play: Play) -> None:
    played = await play("happy-year", "pure")
    appointed = [each.envelope.data["appointment"]["role"] for each in of_type(played, "person-appointed.v1")]
    assert played.notice.obligation("adviser-appointed").kind == "discretionary-power"
    assert "adviser" in appointed


async def test_4b_what_the_adviser_asks_for_is_answered(play: Play) -> None:
    request = occurrence(await play("happy-year", "pure"), "work-with-adviser/request-1")
    assert request.answered is not None
    assert request.facts.about == "The caseloads of each social work team"


async def test_5_the_plan_covers_every_area_and_pays_attention_to_the_four(play: Play) -> None:
    plan = occurrence(await play("happy-year", "pure"), "plan-kept-up-to-date/plan").plan
    assert plan.adopted[-1].areas_uncovered == ()
    covered = {area for objective in plan.objectives for area in objective.areas}
    assert covered == {
        "report-areas",
        "diagnostic-recommendations",
        "performance-and-audit",
        "management-oversight",
        "care-leavers",
        "case-management",
    }


async def test_6a_the_plan_and_the_record_of_progress_are_kept_up_to_date(play: Play) -> None:
    played = await play("happy-year", "pure")
    plan = occurrence(played, "plan-kept-up-to-date/plan")
    assert {each.cause for each in plan.redated} == {"progress updated"}
    assert slow(plan.plan, played.notice, local_date(THE_END, LONDON)) == ()


async def test_6b_to_6e_each_report_has_all_its_sections(play: Play) -> None:
    played = await play("happy-year", "pure")
    reports = [name for name in occurrences(played) if name.startswith("monthly-report/")]
    for name in reports:
        (submission,) = occurrence(played, name).submissions
        assert tuple(each.section for each in submission.sections) == SECTIONS_OF_A_REPORT
        assert submission.missing == ()


async def test_6c_a_hollow_report_lacks_what_a_report_should_include(play: Play) -> None:
    played = await play("hollow-report", "pure")
    assert played.notice.obligation("monthly-report-content").clause == "6c"
    lacks = occurrence(played, "monthly-report/2016-09").submissions[0].missing
    assert set(lacks) == set(SECTIONS_OF_A_REPORT) - {"data"}


async def test_7_and_8_reviews_are_held_in_time_and_cover_their_themes(play: Play) -> None:
    played = await play("happy-year", "pure")
    assert played.notice.obligation("review-scope").clause == "8"
    for number in ("1", "2"):
        review = occurrence(played, f"department-review/{number}")
        assert review.held is not None
        assert review.held.held_on <= review.facts.due_on
    reviews = [each for name, each in occurrences(played).items() if name.startswith("department-review/")]
    themes = themes_covered(played.notice, "department-review", reviews)
    assert set(themes.covered) == {
        "culture",
        "performance",
        "leadership, management, and governance",
        "workforce and management oversight",
        "early help",
        "the LSCB",
    }
    assert themes.not_yet == ()


async def test_7_what_a_review_finds_is_acted_on_and_followed_up(play: Play) -> None:
    review = occurrence(await play("happy-year", "pure"), "department-review/1").review
    assert review.finding("recording") is not None
    assert review.is_closed("recording")


async def test_9_a_diagnostic_review_is_required_agreed_and_held(play: Play) -> None:
    played = await play("happy-year", "pure")
    review = occurrence(played, "diagnostic-review/1")
    assert (review.facts.asked_as, review.review.party) == ("adviser", "A neighbouring local authority")
    assert review.held is not None
    assert review.review.outcome is not None


async def test_10_whoever_reviews_is_provided_with_all_four(play: Play) -> None:
    played = await play("happy-year", "pure")
    for bundle in ("review-access/1", "review-access/2", "diagnostic-access/1"):
        confirmed = [each.item for each in occurrence(played, bundle).items_confirmed]
        assert confirmed == ["staff-access", "data", "facilities", "records"]


async def test_11_the_council_provides_its_own_assessment_before_each_review(play: Play) -> None:
    played = await play("happy-year", "pure")
    for number in ("1", "2"):
        assessment = occurrence(played, f"self-assessment/{number}")
        (submission,) = assessment.submissions
        assert submission.received_at < assessment.facts.due
        assert {each.section for each in submission.sections} == {
            "objectives",
            "staff-surveys",
            "supervision",
        }


async def test_12_every_action_was_delivered_by_the_end_of_may_2017(play: Play) -> None:
    played = await play("happy-year", "pure")
    assessed = occurrence(played, "plan-delivered/2017-05-31").assessed
    assert assessed is not None
    assert (assessed.outcome, len(assessed.delivered), assessed.outstanding) == ("met", 4, ())
    assert (
        outstanding(occurrence(played, "plan-kept-up-to-date/plan").plan, local_date(THE_END, LONDON)) == ()
    )


async def test_13_the_adviser_reports_progress_or_concern_and_the_council_is_not_told(play: Play) -> None:
    played = await play("happy-year", "pure")
    for name in [each for each in occurrences(played) if each.startswith("adviser-report/")]:
        told = {
            message["person"]
            for each in events_of(played, name)
            for message in each.envelope.data.get("messages", ())
        }
        assert told == {"ruth-pemberton", "imogen-hartley"}


async def test_14_nothing_is_referred_in_a_year_without_failure(play: Play) -> None:
    played = await play("happy-year", "pure")
    assert of_type(played, "referred-for-consideration.v1") == []
    assert not [name for name in occurrences(played) if name.startswith("referral-power/")]
