"""Owen Castell, who runs the service: the three things that he needs most."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from forthwith.embedded.cluster import SUPERUSER
from forthwith.embedded.state import StateFolder
from forthwith.embedded.wheels import postgres_programs
from forthwith.settings import DEMO
from tests.desk.browsing import NEEDS_CHROMIUM
from tests.journeys.conftest import WalkAs
from tests.journeys.stack import Stack, words_of

pytestmark = [NEEDS_CHROMIUM, pytest.mark.slow]

OPERATOR = "owen-castell"
Postgres = Callable[..., str]


async def test_doctor(walk_as: WalkAs) -> None:
    """All is well; then a mail comes back, which finds whoever has to see to it by itself."""
    walk = await walk_as(OPERATOR, "/operator")
    said = walk.stack.forthwith("doctor", "--json")
    assert said.code == 0, said.out
    assert {"PostgreSQL", "Temporal", "Desk", "Webhooks", "Messages"} <= {
        each["name"] for each in said.objects
    }
    await walk.sees("Every part answers, every clock lives, messages arrive, and nothing is stuck.")
    await walk.picture("operator-service")

    newest = next(each for each in walk.stack.letters_to("helen-marsh") if "September 2016" in each.subject)
    back = walk.stack.forthwith("messages", "bounced", newest.message_id, "--fault", "550 No such user")
    assert back.code == 0, back.err
    letter = await walk.stack.letter_to("imogen-hartley", "A message did not reach Helen Marsh")
    assert "550 No such user" in words_of(letter)
    await walk.open("/operator")
    await walk.sees("Something below needs somebody.")
    await walk.sees_heading("Messages that did not arrive")
    await walk.picture("operator-a-message-came-back")
    failed = walk.stack.forthwith("messages", "failed", "--json")
    assert failed.code == 7
    mended = walk.stack.forthwith("messages", "address", "helen-marsh", "--to", "helen.marsh@new.example")
    assert mended.code == 0, mended.err


async def test_projections_rebuild_compare_clocks_rebuild(walk_as: WalkAs) -> None:
    walk = await walk_as(OPERATOR, "/operator")
    await walk.sees("Nobody keeps it up")
    assert walk.stack.forthwith("projections", "rebuild").code == 0
    compared = walk.stack.forthwith("projections", "rebuild", "--compare")
    assert compared.code == 0, compared.err
    assert compared.out.startswith("Equal byte for byte")
    rebuilt = walk.stack.forthwith("clocks", "rebuild")
    assert rebuilt.code == 0, rebuilt.err
    clocks = walk.stack.forthwith("clocks", "list", "--json")
    assert clocks.code == 0
    await walk.open("/operator")
    said = await walk.text()
    assert f"{len(clocks.objects)} of {len(clocks.objects)} live" in said
    assert "Never" not in said
    await walk.picture("operator-read-models-and-clocks")


@pytest.fixture
def postgres(demonstration: Stack) -> Postgres:
    """The programs of PostgreSQL that ship with it; gives what they print."""
    programs = postgres_programs(None, StateFolder(demonstration.demonstration.home / DEMO).binaries)

    def run(program: str, *arguments: str, into: Path | None = None, out_of: Path | None = None) -> str:
        with (out_of or Path("/dev/null")).open("rb") as given:
            done = subprocess.run(
                [str(programs / program), *arguments], stdin=given, capture_output=True, check=False
            )
        assert done.returncode == 0, done.stderr.decode()
        if into is not None:
            into.write_bytes(done.stdout)
        return done.stdout.decode() if into is None else ""

    return run


@pytest.fixture
def database(demonstration: Stack) -> str:
    """As the superuser, as backups are made: read models belong to a login of their own."""
    folder = StateFolder(demonstration.demonstration.home / DEMO)
    running = folder.running()
    assert running is not None
    place = urlsplit(running.database_url)
    password = folder.secret("database-superuser")
    return place._replace(netloc=f"{SUPERUSER}:{password}@{place.hostname}:{place.port}").geturl()


@pytest.fixture
def another(postgres: Postgres, database: str) -> Iterator[Callable[[str], str]]:
    """Makes empty databases beside the one that runs, to restore into."""
    made: list[str] = []

    def make(name: str) -> str:
        postgres("psql", database, "-qc", f"CREATE DATABASE {name}")
        made.append(name)
        return urlsplit(database)._replace(path=f"/{name}").geturl()

    yield make
    for each in made:
        postgres("psql", database, "-qc", f"DROP DATABASE {each} WITH (FORCE)")


async def test_backup_restore_verify_to_the_last_receipt(
    walk_as: WalkAs, postgres: Postgres, database: str, another: Callable[[str], str], tmp_path: Path
) -> None:
    """There is no command of ours for it: a backup is made by the programs of PostgreSQL, and judged by `forthwith verify`."""
    walk = await walk_as("helen-marsh", "/tasks")
    yesterday, today, receipts = tmp_path / "yesterday.sql", tmp_path / "today.sql", tmp_path / "receipts"
    receipts.mkdir()
    postgres("pg_dump", database, into=yesterday)
    acted = walk.stack.forthwith(
        "task", "ack", "lancashire-2016/monthly-report/2016-09", "director", "--by", "helen-marsh", "--json"
    )
    assert acted.code == 0, acted.err
    (receipts / "hers.json").write_text(acted.out)
    postgres("pg_dump", database, into=today)

    restored = another("restored")
    postgres("psql", restored, "-qv", "ON_ERROR_STOP=1", out_of=today)
    sound = walk.stack.forthwith(
        "verify", "--receipts", str(receipts), "--json", FORTHWITH_APPLICATION_URL=restored
    )
    assert json.loads(sound.out)["sound"], sound.out + sound.err
    too_old = another("too_old")
    postgres("psql", too_old, "-qv", "ON_ERROR_STOP=1", out_of=yesterday)
    short = walk.stack.forthwith(
        "verify", "--receipts", str(receipts), "--json", FORTHWITH_APPLICATION_URL=too_old
    )
    assert short.code == 3
    assert [each["code"] for each in json.loads(short.out)["findings"]] == ["RECEIPT_UNMATCHED"]

    operator = await walk_as(OPERATOR, "/audit")
    await operator.press("Verify now")
    await operator.sees("The record is sound")
    await operator.picture("operator-verify")
