"""Everybody sees in SQL what they see at the desk: each person, each table, with a real login."""

from __future__ import annotations

from collections.abc import Callable

import asyncpg
import pytest

from domain.identity import OccurrenceId
from domain.refusals import NotFound
from projections.seen_by import SeenBy
from projections.tables.models.all import PROJECTIONS
from projections.tables.rebuild import rebuild
from tests.walls.conftest import EIGHT, FOREIGN, MINE, Walled

# Whether a book shows what a row is about.
Shows = Callable[[SeenBy, asyncpg.Record], bool]


def shows_occurrence(book: SeenBy, row: asyncpg.Record) -> bool:
    return is_found(lambda: book.case(OccurrenceId.parse(row["occurrence"])))


def shows_event(book: SeenBy, row: asyncpg.Record) -> bool:
    return is_found(lambda: book.event(row["index"]))


def shows_receipt(book: SeenBy, row: asyncpg.Record) -> bool:
    return is_found(lambda: book.event(row["first_index"]))


def is_found(look: Callable[[], object]) -> bool:
    try:
        look()
    except NotFound:
        return False
    return True


SHOWN: dict[str, Shows] = {
    "forthwith_read.standing": shows_occurrence,
    "forthwith_read.tasks": shows_occurrence,
    "forthwith_read.deliveries": shows_occurrence,
    "forthwith_read.considerations": shows_occurrence,
    "forthwith_read.chronology": shows_event,
    "forthwith.events": shows_event,
    "forthwith.receipts": shows_receipt,
}
# What no reader may ask for: the walls' own knowledge, and what the projector could not take.
KEPT_BACK = {"rights", "secrecy", "parked"}
OF_THE_SERVICE = {"positions"}


@pytest.fixture(scope="session")
async def everything(walled: Walled) -> dict[str, list[asyncpg.Record]]:
    owner = await asyncpg.connect(walled.owner)
    try:
        return {table: await owner.fetch(f"SELECT * FROM {table}") for table in SHOWN}
    finally:
        await owner.close()


@pytest.mark.parametrize("table", SHOWN)
@pytest.mark.parametrize("who", EIGHT)
async def test_somebody_sees_in_a_table_what_the_desk_shows_them(walled, everything, who, table):
    person, audits = EIGHT[who], who == "auditor"
    seen = SeenBy(walled.book, person, walled.now, everything=audits)
    expected = {repr(row) for row in everything[table] if SHOWN[table](seen, row)}
    rows = {
        repr(row)
        for row in await (await walled.login(person, everything=audits)).fetch(f"SELECT * FROM {table}")
    }
    assert rows == expected
    assert bool(rows) == (who != "operator")
    if who == "auditor":
        assert len(rows) == len(everything[table])


@pytest.mark.parametrize("who", [each for each in EIGHT if each not in {"auditor", "operator"}])
async def test_of_a_foreign_notice_there_is_not_one_row(walled, everything, who):
    login = await walled.login(EIGHT[who])
    for table, rows in everything.items():
        if "notice" in (rows[0].keys() if rows else ()):
            assert any(row["notice"] == FOREIGN for row in rows) or table.endswith("considerations")
            assert await login.fetch(f"SELECT 1 FROM {table} WHERE notice = $1", FOREIGN) == []
            assert await login.fetchval(f"SELECT count(DISTINCT notice) FROM {table}") <= 1


async def test_what_is_hidden_from_the_council_is_hidden_from_its_people_in_sql(walled):
    """The adviser's reports by what the notice says, and the concern that the adviser raised by what was said then."""
    reports = "SELECT count(*) FROM forthwith_read.standing WHERE obligation = 'adviser-report'"
    concern = (
        f"SELECT count(*) FROM forthwith_read.chronology WHERE occurrence = '{MINE}/referral-power/concern-1'"
    )
    for person in ("priya-nandra", "helen-marsh", "duncan-ashworth"):
        login = await walled.login(person)
        assert (await login.fetchval(reports), await login.fetchval(concern)) == (0, 0), person
    for person in ("imogen-hartley", "ruth-pemberton"):
        login = await walled.login(person)
        assert await login.fetchval(reports) > 0, person
        assert await login.fetchval(concern) > 0, person


async def test_every_read_model_has_its_walls(walled):
    tables = {table.name for projection in PROJECTIONS for table in projection.tables}
    assert tables == {
        name.removeprefix("forthwith_read.") for name in SHOWN if "_read." in name
    } | KEPT_BACK - {"parked"}
    owner = await asyncpg.connect(walled.owner)
    try:
        assert await without_walls(owner) == set()
        # The control: a table that somebody adds and forgets to wall.
        async with owner.transaction():
            await owner.execute("CREATE TABLE forthwith_read.newcomer (notice text)")
            assert await without_walls(owner) == {"newcomer"}
            await owner.execute("ALTER TABLE forthwith_read.newcomer ENABLE ROW LEVEL SECURITY")
            assert await without_walls(owner) == {"newcomer"}
            await owner.execute("DROP TABLE forthwith_read.newcomer")
    finally:
        await owner.close()


async def without_walls(owner: asyncpg.Connection) -> set[str]:
    """Tables that are not walled, or of which nobody has said whether a reader sees rows of them."""
    rows = await owner.fetch("""
        SELECT c.relname, c.relrowsecurity,
            EXISTS (SELECT FROM pg_policies AS p WHERE p.schemaname = 'forthwith_read' AND p.tablename = c.relname
                AND p.roles = '{forthwith_reader}') AS has_policy,
            has_table_privilege('forthwith_reader', c.oid, 'SELECT') AS granted
        FROM pg_class AS c WHERE c.relnamespace = 'forthwith_read'::regnamespace AND c.relkind IN ('r', 'v', 'm')
    """)
    known = KEPT_BACK | OF_THE_SERVICE | {name.removeprefix("forthwith_read.") for name in SHOWN}
    return {
        row["relname"] for row in rows
        if not row["relrowsecurity"]
        or row["relname"] not in known
        or row["has_policy"] != row["granted"]
        or row["granted"] == (row["relname"] in KEPT_BACK)
    }  # fmt: skip


@pytest.mark.parametrize("table", sorted(KEPT_BACK))
async def test_what_the_walls_know_is_nobodys_to_read(walled, table):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await (await walled.login("imogen-hartley")).fetch(f"SELECT * FROM forthwith_read.{table}")


async def test_tables_that_were_built_anew_have_the_same_walls(walled, everything):
    owner = await asyncpg.connect(walled.owner)
    try:
        assert (await rebuild(owner, PROJECTIONS)).swapped
        assert await without_walls(owner) == set()
        assert (await rebuild(owner, PROJECTIONS, compare=True)).equal
    finally:
        await owner.close()
    login = await walled.login("priya-nandra")
    seen = SeenBy(walled.book, "priya-nandra", walled.now)
    assert {row["index"] for row in await login.fetch("SELECT index FROM forthwith_read.chronology")} == {
        row["index"] for row in everything["forthwith_read.chronology"] if shows_event(seen, row)
    }
