"""What every outbox and every directory promises; run on PostgreSQL and on their twins in memory."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from domain.record import Conflict, OutboxItem

MESSAGE = OutboxItem("message", "m/1", {"to": "the director", "of": ["a", 1, None]})
POKE = OutboxItem("poke", "p/1", {})
NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)


async def test_what_an_act_queues_is_lent_with_its_position(store, an_act, an_event):
    receipt = await store.ledger.append(an_act("s", 0, an_event(), an_event(), outbox=(MESSAGE, POKE)))
    (item,) = await store.outbox.claim("message", 10, 60)
    assert (item.index, item.kind, item.key, item.payload) == (
        receipt.last_index,
        "message",
        "m/1",
        MESSAGE.payload,
    )
    assert item.attempts == 1
    assert [poke.key for poke in await store.outbox.claim("poke", 10, 60)] == ["p/1"]


async def test_a_refused_act_queues_nothing(store, an_act):
    await store.ledger.append(an_act("s", 0))
    with pytest.raises(Conflict):
        await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    assert await store.outbox.waiting("message") == 0


async def test_the_same_key_is_never_queued_twice_even_when_settled(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    (item,) = await store.outbox.claim("message", 10, 60)
    await store.outbox.settle([item.id])
    await store.ledger.append(an_act("s", 1, outbox=(MESSAGE, OutboxItem("poke", "m/1", {}))))
    assert await store.outbox.waiting("message") == 0
    assert await store.outbox.waiting("poke") == 1


async def test_a_lent_row_is_not_lent_to_another_until_its_lease_ends(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    assert len(await store.outbox.claim("message", 10, 60)) == 1
    assert await store.outbox.claim("message", 10, 60) == []
    assert await store.outbox.waiting("message") == 1


async def test_a_lease_that_ended_unsettled_lends_again(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    await store.outbox.claim("message", 10, 0)
    (again,) = await store.outbox.claim("message", 10, 60)
    assert again.attempts == 2


async def test_a_renewed_lease_begins_again(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    (item,) = await store.outbox.claim("message", 10, 0)
    await store.outbox.renew([item.id], 60)
    assert await store.outbox.claim("message", 10, 60) == []


async def test_renewing_holds_nothing_that_was_put_back_and_revives_nothing_that_was_settled(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE, POKE)))
    (message,) = await store.outbox.claim("message", 10, 60)
    (poke,) = await store.outbox.claim("poke", 10, 60)
    await store.outbox.put_back(message.id, 0, "try now")
    await store.outbox.settle([poke.id])
    await store.outbox.renew([message.id, poke.id], 60)
    assert len(await store.outbox.claim("message", 10, 60)) == 1
    assert await store.outbox.claim("poke", 10, 60) == []


async def test_workers_side_by_side_never_get_the_same_row(store, an_act):
    items = tuple(OutboxItem("message", f"m/{number}", {}) for number in range(40))
    await store.ledger.append(an_act("s", 0, outbox=items))
    lots = await asyncio.gather(*(store.outbox.claim("message", 10, 60) for _ in range(6)))
    keys = [item.key for lot in lots for item in lot]
    assert len(keys) == len(set(keys)) == 40


async def test_oldest_first_and_at_most_as_many_as_asked_for(store, an_act):
    items = tuple(OutboxItem("message", f"m/{number}", {}) for number in range(5))
    await store.ledger.append(an_act("s", 0, outbox=items))
    assert [item.key for item in await store.outbox.claim("message", 3, 60)] == ["m/0", "m/1", "m/2"]


async def test_what_is_put_back_waits_and_is_then_lent_again(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    (item,) = await store.outbox.claim("message", 10, 60)
    await store.outbox.put_back(item.id, 3600, "the server \x00 is away")
    assert await store.outbox.claim("message", 10, 60) == []
    await store.outbox.put_back(item.id, 0, "try now")
    assert len(await store.outbox.claim("message", 10, 60)) == 1


async def test_a_settled_row_cannot_be_put_back(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    (item,) = await store.outbox.claim("message", 10, 60)
    await store.outbox.settle([item.id])
    await store.outbox.put_back(item.id, 0, "too late")
    assert await store.outbox.claim("message", 10, 60) == []


async def test_a_worker_that_waits_is_woken_by_an_act(store, an_act):
    await store.outbox.wait_for_work(0.5)
    waiting = asyncio.create_task(store.outbox.wait_for_work(600))
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    async with asyncio.timeout(30):
        await waiting


async def test_what_is_queued_while_a_worker_works_makes_its_next_wait_short(store, an_act):
    await store.outbox.wait_for_work(0.5)
    await store.ledger.append(an_act("s", 0, outbox=(MESSAGE,)))
    async with asyncio.timeout(30):
        await store.outbox.wait_for_work(600)


async def test_the_newest_address_wins_however_late_an_older_one_comes(store):
    assert await store.directory.address_of("jo") is None
    await store.directory.set_address("jo", "new@example.org", NOON)
    await store.directory.set_address("jo", "old@example.org", NOON - timedelta(days=1))
    assert await store.directory.address_of("jo") == "new@example.org"
    await store.directory.set_address("jo", "newest@example.org", NOON + timedelta(days=1))
    assert await store.directory.address_of("jo") == "newest@example.org"
