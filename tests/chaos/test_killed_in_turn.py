"""kill -9 of the worker, of Temporal and of PostgreSQL, in turn, while a hundred occurrences fall due."""

import os

import asyncpg
import pytest
from temporalio.client import Client

from forthwith.mailbox.folder import MailFolder
from forthwith.open_clocks import CasebookClocks
from ledger.verify.verify import verify
from tests.chaos.findings import findings_of
from tests.chaos.hundred import OBLIGATIONS, notice_of_a_hundred
from tests.chaos.running import CAREFUL, CARELESS, forthwith_running, issue
from workflows.clock_register import register
from workflows.converting import DATA_CONVERTER

pytestmark = pytest.mark.slow

ENGINE = os.environ.get("FORTHWITH_CHAOS_ENGINE", CAREFUL)
IN_TURN = (
    ("engine", "seen", 10),
    ("temporal", "seen", 30),
    ("postgresql", "remind", 10),
    ("engine", "overdue", 10),
    ("temporal", "overdue", 30),
    ("postgresql", "head", 10),
    ("engine", "head", 30),
    ("temporal", "chief", 10),
    ("postgresql", "refer", 10),
)


async def test_killing_each_part_in_turn_while_a_hundred_things_fall_due_loses_nothing_and_doubles_nothing(
    folder, tmp_path
):
    """Nine kills, each when the rung named beside it is being raised; a day of the notice passes in three seconds.

    The control is the same run with the protection off (see careless.py), and takes three minutes:

        FORTHWITH_CHAOS_ENGINE=tests.chaos.careless pytest -s tests/chaos -k killing_each

    Measured on two busy cores: it lost 4 and doubled 12, and 8 were escalated unheard, of 1,573 events (another
    schedule of nine kills: 13 lost, 54 doubled, 49 unheard, of 1,667). Nobody killed, it loses and doubles nothing.
    With the protection on: 0, 0 and 0, of some 1,500. A mail that the mailbox received once more, under the same
    Message-ID, is no double: its server had taken it, and the answer was lost.
    """
    terms = notice_of_a_hundred(tmp_path)
    async with forthwith_running(folder, ENGINE) as run:
        await issue(run.world, terms)
        for part, rung, after in IN_TURN:
            await run.kill_in_flight(part, rung, after)
        left = await run.until_quiet()
        mail = MailFolder(folder.path / "mail").messages()
        found = findings_of(terms, await run.record(), mail, await verify(run.world.ledger))
        client = await Client.connect(run.temporal, data_converter=DATA_CONVERTER)
        expected_clocks = CasebookClocks(run.world.casebook, run.world.clock)
        clocks = await register(client, expected_clocks, run.world.clock.now())
    print(f"\n{len(run.kills)} kills, {found.figures()}; quiet {run.quiet_after:.0f} s after the last kill")

    assert (left, found.faults()) == ([], [])
    assert len(clocks) == OBLIGATIONS
    assert [row.due.stream for row in clocks if not row.alive or row.unfired] == []


async def test_the_careless_engine_loses_what_it_has_ticked_off_when_it_is_killed(folder, tmp_path):
    """The quick part of the control: had it lost nothing, the long test above would prove nothing."""
    async with forthwith_running(folder, CARELESS) as run:
        await issue(run.world, notice_of_a_hundred(tmp_path))
        await run.freeze_when("engine", lambda: _has_lost_messages(run))
        await run.kill("engine")
        assert await _has_lost_messages(run)


async def _has_lost_messages(run):
    """Some are ticked off, and nothing tells of their having been sent."""
    connection = await asyncpg.connect(run.database_url)
    try:
        rows = await connection.fetch(
            "SELECT key FROM forthwith.outbox WHERE kind = 'message' AND settled_at <= $1", run.frozen_at
        )
    finally:
        await connection.close()
    sent = {each.envelope.data["message"] for each in await run.record() if each.type == "message-sent.v1"}
    return bool({row["key"] for row in rows} - sent)
