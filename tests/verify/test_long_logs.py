"""Logs of more than one page, and logs that grow while they are read."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from forthwith.embedded.postgres import EmbeddedPostgres
from ledger.migrations import migrate
from ledger.postgres import PAGE, PostgresLedger
from ledger.privileges import provision
from ledger.verify.verdict import MOST_FINDINGS
from ledger.verify.verify import verify

LENGTH = PAGE + 7


@pytest.fixture
async def long_record(postgres: EmbeddedPostgres, numbers, an_act) -> AsyncIterator[tuple[str, str]]:
    """The owner's and the application's way into a record a little longer than a page."""
    name = f"long_{numbers()}"
    dsn = await postgres.create_database(name)
    await migrate(dsn)
    url = await provision(dsn, "an application's password")
    async with PostgresLedger(url, connections=1) as ledger:
        await ledger.append(an_act(("occ/long", 0, LENGTH)))
    yield dsn, url
    await postgres.drop_database(name)


async def test_a_fault_behind_the_first_page_is_named(long_record, postgres):
    dsn, url = long_record
    told = []
    assert (await verify(url, lambda done, of: told.append((done, of)))).sound
    assert told == [(PAGE, LENGTH), (LENGTH, LENGTH)]
    await tamper(postgres, dsn, f"UPDATE forthwith.events SET leaf = sha256('x') WHERE index = {PAGE + 3}")
    verdict = await verify(url)
    assert [(each.code, each.index) for each in verdict.findings] == [("LEAF_HASH", PAGE + 3)]


async def test_a_record_rewritten_from_end_to_end_lists_a_thousand_findings_and_counts_the_rest(
    long_record, postgres
):
    dsn, url = long_record
    await tamper(postgres, dsn, "UPDATE forthwith.events SET leaf = sha256('x')")
    verdict = await verify(url)
    assert [each.index for each in verdict.findings] == list(range(1, MOST_FINDINGS + 1))
    assert verdict.unlisted == LENGTH - MOST_FINDINGS


async def test_a_log_that_grows_meanwhile_is_verified_as_of_one_moment(long_record, an_act):
    _, url = long_record
    async with PostgresLedger(url) as ledger:
        growing = [
            asyncio.create_task(ledger.append(an_act((f"occ/{number}", 0, 1)))) for number in range(400)
        ]
        while not all(task.done() for task in growing):
            verdict = await verify(ledger)
            assert verdict.findings == ()
            assert LENGTH <= verdict.size <= LENGTH + 400
        await asyncio.gather(*growing)
        assert (await verify(ledger)).size == LENGTH + 400


async def tamper(postgres, dsn, statement):
    name = dsn.rpartition("/")[2].partition("?")[0]
    connection = await asyncpg.connect(f"{postgres.superuser_dsn.rpartition('/')[0]}/{name}")
    await connection.execute("ALTER TABLE forthwith.events DISABLE TRIGGER ALL")
    await connection.execute(statement)
    await connection.close()
