"""The stored bytes have one spelling, which anybody with RFC 8785 can reproduce."""

import unicodedata
from datetime import UTC, datetime
from uuid import UUID

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as some

from domain.actor import Actor
from domain.record import Envelope, UnfitEvent
from ledger.canonical import decode, encode
from ledger.profile import canonical_json

COMMAND = UUID(int=7)

words = some.text(some.characters(codec="utf-8", exclude_characters="\x00")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
names = some.from_regex(r"[A-Za-z0-9_.:/-]{1,12}", fullmatch=True)
numbers = some.integers(-(2**53) + 1, 2**53 - 1)
fit_values = some.recursive(
    some.none() | some.booleans() | numbers | words,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)
fit_data = some.dictionaries(names, fit_values, max_size=5)
instants = some.datetimes(timezones=some.just(UTC))
envelopes = some.builds(
    Envelope,
    id=some.uuids(),
    type=words.filter(bool),
    effective=instants,
    actor=some.builds(Actor, some.sampled_from(["person", "system"]), words.filter(bool)),
    data=fit_data,
    notice=some.none() | words,
    obligation=some.none() | words,
    occurrence=some.none() | words,
    rung=some.none() | words,
    authority=some.none() | words,
    reason=some.none() | words,
    causation=some.none() | words,
    correlation=some.none() | words,
)


@given(fit_values)
def test_fit_values_are_spelled_as_rfc_8785_spells_them(value):
    assert canonical_json(value, "value") == rfc8785.dumps(value)


@given(envelopes, instants, some.integers(1, 2**31 - 1))
def test_an_event_is_spelled_as_rfc_8785_spells_it_and_reads_back_the_same(event, recorded, version):
    stored = encode(event, "notice/x", version, COMMAND).at(recorded)

    assert stored == rfc8785.dumps(orjson.loads(stored))
    told = decode(stored)
    assert told.envelope == event
    assert (told.stream, told.version, told.recorded) == ("notice/x", version, recorded)
    assert told.command_id == COMMAND


def test_an_event_has_the_shape_of_a_cloudevent():
    event = Envelope(
        UUID(int=1),
        "report-submitted.v1",
        datetime(2016, 6, 14, 11, tzinfo=UTC),
        Actor("person", "jo"),
        {"sections": 3},
        notice="lancashire-2016",
    )
    stored = encode(event, "occ/a", 4, COMMAND).at(datetime(2016, 6, 14, 12, 0, 0, 5, tzinfo=UTC))
    assert stored.decode() == (
        '{"actor":"person:jo","commandid":"00000000-0000-0000-0000-000000000007","data":{"sections":3},'
        '"datacontenttype":"application/json","effective":"2016-06-14T11:00:00.000000Z",'
        '"id":"00000000-0000-0000-0000-000000000001","notice":"lancashire-2016","source":"forthwith",'
        '"specversion":"1.0","streamversion":4,"subject":"occ/a","time":"2016-06-14T12:00:00.000005Z",'
        '"type":"report-submitted.v1"}'
    )


@given(some.floats())
def test_a_fraction_is_never_stored(number):
    with pytest.raises(UnfitEvent, match=r"^data\.share\[0\] is a number with a fraction"):
        canonical_json({"share": [number]}, "data")


@given(some.integers(min_value=2**53) | some.integers(max_value=-(2**53)))
def test_a_number_that_other_readers_would_round_is_never_stored(number):
    with pytest.raises(UnfitEvent, match="more than 53 bits"):
        canonical_json(number, "data")


@given(words, some.sampled_from(["e\u0301", "\u212b", "\u1100\u1161", "\u0374"]), words)
def test_text_that_has_another_spelling_is_never_stored(before, decomposed, after):
    text = before + decomposed + after
    with pytest.raises(UnfitEvent, match="normal form"):
        canonical_json(text, "data")


def test_the_data_cannot_pass_itself_off_as_the_recorded_time():
    time = "0000-00-00T00:00:00.000000Z"
    effective = datetime(2016, 6, 14, tzinfo=UTC)
    event = Envelope(UUID(int=1), time, effective, Actor("person", time), {"time": time}, reason=time)
    recorded = datetime(2016, 6, 15, tzinfo=UTC)
    told = decode(encode(event, "s", 1, COMMAND).at(recorded))
    assert (told.envelope, told.recorded) == (event, recorded)
