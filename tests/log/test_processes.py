"""`forthwith publish` and `forthwith witness` as processes of their own, working together, stopped in order."""

import asyncio
import signal
import sys

import pytest

from ledger.log.policy import parse_policy
from tests.front_door.conftest import ROOT, environment
from tests.log.test_witness import free_port

pytestmark = pytest.mark.slow


async def started(office, says, *arguments, **settings):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "forthwith", *arguments, cwd=ROOT, env=environment(office.home, **settings),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    line = (await process.stderr.readline()).decode()
    assert says in line, line + (await process.stderr.read()).decode()
    return process


async def stopped(process):
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(60):
        await process.communicate()
    return process.returncode


async def test_a_publisher_and_its_witness_run_until_they_are_stopped(office, tmp_path):
    from ledger.log.keys import WITNESS, new_key

    log, port = office.keyring.public()[0], free_port()
    key = new_key(tmp_path / "w.key", "witness.example/w", WITNESS)
    (tmp_path / "logs").write_text(f"# ours\n{log}\n")
    policy = f"log {log}\nwitness w {key} http://127.0.0.1:{port}\nquorum w\n"
    (tmp_path / "policy").write_text(policy)
    witness = await started(
        office, "watches", "witness", "--key", str(tmp_path / "w.key"), "--logs", str(tmp_path / "logs"),
        "--folder", str(tmp_path / "w"), "--port", str(port),
    )  # fmt: skip
    publisher = await started(
        office, "Publishing", "publish", FORTHWITH_PUBLISHER_URL=office.publisher_dsn,
        FORTHWITH_LOG_ORIGIN=log.name, FORTHWITH_LOG_POLICY=str(tmp_path / "policy"),
        FORTHWITH_LOG_KEYS=str(office.keyring.folder), FORTHWITH_LOG_STATE=str(office.state.path),
        FORTHWITH_LOG_FOLDER=str(office.folder.path),
    )  # fmt: skip
    try:
        await office.record(5)
        async with asyncio.timeout(60):
            while office.folder.checkpoint() is None:
                await asyncio.sleep(0.02)
        assert parse_policy(policy.encode()).accepted(office.folder.checkpoint()).size == 5
    finally:
        codes = (await stopped(publisher), await stopped(witness))
    assert codes == (0, 0)
