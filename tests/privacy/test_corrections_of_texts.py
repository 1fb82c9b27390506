"""A correction of a text can be erased like the text; what dates and codes follow from stays."""

import pytest

from domain.corrections.changing import with_field
from domain.events.correcting import EventCorrected
from domain.events.kinds import from_data, kind_of, plan_for, to_data
from domain.events.reviewing import ReviewPlanned
from domain.events.withheld import ERASED, restored
from ledger.privacy.commitments import withhold
from tests.privacy.conftest import APPOINTED, NOON, SUBMITTED


def corrected(topic: str, field: str, was: str, now: str) -> EventCorrected:
    return EventCorrected(1, topic, field, was, now, "It was wrong.", "a", "b", "case-lead", NOON)


def after_erasure(event):
    topic = kind_of(event).topic
    kept, _ = withhold(to_data(event), plan_for(topic))
    return from_data(topic, restored(kept, {}, plan_for(topic)))


@pytest.mark.parametrize(
    ("topic", "field", "lost"),
    [
        ("person-appointed.v1", "name", True),
        ("review-planned.v1", "reviewers", True),
        ("report-submitted.v1", "received_at", False),
        ("progress-updated.v1", "rating", False),
        ("notice-issued.v1", "header", False),
    ],
)
def test_what_is_withheld_of_a_correction_is_what_its_event_withholds(topic, field, lost):
    found = after_erasure(corrected(topic, field, "one", "other"))
    assert (found.was, found.now) == ((ERASED, ERASED) if lost else ("one", "other"))
    assert found.reason == ERASED


def test_an_erased_correction_still_fits_its_event():
    assert with_field(APPOINTED, "name", ERASED).name == ERASED
    planned = ReviewPlanned(NOON.date(), NOON.date(), ("Jo",), "All", (), "a", "adviser", NOON)
    assert with_field(planned, "reviewers", ERASED).reviewers == (ERASED,)


def test_an_event_of_which_everything_was_erased_is_still_an_event():
    assert [each.text for each in after_erasure(SUBMITTED).sections] == [ERASED, ERASED]
