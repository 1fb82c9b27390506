"""What waits for others is lent together, once, and by nothing else; run on PostgreSQL and on its twin in memory."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.ports import WebhookState
from domain.record import OutboxItem
from ledger.outbox import PostgresOutbox
from ledger.webhooks import MemoryWebhooks, PostgresWebhooks

NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)


async def hold_all(store, an_act, *bundles):
    """One message for each name, held until now."""
    for number, bundle in enumerate(bundles):
        message = OutboxItem("message", f"m/{number}", {"n": number})
        await store.ledger.append(an_act(f"s/{number}", 0, outbox=(message,)))
        (item,) = await store.outbox.claim("message", 1, 60)
        await store.outbox.hold(item.id, 0, bundle)


async def test_a_bundle_is_lent_whole_and_to_one(store, an_act):
    await hold_all(store, an_act, "anna", "ben", "anna")
    assert await store.outbox.claim("message", 10, 60) == []
    assert [item.key for item in await store.outbox.claim_bundle(10, 60)] == ["m/0", "m/2"]
    assert [item.key for item in await store.outbox.claim_bundle(10, 60)] == ["m/1"]
    assert await store.outbox.claim_bundle(10, 60) == []
    assert await store.outbox.waiting("message") == 3


async def test_workers_that_ask_at_once_never_share_a_bundle(store, an_act):
    await hold_all(store, an_act, *["anna"] * 6)
    workers = [
        PostgresOutbox(store.ledger.database) if hasattr(store.ledger, "database") else store.outbox
    ] * 4
    lent = await asyncio.gather(*(each.claim_bundle(10, 60) for each in workers))
    assert sorted(map(len, lent)) == [0, 0, 0, 6]


async def test_what_is_held_is_not_lent_before_its_time_and_does_not_count_as_tried(store, an_act):
    await store.ledger.append(an_act("s", 0, outbox=(OutboxItem("message", "m/1", {}),)))
    (item,) = await store.outbox.claim("message", 1, 60)
    await store.outbox.hold(item.id, 3600, None)
    assert await store.outbox.claim("message", 1, 60) == []
    await store.outbox.hold(item.id, 0, None)
    (again,) = await store.outbox.claim("message", 1, 60)
    assert again.attempts == 1


async def test_a_bundle_that_failed_stays_together(store, an_act):
    await hold_all(store, an_act, "anna", "anna")
    for item in await store.outbox.claim_bundle(10, 60):
        await store.outbox.put_back(item.id, 0, "451 later")
    assert [item.attempts for item in await store.outbox.claim_bundle(10, 60)] == [2, 2]


async def test_the_newest_wish_wins(store):
    assert not await store.directory.wants_digest("anna")
    await store.directory.set_digest("anna", True, NOON)
    await store.directory.set_digest("anna", False, NOON.replace(hour=11))
    assert await store.directory.wants_digest("anna")


@pytest.fixture(params=["memory", "postgresql"])
def webhooks(request):
    if request.param == "memory":
        return MemoryWebhooks()
    return PostgresWebhooks(request.getfixturevalue("ledger").database)


async def test_a_webhook_is_never_taken_back_to_what_it_was_told_before(webhooks):
    assert await webhooks.state("case-system") is None
    failing = WebhookState(7, 2, NOON, 1, None, "The receiver answered 500.")
    await webhooks.keep("case-system", failing)
    assert await webhooks.state("case-system") == failing
    await webhooks.keep("case-system", replace(failing, told=6))
    assert await webhooks.state("case-system") == failing
    closed = WebhookState(7, passed_over=1, closed_at=NOON, fault="The receiver answered 410.")
    await webhooks.keep("case-system", closed)
    assert await webhooks.state("case-system") == closed
