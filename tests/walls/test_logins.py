"""A login reads for the person to whom it is bound, whatever it says; and nobody's login reads nothing."""

from __future__ import annotations

import asyncpg
import pytest

from ledger.privileges import with_login
from ledger.readers import LoginTaken, bind_reader, readers, unbind_reader
from tests.conftest import PASSWORD
from tests.walls.conftest import AUDITOR, MINE

OFFICER, CASE_LEAD = "priya-nandra", "imogen-hartley"
HIDDEN = "SELECT count(*) FROM forthwith_read.standing WHERE obligation = 'adviser-report'"
# What somebody might try who has the login of a council officer and wants to see what the case lead sees.
ATTEMPTS = (
    f"SELECT set_config('forthwith.person', '{CASE_LEAD}', false)",
    f"SET forthwith.person = '{CASE_LEAD}'",
    "SELECT set_config('forthwith.everything', 'on', false)",
    "SELECT set_config('forthwith.now', '2016-06-01', false)",
    f"SELECT set_config('forthwith.roles', '{{{MINE}/case-lead}}', false)",
    "SET row_security = off",
    "SET ROLE forthwith_reader",
    "RESET ROLE",
    "SET search_path = pg_temp, forthwith_read",
)
REFUSED = (
    "SET ROLE forthwith_desk",
    "SET ROLE forthwith_app",
    "SET ROLE forthwith_projector",
    "SET ROLE forthwith_owner",
    "SET SESSION AUTHORIZATION walls_imogen_hartley",
    f"SELECT forthwith.read_for('{CASE_LEAD}', true, NULL, '{{}}')",
    f"UPDATE forthwith.readers SET person = '{CASE_LEAD}'",
    "SELECT * FROM forthwith.readers",
    "SELECT * FROM forthwith.held_parties()",
    "SELECT * FROM forthwith.sessions",
    "SELECT * FROM forthwith.tokens",
    "SELECT * FROM forthwith.directory",
    "SELECT owner FROM forthwith.notice_drafts",
    "SELECT notice FROM forthwith.outside_links",
    "SELECT * FROM forthwith.reads_as()",
    "SELECT * FROM forthwith.personal_values",
    "SELECT * FROM forthwith.subject_keys",
    "SELECT forthwith.append(NULL)",
    "ALTER TABLE forthwith_read.standing DISABLE ROW LEVEL SECURITY",
    "DROP POLICY forthwith_reader ON forthwith_read.standing",
    "CREATE VIEW forthwith_read.more AS SELECT * FROM forthwith_read.standing",
    "CREATE TEMPORARY TABLE mine (x text)",
    "DELETE FROM forthwith_read.standing",
)
# What is put there, so that it can be erased, and where it is.
ERASED = {
    "directory": (
        "INSERT INTO forthwith.directory VALUES ($1, 'somebody@example.org', now())",
        (CASE_LEAD,),
        f"person = '{CASE_LEAD}'",
    ),
    "subject_keys": (
        "INSERT INTO forthwith.subject_keys VALUES ($1, $2) ON CONFLICT DO NOTHING",
        (f"person/{CASE_LEAD}", bytes(33)),
        f"subject = 'person/{CASE_LEAD}'",
    ),
}


@pytest.fixture
async def officer(walled):
    """A council officer's login, on a connection of its own: what it says lasts as long as it does."""
    await walled.login(OFFICER)
    await walled.login(CASE_LEAD)
    connection = await asyncpg.connect(with_login(walled.owner, "walls_priya_nandra", PASSWORD))
    yield connection
    await connection.close()


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_saying_that_one_is_somebody_else_changes_nothing(officer, attempt):
    before = await officer.fetchval("SELECT count(*) FROM forthwith_read.standing")
    await officer.execute(attempt)
    try:
        assert await officer.fetchval(HIDDEN) == 0
        assert await officer.fetchval("SELECT count(*) FROM forthwith_read.standing") == before
        assert await officer.fetchval("SELECT forthwith.reads_for()") == OFFICER
    except asyncpg.InsufficientPrivilegeError:
        assert (
            attempt == "SET row_security = off"
        )  # PostgreSQL then refuses the question instead of answering it whole


@pytest.mark.parametrize("attempt", REFUSED)
async def test_what_would_lead_past_the_walls_is_refused(officer, attempt):
    await officer.execute(
        "SET default_transaction_read_only = off"
    )  # the login may say so; it helps it to nothing
    with pytest.raises(
        (asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedFunctionError, asyncpg.PostgresSyntaxError)
    ):
        await officer.execute(attempt)


async def test_a_login_that_was_bound_to_nobody_sees_nothing(walled):
    """An administrator has granted the group by hand and has forgotten the binding."""
    owner = await asyncpg.connect(walled.owner)
    try:
        await owner.execute(
            f"CREATE ROLE walls_forgotten LOGIN PASSWORD '{PASSWORD.replace(chr(39), chr(39) * 2)}'"
        )
        await owner.execute("GRANT forthwith_reader TO walls_forgotten")
        stranger = await asyncpg.connect(with_login(walled.owner, "walls_forgotten", PASSWORD))
        await stranger.execute(f"SET forthwith.person = '{CASE_LEAD}'")
        for table in (
            "forthwith_read.standing",
            "forthwith_read.chronology",
            "forthwith.events",
            "forthwith.receipts",
        ):
            assert await stranger.fetchval(f"SELECT count(*) FROM {table}") == 0
        await stranger.close()
    finally:
        await owner.execute("DROP ROLE walls_forgotten")
        await owner.close()


