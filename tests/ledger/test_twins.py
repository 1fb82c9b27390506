"""The ledger in memory and the one on PostgreSQL give the same answers and hold the same bytes."""

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.record import Append, LedgerRefusal, OutboxItem, StreamWrite
from ledger.memory import MemoryOutbox
from ledger.outbox import PostgresOutbox

NOON = datetime(2016, 6, 14, 12, tzinfo=UTC)
STREAMS = ["notice/n", "occ/n/a/1", "occ/n/a/2", "occ/n/b/1"]
ACTS = 250


class Chance:
    """A caller who is often right, and sometimes wrong in every way there is."""

    def __init__(self, seed, an_event):
        self.random = random.Random(seed)
        self.an_event = an_event
        self.acts = []

    def next_act(self, versions):
        if self.acts and self.random.random() < 0.1:
            return self.random.choice(self.acts)
        streams = self.random.sample(STREAMS, self.random.randint(1, 3))
        guard, *written = streams if len(streams) > 1 else [None, *streams]
        act = Append(
            UUID(int=self.random.randrange(150)),
            tuple(self.write(stream, versions) for stream in written),
            guards=((guard, self.version(guard, versions)),) if guard else (),
            outbox=(OutboxItem("poke", f"p/{self.random.randrange(100)}", {"n": self.random.randrange(9)}),),
            told=None if self.random.random() < 0.05 else self.time(),
        )
        self.acts.append(act)
        return act

    def version(self, stream, versions):
        wrong = self.random.random() < 0.1
        return max(0, versions.get(stream, 0) + (self.random.choice([-1, 1]) if wrong else 0))

    def write(self, stream, versions):
        events = (
            self.an_event(
                id=UUID(int=self.random.randrange(10**5)),
                effective=self.time(),
                data={"number": self.random.randrange(3)},
                reason=self.random.choice([None, "because", "weil es schön ist"]),
            )
            for _ in range(self.random.randint(1, 3))
        )
        return StreamWrite(stream, self.version(stream, versions), tuple(events))

    def time(self):
        return NOON + timedelta(microseconds=self.random.randrange(10**9))


async def answer(ledger, act):
    try:
        return await ledger.append(act)
    except LedgerRefusal as refusal:
        return type(refusal), str(refusal)


async def queued(outbox):
    return [(item.index, item.key, item.payload) for item in await outbox.claim("poke", ACTS, 60)]


@pytest.mark.parametrize("seed", range(3))
async def test_the_twins_agree_on_every_act(simulated_memory, simulated_postgresql, an_event, seed):
    chance = Chance(seed, an_event)
    kinds = set()
    for _ in range(ACTS):
        act = chance.next_act(await simulated_memory.streams(""))
        in_memory = await answer(simulated_memory, act)
        assert await answer(simulated_postgresql, act) == in_memory
        kinds.add(in_memory[0].__name__ if isinstance(in_memory, tuple) else f"repeated={in_memory.repeated}")

    assert await simulated_postgresql.read() == await simulated_memory.read()
    assert await simulated_postgresql.streams("") == await simulated_memory.streams("")
    assert await simulated_postgresql.head() == await simulated_memory.head()
    assert await queued(PostgresOutbox(simulated_postgresql.database)) == await queued(
        MemoryOutbox(simulated_memory)
    )
    assert kinds >= {
        "Conflict",
        "CommandIdReused",
        "SimulatedTimeRefused",
        "repeated=True",
        "repeated=False",
    }
