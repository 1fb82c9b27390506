"""The digest of a state is the same wherever it is worked out, and another when anything is different."""

import asyncio
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest

from domain.record import Append, StreamWrite
from ledger.instance import set_instance
from ledger.postgres import PostgresLedger
from ledger.profile import canonical_json
from projections.past.book import read_past
from projections.past.moments import Moments
from projections.state.digest import state_digest, state_lines
from projections.state.rows import MODELS, rows_of
from projections.state.spelling import plain, spelled
from tests.replay.conftest import NOTICE

END = datetime(2030, 1, 1, tzinfo=UTC)
SCENARIO = "two-reports-missed"
EVENT = 330

# The state of the shipped scenario after event 330. It changes when the engine chases otherwise, when a sentence reads
# otherwise, or when a read model answers otherwise. To renew it, see that the change is meant, and print it with
#     python -m pytest tests/replay/test_digest.py -k golden -vv
# whose failure shows the new one.
GOLDEN = "22b80b167ec9ee18499754e58f69aab3aff4075d8a7083a1069c3d09deabd93d"

SCRIPT = """
import asyncio
from forthwith.notice_files.reading import read_notice
from tests.lives import the_notice
from forthwith.rehearsal.run import rehearse
from projections.state.digest import state_digest
from tests.rehearsal.conftest import NOTICES, scenario_named

async def main():
    terms = the_notice()
    book = (await rehearse(terms, scenario_named("two-reports-missed"), "pure")).book
    print(state_digest(book, "lancashire-2016", book.event(book.position).recorded))

asyncio.run(main())
"""


@pytest.fixture
async def at_event(past):
    whole = await past(SCENARIO, Moments(END, END))
    book = whole.as_of(Moments(END, END), upto=EVENT)
    return book, book.history(NOTICE)[-1].recorded


async def test_golden(at_event):
    assert state_digest(at_event[0], NOTICE, at_event[1]) == GOLDEN


async def test_every_read_model_has_a_part_in_it(at_event):
    told = {json.loads(line).get("model") for line in state_lines(at_event[0], NOTICE, at_event[1])}
    assert told == {None, *MODELS}


async def test_the_record_itself_would_spell_every_row_the_same_way(past):
    book = await past(SCENARIO, Moments(END, END))
    for row in rows_of(book, NOTICE, book.history(NOTICE)[-1].recorded):
        assert spelled(row) == canonical_json(plain(row), "row")


async def test_each_event_but_a_silent_one_and_each_hour_make_another_digest(at_event):
    book, now = at_event
    assert state_digest(book.as_of(book.moments, upto=EVENT - 1), NOTICE, now) != state_digest(
        book, NOTICE, now
    )
    assert state_digest(book, NOTICE, now + timedelta(hours=1)) != state_digest(book, NOTICE, now)


@pytest.mark.slow
async def test_another_process_finds_the_same(lived):
    _, book = await lived(SCENARIO)
    here = state_digest(book, NOTICE, book.event(book.position).recorded)
    other = await asyncio.create_subprocess_exec(sys.executable, "-c", SCRIPT, stdout=subprocess.PIPE)
    told, _ = await other.communicate()
    assert told.decode().strip() == here


async def test_postgresql_and_memory_give_the_same_at_every_size(postgres_dsn, app_dsn, lived, past):
    memory, _ = await lived(SCENARIO)
    await set_instance(postgres_dsn, "simulated")
    async with PostgresLedger(app_dsn) as ledger:
        for act in acts(await memory.read(limit=100_000)):
            await ledger.append(act)
        whole = await read_past(ledger, NOTICE, Moments(END, END))
    in_memory = await past(SCENARIO, Moments(END, END))
    for size in (170, 300, EVENT, whole.position):
        there, here = (each.as_of(Moments(END, END), upto=size) for each in (whole, in_memory))
        now = here.history(NOTICE)[-1].recorded
        assert state_digest(there, NOTICE, now) == state_digest(here, NOTICE, now)


def acts(events):
    """The same record as it was written: one act for each command, its streams in their order."""
    for command, own in groupby(events, key=lambda each: each.command_id):
        together = list(own)
        writes = []
        for stream, group in groupby(together, key=lambda each: each.stream):
            of_stream = list(group)
            writes.append(
                StreamWrite(stream, of_stream[0].version - 1, tuple(each.envelope for each in of_stream))
            )
        yield Append(command, tuple(writes), told=together[0].recorded)
