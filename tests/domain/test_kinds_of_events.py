"""The one list of everything that can have happened. What is spelled here is in records for ever."""

import inspect
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import chasing, delivery, instrument, owing
from domain.events.kinds import (
    BY_SHAPE,
    BY_TOPIC,
    KINDS,
    Kind,
    UnknownEventKind,
    effective_of,
    from_data,
    kind_of,
    sentence_of,
    to_data,
)
from domain.notice.fold import evolve as evolve_notice
from domain.notice.state import Notice
from domain.occurrence.fold import evolve as evolve_occurrence
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence
from domain.values import write_instant
from tests.domain.generated_events import examples_of
from tests.domain.people import MAY_REPORT
from tests.domain.specification import World

TOPICS = [
    "notice-issued.v1",
    "calendar-adopted.v1",
    "party-named.v1",
    "role-established.v1",
    "person-appointed.v1",
    "clause-stated.v1",
    "interpretation-ruled.v1",
    "ladder-set.v1",
    "obligation-imposed.v1",
    "occurrence-opened.v1",
    "task-acknowledged.v1",
    "report-submitted.v1",
    "report-accepted.v1",
    "review-held.v1",
    "delivery-assessed.v1",
    "reminder-issued.v1",
    "acknowledgement-requested.v1",
    "overdue-notice-issued.v1",
    "escalation-raised.v1",
    "assessment-requested.v1",
    "referred-for-consideration.v1",
    "rungs-collapsed.v1",
    "rungs-not-chased.v1",
    "escalation-resolved.v1",
    "message-sent.v1",
    "message-undeliverable.v1",
]

EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.topic)
PARTS_OF_EVENTS = {chasing.RungRaised, chasing.Message, owing.PlannedRung, owing.SectionAnswered}


def test_the_list_of_topics_is_this_one_and_only_grows() -> None:
    assert [kind.topic for kind in KINDS] == TOPICS


def test_topics_and_shapes_are_told_apart() -> None:
    assert len(BY_TOPIC) == len(BY_SHAPE) == len(KINDS)


def test_every_event_that_is_written_down_as_a_class_is_in_the_list() -> None:
    shapes = {
        each
        for module in (chasing, delivery, instrument, owing)
        for _, each in inspect.getmembers(module, inspect.isclass)
        if each.__module__ == module.__name__ and is_dataclass(each)
    }
    assert shapes - PARTS_OF_EVENTS == set(BY_SHAPE)


@EVERY_KIND
def test_every_kind_says_whether_it_names_a_person(kind: Kind) -> None:
    assert kind.privacy.endswith(".")
    assert len(kind.privacy) > 10


@EVERY_KIND
def test_every_kind_says_when_and_who_in_its_own_words(kind: Kind) -> None:
    names = {field.name for field in fields(kind.shape)}
    assert kind.when in names
    assert kind.when.endswith(("_at", "_on"))
    assert kind.who is None or kind.who in names


@EVERY_KIND
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_kind_comes_back_from_the_record_as_it_was(kind: Kind, data: st.DataObject) -> None:
    event = data.draw(examples_of(kind.shape))
    written = json.dumps(to_data(event))
    assert from_data(kind.topic, json.loads(written)) == event
    assert json.dumps(to_data(from_data(kind.topic, json.loads(written)))) == written
    assert kind_of(event) is kind
    when = effective_of(event)
    assert isinstance(when, datetime)
    assert when.tzinfo is UTC
    sentence = sentence_of(event)
    assert "{" not in kind.sentence or sentence != kind.sentence


@EVERY_KIND
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_every_kind_moves_the_state_it_belongs_to_by_one_and_no_other(
    kind: Kind, data: st.DataObject, report_open: World
) -> None:
    event = data.draw(examples_of(kind.shape))
    occurrence = report_open.case(MAY_REPORT).occurrence
    if kind.shape is owing.ReportAccepted:
        event_before = data.draw(examples_of(owing.ReportSubmitted))
        occurrence = fold([event_before], occurrence)
    if kind.shape.__module__ == instrument.__name__:
        assert evolve_notice(Notice(), event).version == 1
        with pytest.raises(TypeError, match="not an event of an occurrence"):
            evolve_occurrence(occurrence, event)
    else:
        assert evolve_occurrence(occurrence, event).version == occurrence.version + 1
        with pytest.raises(TypeError, match="not an event of a notice"):
            evolve_notice(Notice(), event)


def test_the_real_year_comes_back_from_the_record_as_it_was(referred_for_consideration: World) -> None:
    for draft in referred_for_consideration.history:
        topic = kind_of(draft.event).topic
        assert from_data(topic, json.loads(json.dumps(to_data(draft.event)))) == draft.event
        assert sentence_of(draft.event).endswith(".")


def test_instants_are_written_in_one_way_only() -> None:
    event = owing.TaskAcknowledged("owed", "a", "b", datetime(2016, 6, 2, 9, tzinfo=UTC))
    assert to_data(event)["acknowledged_at"] == "2016-06-02T09:00:00.000000Z"
    assert write_instant(datetime(33, 1, 2, tzinfo=UTC)) == "0033-01-02T00:00:00.000000Z"


def test_a_time_without_a_zone_is_refused() -> None:
    data: dict[str, Any] = {"task": "owed", "acknowledged_by": "a", "acknowledged_as": "b"}
    with pytest.raises(ValueError, match="needs its zone"):
        from_data("task-acknowledged.v1", {**data, "acknowledged_at": "2016-06-02T09:00:00"})


def test_a_kind_from_a_later_version_is_named_and_refused() -> None:
    with pytest.raises(UnknownEventKind, match=r"report-shredded\.v7"):
        from_data("report-shredded.v7", {})


def test_a_fold_in_two_halves_is_the_fold_of_the_whole(referred_for_consideration: World) -> None:
    events = referred_for_consideration.events_of(MAY_REPORT)
    whole = fold(events)
    for cut in range(len(events) + 1):
        assert fold(events[cut:], fold(events[:cut])) == whole
    assert whole == referred_for_consideration.case(MAY_REPORT).occurrence
    assert fold([]) == Occurrence()
