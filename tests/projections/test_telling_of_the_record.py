"""What happens to the record itself is told as well: a new key, an erasure, a rule of retention, a hold."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.actor import Actor
from domain.events.kinds import BY_TOPIC
from domain.events.of_the_record import RECORD_KINDS, is_of_the_record
from domain.record import Envelope, Recorded
from projections.exports.record import sentence_of
from projections.tellings.of_the_record import TELLINGS, tell_of_the_record

ROOMS = ("domain", "ledger", "activities", "workflows", "projections", "desk", "forthwith")
HOUSE = Path(__file__).parents[2]
A_TOPIC = re.compile(r"[\"']([a-z]+(?:-[a-z]+)+\.v\d+)[\"']")
OF_ANOTHER_APPLICATION = {
    "library-event-stored.v1",
    "library-position-tracked.v1",
}  # eventsourcing on our store
NOON = datetime(2026, 6, 14, 12, tzinfo=UTC)


def recorded(topic: str, stream: str, data: dict[str, object]) -> Recorded:
    event = Envelope(uuid4(), topic, NOON, Actor("person", "dana-price"), data)
    return Recorded(7, stream, 1, NOON, event, UUID(int=1), "00" * 32)


SAID = {
    "log-key-rotated.v1": (
        {
            "key": "forthwith.example/log+1a2b3c4d+AY",
            "replaces": "forthwith.example/log+5e6f7a8b+AX",
            "overlap_until": "2026-07-14T12:00:00.000000Z",
        },
        "The key “forthwith.example/log+1a2b3c4d” of the log took the place of “forthwith.example/log+5e6f7a8b”; "
        "both sign until Tuesday 14 July 2026.",
    ),
    "personal-data-erased.v1": (
        {
            "digests": ["a", "b", "c"],
            "events": [4, 5],
            "person": None,
            "reason": "No longer needed.",
            "authority": "UK GDPR, article 17(1)(a)",
        },
        "Erased under UK GDPR, article 17(1)(a): 3 personal values of 2 events, because “No longer needed”.",
    ),
    "retention-rule-set.v1": (
        {"kind": "report-submitted.v1", "months": 24, "reason": "By the schedule.", "authority": "S 46"},
        "What an event “report-submitted.v1” withholds is kept for 24 months after the end of its notice: "
        "“By the schedule”.",
    ),
    "legal-hold-placed.v1": (
        {"notice": "lancashire-2016", "reason": "The inquiry asked for it."},
        "Nothing under the notice “lancashire-2016” may be erased from now on: “The inquiry asked for it”.",
    ),
    "legal-hold-lifted.v1": (
        {"notice": "lancashire-2016", "reason": "The inquiry is over."},
        "What is kept under the notice “lancashire-2016” may be erased again: “The inquiry is over”.",
    ),
}


def test_every_kind_that_any_room_spells_is_in_one_of_the_two_lists():
    """A kind that stands in neither is recorded, and no test ever asks for its sentence."""
    spelled = {
        topic
        for room in ROOMS
        for file in (HOUSE / room).rglob("*.py")
        for topic in A_TOPIC.findall(file.read_text("utf-8"))
    }
    listed = {*BY_TOPIC, *(kind.topic for kind in RECORD_KINDS)}
    assert "log-key-rotated.v1" in spelled
    assert spelled - listed == OF_ANOTHER_APPLICATION


def test_every_kind_of_the_record_itself_has_its_telling_and_its_privacy_answer():
    topics = [kind.topic for kind in RECORD_KINDS]
    assert set(TELLINGS) == set(SAID) == set(topics)
    assert len(topics) == len(set(topics))
    assert all(kind.privacy.endswith(".") for kind in RECORD_KINDS)
    assert not set(topics) & set(BY_TOPIC)


@pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.topic)
def test_it_is_told_in_these_words(kind):
    data, sentence = SAID[kind.topic]
    event = recorded(kind.topic, kind.stream, data)
    assert is_of_the_record(event)
    assert tell_of_the_record(event) == sentence_of(event) == sentence


def test_what_is_kept_of_one_person_and_a_rule_for_everything_have_words_of_their_own():
    erased, _ = SAID["personal-data-erased.v1"]
    of_one = recorded("personal-data-erased.v1", "privacy/erasures", {**erased, "person": "helen-marsh"})
    assert "what was kept of “helen-marsh” (3 personal values), because" in tell_of_the_record(of_one)
    rule, _ = SAID["retention-rule-set.v1"]
    of_all = recorded("retention-rule-set.v1", "privacy/retention", {**rule, "kind": "all", "months": 1})
    assert tell_of_the_record(of_all).startswith("What every event withholds is kept for 1 month after")


def test_the_same_name_in_a_stream_of_another_application_is_not_ours():
    ours = recorded("log-key-rotated.v1", "log/keys", {"n": 1})
    theirs = replace(ours, stream="es/keys/1")
    assert not is_of_the_record(theirs)
    assert sentence_of(theirs) == "“log-key-rotated.v1” was recorded in “es/keys/1”."
