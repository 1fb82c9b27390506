"""The one list of everything that can have happened. What is spelled here is in records for ever."""

import inspect
import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.corrections.changing import as_recorded
from domain.events import (
    chasing,
    correcting,
    deciding,
    delivery,
    evidence,
    excusing,
    handing,
    instrument,
    owing,
    planning,
    reporting,
    reviewing,
    tending,
)
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
    "non-delivery-reported.v1",
    "attestation-given.v1",
    "request-answered.v1",
    "non-cooperation-recorded.v1",
    "vacancy-filled.v1",
    "report-returned.v1",
    "deficiency-made-good.v1",
    "query-raised.v1",
    "query-answered.v1",
    "update-commissioned.v1",
    "update-received.v1",
    "content-found-lacking.v1",
    "party-agreed.v1",
    "review-planned.v1",
    "review-notified.v1",
    "review-moved.v1",
    "went-ahead-without.v1",
    "outcome-issued.v1",
    "finding-acted-on.v1",
    "finding-followed-up.v1",
    "item-confirmed.v1",
    "item-refused.v1",
    "plan-adopted.v1",
    "progress-updated.v1",
    "action-delivered.v1",
    "occurrence-redated.v1",
    "extension-requested.v1",
    "extension-granted.v1",
    "extension-refused.v1",
    "clock-stopped.v1",
    "clock-restarted.v1",
    "occurrence-waived.v1",
    "occurrence-withdrawn.v1",
    "task-claimed.v1",
    "task-reassigned.v1",
    "task-refused.v1",
    "rung-withdrawn.v1",
    "concern-recorded.v1",
    "concern-closed.v1",
    "concern-referred.v1",
    "consideration-opened.v1",
    "representations-invited.v1",
    "representations-made.v1",
    "representations-answered.v1",
    "decision-proposed.v1",
    "decision-made.v1",
    "decision-issued.v1",
    "decision-published.v1",
    "correction-noted.v1",
    "correction-proposed.v1",
    "event-corrected.v1",
    "correction-rejected.v1",
    "notice-varied.v1",
    "clause-removed.v1",
    "obligation-ended.v1",
    "obligation-released.v1",
    "notice-lifted.v1",
    "notice-superseded.v1",
    "notice-closed.v1",
    "body-succeeded.v1",
    "interpretation-revised.v1",
    "holiday-proclaimed.v1",
    "appointment-ended.v1",
    "role-conflict-found.v1",
    "vacancy-found.v1",
    "role-delegated.v1",
    "visit-noted.v1",
    "compliance-rated.v1",
    "evidence-lodged.v1",
]

EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.topic)
OF_A_NOTICE = (instrument, tending)
OF_AN_OCCURRENCE = (
    chasing,
    deciding,
    delivery,
    evidence,
    excusing,
    handing,
    owing,
    planning,
    reporting,
    reviewing,
)
OF_BOTH = (correcting,)
PARTS_OF_EVENTS = {
    chasing.RungRaised,
    chasing.Message,
    deciding.Evidence,
    deciding.Signatory,
    owing.PlannedRung,
    owing.SectionAnswered,
    planning.PlanAction,
    planning.Objective,
    reviewing.Finding,
}
# What must have happened for an event of these kinds to fall on an occurrence.
BEFORE: dict[type, type] = {
    owing.ReportAccepted: owing.ReportSubmitted,
    reporting.ReportReturned: owing.ReportSubmitted,
    excusing.ClockRestarted: excusing.ClockStopped,
    **dict.fromkeys(
        (
            deciding.RepresentationsInvited,
            deciding.RepresentationsMade,
            deciding.RepresentationsAnswered,
            deciding.DecisionProposed,
            deciding.DecisionMade,
            deciding.DecisionIssued,
            deciding.DecisionPublished,
            deciding.CorrectionNoted,
        ),
        deciding.ConsiderationOpened,
    ),
}


def test_the_list_of_topics_is_this_one_and_only_grows() -> None:
    assert [kind.topic for kind in KINDS] == TOPICS


def test_topics_and_shapes_are_told_apart() -> None:
    assert len(BY_TOPIC) == len(BY_SHAPE) == len(KINDS)


