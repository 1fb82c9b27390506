"""What a program's key stands for: the newest words until something is recorded, then the words that were."""

from __future__ import annotations

from uuid import uuid4

import pytest

from desk.requests_in_memory import MemoryRequests
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