async def test_a_superuser_is_held_by_no_wall(walled, postgres):
    """Named in docs/read-models.md: whoever owns the server owns what is in it."""
    superuser = await asyncpg.connect(postgres.superuser_dsn.replace("/forthwith?", "/walled?"))
    try:
        assert await superuser.fetchval(HIDDEN) > 0
    finally:
        await superuser.close()


async def test_binding_takes_over_no_other_login(walled, postgres):
    for name in ("forthwith_app", "forthwith_projector", "forthwith", "postgres"):
        with pytest.raises(LoginTaken):
            await bind_reader(walled.owner, name, PASSWORD, OFFICER)
    with pytest.raises(ValueError, match="is no name for a role"):
        await bind_reader(walled.owner, "bobby; DROP TABLE", PASSWORD, OFFICER)


async def test_a_login_can_be_bound_to_somebody_else_and_taken_away(walled):
    way_in = await bind_reader(walled.owner, "walls_moving", PASSWORD, OFFICER)
    login = await asyncpg.connect(way_in)
    assert await login.fetchval(HIDDEN) == 0
    await bind_reader(walled.owner, "walls_moving", PASSWORD, CASE_LEAD)
    assert await login.fetchval(HIDDEN) > 0
    await login.close()
    assert ("walls_moving", CASE_LEAD) in {(each.login, each.person) for each in await readers(walled.owner)}
    assert await unbind_reader(walled.owner, "walls_moving")
    assert not await unbind_reader(walled.owner, "walls_moving")
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(way_in)


@pytest.mark.parametrize("gone", ["directory", "subject_keys"])
async def test_whoever_is_erased_reads_nothing_any_more(walled, gone):
    login = await asyncpg.connect(await bind_reader(walled.owner, "walls_erased", PASSWORD, CASE_LEAD))
    owner = await asyncpg.connect(walled.owner)
    try:
        await owner.execute(ERASED[gone][0], *ERASED[gone][1])
        assert await login.fetchval(HIDDEN) > 0
        await owner.execute(f"DELETE FROM forthwith.{gone} WHERE {ERASED[gone][2]}")
        assert await login.fetchval("SELECT count(*) FROM forthwith_read.standing") == 0
    finally:
        await login.close()
        await owner.close()
        await bind_reader(walled.owner, "walls_imogen_hartley", PASSWORD, CASE_LEAD)


async def test_whoever_loses_their_role_loses_the_rows(walled):
    """By the day: the store is simulated, so the walls go by its newest event."""
    owner = await asyncpg.connect(walled.owner)
    login = await walled.login("callum-reyes")
    whole = await owner.fetchval("SELECT holdings FROM forthwith_read.rights WHERE notice = $1", MINE)
    assert await login.fetchval("SELECT count(*) FROM forthwith_read.standing") > 0
    try:
        await owner.execute(
            "UPDATE forthwith_read.rights SET holdings = jsonb_path_query_array(holdings, '$[*] ? (@.person != $who)',"
            ' \'{"who": "callum-reyes"}\') WHERE notice = $1',
            MINE,
        )
        for table in ("forthwith_read.standing", "forthwith_read.chronology", "forthwith.events"):
            assert await login.fetchval(f"SELECT count(*) FROM {table}") == 0
    finally:
        await owner.execute("UPDATE forthwith_read.rights SET holdings = $2 WHERE notice = $1", MINE, whole)
        await owner.close()


async def test_events_that_the_walls_have_not_heard_of_are_open_to_nobody(walled):
    owner = await asyncpg.connect(walled.owner)
    login = await walled.login(CASE_LEAD)
    last = await login.fetchval("SELECT max(index) FROM forthwith.events")
    until = await owner.fetchval("SELECT position FROM forthwith_read.positions WHERE projection = 'rights'")
    try:
        await owner.execute(
            "UPDATE forthwith_read.positions SET position = $1 WHERE projection = 'rights'", last - 1
        )
        assert await login.fetchval("SELECT max(index) FROM forthwith.events") < last
    finally:
        await owner.execute(
            "UPDATE forthwith_read.positions SET position = $1 WHERE projection = 'rights'", until
        )
        await owner.close()


async def test_a_notice_of_which_an_event_could_not_be_taken_is_shut(walled):
    """It might have been the end of somebody's role."""
    owner = await asyncpg.connect(walled.owner)
    login = await walled.login(CASE_LEAD)
    try:
        await owner.execute(
            "INSERT INTO forthwith_read.parked (projection, index, stream) VALUES ('rights', 7, $1)",
            f"notice/{MINE}",
        )
        assert await login.fetchval("SELECT count(*) FROM forthwith_read.standing") == 0
    finally:
        await owner.execute("DELETE FROM forthwith_read.parked")
        await owner.close()
    assert await login.fetchval("SELECT count(*) FROM forthwith_read.standing") > 0


async def test_the_access_log_is_the_auditors(walled):
    owner = await asyncpg.connect(walled.owner)
    await owner.execute(
        "SELECT forthwith.note_access(gen_random_uuid(), now(), $1, 'hidden', 'read-event', $2, '/events/3', 'Asked.')",
        OFFICER,
        MINE,
    )
    await owner.close()
    assert (
        await (await walled.login(AUDITOR, everything=True)).fetchval(
            "SELECT count(*) FROM forthwith.access_log"
        )
        == 1
    )
    for person in (OFFICER, CASE_LEAD):
        assert await (await walled.login(person)).fetchval("SELECT count(*) FROM forthwith.access_log") == 0
