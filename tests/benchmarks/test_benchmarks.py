"""Every benchmark of the store runs, and prints one JSON object with the figures that it promises."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.verify.verify import verify

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "benchmarks"
PEERS = ("eventsourcing", "umadb", "asyncpg")
IN_FLIGHT = (1, 16, 64, 256)
HAS_PEERS = all(importlib.util.find_spec(name) for name in ("psycopg", "psycopg_pool", "umadb"))
PROMISED = {
    "append": {
        *(f"{name}_{number}" for name in ("ours", *PEERS) for number in IN_FLIGHT),
        *(f"ratio_{name}_{number}" for name in PEERS for number in IN_FLIGHT),
        *(f"ours_{number}_{cut}_ms" for number in IN_FLIGHT for cut in ("p50", "p99")),
    },
    "read": {
        "ours_replay",
        "eventsourcing_replay",
        "asyncpg_replay",
        "ratio_eventsourcing_replay",
        "ours_load_100",
    },
    "rebuild": {"deliveries", "eventsourcing", "raw_fetch", "all", "ratio_eventsourcing", "ratio_raw_fetch"},
    "desk": {
        *(
            f"{name}_p{cut}_ms"
            for name in ("livez", "page", "inbox_many", "inbox_one", "inbox_filtered", "submit", "back")
            for cut in (50, 95, 99)
        ),
        "busy_inbox_p99_ms",
        "busy_submit_p99_ms",
        "look_back_ms",
        "verify_ms",
        "memory_mib",
    },
    "growth": {"append_p99_ms_10", "append_p99_ms_100", "ratio_append_p99", "as_at_read_p50_ms_100"},
}


def run(name, *options):
    command = [sys.executable, str(FOLDER / f"{name}.py"), "--json", "--smoke", *options]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.skipif(not HAS_PEERS, reason="The peers are not installed: pip install 'forthwith[benchmarks]'.")
@pytest.mark.parametrize("name", ["append", "read", "rebuild"])
def test_a_benchmark_beside_its_peers_prints_what_it_promises(name):
    figures = run(name)
    assert PROMISED[name] <= set(figures)
    assert all(figures[key] > 0 for key in PROMISED[name])


@pytest.mark.slow
def test_the_benchmark_of_growth_prints_what_it_promises():
    figures = run("growth")
    assert PROMISED["growth"] <= set(figures)


@pytest.mark.slow
def test_the_benchmark_of_followers_misses_nothing():
    figures = run("followers")
    assert (
        figures["missed"],
        figures["doubled"],
        figures["out_of_order"],
        figures["read_models_missed"],
    ) == (0,) * 4
    assert figures["idle_cpu_per_second"] >= 0


@pytest.mark.slow
def test_the_benchmark_of_the_desk_records_every_report_that_it_sends():
    figures = run("desk")
    assert PROMISED["desk"] <= set(figures)
    assert figures["tasks"] >= 100
    assert figures["recorded"] == figures["submitted"] > 0


@pytest.mark.slow
def test_the_append_benchmark_runs_on_ours_alone_with_a_slow_disk():
    figures = run("append", "--only", "ours", "--slow-disk", "5")
    assert figures["ours_1_p50_ms"] > 5


async def test_a_filled_store_is_as_sound_as_one_that_was_appended_to(postgres_dsn, app_dsn, monkeypatch):
    monkeypatch.syspath_prepend(FOLDER)
    from contest.filling import fill

    await fill(postgres_dsn, 25, stream_length=10)
    verdict = await verify(app_dsn)
    assert (verdict.findings, verdict.size) == ((), 25)
