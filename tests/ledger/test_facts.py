"""Facts are read by a faster way, and are the same events."""

import gc
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from domain.events.kinds import UnknownEventKind, from_data
from domain.record import Append, StreamWrite
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS
from ledger import facts, postgres
from ledger.facts import FactReader
from ledger.instance import set_instance
from ledger.reading import whole
from tests.lives import the_notice

NOTICES = Path(__file__).parents[2] / "notices"


@pytest.fixture(scope="module")
async def year():
    """Everything that happens in the Lancashire year in which nobody acts."""
    terms = the_notice()
    return (await rehearse(terms, NOBODY_ACTS, "pure")).events


def test_every_event_of_a_year_is_the_same_by_both_ways(year):
    reader = FactReader()
    for recorded in (*year, *year):
        fact = reader.read(recorded.index, whole(recorded))
        assert fact.event == from_data(recorded.type, recorded.envelope.data)
        assert type(fact.event) is type(from_data(recorded.type, recorded.envelope.data))
        assert (fact.index, fact.stream, fact.version) == (recorded.index, recorded.stream, recorded.version)
        assert (fact.recorded, fact.effective) == (recorded.recorded, recorded.envelope.effective)


def test_most_kinds_are_read_by_the_faster_way(year, monkeypatch):
    reader = FactReader()
    for recorded in year:
        reader.read(recorded.index, whole(recorded))
    slow = []
    monkeypatch.setattr(facts, "from_data", lambda topic, data: slow.append(topic) or from_data(topic, data))
    for recorded in year:
        reader.read(recorded.index, whole(recorded))
    assert len(slow) < len(year) / 10


def test_a_kind_that_is_upcast_is_read_as_upcast(year, monkeypatch):
    """However `from_data` changes what it finds, the facts follow it."""
    upcast = object()
    monkeypatch.setattr(facts, "from_data", lambda _topic, _data: upcast)
    reader = FactReader()
    assert [reader.read(each.index, each.canonical).event for each in year[:40]] == [upcast] * 40


def test_an_event_that_does_not_fit_its_shape_is_refused_as_by_envelopes(year):
    reader = FactReader()
    first = next(each for each in year if each.type == "reminder-issued.v1")
    reader.read(first.index, first.canonical)
    document = msgspec.json.decode(first.canonical)
    del document["data"]["rung"]
    with pytest.raises(ValueError, match="rung"):
        reader.read(1, msgspec.json.encode(document))


@pytest.mark.parametrize("collecting", [True, False])
def test_reading_leaves_the_collector_as_it_was(year, collecting):
    was = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        with pytest.raises(ValueError, match="kind"):
            FactReader().read(1, year[0].canonical.replace(b"notice-issued.v1", b"report-eaten.v1"))
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if was else gc.disable)()


def test_an_unknown_kind_is_refused_by_name(year):
    document = {**msgspec.json.decode(year[0].canonical), "type": "report-eaten.v1"}
    with pytest.raises(UnknownEventKind, match=r"report-eaten\.v1"):
        FactReader().read(1, msgspec.json.encode(document))


async def test_a_ledger_tells_facts_by_page_and_by_stream(postgres_dsn, ledger, year, monkeypatch):
    await set_instance(postgres_dsn, "simulated")
    for each in (event for event in year if event.command_id == year[0].command_id):
        envelope = replace(each.envelope, correlation=None)
        write = StreamWrite(each.stream, each.version - 1, (envelope,))
        await ledger.append(Append(each.envelope.id, (write,), told=each.recorded))
    everything = await ledger.facts()
    assert [fact.index for fact in everything] == list(range(1, len(everything) + 1))
    assert await ledger.facts(after=3, limit=2) == everything[3:5]
    assert await ledger.facts_of(year[0].stream, after=1) == everything[1:]
    monkeypatch.setattr(postgres, "PAGE", 3)
    pages = [page async for page in ledger.replay(after=1)]
    assert {len(page) for page in pages[:-1]} == {3}
    assert [fact for page in pages for fact in page] == everything[1:]
