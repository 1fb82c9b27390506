"""docs/auditing.md is walked from the first step to the last, on a record that was lived on PostgreSQL."""

import asyncio
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.clock import SteppedClock
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import start_of
from forthwith.rehearsal.stage import RehearsedMail, issue_on_stage
from ledger.instance import set_instance
from ledger.office import Office
from ledger.outbox import PostgresOutbox
from ledger.postgres import PostgresLedger
from ledger.privileges import provision_publisher
from tests.front_door.conftest import ROOT, Said, environment
from tests.lives import the_notice

PAGE = (ROOT / "docs" / "auditing.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```console\n(.*?)^```\n(?:\n```text\n(.*?)^```)?", PAGE, re.MULTILINE | re.DOTALL)
UNTIL = datetime(2016, 12, 20, 9, tzinfo=UTC)
FINDS_SOMETHING = "forthwith conformance lancashire-2016"


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each command of the page, and the lines that it is shown to print."""
    for block, shown in EXAMPLES:
        *first, last = block.splitlines()
        yield from ((command, []) for command in first)
        yield last, shown.splitlines()


async def live(dsn: str, app_dsn: str) -> None:
    terms = the_notice()
    scenario = read_model(ROOT / "docs" / "examples" / "auditors-walk.yaml", Scenario, 65_536)
    await set_instance(dsn, "simulated")
    clock = SteppedClock(start_of(terms.notice.issued, terms.notice.zone))
    async with PostgresLedger(app_dsn) as ledger:
        office, outbox = Office(ledger, clock), PostgresOutbox(ledger.database)
        mail = RehearsedMail(office, outbox)
        stage = await issue_on_stage(terms, scenario, office, outbox, clock, mail.deliver)
        await PureEngine(stage, lambda _: None, until=UNTIL).run()


class Walker:
    """Types the commands, in a folder of their own."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.settings = settings

    async def types(self, command: str) -> Said:
        program, *arguments = shlex.split(command)
        known = {"forthwith": [sys.executable, "-m", "forthwith"], "python3": [sys.executable]}[program]
        surroundings = environment(self.folder / "home", **self.settings)
        surroundings["PYTHONPATH"] = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
        done = await asyncio.to_thread(
            subprocess.run,
            [*known, *arguments],
            cwd=self.folder,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def takes_from_the_bag(self, name: str, as_: str) -> None:
        with zipfile.ZipFile(self.folder / "the-bag.zip") as bag:
            (there,) = (each for each in bag.namelist() if each.endswith(f"data/{name}"))
            (self.folder / as_).write_bytes(bag.read(there))


@pytest.mark.slow
async def test_the_walk_is_walked(postgres_dsn: str, app_dsn: str, tmp_path: Path) -> None:
    await live(postgres_dsn, app_dsn)
    publisher = await provision_publisher(postgres_dsn, "the publisher's password")
    office = Walker(tmp_path, {"FORTHWITH_APPLICATION_URL": app_dsn, "FORTHWITH_PUBLISHER_URL": publisher})
    auditor = Walker(tmp_path, {"FORTHWITH_BAG": "the-bag.zip"})
    key = await office.types("forthwith keys new")
    assert key.code == 0, key.err
    (tmp_path / "the-key.txt").write_text(key.out)
    walked = list(steps())
    assert len(walked) > 10
    for command, shown in walked:
        walker = office if "publish" in command or "export" in command else auditor
        said = await walker.types(command)
        assert said.code == (7 if command == FINDS_SOMETHING else 0), (command, said.out, said.err)
        told = " ".join((said.out + said.err).split())
        for line in shown:
            assert " ".join(line.split()) in told, (command, said.out, said.err)
        if "export bag" in command:
            auditor.takes_from_the_bag("verify.py", "verify.py")
            auditor.takes_from_the_bag("checkpoint", "the-checkpoint")
