"""What the doctor sees."""

import os

import asyncpg
import pytest

from forthwith.embedded.doctor import examine
from forthwith.embedded.doctor_parts import messages_at, webhooks_at


def by_name(checks):
    return {check.name: check for check in checks}


async def test_on_a_good_machine_with_nothing_running_no_check_fails_and_the_next_step_is_told(state):
    checks = by_name(await examine(state))
    assert [check for check in checks.values() if check.ok is False] == []
    assert checks["Running"].ok is None
    assert "forthwith up" in checks["Running"].next_step
    assert "18" in checks["PostgreSQL programs"].sentence
    assert not state.path.exists()


async def test_a_folder_in_which_nothing_can_be_made_is_named_with_a_way_out(tmp_path, state):
    (tmp_path / "file").write_text("in the way")
    state.path = tmp_path / "file"
    folder = by_name(await examine(state))["State folder"]
    assert folder.ok is False
    assert str(tmp_path / "file") in folder.sentence
    assert "FORTHWITH_HOME" in folder.next_step


async def test_a_clock_that_stands_before_our_own_data_is_told(state):
    state.prepare()
    in_ten_minutes = state.run.stat().st_mtime + 600
    os.utime(state.run, (in_ten_minutes, in_ten_minutes))
    clock = by_name(await examine(state))["Clock"]
    assert clock.ok is False
    assert "10 minutes before" in clock.sentence


@pytest.mark.slow
async def test_every_part_of_a_running_forthwith_answers_the_doctor(state, forthwith_running):
    checks = by_name(await examine(state))
    assert [checks[name].ok for name in ("Running", "PostgreSQL", "Temporal", "Desk")] == [True] * 4


@pytest.mark.slow
async def test_a_part_that_stands_still_is_named(state, forthwith_running, pause):
    pause(forthwith_running.children["engine"])
    pause(forthwith_running.children["temporal"])
    checks = by_name(await examine(state))
    assert (checks["PostgreSQL"].ok, checks["Temporal"].ok, checks["Desk"].ok) == (True, False, False)
    assert checks["Desk"].next_step


async def test_trouble_with_webhooks_and_messages_is_told_with_a_next_step(postgres_dsn):
    assert (await webhooks_at(postgres_dsn)).ok
    assert (await messages_at(postgres_dsn)).ok
    connection = await asyncpg.connect(postgres_dsn)
    try:
        await connection.execute(
            "INSERT INTO forthwith.webhooks (name, told) VALUES ('well', 7);"
            "INSERT INTO forthwith.webhooks (name, told, tries, failing_since, fault) "
            "VALUES ('case-system', 41, 3, '2026-01-05 09:00+00', 'It answered 503.')"
        )
    finally:
        await connection.close()
    webhooks = await webhooks_at(postgres_dsn)
    assert webhooks.ok is False
    assert webhooks.sentence.startswith(
        "case-system: It has not taken event 42 or one soon after since 2026-01-05"
    )
    assert "well" not in webhooks.sentence
    assert webhooks.next_step


async def test_a_database_without_a_schema_is_not_called_faulty(postgres):
    assert (await webhooks_at(postgres.dsn)).ok
    assert (await messages_at(postgres.dsn)).ok
