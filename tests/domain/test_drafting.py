"""A report begins with what the plan's own record says: a line for each thing, an express “none” where there is nothing."""

from dataclasses import replace
from datetime import date

from domain.commands import SubmitReport
from domain.events.owing import ReportSubmitted, SectionAnswered
from domain.reporting.drafting import draft
from domain.terms.obligations import Section
from tests.domain.people import MAY_REPORT, MONTHLY_SECTIONS, OFFICER, answers
from tests.domain.plan_on_record import PLAN, delivered, rated, with_plan
from tests.domain.specification import World, given, london

THE_TENTH = london(2016, 6, 10, 10)


def drafted(world: World, *further: Section, at=THE_TENTH) -> dict[str, SectionAnswered]:
    facts = world.case(MAY_REPORT).occurrence.facts
    facts = replace(facts, sections=(*facts.sections, *further))
    plan = world.case(PLAN).occurrence.plan
    return {each.section: each for each in draft(world.notice, facts, plan, at)}


def test_without_a_plan_nothing_is_said(report_open: World) -> None:
    assert drafted(report_open) == {}


def test_only_sections_that_the_plan_fills_are_begun(report_open: World) -> None:
    assert set(drafted(with_plan(report_open))) == {"data", "slow-objectives", "contributions"}


def test_progress_lists_each_objective_with_its_rating_owner_and_last_update(report_open: World) -> None:
    world = rated(with_plan(report_open), "audit", "on-track", "The tool\nis in use.", london(2016, 6, 3))
    assert drafted(world)["data"].text.splitlines() == [
        "Audit informs practice (Director of children’s services): on track, as of 3 June 2016: The tool is in use.",
        "Care leavers have pathway plans (Improvement reporting officer): "
        "not updated since it entered the plan on 23 May 2016.",
    ]


def test_slow_objectives_say_why_they_are_slow(report_open: World) -> None:
    world = rated(with_plan(report_open), "leavers", "slow", "Two posts are vacant.", london(2016, 6, 6))
    assert drafted(world)["slow-objectives"].text.splitlines() == [
        "Audit informs practice (Director of children’s services): “One audit tool” was due on 8 June 2016.",
        "Care leavers have pathway plans (Improvement reporting officer): "
        "rated slow on 6 June 2016: Two posts are vacant.",
    ]


def test_an_objective_may_be_slow_for_both_reasons(report_open: World) -> None:
    world = rated(with_plan(report_open), "audit", "slow", "The tool is late.", london(2016, 6, 6))
    assert drafted(world)["slow-objectives"].text.endswith(
        "rated slow on 6 June 2016: The tool is late. “One audit tool” was due on 8 June 2016."
    )


def test_outstanding_actions_say_when_they_were_due(report_open: World) -> None:
    assert drafted(with_plan(report_open))["contributions"].text == (
        "One audit tool (Director of children’s services): was due on 8 June 2016 and is not delivered."
    )


def test_where_there_is_nothing_it_is_said_expressly_if_that_is_an_answer(report_open: World) -> None:
    world = delivered(with_plan(report_open), "audit-tool", date(2016, 6, 7), london(2016, 6, 9))
    begun = drafted(world)
    for section in ("slow-objectives", "contributions"):
        assert begun[section] == SectionAnswered(section, "", nil=True)
    silent = Section(id="late", title="Late", clause="6d", filled_from="outstanding-actions")
    assert "late" not in drafted(world, silent)


def test_stale_objectives_say_since_when(report_open: World) -> None:
    world = rated(with_plan(report_open), "audit", "on-track", "Going well.", london(2016, 5, 30))
    stale = Section(
        id="stale", title="Out of date", clause="6a", nil_return=True, filled_from="stale-objectives"
    )
    assert drafted(world, stale)["stale"].nil
    assert drafted(world, stale, at=london(2016, 6, 28, 0))["stale"].text.splitlines() == [
        "Care leavers have pathway plans (Improvement reporting officer): "
        "not updated since it entered the plan on 23 May 2016.",
    ]
    assert "last updated on 30 May 2016." in drafted(world, stale, at=london(2016, 7, 6))["stale"].text


def test_a_report_that_says_what_was_drafted_is_not_queried(report_open: World) -> None:
    world = rated(with_plan(report_open), "leavers", "slow", "Two posts are vacant.", london(2016, 6, 6))
    begun = drafted(world)
    sections = tuple(begun.get(each.section, each) for each in answers(*MONTHLY_SECTIONS))
    given(world).when(SubmitReport(MAY_REPORT, sections), OFFICER, at=THE_TENTH).then(ReportSubmitted)
