"""What every ledger promises; run on PostgreSQL and on its twin in memory."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from domain.actor import Actor
from domain.record import (
    Append,
    CommandIdReused,
    Conflict,
    Head,
    SimulatedTimeRefused,
    StreamWrite,
    UnfitEvent,
)
from ledger.canonical import leaf_hash

NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)


async def test_an_empty_record_has_no_size_and_no_time(store):
    assert await store.ledger.head() == Head(0, None)
    assert await store.ledger.read() == []


async def test_a_recorded_event_is_read_back_as_it_was_decided(store, an_event, an_act):
    event = an_event(
        actor=Actor("person", "jo:chair"),
        effective=NOON + timedelta(microseconds=7),
        data={"words": "Größe: 12 %", "pages": 3, "parts": [True, None, {"of": "the plan"}]},
        notice="lancashire-2016",
        obligation="monthly-report",
        occurrence="2016-06",
        rung="remind",
        authority="clause 6",
        reason="It was asked for.",
        causation="c",
        correlation="d",
    )
    act = an_act("occ/a/b/c", 0, event)
    receipt = await store.ledger.append(act)

    (recorded,) = await store.ledger.read_stream("occ/a/b/c")
    assert recorded.envelope == event
    assert (recorded.index, recorded.stream, recorded.version) == (1, "occ/a/b/c", 1)
    assert (recorded.recorded, recorded.command_id) == (receipt.recorded, act.command_id)
    assert recorded.leaf == leaf_hash(recorded.canonical).hex() == receipt.leaves[0]


async def test_a_receipt_names_every_position_and_leaf(store, an_event, an_act):
    await store.ledger.append(an_act("before"))
    act = Append(uuid4(), (StreamWrite("a", 0, (an_event(), an_event())), StreamWrite("b", 0, (an_event(),))))
    receipt = await store.ledger.append(act)

    events = await store.ledger.read(after=1)
    assert (receipt.first_index, receipt.last_index, receipt.repeated) == (2, 4, False)
    assert [(e.index, e.stream, e.version) for e in events] == [(2, "a", 1), (3, "a", 2), (4, "b", 1)]
    assert receipt.leaves == tuple(event.leaf for event in events)
    assert await store.ledger.head() == Head(4, receipt.recorded)


async def test_a_repeated_command_answers_with_its_first_receipt(store, an_event, an_act):
    command = uuid4()
    first = await store.ledger.append(an_act("s", 0, an_event(), command=command))
    decided_afresh = an_event(effective=NOON + timedelta(hours=1))
    second = await store.ledger.append(an_act("s", 1, decided_afresh, command=command))

    assert second.repeated and not first.repeated
    assert (second.first_index, second.recorded, second.leaves) == (
        first.first_index,
        first.recorded,
        first.leaves,
    )
    assert await store.ledger.receipt_of(command) == second
    assert (await store.ledger.head()).size == 1


async def test_an_unknown_command_has_no_receipt(store):
    assert await store.ledger.receipt_of(uuid4()) is None


@pytest.mark.parametrize(
    "other",
    [
        {"data": {"to": "the chair"}},
        {"kind": "report-overdue.v1"},
        {"actor": Actor("person", "jo")},
        {"reason": "because"},
        {"occurrence": "2016-07"},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_a_command_id_cannot_be_used_for_other_words(store, an_event, an_act, other):
    command = uuid4()
    await store.ledger.append(an_act("s", 0, command=command))
    with pytest.raises(CommandIdReused, match="was used before"):
        await store.ledger.append(an_act("s", 1, an_event(**other), command=command))
    with pytest.raises(CommandIdReused):
        await store.ledger.append(an_act("other", 0, command=command))
    assert (await store.ledger.head()).size == 1


async def test_a_stream_that_moved_on_refuses_the_command(store, an_act):
    await store.ledger.append(an_act("s", 0))
    with pytest.raises(Conflict, match="“s” is at version 1, not 0") as refusal:
        await store.ledger.append(an_act("s", 0))
    assert (refusal.value.stream, refusal.value.expected, refusal.value.actual) == ("s", 0, 1)
    with pytest.raises(Conflict):
        await store.ledger.append(an_act("s", 2))
    assert (await store.ledger.head()).size == 1


async def test_a_command_over_several_streams_is_recorded_whole_or_not_at_all(store, an_event, an_act):
    await store.ledger.append(an_act("b", 0))
    act = Append(uuid4(), (StreamWrite("a", 0, (an_event(),)), StreamWrite("b", 0, (an_event(),))))
    with pytest.raises(Conflict, match="“b” is at version 1"):
        await store.ledger.append(act)
    assert await store.ledger.streams("") == {"b": 1}


async def test_a_guard_refuses_when_what_was_read_has_changed(store, an_act):
    await store.ledger.append(an_act("notice", 0))
    with pytest.raises(Conflict, match="“notice” is at version 1, not 0"):
        await store.ledger.append(an_act("s", 0, guards=(("notice", 0),)))
    await store.ledger.append(an_act("s", 0, guards=(("notice", 1), ("nobody", 0))))
    assert await store.ledger.streams("") == {"notice": 1, "s": 1}


async def test_of_commands_that_race_for_a_stream_one_wins_and_bystanders_are_untouched(store, an_act):
    racing = [store.ledger.append(an_act("race", 0)) for _ in range(8)]
    bystanders = [store.ledger.append(an_act(f"alone/{number}", 0)) for number in range(8)]
    answers = await asyncio.gather(*racing, *bystanders, return_exceptions=True)

    assert sorted(type(answer).__name__ for answer in answers[:8]) == ["Conflict"] * 7 + ["Receipt"]
    assert [type(answer).__name__ for answer in answers[8:]] == ["Receipt"] * 8
    assert (await store.ledger.head()).size == 9


async def test_the_same_command_sent_twice_at_once_is_recorded_once(store, an_event, an_act):
    act = an_act("s", 0)
    receipts = await asyncio.gather(*(store.ledger.append(act) for _ in range(4)))
    assert sorted(receipt.repeated for receipt in receipts) == [False, True, True, True]
    assert (await store.ledger.head()).size == 1


async def test_a_guard_and_a_write_at_the_same_moment_do_not_miss_each_other(store, an_act):
    write = store.ledger.append(an_act("notice", 0))
    guarded = store.ledger.append(an_act("s", 0, guards=(("notice", 0),)))
    _, answer = await asyncio.gather(write, guarded, return_exceptions=True)
    assert isinstance(answer, Conflict)


async def test_an_unfit_command_refuses_only_itself(store, an_event, an_act):
    twice = an_event()
    acts = [an_act(f"s/{number}", 0) for number in range(6)]
    acts[3:3] = [an_act("one", 0, twice), an_act("two", 0, twice)]
    answers = await asyncio.gather(*(store.ledger.append(act) for act in acts), return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [str(refusal) for refusal in refused] == ["An event with the same id is already in the record."]
    assert isinstance(refused[0], UnfitEvent)
    assert (await store.ledger.head()).size == 7
    assert [event.index for event in await store.ledger.read()] == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"data": {"a": [{"b": 0.5}]}}, "event.data.a\\[0\\].b is a number with a fraction"),
        ({"data": {"a": "x\x00y"}}, "event.data.a contains the null character"),
        ({"data": {"a": "\ud800"}}, "event.data.a contains half of a character"),
        ({"data": {"a": "e\u0301"}}, "event.data.a is not in the normal form"),
        ({"data": {"schön": 1}}, "event.data has the key"),
        ({"data": {"a": 2**53}}, "event.data.a is a number of more than 53 bits"),
        ({"data": {"a": NOON}}, "event.data.a is a Python datetime"),
        ({"data": {"a": "x" * 70_000}}, "at most 65535 can be stored"),
        ({"effective": datetime(2016, 6, 14)}, "event.effective is a time without a zone"),
        ({"reason": "\x00"}, "event.reason contains the null character"),
        ({"kind": ""}, "An event needs a type"),
    ],
)
async def test_an_unfit_event_is_refused_in_words(store, an_event, an_act, changed, sentence):
    with pytest.raises(UnfitEvent, match=sentence):
        await store.ledger.append(an_act("s", 0, an_event(**changed)))
    assert (await store.ledger.head()).size == 0


async def test_data_nested_without_end_is_refused_in_words(store, an_event, an_act):
    data = {}
    for _ in range(1000):
        data = {"deeper": data}
    with pytest.raises(UnfitEvent, match="nested more than 32 levels"):
        await store.ledger.append(an_act("s", 0, an_event(data=data)))


@pytest.mark.parametrize("stream", ["", "with space", "x" * 256, "größe", "a\nb"])
async def test_a_stream_needs_a_plain_name(store, an_act, stream):
    with pytest.raises(UnfitEvent, match="is no name for a stream"):
        await store.ledger.append(an_act(stream, 0))


async def test_a_command_without_events_or_with_a_stream_twice_is_refused(store, an_event):
    with pytest.raises(UnfitEvent, match="at least one event"):
        await store.ledger.append(Append(uuid4(), (StreamWrite("s", 0, ()),)))
    with pytest.raises(UnfitEvent, match="at least one event"):
        await store.ledger.append(Append(uuid4(), ()))
    twice = (StreamWrite("s", 0, (an_event(),)), StreamWrite("s", 1, (an_event(),)))
    with pytest.raises(UnfitEvent, match="a stream only once"):
        await store.ledger.append(Append(uuid4(), twice))


async def test_streams_are_found_by_the_start_of_their_name(store, an_act):
    for name in ("occ/a/1", "occ/a/2", "occ/ab/1", "occ/a", "review/a"):
        await store.ledger.append(an_act(name, 0))
    await store.ledger.append(an_act("occ/a/2", 1))
    assert await store.ledger.streams("occ/a/") == {"occ/a/1": 1, "occ/a/2": 2}


async def test_reading_pages_through_log_and_stream(store, an_act, an_event):
    for version in range(3):
        await store.ledger.append(an_act("s", 2 * version, an_event(), an_event()))
    assert [event.index for event in await store.ledger.read(after=2, limit=3)] == [3, 4, 5]
    assert [event.version for event in await store.ledger.read_stream("s", after=4)] == [5, 6]
    assert await store.ledger.read_stream("nobody") == []


async def test_a_live_store_refuses_a_simulated_time(store, an_act):
    with pytest.raises(SimulatedTimeRefused, match="a simulated time is refused"):
        await store.ledger.append(an_act("s", 0, told=NOON))
    assert (await store.ledger.head()).size == 0


async def test_a_simulated_store_records_the_told_time_and_requires_it(simulated_ledger, an_act):
    with pytest.raises(SimulatedTimeRefused, match="must be told the time"):
        await simulated_ledger.append(an_act("s", 0))
    receipt = await simulated_ledger.append(an_act("s", 0, told=NOON))
    assert receipt.recorded == NOON


async def test_recorded_time_never_goes_back(simulated_ledger, an_act):
    told = [NOON, NOON - timedelta(days=1), NOON + timedelta(hours=1), NOON]
    acts = [an_act(f"s/{number}", 0, told=time) for number, time in enumerate(told)]
    one_by_one = [(await simulated_ledger.append(act)).recorded for act in acts]
    assert one_by_one == [NOON, NOON, NOON + timedelta(hours=1), NOON + timedelta(hours=1)]

    later = [NOON + timedelta(hours=hours) for hours in (3, 2, 5, 4)]
    acts = [an_act(f"t/{number}", 0, told=time) for number, time in enumerate(later)]
    await asyncio.gather(*(simulated_ledger.append(act) for act in acts))
    recorded = [event.recorded for event in await simulated_ledger.read()]
    assert recorded == sorted(recorded)
    assert recorded[4:] == [NOON + timedelta(hours=hours) for hours in (3, 3, 5, 5)]


async def test_a_refused_command_does_not_move_the_time(simulated_ledger, an_act):
    await simulated_ledger.append(an_act("s", 0, told=NOON))
    refused = simulated_ledger.append(an_act("s", 0, told=NOON + timedelta(days=9)))
    kept = simulated_ledger.append(an_act("t", 0, told=NOON + timedelta(hours=1)))
    _, receipt = await asyncio.gather(refused, kept, return_exceptions=True)
    assert receipt.recorded == NOON + timedelta(hours=1)


async def test_a_follower_sees_what_was_there_and_what_comes(store, an_act, follower, until):
    await store.ledger.append(an_act("s", 0))
    await until(lambda: len(follower) == 1)
    for version in range(1, 5):
        await store.ledger.append(an_act("s", version))
    await until(lambda: len(follower) == 5)
    assert [event.index for event in follower] == [1, 2, 3, 4, 5]


async def test_the_events_of_one_notice_are_read_without_those_of_any_other(store, an_act, an_event):
    streams = (
        "notice/lancashire-2016",
        "notice/lancashire-2016-b",
        "occ/lancashire-2016/monthly-report/2016-06",
        "occ/lancashire-2016/monthly-report-b/2016-06",
        "occ/lancashire-2016-b/monthly-report/2016-06",
        "occ/lancashire-2016/department-review/1",
    )
    for stream in streams:
        await store.ledger.append(an_act(stream, 0, an_event("review-held.v1"), an_event()))
    own = [each.stream for each in await store.ledger.read_by("lancashire-2016")]
    assert own == [each for each in (streams[0], streams[2], streams[3], streams[5]) for _ in range(2)]
    reports = await store.ledger.read_by("lancashire-2016", obligation="monthly-report")
    assert [(each.stream, each.version) for each in reports] == [(streams[2], 1), (streams[2], 2)]
    held = await store.ledger.read_by("lancashire-2016", type="review-held.v1")
    assert [each.index for each in held] == [1, 5, 7, 11]
    both = await store.ledger.read_by("lancashire-2016", obligation="monthly-report", type="review-held.v1")
    assert [each.index for each in both] == [5]
    assert await store.ledger.read_by("lancashire-2017") == []
