"""A report that says “none” where the plan's own record says otherwise is received, and queried."""

from dataclasses import replace
from datetime import date

import pytest

from domain.commands import AcceptReport, AnswerQuery, ReturnReport, SubmitReport
from domain.events.owing import ReportAccepted, ReportSubmitted, SectionAnswered
from domain.events.reporting import QueryAnswered, QueryRaised
from domain.refusals import NotYourTask, OccurrenceNotOpen, QueryNotOpen, ReasonMissing
from domain.terms.obligations import Section
from tests.domain.people import (
    CASE_LEAD,
    CHAIR,
    DIRECTOR,
    MAY_REPORT,
    OFFICER,
    STRANGER,
    WHOLE_REPORT,
    answers,
    occurrence,
)
from tests.domain.plan_on_record import delivered, rated, with_plan
from tests.domain.specification import World, given, london

THE_TENTH = london(2016, 6, 10, 10)


def none_in(*sections: str) -> SubmitReport:
    return SubmitReport(
        MAY_REPORT,
        tuple(
            SectionAnswered(each.section, "", nil=True) if each.section in sections else each
            for each in WHOLE_REPORT
        ),
    )


NONE_SLOW = none_in("slow-objectives")
NONE_TO_STRENGTHEN = none_in("contributions")


@pytest.fixture(scope="module")
def plan_adopted(report_open: World) -> World:
    return with_plan(report_open)


@pytest.fixture(scope="module")
def one_slow(plan_adopted: World) -> World:
    return rated(plan_adopted, "leavers", "slow", "Two posts are vacant.", london(2016, 6, 6))


@pytest.fixture(scope="module")
def queried(one_slow: World) -> World:
    return one_slow.after(NONE_SLOW, OFFICER, london(2016, 6, 8, 12))


def test_none_slow_is_queried_if_an_owner_rated_an_objective_slow(one_slow: World) -> None:
    came = given(one_slow).when(NONE_SLOW, OFFICER, at=london(2016, 6, 8, 12))
    came.then(ReportSubmitted, QueryRaised)
    query = came.the(QueryRaised)
    assert (query.query, query.section, query.contradicted_by) == (1, "slow-objectives", ("leavers",))
    assert "Care leavers have pathway plans" in query.question
    assert came.the(ReportSubmitted).missing == ()


def test_none_slow_is_queried_if_an_action_is_past_its_day(plan_adopted: World) -> None:
    query = given(plan_adopted).when(NONE_SLOW, OFFICER, at=THE_TENTH).the(QueryRaised)
    assert query.contradicted_by == ("audit",)


def test_an_action_is_not_past_its_day_on_that_day(plan_adopted: World) -> None:
    given(plan_adopted).when(NONE_SLOW, OFFICER, at=london(2016, 6, 8, 23, 59)).then(ReportSubmitted)
    given(plan_adopted).when(NONE_SLOW, OFFICER, at=london(2016, 6, 9, 0)).then(ReportSubmitted, QueryRaised)


def test_what_counts_is_the_day_on_which_the_report_was_received(plan_adopted: World) -> None:
    on_the_day = replace(NONE_SLOW, received_at=london(2016, 6, 8, 17))
    given(plan_adopted).when(on_the_day, OFFICER, at=THE_TENTH).then(ReportSubmitted)


def test_nothing_to_strengthen_is_queried_if_an_action_is_outstanding(plan_adopted: World) -> None:
    query = given(plan_adopted).when(NONE_TO_STRENGTHEN, OFFICER, at=THE_TENTH).the(QueryRaised)
    assert (query.section, query.contradicted_by) == ("contributions", ("audit-tool",))
    assert "One audit tool" in query.question


def test_a_delivered_action_contradicts_nothing(plan_adopted: World) -> None:
    world = delivered(plan_adopted, "audit-tool", date(2016, 6, 7), london(2016, 6, 9))
    given(world).when(none_in("slow-objectives", "contributions"), OFFICER, at=THE_TENTH).then(
        ReportSubmitted
    )


def test_each_contradiction_is_a_query_of_its_own(plan_adopted: World) -> None:
    came = given(plan_adopted).when(none_in("slow-objectives", "contributions"), OFFICER, at=THE_TENTH)
    came.then(ReportSubmitted, QueryRaised, QueryRaised)
    assert [each.query for each in came.events[1:]] == [1, 2]
    assert len({message.id for event in came.events for message in event.messages}) == 6


