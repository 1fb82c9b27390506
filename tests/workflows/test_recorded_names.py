"""Names that stand in running clocks' histories. They are spelled here by hand: changing one strands every clock."""

from dataclasses import fields
from typing import Any

from temporalio import activity, workflow

from activities.chase import ChaseActivities, Subject
from domain.clock import ClockSpec
from domain.ports import ClockView
from forthwith.rehearsal.temporal import TemporalEngine
from workflows.notice_clock import NoticeClock
from workflows.occurrence_clock import OccurrenceClock
from workflows.patience import SEARCH_ATTRIBUTES, ClockStart
from workflows.starting import TASK_QUEUE


def definition(clock: type) -> Any:
    return workflow._Definition.must_from_class(clock)


def test_the_clocks_have_these_names() -> None:
    assert [definition(clock).name for clock in (OccurrenceClock, NoticeClock)] == [
        "OccurrenceClock",
        "NoticeClock",
    ]


def test_the_clocks_take_one_signal_and_answer_no_queries_or_updates() -> None:
    for clock in (OccurrenceClock, NoticeClock):
        assert list(definition(clock).signals) == ["poke"]
        assert not definition(clock).updates
        assert not definition(clock).queries


def test_the_activities_have_these_names() -> None:
    activities = ChaseActivities.all(ChaseActivities(TemporalEngine.__new__(TemporalEngine)))
    names = [activity._Definition.must_from_callable(each).name for each in activities]
    assert names == ["look-at-occurrence", "take-step", "look-at-notice", "open-occurrences"]


def test_the_search_attributes_have_these_names_and_types() -> None:
    assert [(key.name, key.indexed_value_type.name) for key in SEARCH_ATTRIBUTES] == [
        ("ForthwithNotice", "KEYWORD"),
        ("ForthwithObligation", "KEYWORD"),
        ("ForthwithNextAction", "DATETIME"),
    ]


def test_the_clocks_wait_in_this_queue() -> None:
    assert TASK_QUEUE == "forthwith"


def test_what_is_handed_to_and_fro_has_these_fields() -> None:
    assert {shape.__name__: [field.name for field in fields(shape)] for shape in (ClockStart, ClockSpec, Subject, ClockView)} == {
        "ClockStart": ["name", "clock"],
        "ClockSpec": ["origin_domain", "origin_real", "speed"],
        "Subject": ["name", "woken_for"],
        "ClockView": ["closed", "next_at", "says", "title"],
    }  # fmt: skip
