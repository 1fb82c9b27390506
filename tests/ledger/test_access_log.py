"""The access log can be added to and read, and nothing else."""

from datetime import UTC, datetime

import asyncpg
import pytest

from domain.access import Access, AccessesWanted, InTheNameOf
from ledger.accesses import PostgresAccesses
from ledger.connection import Database

THE_AUDITOR = InTheNameOf("grace-adeyemi", everything=True)

AT = datetime(2016, 10, 21, 8, 30, tzinfo=UTC)


def line(person="helen-marsh", kind="refused", notice="lancashire-2016"):
    return Access(AT, person, kind, "accept-report", notice, "/tasks/somewhere", "It is not yours to accept.")


@pytest.fixture
async def accesses(app_dsn):
    async with Database(app_dsn) as database:
        yield PostgresAccesses(database)


async def test_what_was_noted_is_read_newest_first_and_by_what_is_asked(accesses):
    lines = [line(), line("ruth-pemberton"), line(kind="opened"), line(notice=None), line(kind="hidden")]
    for each in lines:
        await accesses.note(each)
    assert [each.access for each in await accesses.newest(AccessesWanted(), THE_AUDITOR)] == lines[::-1]
    (one,) = await accesses.newest(AccessesWanted(person="ruth-pemberton"), THE_AUDITOR)
    assert one.access == lines[1]
    assert [each.access for each in await accesses.newest(AccessesWanted(kind="opened"), THE_AUDITOR)] == [
        lines[2]
    ]
    assert len(await accesses.newest(AccessesWanted(notice="lancashire-2016"), THE_AUDITOR)) == 4
    newest = await accesses.newest(AccessesWanted(limit=2), THE_AUDITOR)
    further = await accesses.newest(AccessesWanted(before=newest[-1].number), THE_AUDITOR)
    assert [each.access for each in (*newest, *further)] == lines[::-1]


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE forthwith.access_log SET person = 'somebody-else'",
        "DELETE FROM forthwith.access_log",
        "TRUNCATE forthwith.access_log",
    ],
)
async def test_nobody_changes_what_was_noted(accesses, app_dsn, postgres_dsn, attack):
    await accesses.note(line())
    for dsn in (app_dsn, postgres_dsn):
        connection = await asyncpg.connect(dsn)
        try:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(attack)
        finally:
            await connection.close()
    assert [each.access for each in await accesses.newest(AccessesWanted(), THE_AUDITOR)] == [line()]


async def test_the_application_adds_lines_through_the_function_alone(app_dsn):
    connection = await asyncpg.connect(app_dsn)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(
                "INSERT INTO forthwith.access_log (id, at, person, kind, act, sentence)"
                " VALUES (gen_random_uuid(), now(), 'x', 'refused', 'y', 'z')"
            )
    finally:
        await connection.close()