def test_none_out_of_date_is_queried_after_the_time_that_the_notice_sets(plan_adopted: World) -> None:
    facts = plan_adopted.case(MAY_REPORT).occurrence.facts
    section = Section(
        id="stale", title="Out of date", clause="6a", nil_return=True, filled_from="stale-objectives"
    )
    state = plan_adopted.occurrences[str(MAY_REPORT)]
    asked = replace(state, current=replace(facts, sections=(*facts.sections, section)))
    world = replace(plan_adopted, occurrences={**plan_adopted.occurrences, str(MAY_REPORT): asked})
    none_stale = SubmitReport(MAY_REPORT, (*WHOLE_REPORT, SectionAnswered("stale", "", nil=True)))
    given(world).when(none_stale, OFFICER, at=london(2016, 6, 27, 23, 59)).then(ReportSubmitted)
    came = (
        given(world).when(none_stale, OFFICER, at=london(2016, 6, 28, 0)).then(ReportSubmitted, QueryRaised)
    )
    assert came.the(QueryRaised).contradicted_by == ("audit", "leavers")


def test_a_section_that_names_something_is_not_queried(one_slow: World) -> None:
    given(one_slow).when(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, at=THE_TENTH).then(ReportSubmitted)


def test_without_a_plan_there_is_no_record_to_contradict(report_open: World) -> None:
    given(report_open).when(none_in("slow-objectives", "contributions"), OFFICER, at=THE_TENTH).then(
        ReportSubmitted
    )


def test_the_submitter_and_those_who_may_accept_are_told_of_a_query(one_slow: World) -> None:
    query = given(one_slow).when(NONE_SLOW, DIRECTOR, at=london(2016, 6, 8, 12)).the(QueryRaised)
    assert [(each.person, each.role) for each in query.messages] == [
        (DIRECTOR.id, "director"),
        (CHAIR.id, "board-chair"),
    ]


def test_another_version_is_not_asked_the_same_again(queried: World) -> None:
    given(queried).when(NONE_SLOW, OFFICER, at=london(2016, 6, 8, 13)).then(ReportSubmitted)
    came = given(queried).when(NONE_SLOW, OFFICER, at=THE_TENTH).then(ReportSubmitted, QueryRaised)
    assert (came.the(QueryRaised).query, came.the(QueryRaised).contradicted_by) == (2, ("audit", "leavers"))


def test_a_query_is_answered_once_by_those_who_owe_the_report(queried: World) -> None:
    answer = AnswerQuery(MAY_REPORT, 1, " The posts were filled on 7 June. ")
    came = given(queried).when(answer, DIRECTOR, at=london(2016, 6, 9)).then(QueryAnswered)
    event = came.the(QueryAnswered)
    assert (event.query, event.answer, event.answered_as) == (
        1,
        "The posts were filled on 7 June.",
        "director",
    )
    given(came.world).when(answer, OFFICER, at=THE_TENTH).then_refused(QueryNotOpen, "Helen Marsh")
    assert came.world.case(MAY_REPORT).occurrence.queries[0].answered == event


def test_a_query_that_was_not_raised_is_not_answered(queried: World, report_open: World) -> None:
    given(queried).when(AnswerQuery(MAY_REPORT, 2, "So."), OFFICER, at=THE_TENTH).then_refused(QueryNotOpen)
    given(report_open).when(AnswerQuery(MAY_REPORT, 1, "So."), OFFICER, at=THE_TENTH).then_refused(
        QueryNotOpen
    )


def test_a_query_on_a_report_that_has_not_opened_is_not_answered(queried: World) -> None:
    later = AnswerQuery(occurrence("monthly-report", "2016-09"), 1, "So.")
    given(queried).when(later, OFFICER, at=THE_TENTH).then_refused(OccurrenceNotOpen)


def test_a_query_is_not_answered_by_those_who_are_owed_the_report(queried: World) -> None:
    for by in (CHAIR, CASE_LEAD, STRANGER):
        given(queried).when(AnswerQuery(MAY_REPORT, 1, "So."), by, at=THE_TENTH).then_refused(
            NotYourTask, "Director of children’s services"
        )


def test_an_answer_has_words(queried: World) -> None:
    given(queried).when(AnswerQuery(MAY_REPORT, 1, "  "), OFFICER, at=THE_TENTH).then_refused(ReasonMissing)


def test_an_open_query_holds_nobody_back_from_accepting(queried: World) -> None:
    given(queried).when(AcceptReport(MAY_REPORT), CHAIR, at=THE_TENTH).then(ReportAccepted)


def test_a_supplemental_report_is_queried_too(one_slow: World) -> None:
    world = one_slow.after(SubmitReport(MAY_REPORT, answers("data")), OFFICER, london(2016, 6, 7))
    world = world.after(
        ReturnReport(MAY_REPORT, "Thin.", ("slow-objectives",)), CHAIR, london(2016, 6, 7, 15)
    )
    supplement = occurrence("monthly-report", "2016-05-supplement-1")
    none = SubmitReport(supplement, (SectionAnswered("slow-objectives", "", nil=True),))
    given(world).when(none, OFFICER, at=london(2016, 6, 8)).then(ReportSubmitted, QueryRaised)
