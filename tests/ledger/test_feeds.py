"""Secret addresses of calendars: one contract for both stores, and what only the database can promise."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from desk.feeds.secret_address import digest_of
from domain.clock import LiveClock
from domain.ports import Feed
from ledger.directory import PostgresDirectory
from ledger.feeds import MemoryFeeds, PostgresFeeds
from ledger.privacy.erasure import Eraser, Why
from tests.ledger.conftest import NOON

HELEN, PRIYA, NOTICE = "helen-marsh", "priya-nandra", "lancashire-2016"
WHY = Why("dana-price", "Asked for, and no longer needed.", "UK GDPR, article 17(1)(a)")


@pytest.fixture(params=["memory", "postgresql"])
def feeds(request):
    if request.param == "memory":
        return MemoryFeeds()
    return PostgresFeeds(request.getfixturevalue("ledger").database)


def feed_of(person=HELEN, notice=None):
    return Feed(uuid4(), person, notice, NOON)


async def test_an_address_is_found_by_its_digest_until_it_is_revoked(feeds):
    feed = feed_of()
    assert await feeds.make(feed, digest_of("one"))
    assert await feeds.at(digest_of("one")) == feed
    assert await feeds.at(digest_of("another")) is None
    await feeds.revoke(PRIYA, feed.id, NOON)
    assert await feeds.of(HELEN) == [feed]
    await feeds.revoke(HELEN, feed.id, NOON)
    assert await feeds.at(digest_of("one")) is None
    assert await feeds.of(HELEN) == []


async def test_a_person_has_one_for_everything_and_one_for_each_notice(feeds):
    mine, followed = feed_of(), feed_of(notice=NOTICE)
    assert await feeds.make(followed, digest_of("followed"))
    assert await feeds.make(mine, digest_of("mine"))
    assert await feeds.make(feed_of(PRIYA), digest_of("hers"))
    assert await feeds.of(HELEN) == [mine, followed]
    assert not await feeds.make(feed_of(notice=NOTICE), digest_of("second"))
    assert await feeds.at(digest_of("second")) is None


async def test_another_takes_the_place_of_the_one_that_is_named_and_of_no_other(feeds):
    first, second, third = feed_of(), feed_of(), feed_of()
    assert await feeds.make(first, digest_of("first"))
    assert await feeds.make(second, digest_of("second"), first.id)
    assert not await feeds.make(third, digest_of("third"), first.id)
    assert await feeds.at(digest_of("first")) is None
    assert await feeds.of(HELEN) == [second]


async def test_asking_for_the_same_again_after_a_lost_answer_changes_nothing(feeds):
    feed = feed_of()
    assert await feeds.make(feed, digest_of("one"))
    assert await feeds.make(feed, digest_of("one"))
    assert await feeds.of(HELEN) == [feed]


async def test_two_that_are_made_at_once_on_postgresql_do_not_both_hold(ledger):
    feeds = PostgresFeeds(ledger.database)
    made = await asyncio.gather(*(feeds.make(feed_of(), digest_of(f"{n}")) for n in range(5)))
    assert sorted(made) == [False] * 4 + [True]
    assert len(await feeds.of(HELEN)) == 1


async def test_postgresql_keeps_nothing_that_opens_a_calendar(ledger, postgres_dsn):
    await PostgresFeeds(ledger.database).make(feed_of(), digest_of("a secret"))
    connection = await asyncpg.connect(postgres_dsn)
    (row,) = await connection.fetch("SELECT feeds::text FROM forthwith.feeds")
    await connection.close()
    assert digest_of("a secret").hex() in row["feeds"]
    assert "a secret" not in row["feeds"]
    assert b"a secret".hex() not in row["feeds"]


async def test_whoever_is_erased_on_postgresql_has_no_address_left(ledger, postgres_dsn):
    feeds = PostgresFeeds(ledger.database)
    await PostgresDirectory(ledger.database).set_address(HELEN, "helen@example.org", NOON)
    revoked = feed_of()
    await feeds.make(revoked, digest_of("revoked"))
    await feeds.make(feed_of(), digest_of("in force"), revoked.id)
    await feeds.make(feed_of(PRIYA), digest_of("hers"))
    await Eraser(ledger, LiveClock()).of_person(HELEN, WHY)
    connection = await asyncpg.connect(postgres_dsn)
    left = await connection.fetch("SELECT person FROM forthwith.feeds")
    await connection.close()
    assert [row["person"] for row in left] == [PRIYA]


async def test_the_key_of_a_person_does_not_go_on_postgresql_without_their_addresses(ledger, postgres_dsn):
    feeds = PostgresFeeds(ledger.database)
    await feeds.make(feed_of(), digest_of("one"))
    await feeds.make(feed_of(PRIYA), digest_of("hers"))
    connection = await asyncpg.connect(postgres_dsn)
    key = "INSERT INTO forthwith.subject_keys VALUES ($1, decode(repeat('00', 33), 'hex'))"
    await connection.executemany(key, [(f"person/{HELEN}",), ("event/1",)])
    await connection.execute("DELETE FROM forthwith.subject_keys")
    await connection.close()
    assert await feeds.of(HELEN) == []
    assert len(await feeds.of(PRIYA)) == 1


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE forthwith.feeds SET revoked_at = NULL",
        "DELETE FROM forthwith.feeds",
        "INSERT INTO forthwith.feeds SELECT gen_random_uuid(), sha256('x'), 'helen-marsh', NULL, now()",
    ],
)
async def test_the_application_on_postgresql_makes_and_ends_addresses_in_no_other_way(
    ledger, app_dsn, attack
):
    connection = await asyncpg.connect(app_dsn)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute(attack)
    await connection.close()
