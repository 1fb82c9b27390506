"""What every room's tests stand on: one real PostgreSQL for the session, and an honest exit code."""

import gc
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.embedded.state import StateFolder
from ledger.migrations import migrate
from ledger.privileges import provision, with_login

PASSWORD = "an application's password"
TEMPLATE = "ledger_template"
_SLOW_FIXTURES = {"postgres", "browser", "demonstration"}
_SLOW_ROOMS = {"bridge", "front_door"}
_outcome = pytest.StashKey[int]()

# Nothing of what is read before the tests begin is garbage; looking for some in it takes seconds.
gc.disable()


@pytest.fixture
def passable_folder() -> Iterator[Path]:
    """A folder that the servers' account can enter. Pytest's own forbid it, and what is kept elsewhere then would stay behind."""
    folder = Path(tempfile.mkdtemp(prefix="forthwith-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
async def postgres() -> AsyncIterator[EmbeddedPostgres]:
    """A real server, shared by all tests; each test that writes makes its own database in it."""
    folder = Path(tempfile.mkdtemp(prefix="forthwith-tests-"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(StateFolder(folder / "state"))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def numbers() -> Callable[[], int]:
    """Numbers that no other test has."""
    return count(1).__next__


@pytest.fixture(scope="session")
async def migrated_template(postgres: EmbeddedPostgres) -> str:
    """The name of a database with our schema and roles, to be copied."""
    dsn = await postgres.create_database(TEMPLATE)
    await migrate(dsn)
    await provision(dsn, PASSWORD)
    return TEMPLATE


@pytest.fixture
async def postgres_dsn(
    postgres: EmbeddedPostgres, migrated_template: str, numbers: Callable[[], int]
) -> AsyncIterator[str]:
    """The owner's way into a fresh, migrated database with an empty record."""
    name = f"ledger_{numbers()}"
    connection = await asyncpg.connect(postgres.dsn)
    await connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_template}")
    await connection.close()
    dsn = postgres.dsn.replace("/forthwith?", f"/{name}?")
    # A copy has the template's tables and functions, but not what is granted on the database itself.
    await provision(dsn, PASSWORD)
    yield dsn
    await postgres.drop_database(name)


@pytest.fixture
def app_dsn(postgres_dsn: str) -> str:
    """The application's way into it."""
    return with_login(postgres_dsn, "forthwith_app", PASSWORD)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands on a real server, a browser or whole commands is slow, without having to say so."""
    for item in items:
        if (
            _SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ()))
            or "postgresql" in item.name
            or _SLOW_ROOMS.intersection(item.path.parts)
        ):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What was imported stays to the end: looking for garbage in it costs a sixth."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """After each file its garbage goes: desks and records hold each other, and half a gigabyte of them would gather.

    What is left then is what tests share, and it stays to the end.
    """
    done = yield
    if nextitem is None or nextitem.path != item.path:
        gc.collect()
        gc.freeze()
    return done


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    session.config.stash[_outcome] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """A process that has used Temporal's core may crash while the interpreter tears down (sdk-python #300)."""
    if _outcome in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[_outcome])
