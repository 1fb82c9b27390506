"""Of every kind and version that a record may hold, one event is kept, and it can be read for ever."""

from pathlib import Path

import msgspec
import orjson
import pytest

from domain.events.kinds import BY_TOPIC, UPCASTS, from_data, to_data
from domain.values import write_instant
from projections.tables.happened import typed

GOLDEN = Path(__file__).parent / "golden_events"
EVER_STORED = sorted({*BY_TOPIC, *UPCASTS.retired})
EVERY_ONE = pytest.mark.parametrize("topic", EVER_STORED)


def kept(topic: str) -> bytes:
    file = GOLDEN / f"{topic}.json"
    assert file.exists(), f"Of “{topic}” no event is kept. Run deploy/maintenance/write_golden_events.py."
    return file.read_bytes().removesuffix(b"\n")


def test_none_is_kept_of_a_kind_that_was_forgotten() -> None:
    assert sorted(file.stem for file in GOLDEN.glob("*.json")) == EVER_STORED


@EVERY_ONE
def test_it_is_read_and_written_again_as_it_was(topic: str) -> None:
    written = kept(topic)
    event = from_data(topic, orjson.loads(written))
    if topic in BY_TOPIC:
        assert orjson.dumps(to_data(event), option=orjson.OPT_SORT_KEYS) == written


@EVERY_ONE
def test_reading_it_fast_gives_the_same(topic: str) -> None:
    written = kept(topic)
    assert typed(topic, msgspec.Raw(written)) == from_data(topic, orjson.loads(written))


def test_instants_read_fast_are_in_utc() -> None:
    event = typed("task-acknowledged.v1", msgspec.Raw(kept("task-acknowledged.v1")))
    written = orjson.loads(kept("task-acknowledged.v1"))["acknowledged_at"]
    assert write_instant(event.acknowledged_at) == written
    assert event.acknowledged_at.utcoffset().total_seconds() == 0
