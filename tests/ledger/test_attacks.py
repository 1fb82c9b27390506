"""The application cannot change history, and neither can its owner without being found."""

import asyncpg
import pytest

from ledger.migrations import SchemaDrift, check

TABLES = ["events", "streams", "receipts", "head", "instance", "outbox", "directory", "feeds", "migrations"]
CHANGES = ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET {} = {}", "INSERT INTO {} DEFAULT VALUES"]
FIRST_COLUMN = {
    "events": "stream",
    "streams": "version",
    "receipts": "digest",
    "head": "size",
    "instance": "mode",
    "outbox": "key",
    "directory": "address",
    "feeds": "person",
    "migrations": "name",
}
OTHER_ATTACKS = [
    "ALTER TABLE forthwith.events DISABLE TRIGGER ALL",
    "DROP TRIGGER events_are_permanent ON forthwith.events",
    "DROP TABLE forthwith.events",
    "DROP SCHEMA forthwith CASCADE",
    "ALTER TABLE forthwith.events ADD COLUMN note text",
    "SET session_replication_role = replica",
    "SET ROLE forthwith_owner",
    "SET ROLE forthwith_migrator",
    "SET SESSION AUTHORIZATION forthwith_owner",
    "GRANT forthwith_owner TO forthwith_app",
    "ALTER ROLE forthwith_app SUPERUSER",
    "CREATE TABLE forthwith.events_too ()",
    "CREATE TEMPORARY TABLE events ()",
    "CREATE FUNCTION forthwith.append() RETURNS void LANGUAGE sql AS ''",
    "CREATE OR REPLACE FUNCTION forthwith.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
    "CREATE RULE quiet AS ON INSERT TO forthwith.events DO INSTEAD NOTHING",
    "ALTER FUNCTION forthwith.append SECURITY INVOKER",
    "SELECT * FROM forthwith.events FOR UPDATE",
    "SELECT * FROM forthwith.head FOR UPDATE",
    "DO 'BEGIN LOCK TABLE forthwith.events IN ACCESS EXCLUSIVE MODE; END'",
    "COPY forthwith.events FROM PROGRAM 'true'",
    "COPY forthwith.receipts (command_id) FROM STDIN",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT nextval('forthwith.outbox_id_seq')",
    "ALTER SYSTEM SET fsync = off",
]


def change(pattern: str, table: str) -> str:
    column = FIRST_COLUMN[table]
    return pattern.format(f"forthwith.{table}", column, column)


@pytest.fixture
async def recorded(ledger, an_act):
    """A record with something in it to attack."""
    return await ledger.append(an_act("s", 0))


@pytest.fixture
def refused_for(recorded, ledger):
    async def attack(dsn, statements, *settings):
        connection = await asyncpg.connect(dsn)
        try:
            for setting in settings:
                await connection.execute(setting)
            for statement in statements:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(statement)
                    pytest.fail(f"went through: {statement}")
        finally:
            await connection.close()
        assert (await ledger.read())[0].leaf == recorded.leaves[0]
        assert (await ledger.head()).size == 1

    return attack


@pytest.mark.parametrize("table", TABLES)
async def test_the_application_cannot_write_to_a_table(refused_for, app_dsn, table):
    await refused_for(app_dsn, [change(pattern, table) for pattern in CHANGES])


async def test_the_application_cannot_get_round_its_grants(refused_for, app_dsn):
    await refused_for(app_dsn, OTHER_ATTACKS)


async def test_a_grant_to_itself_gives_the_application_nothing(refused_for, app_dsn):
    """PostgreSQL answers this GRANT with a warning only, so what counts is what it gave."""
    await refused_for(
        app_dsn,
        ["INSERT INTO forthwith.head DEFAULT VALUES", "UPDATE forthwith.head SET size = 0"],
        "GRANT ALL ON forthwith.head TO forthwith_app",
    )


@pytest.mark.parametrize("table", ["events", "receipts"])
async def test_not_even_the_owner_can_change_what_was_recorded(refused_for, postgres_dsn, table):
    await refused_for(postgres_dsn, [change(pattern, table) for pattern in CHANGES[:3]])


@pytest.mark.parametrize("table", ["streams", "head", "instance"])
async def test_not_even_the_owner_can_make_the_record_forget(refused_for, postgres_dsn, table):
    await refused_for(postgres_dsn, [change(pattern, table) for pattern in CHANGES[:2]])


async def test_a_superuser_in_replication_mode_is_still_refused(refused_for, postgres, postgres_dsn):
    superuser = postgres.superuser_dsn.rpartition("/")[0] + "/" + postgres_dsn.rpartition("/")[2]
    changes = [change(pattern, table) for pattern in CHANGES[:3] for table in ("events", "receipts")]
    await refused_for(superuser, changes, "SET session_replication_role = replica")


async def test_an_owner_who_removes_the_protection_is_found(postgres_dsn, recorded):
    connection = await asyncpg.connect(postgres_dsn)
    await connection.execute("ALTER TABLE forthwith.events DISABLE TRIGGER ALL")
    await connection.execute("DELETE FROM forthwith.events")
    await connection.close()
    with pytest.raises(SchemaDrift, match="events_are_permanent"):
        await check(postgres_dsn)