def test_every_event_that_is_written_down_as_a_class_is_in_the_list() -> None:
    shapes = {
        each
        for module in (*OF_A_NOTICE, *OF_AN_OCCURRENCE, *OF_BOTH)
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
@settings(max_examples=10, deadline=None)
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


def modules(*which: Any) -> set[str]:
    return {module.__name__ for module in which}


OF_NOTICES = [kind for kind in KINDS if kind.shape.__module__ in modules(*OF_A_NOTICE)]
OF_OCCURRENCES = [kind for kind in KINDS if kind.shape.__module__ in modules(*OF_AN_OCCURRENCE)]


@pytest.mark.parametrize("kind", OF_NOTICES, ids=lambda kind: kind.topic)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_what_happens_to_a_notice_moves_it_by_one_and_no_occurrence(
    kind: Kind, data: st.DataObject, report_open: World
) -> None:
    event = data.draw(examples_of(kind.shape))
    before = report_open.notice
    after = evolve_notice(before, event)
    assert (after.version, after.history) == (before.version + 1, (*before.history, event))
    with pytest.raises(TypeError, match="not an event of an occurrence"):
        evolve_occurrence(report_open.case(MAY_REPORT).occurrence, event)


@pytest.mark.parametrize("kind", OF_OCCURRENCES, ids=lambda kind: kind.topic)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_what_happens_to_an_occurrence_moves_it_by_one_and_no_notice(
    kind: Kind, data: st.DataObject, report_open: World
) -> None:
    event = data.draw(examples_of(kind.shape))
    occurrence = report_open.case(MAY_REPORT).occurrence
    if kind.shape in BEFORE:
        occurrence = fold([data.draw(examples_of(BEFORE[kind.shape]))], occurrence)
    after = evolve_occurrence(occurrence, event)
    assert (after.version, after.history) == (occurrence.version + 1, (*occurrence.history, event))
    with pytest.raises(TypeError, match="not an event of a notice"):
        evolve_notice(report_open.notice, event)


@pytest.mark.parametrize("shape", [each for each in BEFORE if BEFORE[each] is deciding.ConsiderationOpened])
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_nothing_of_a_consideration_falls_on_what_is_none(
    shape: type, data: st.DataObject, report_open: World
) -> None:
    with pytest.raises(TypeError, match="not a consideration"):
        evolve_occurrence(report_open.case(MAY_REPORT).occurrence, data.draw(examples_of(shape)))


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_correction_moves_whatever_holds_the_event_by_one(data: st.DataObject, report_open: World) -> None:
    """To what it says already, so that nothing else about the state may change."""
    for before, evolve in (
        (report_open.notice, evolve_notice),
        (report_open.case(MAY_REPORT).occurrence, evolve_occurrence),
    ):
        version = data.draw(st.integers(1, len(before.history)))
        happened = before.history[version - 1]
        said = [each.name for each in fields(happened) if getattr(happened, each.name) is not None]
        field = data.draw(st.sampled_from(said))
        as_it_is = as_recorded(happened, field)
        event = replace(
            data.draw(examples_of(correcting.EventCorrected)), version=version, field=field, now=as_it_is
        )
        after = evolve(before, event)
        assert (after.version, after.history) == (before.version + 1, (*before.history, event))
        assert after.corrections == (event,)
        assert replace(after, version=before.version, history=before.history, corrections=()) == before


@pytest.mark.parametrize("shape", [correcting.CorrectionProposed, correcting.CorrectionRejected])
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_proposal_and_its_rejection_move_whatever_holds_the_event_by_one(
    shape: type, data: st.DataObject, report_open: World
) -> None:
    event = data.draw(examples_of(shape))
    notice, occurrence = report_open.notice, report_open.case(MAY_REPORT).occurrence
    assert evolve_notice(notice, event).version == notice.version + 1
    assert evolve_occurrence(occurrence, event).version == occurrence.version + 1


def test_every_kind_belongs_to_a_notice_or_to_an_occurrence_or_to_both() -> None:
    both = [kind for kind in KINDS if kind.shape.__module__ in modules(*OF_BOTH)]
    assert len(OF_NOTICES) + len(OF_OCCURRENCES) + len(both) == len(KINDS)


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
