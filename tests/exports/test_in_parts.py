"""A bag is made in parts from what lies on disk, so that memory does not grow with it."""

import gc

import pytest

from forthwith.bagging import Material, bag_files
from ledger.export.on_disk import EventsOnDisk
from projections.exports.spool import Spool, in_chunks

LONGEST_PART = 1 << 20


async def test_no_file_that_grows_with_the_record_is_made_in_one_piece(material: Material) -> None:
    grows = {"events.jsonl", "disclosures.jsonl", "events.csv", "history.html", "log.xes", "ocel.json", "prov.json", "ocel.sqlite"}  # fmt: skip
    for name, content in await bag_files(material):
        if name in grows:
            assert not isinstance(content, bytes)
            lengths = [len(each) for each in content]
            assert lengths and max(lengths) <= LONGEST_PART
            grows.discard(name)
    assert grows == set()


def test_what_is_put_on_disk_is_read_back_as_often_as_it_is_asked_for() -> None:
    spool = Spool[str]()
    assert list(spool) == []
    spool.extend(["a", "bb", "ccc"])
    assert [*spool, *spool] == ["a", "bb", "ccc"] * 2
    spool.append("d")
    assert (spool[3], spool[-1], spool[1:3], len(spool)) == ("d", "d", ["bb", "ccc"], 4)
    with pytest.raises(IndexError):
        spool[4]


def test_events_on_disk_are_those_that_were_given(material: Material) -> None:
    stored = EventsOnDisk(material.events)
    assert b"".join(stored.lines()) == b"".join(each.canonical + b"\n" for each in material.events)
    assert [each.leaf for each in stored] == [each.leaf for each in material.events]
    sent = [each.index for each in material.events if each.type == "message-sent.v1"]
    assert sent and [each.index for each in stored.of_type("message-sent.v1")] == sent
    assert stored[-1].canonical == material.events[-1].canonical
    told = stored.telling({})
    del stored
    gc.collect()
    assert told[0].canonical == material.events[0].canonical


def test_short_texts_are_gathered_and_nothing_is_lost() -> None:
    texts = [f"{number}ü" * 50 for number in range(2000)]
    parts = list(in_chunks(texts))
    assert 1 < len(parts) < 20
    assert b"".join(parts).decode() == "".join(texts)
