"""Commands that wait at the same moment are committed together, and never in each other's way."""

import asyncio

import pytest

from domain.record import LedgerUnreachable, Receipt
from ledger.group_commit import GroupCommit, Limits
from ledger.request import prepare


class Table:
    """Where flushes land, which may be held up."""

    def __init__(self) -> None:
        self.flushes: list[list[str]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def flush(self, batch):
        self.flushes.append([request.claims[0].stream for request in batch])
        await self.open.wait()
        return [Receipt(request.command_id, 1, 1, None, ()) for request in batch]


@pytest.fixture
async def table() -> Table:
    return Table()


async def submit_all(commits, acts):
    tasks = [asyncio.create_task(commits.submit(prepare(act))) for act in acts]
    await asyncio.sleep(0)
    return tasks


async def test_what_waits_while_a_flush_is_under_way_goes_into_the_next(table, an_act):
    commits = GroupCommit(table.flush)
    table.open.clear()
    first = await submit_all(commits, [an_act("a")])
    await asyncio.sleep(0)
    rest = await submit_all(commits, [an_act(name) for name in "bcde"])
    table.open.set()
    await asyncio.gather(*first, *rest)
    assert table.flushes == [["a"], ["b", "c", "d", "e"]]


async def test_a_flush_holds_one_command_for_each_stream_in_the_order_they_came(table, an_act):
    commits = GroupCommit(table.flush)
    tasks = await submit_all(commits, [an_act("a"), an_act("a", 1), an_act("b"), an_act("a", 2)])
    await asyncio.gather(*tasks)
    assert table.flushes == [["a", "b"], ["a"], ["a"]]


async def test_a_guard_shares_a_flush_with_a_guard_but_not_with_a_write(table, an_act):
    commits = GroupCommit(table.flush)
    acts = [an_act("a", guards=(("n", 0),)), an_act("b", guards=(("n", 0),)), an_act("n"), an_act("c")]
    await asyncio.gather(*await submit_all(commits, acts))
    assert table.flushes == [["a", "b", "c"], ["n"]]


async def test_a_command_that_waits_is_not_overtaken_on_its_streams(table, an_act):
    commits = GroupCommit(table.flush)
    acts = [an_act("a"), an_act("b", guards=(("a", 0),)), an_act("b", 1)]
    await asyncio.gather(*await submit_all(commits, acts))
    assert table.flushes == [["a"], ["b"], ["b"]]


async def test_a_flush_is_no_larger_than_its_limits(table, an_act, an_event):
    commits = GroupCommit(table.flush, Limits(commands=3, bytes=100_000))
    small = [an_act(f"s{number}") for number in range(5)]
    large = [an_act(f"l{number}", 0, an_event(data={"words": "x" * 60_000})) for number in range(2)]
    await asyncio.gather(*await submit_all(commits, small + large))
    assert table.flushes == [["s0", "s1", "s2"], ["s3", "s4", "l0"], ["l1"]]


async def test_a_caller_who_gives_up_while_queued_has_sent_nothing(table, an_act):
    commits = GroupCommit(table.flush)
    table.open.clear()
    (first,) = await submit_all(commits, [an_act("a")])
    await asyncio.sleep(0)
    given_up, kept = await submit_all(commits, [an_act("b"), an_act("c")])
    given_up.cancel()
    table.open.set()
    await asyncio.gather(first, kept)
    assert given_up.cancelled()
    assert table.flushes == [["a"], ["c"]]


async def test_too_many_callers_have_to_wait_for_room(table, an_act):
    commits = GroupCommit(table.flush, Limits(waiting=2))
    table.open.clear()
    tasks = await submit_all(commits, [an_act(name) for name in "abcd"])
    await asyncio.sleep(0)
    table.open.set()
    await asyncio.gather(*tasks)
    assert [len(flush) <= 2 for flush in table.flushes] == [True] * len(table.flushes)
    assert sorted(name for flush in table.flushes for name in flush) == ["a", "b", "c", "d"]


async def test_a_crowd_goes_in_two_flushes_that_are_under_way_together(table, an_act):
    commits = GroupCommit(table.flush, Limits(half=2))
    table.open.clear()
    tasks = await submit_all(commits, [an_act(name) for name in "abcde"])
    await asyncio.sleep(0.01)
    assert table.flushes == [["a", "b", "c"], ["d", "e"]]
    more = await submit_all(commits, [an_act(name) for name in "fgh"])
    await asyncio.sleep(0.01)
    assert len(table.flushes) == 2
    table.open.set()
    await asyncio.gather(*tasks, *more)
    assert sorted(name for flush in table.flushes for name in flush) == list("abcdefgh")


async def test_a_command_does_not_meet_one_of_the_same_stream_that_is_under_way(table, an_act):
    commits = GroupCommit(table.flush, Limits(half=2))
    table.open.clear()
    first = await submit_all(commits, [an_act("a"), an_act("b")])
    await asyncio.sleep(0.01)
    second = await submit_all(
        commits, [an_act("a", 1), an_act("c"), an_act("d"), an_act("e", guards=(("b", 1),))]
    )
    await asyncio.sleep(0.01)
    assert table.flushes == [["a", "b"], ["c", "d"]]
    table.open.set()
    await asyncio.gather(*first, *second)
    assert table.flushes[2:] == [["a", "e"]]


async def test_a_flush_that_fails_tells_every_caller_and_the_next_goes_on(table, an_act):
    async def broken(batch):
        table.flushes.append([])
        if len(table.flushes) == 1:
            raise LedgerUnreachable("away")
        return await table.flush(batch)

    commits = GroupCommit(broken)
    answers = await asyncio.gather(
        *await submit_all(commits, [an_act("a"), an_act("b")]), return_exceptions=True
    )
    assert [str(answer) for answer in answers] == ["away", "away"]
    assert isinstance(await commits.submit(prepare(an_act("c"))), Receipt)


async def test_closing_tells_whoever_is_queued_that_nothing_was_saved(table, an_act):
    commits = GroupCommit(table.flush)
    table.open.clear()
    (under_way,) = await submit_all(commits, [an_act("a")])
    await asyncio.sleep(0)
    (queued,) = await submit_all(commits, [an_act("b")])
    closing = asyncio.create_task(commits.close())
    await asyncio.sleep(0)
    table.open.set()
    await closing
    assert isinstance(await under_way, Receipt)
    with pytest.raises(LedgerUnreachable, match="nothing was saved"):
        await queued
