"""What a program's key stands for: the newest words until something is recorded, then the words that were."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from desk.requests_in_memory import MemoryRequests
from domain.requests import REMEMBERED_DAYS
from ledger.outside_links import PostgresOutsideLinks
from ledger.requests import PostgresRequests

ONE, OTHER = b"1" * 32, b"2" * 32


@pytest.fixture(params=["memory", "postgresql"])
def requests_(request):
    if request.param == "memory":
        return MemoryRequests()
    return PostgresRequests(request.getfixturevalue("ledger").database)


async def test_until_something_is_recorded_the_newest_words_count(requests_):
    command = uuid4()
    assert await requests_.keep(command, ONE) == ONE
    assert await requests_.keep(command, OTHER) == OTHER


async def test_what_was_recorded_stays_what_it_was(requests_, request, an_act):
    command = uuid4()
    if isinstance(requests_, PostgresRequests):
        await request.getfixturevalue("ledger").append(an_act(command=command))
    for each in (command, uuid4()):  # the second led to something that has no receipt, such as a letter
        assert await requests_.keep(each, ONE, recorded=True) == ONE
        assert await requests_.keep(each, OTHER) == ONE
    assert await requests_.keep(uuid4(), OTHER) == OTHER


async def test_an_answer_that_was_lost_after_the_record_was_written_leaves_the_words_that_led_to_it(
    ledger, an_act
):
    """The service was killed before it could say so: the words that were said before the act count."""
    requests, command = PostgresRequests(ledger.database), uuid4()
    await requests.keep(command, ONE)
    await ledger.append(an_act(command=command))
    assert await requests.keep(command, OTHER) == ONE


@pytest.fixture
async def age(postgres_dsn):
    """Makes what was sent with a key so many days older."""
    owner = await asyncpg.connect(postgres_dsn)

    async def make_older(command, days):
        set_back = "UPDATE forthwith.requests SET sent = sent - $2::interval WHERE command_id = $1"
        assert await owner.execute(set_back, command, timedelta(days=days)) == "UPDATE 1"

    make_older.left = lambda: owner.fetchval("SELECT array_agg(command_id) FROM forthwith.requests")
    yield make_older
    await owner.close()


async def test_whatever_comes_next_sweeps_away_what_no_retry_can_be_meant_by(ledger, age):
    requests, old, young, now = PostgresRequests(ledger.database), uuid4(), uuid4(), uuid4()
    for each in (old, young):
        await requests.keep(each, ONE)
    await age(old, REMEMBERED_DAYS + 1)
    await age(young, REMEMBERED_DAYS - 1)
    await requests.keep(now, ONE)
    assert set(await age.left()) == {young, now}
    assert await requests.keep(old, OTHER) == OTHER, "nothing came of it, so it may stand for anything"


async def test_a_key_that_is_still_sent_is_still_remembered(ledger, an_act, age):
    requests, command = PostgresRequests(ledger.database), uuid4()
    await requests.keep(command, ONE)
    await ledger.append(an_act(command=command))
    for _ in range(3):
        await age(command, REMEMBERED_DAYS - 1)
        assert await requests.keep(command, ONE) == ONE
    assert await requests.keep(command, OTHER) == ONE


async def test_of_a_forgotten_key_that_led_to_something_nothing_is_taken_any_more(
    ledger, an_act, a_link, age
):
    """Else an act that is sent with it by mistake would be answered with the receipt of another, and never be done."""
    requests, recorded, given = PostgresRequests(ledger.database), uuid4(), a_link("priya")
    for each in (recorded, given.id):
        await requests.keep(each, ONE)
    await ledger.append(an_act(command=recorded))
    await PostgresOutsideLinks(ledger.database).make(given, bytes(32))
    for each in (recorded, given.id):
        await age(each, REMEMBERED_DAYS + 1)
    for each in (recorded, given.id):
        assert [await requests.keep(each, words) for words in (ONE, OTHER)] == [None, None]
    assert await age.left() is None


async def test_many_who_sweep_at_once_are_all_answered(ledger, age):
    requests, old = PostgresRequests(ledger.database), [uuid4() for _ in range(50)]
    for each in old:
        await requests.keep(each, ONE)
    for each in old:
        await age(each, REMEMBERED_DAYS + 1)
    fresh = [uuid4() for _ in range(24)]
    assert await asyncio.gather(*(requests.keep(each, ONE) for each in fresh)) == [ONE] * 24
    assert set(await age.left()) == set(fresh)
