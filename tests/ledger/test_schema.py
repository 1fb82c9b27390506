"""A schema is what its migrations make of it, or is refused."""

import asyncio

import asyncpg
import pytest

from domain.clock import ClockSpec
from domain.record import SimulatedTimeRefused
from ledger import sql_files
from ledger.instance import read_instance, set_instance
from ledger.migrations import SchemaDrift, check, describe, migrate
from ledger.privileges import provision

PASSWORD = "another password"


@pytest.fixture
def execute(postgres_dsn):
    async def run(statement, dsn=postgres_dsn):
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.execute(statement)
        finally:
            await connection.close()

    return run


async def test_a_fresh_schema_is_the_one_written_down(empty_dsn):
    """After adding a migration, write what `describe` returns into schema.txt, and read the difference."""
    await migrate(empty_dsn)
    assert await describe(empty_dsn) == sql_files.expected_schema()


async def test_a_schema_migrated_step_by_step_equals_one_built_fresh(empty_dsn, monkeypatch):
    files = sql_files.migrations()
    for last in range(1, len(files) + 1):
        monkeypatch.setattr(sql_files, "migrations", lambda last=last: dict(list(files.items())[:last]))
        if last < len(files):
            with pytest.raises(SchemaDrift, match="it lacks"):
                await migrate(empty_dsn)
        else:
            assert await migrate(empty_dsn) == [list(files)[-1]]
        await provision_if_complete(empty_dsn, last == len(files))
    assert await describe(empty_dsn) == sql_files.expected_schema()


async def provision_if_complete(dsn, complete):
    if complete:
        await provision(dsn, PASSWORD, prefix="stepwise")


async def test_migrating_twice_or_at_once_applies_each_file_once(empty_dsn):
    applied = await asyncio.gather(migrate(empty_dsn), migrate(empty_dsn))
    assert sorted(applied, key=len) == [[], list(sql_files.migrations())]
    assert await migrate(empty_dsn) == []


async def test_a_sound_database_passes_its_check_under_either_login(postgres_dsn, app_dsn):
    await check(postgres_dsn)
    await check(app_dsn)


async def test_an_empty_database_is_not_up_to_date(empty_dsn):
    with pytest.raises(SchemaDrift, match=r"0001_schema\.sql has not been applied"):
        await check(empty_dsn)


@pytest.mark.parametrize(
    ("by_hand", "named"),
    [
        ("ALTER TABLE forthwith.events ADD COLUMN note text", "column events.note"),
        ("DROP TRIGGER events_are_permanent ON forthwith.events", "trigger"),
        ("ALTER TABLE forthwith.events DISABLE TRIGGER events_are_permanent", "events_are_permanent"),
        ("ALTER TABLE forthwith.events ENABLE TRIGGER events_are_permanent", "events_are_permanent"),
        ("ALTER TABLE forthwith.outbox DROP CONSTRAINT outbox_kind_check", "outbox_kind_check"),
        ("CREATE INDEX extra ON forthwith.events (notice)", "index CREATE INDEX extra"),
        ("ALTER FUNCTION forthwith.append SECURITY INVOKER", "function append"),
        ("CREATE RULE quiet AS ON INSERT TO forthwith.events DO INSTEAD NOTHING", "rule quiet on events"),
        ("GRANT INSERT ON forthwith.events TO forthwith_app", "right to INSERT events"),
        ("GRANT UPDATE (version) ON forthwith.streams TO PUBLIC", "right to UPDATE streams.version"),
        ("GRANT EXECUTE ON FUNCTION forthwith.append TO PUBLIC", "right to EXECUTE append for everybody"),
        (
            "CREATE OR REPLACE FUNCTION forthwith.settle_outbox(ids bigint[]) RETURNS void LANGUAGE sql "
            "SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS 'SELECT'",
            "function settle_outbox",
        ),
    ],
)
async def test_a_schema_changed_by_hand_is_refused_and_the_difference_named(
    postgres_dsn, execute, by_hand, named
):
    await execute(by_hand)
    with pytest.raises(SchemaDrift, match="changed by hand") as refusal:
        await check(postgres_dsn)
    assert named in str(refusal.value)
    with pytest.raises(SchemaDrift, match="changed by hand"):
        await migrate(postgres_dsn)


async def test_a_migration_file_changed_after_it_was_applied_is_refused(postgres_dsn, execute):
    await execute(f"UPDATE forthwith.migrations SET sha256 = '{'0' * 64}' WHERE name LIKE '0003%'")
    with pytest.raises(SchemaDrift, match=r"0003_streams\.sql has been changed since it was applied"):
        await migrate(postgres_dsn)


async def test_a_migration_that_this_version_does_not_have_is_refused(postgres_dsn, execute):
    await execute(f"INSERT INTO forthwith.migrations VALUES ('9999_future.sql', '{'0' * 64}')")
    with pytest.raises(SchemaDrift, match=r"9999_future\.sql, which this version does not have"):
        await check(postgres_dsn)


async def test_a_migration_left_out_in_between_is_refused(postgres_dsn, execute):
    await execute("DELETE FROM forthwith.migrations WHERE name LIKE '0003%'")
    with pytest.raises(SchemaDrift, match=r"0003_streams\.sql is missing from this database"):
        await migrate(postgres_dsn)


async def test_provisioning_again_changes_the_password_and_nothing_else(empty_dsn):
    await migrate(empty_dsn)
    first = await provision(empty_dsn, "old words", prefix="again")
    second = await provision(empty_dsn, "new words: ?/@", prefix="again")
    await check(second)
    with pytest.raises(asyncpg.InvalidPasswordError):
        await check(first)
    assert await migrate(empty_dsn) == []


@pytest.mark.parametrize("password", ["", "naïve", "a\nb"])
async def test_a_password_that_logins_spell_differently_is_refused(postgres_dsn, password):
    with pytest.raises(ValueError, match="plain printable ASCII"):
        await provision(postgres_dsn, password)


async def test_a_store_is_live_until_it_is_said_to_be_simulated(postgres_dsn, app_dsn, noon_shift):
    assert (await read_instance(app_dsn)).mode == "live"
    await set_instance(postgres_dsn, "simulated", noon_shift)
    found = await read_instance(app_dsn)
    assert (found.mode, found.clock) == ("simulated", noon_shift)


async def test_a_store_that_holds_events_keeps_its_world(postgres_dsn, ledger, an_act):
    await ledger.append(an_act("s", 0))
    with pytest.raises(SimulatedTimeRefused, match="already holds events"):
        await set_instance(postgres_dsn, "simulated", ClockSpec())


async def test_a_live_store_cannot_have_a_shifted_clock(postgres_dsn, noon_shift):
    with pytest.raises(SimulatedTimeRefused, match="real time"):
        await set_instance(postgres_dsn, "live", noon_shift)
