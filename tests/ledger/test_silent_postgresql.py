"""A database that falls silent hangs nobody, and what was asked meanwhile has one effect."""

import shutil
import tempfile
from pathlib import Path

import psutil
import pytest

from domain.record import LedgerUnreachable
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.embedded.state import StateFolder
from ledger.connection import Patience
from ledger.migrations import migrate
from ledger.postgres import PostgresLedger
from ledger.privileges import provision

pytestmark = pytest.mark.slow
SHORT = Patience(statement=0.5, acquire=0.5, altogether=1.5)


@pytest.fixture
async def silenceable_postgres():
    """A server of our own, because the others would not like what happens to it."""
    folder = Path(tempfile.mkdtemp(prefix="forthwith-silent-"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(StateFolder(folder / "state"))
    await server.start()
    yield server
    await server.stop()
    shutil.rmtree(folder)


def processes_of(server):
    postmaster = psutil.Process(server.pid)
    return [postmaster, *postmaster.children(recursive=True)]


async def test_a_silent_database_is_given_up_on_and_a_repeated_command_counts_once(
    silenceable_postgres, an_act
):
    await migrate(silenceable_postgres.dsn)
    app_dsn = await provision(silenceable_postgres.dsn, "secret")
    act = an_act("s", 1)
    async with PostgresLedger(app_dsn, patience=SHORT) as ledger:
        await ledger.append(an_act("s", 0))
        silent = processes_of(silenceable_postgres)
        for process in silent:
            process.suspend()
        try:
            with pytest.raises(LedgerUnreachable, match="nothing was saved"):
                await ledger.append(act)
            with pytest.raises(LedgerUnreachable):
                await ledger.read()
        finally:
            for process in silent:
                process.resume()
    async with PostgresLedger(app_dsn) as ledger:
        receipt = await ledger.append(act)
        assert (receipt.first_index, (await ledger.head()).size) == (2, 2)
