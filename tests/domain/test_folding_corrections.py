"""A history with corrections is the history as it should have been, and keeps what was recorded beside it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from domain.commands import (
    SubmitReport,
)
from domain.corrections.changing import ValueDoesNotFit, as_recorded, with_field
from domain.events.correcting import CorrectionProposed, CorrectionRejected, EventCorrected
from domain.events.instrument import PersonAppointed
from domain.events.kinds import kind_of
from domain.events.owing import OccurrenceOpened
from domain.identity import notice_stream
from domain.notice.fold import fold as fold_notice
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence
from tests.domain.correcting import WHY, corrected, state, wrong
from tests.domain.deciding import NOTICE
from tests.domain.people import (
    MAY_REPORT,
    OFFICER,
    WHOLE_REPORT,
)
from tests.domain.specification import World, london


@pytest.fixture(scope="module")
def came_late(director_told: World) -> World:
    """The report is recorded as received on 20 June, when the director had been told."""
    return director_told.after(SubmitReport(MAY_REPORT, WHOLE_REPORT), OFFICER, london(2016, 6, 20, 11))


LINE = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@st.composite
def histories(draw: st.DrawFn, events: tuple[Any, ...]) -> list[Any]:
    """A recorded history into which proposals, rejections and corrections are strewn."""
    recorded: list[Any] = []
    now = london(2016, 7, 4)
    for event in events:
        recorded.append(event)
        for _ in range(draw(st.integers(0, 2))):
            where = draw(st.sampled_from([n for n, each in enumerate(recorded, 1) if _texts(each)]))
            corrected_event, topic = recorded[where - 1], kind_of(recorded[where - 1]).topic
            field, value = draw(st.sampled_from(_texts(corrected_event))), draw(LINE)
            by = ("chair", "case-lead", "case-lead")
            common = (where, topic, field, as_recorded(corrected_event, field), value, WHY)
            match draw(st.sampled_from(["proposed", "rejected", "corrected", "corrected"])):
                case "proposed":
                    recorded.append(CorrectionProposed(*common, *by[:2], now))
                case "rejected":
                    recorded.append(CorrectionRejected(where, WHY, *by[:2], now))
                case _:
                    recorded.append(EventCorrected(*common, *by, now))
    return recorded


def _texts(event: Any) -> list[str]:
    if isinstance(event, (CorrectionProposed, CorrectionRejected, EventCorrected)):
        return []
    return [
        name
        for name in ("title", "submitted_by", "because", "person")
        if isinstance(getattr(event, name, 0), str)
    ]


def as_it_should_have_been(recorded: list[Any]) -> list[Any]:
    """The history without its corrections, with what they say. Written apart from the fold, to be compared with it."""
    right = list(recorded)
    for each in recorded:
        if isinstance(each, EventCorrected):
            right[each.version - 1] = replace(right[each.version - 1], **{each.field: each.now})
    kinds = (CorrectionProposed, CorrectionRejected, EventCorrected)
    return [each for each in right if not isinstance(each, kinds)]


def without_books(occurrence: Occurrence) -> Occurrence:
    return replace(occurrence, proposals=(), corrections=(), history=(), version=0)


@settings(max_examples=60, deadline=None)
@for_all(data=st.data())
def test_a_corrected_history_is_the_history_as_it_should_have_been(
    came_late: World, data: st.DataObject
) -> None:
    recorded = data.draw(histories(tuple(came_late.events_of(MAY_REPORT))))
    whole = fold(recorded)
    assert whole.version == len(recorded) == len(whole.history)
    assert without_books(whole) == without_books(fold(as_it_should_have_been(recorded)))
    assert whole.corrections == tuple(each for each in recorded if isinstance(each, EventCorrected))
    cut = data.draw(st.integers(0, len(recorded)))
    assert fold(recorded[cut:], fold(recorded[:cut])) == whole


def test_proposals_that_wait_are_those_that_nobody_has_decided_on(came_late: World) -> None:
    events = came_late.events_of(MAY_REPORT)
    now = london(2016, 7, 4)
    one, two = (
        CorrectionProposed(n, "t", "title", "a", "b", WHY, "chair", "chair", now) for n in (1, len(events))
    )
    state_of_both = fold([*events, one, two])
    assert state_of_both.proposals == (one, two)
    assert fold([CorrectionRejected(1, WHY, "a", "b", now)], state_of_both).proposals == (two,)


def test_a_corrected_opening_is_the_opening_that_counts(came_late: World) -> None:
    world = corrected(came_late, wrong(came_late, OccurrenceOpened, "title", "Report on late May"))
    report = state(world, MAY_REPORT)
    assert report.facts.title == report.opened.title == report.history[0].title == "Report on late May"
    assert report.version == len(report.history) == len(world.events_of(MAY_REPORT))
    assert report == fold(world.events_of(MAY_REPORT))


def test_a_corrected_notice_is_the_notice_folded_from_scratch(report_open: World) -> None:
    world = corrected(report_open, wrong(report_open, PersonAppointed, "name", "Dr Fiona Laidlaw", None))
    events = [draft.event for draft in world.history if draft.stream == notice_stream(NOTICE)]
    assert world.notice == fold_notice(events)
    assert world.notice.version == len(events) == len(world.notice.history)
    assert world.notice.chase_from == report_open.notice.chase_from


def test_a_value_that_cannot_stand_in_a_field_is_refused_whatever_it_is(came_late: World) -> None:
    event = came_late.events_of(MAY_REPORT)[0]
    for field, value in (
        ("due_on", "soon"),
        ("sections", "[1, 2]"),
        ("sections", "[" * 100_000),
        ("strength", "perhaps"),
        ("nothing", "x"),
    ):
        with pytest.raises(ValueDoesNotFit):
            with_field(event, field, value)
    assert with_field(event, "about", "What it is about").about == "What it is about"
    assert as_recorded(event, "about") == "null"
