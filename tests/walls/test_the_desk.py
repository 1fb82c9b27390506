"""What the desk reads for a person comes through the walls: a forgotten WHERE gives nothing that is not theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid4, uuid5

import asyncpg
import pytest

from domain.access import Access, AccessesWanted, InTheNameOf
from domain.identity import OccurrenceId
from domain.outside_links import OutsideLink
from domain.ports import Feed
from domain.record import LedgerUnreachable
from domain.time.zones import local_date
from domain.tokens import Token
from ledger.accesses import PostgresAccesses
from ledger.connection import Database
from ledger.directory import PostgresDirectory
from ledger.feeds import PostgresFeeds
from ledger.notice_drafts import PostgresNoticeDrafts
from ledger.outside_links import PostgresOutsideLinks
from ledger.privileges import with_login
from ledger.sessions import Lifetime, PostgresSessions, Sitting
from ledger.tokens import PostgresTokens
from projections.seen_by import SeenBy, roles_held
from tests.conftest import PASSWORD
from tests.walls.conftest import AUDITOR, EIGHT, FOREIGN, MINE, Walled
from tests.walls.test_read_models import is_found

NOW = datetime(2016, 10, 21, 9, tzinfo=UTC)
OFFICER, DIRECTOR = "priya-nandra", "helen-marsh"
# With no WHERE at all, as somebody may forget it.
FORGOTTEN = {
    "forthwith.feeds": "SELECT person FROM forthwith.feeds",
    "forthwith.tokens": "SELECT person FROM forthwith.tokens",
    "forthwith.sessions": "SELECT person FROM forthwith.sessions",
    "forthwith.message_wishes": "SELECT person FROM forthwith.message_wishes",
    "forthwith.report_drafts": "SELECT person FROM forthwith.report_drafts",
    "forthwith.subject_keys": "SELECT substring(subject FROM 8) AS person FROM forthwith.subject_keys",
}
# Likewise of what belongs to a role, or to those who act under a notice.
OF_ROLES = {
    "forthwith.notice_drafts": "SELECT owner AS whose FROM forthwith.notice_drafts",
    "forthwith.outside_links": "SELECT notice AS whose FROM forthwith.outside_links",
}


@pytest.fixture
async def database(walled: Walled) -> AsyncIterator[Database]:
    async with Database(with_login(walled.owner, "forthwith_app", PASSWORD), connections=1) as database:
        yield database


@pytest.fixture
async def everybodys_own(walled: Walled, database: Database) -> None:
    """Each of the eight has a feed, a token, a session, a wish and a draft."""
    sessions = PostgresSessions(database, Lifetime(3600, 3600))
    for person in EIGHT.values():
        await PostgresFeeds(database).make(Feed(uuid4(), person, None, NOW), uuid4().bytes * 2)
        token = Token(
            uuid4(), person, "a test", ("read",), None, datetime.now(UTC), datetime(2099, 1, 1, tzinfo=UTC)
        )
        await PostgresTokens(database).create(token, uuid4().bytes * 2)
        await sessions.open(uuid4().bytes * 2, Sitting(person, person, (), "password", "a browser"))
        await PostgresDirectory(database).set_digest(person, True, NOW)
    owner = await asyncpg.connect(walled.owner)
    await owner.executemany(
        "INSERT INTO forthwith.report_drafts (person, occurrence, section, text, nil) VALUES ($1, 'x', $2, '', false)",
        [(person, str(uuid4())) for person in EIGHT.values()],
    )
    await owner.executemany(
        "INSERT INTO forthwith.subject_keys (subject, key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [(f"person/{person}", bytes(33)) for person in EIGHT.values()],
    )
    await owner.close()


@pytest.mark.usefixtures("everybodys_own")
@pytest.mark.parametrize("table", FORGOTTEN)
async def test_a_forgotten_where_gives_only_what_is_ones_own(database, walled, table):
    for person in EIGHT.values():
        rows = await database.fetch_for(InTheNameOf(person), FORGOTTEN[table])
        assert {row["person"] for row in rows} == {person}
        assert rows
    assert await database.fetch_for(InTheNameOf("nobody-at-all"), FORGOTTEN[table]) == []
    assert await database.fetch_for(InTheNameOf(""), FORGOTTEN[table]) == []
    # The control: past the walls there are all of them.
    owner = await asyncpg.connect(walled.owner)
    assert len({row["person"] for row in await owner.fetch(FORGOTTEN[table])}) == len(EIGHT)
    await owner.close()


@pytest.fixture
async def every_roles_own(walled: Walled, database: Database) -> None:
    """Each role of either notice has a draft, and under each notice there is a link."""
    for notice in walled.book.notices():
        for role in notice.roles:
            owner = f"{notice.terms.id}/{role.id}"
            draft = uuid5(NAMESPACE_URL, owner)
            assert await PostgresNoticeDrafts(database).keep(draft, owner, "A draft", "text", "somebody")
        about = OccurrenceId(notice.terms.id, "monthly-report", "2016-09")
        name, until = uuid5(NAMESPACE_URL, notice.terms.id), NOW + timedelta(days=14)
        link = OutsideLink(name, "somebody", "submit-report", about, None, "somebody", NOW, until)
        await PostgresOutsideLinks(database).make(link, sha256(name.bytes).digest())


def roles_of(walled: Walled, person: str) -> tuple[str, ...]:
    """As the book says: each written notice/role."""
    return tuple(
        f"{each.terms.id}/{role}"
        for each in walled.book.notices()
        for role in roles_held(walled.book, each.terms.id, person, local_date(walled.now, each.terms.zone))
    )


def what_is_theirs(walled: Walled, table: str, person: str) -> set[str]:
    if table == "forthwith.notice_drafts":
        return set(roles_of(walled, person))
    seen = SeenBy(walled.book, person, walled.now)
    return {each for each in (MINE, FOREIGN) if is_found(partial(seen.notice, each))}


@pytest.mark.usefixtures("every_roles_own")
@pytest.mark.parametrize("table", OF_ROLES)
@pytest.mark.parametrize("who", EIGHT)
async def test_a_forgotten_where_gives_only_what_belongs_to_ones_roles(database, walled, who, table):
    person = EIGHT[who]
    whom = InTheNameOf(person, everything=who == "auditor", roles=roles_of(walled, person))
    found = {row["whose"] for row in await database.fetch_for(whom, OF_ROLES[table])}
    assert found == what_is_theirs(walled, table, person)
    assert bool(found) == (who not in {"auditor", "operator"})
    # Named as a person alone, they hold no role, and nor does the next question on the connection.
    assert await database.fetch_for(InTheNameOf(person), OF_ROLES[table]) == []
    owner = await asyncpg.connect(walled.owner)
    assert len({row["whose"] for row in await owner.fetch(OF_ROLES[table])}) > len(found)
    await owner.close()


@pytest.mark.usefixtures("every_roles_own")
async def test_drafts_and_links_are_asked_for_through_the_walls(database, monkeypatch):
    """Each question with its WHERE cut off."""
    from ledger import sql_files

    whole = sql_files.query
    cut = {
        "notice_drafts_of": ("WHERE owner = ANY ($1)", "WHERE $1::text[] IS NOT NULL"),
        "outside_links_of": ("WHERE notice = $1", "WHERE $1::text IS NOT NULL"),
    }
    monkeypatch.setattr(sql_files, "query", lambda name: whole(name).replace(*cut.get(name, ("", ""))))
    roles = (f"{MINE}/case-lead",)
    assert {each.owner for each in await PostgresNoticeDrafts(database).of(roles)} == set(roles)
    links = PostgresOutsideLinks(database)
    assert {each.notice for each in await links.of_notice(MINE, InTheNameOf("x", roles=roles))} == {MINE}
    assert await links.of_notice(MINE, InTheNameOf("x")) == []
    # The control: asked by the service itself, the cut question gives those of both notices.
    assert {each.notice for each in await links.of_notice(MINE)} == {MINE, FOREIGN}


async def test_what_somebody_drafts_is_read_in_a_role_alone(database):
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.fetch("SELECT owner FROM forthwith.notice_drafts")


@pytest.mark.usefixtures("everybodys_own")
async def test_the_next_question_on_the_connection_is_the_services_own_again(database):
    """There is one connection; what was said for one person must not be there for the next question."""
    await database.fetch_for(InTheNameOf(OFFICER, roles=(f"{MINE}/case-lead",)), FORGOTTEN["forthwith.feeds"])
    (row,) = await database.fetch(
        "SELECT current_user AS who, current_setting('forthwith.person', true) AS person,"
        " current_setting('forthwith.roles', true) AS roles"
    )
    assert (row["who"], row["person"] or None, row["roles"] or None) == ("forthwith_app", None, None)
    with pytest.raises(asyncpg.UndefinedTableError):
        await database.fetch_for(InTheNameOf(OFFICER), "SELECT * FROM forthwith.nonsense")
    assert (await database.fetch("SELECT current_user AS who"))[0]["who"] == "forthwith_app"


@pytest.mark.usefixtures("everybodys_own")
@pytest.mark.parametrize(
    "secret",
    [
        "SELECT digest FROM forthwith.tokens",
        "SELECT digest FROM forthwith.feeds",
        "SELECT digest FROM forthwith.outside_links",
        "SELECT id_token FROM forthwith.sessions",
        "SELECT * FROM forthwith.accounts",
        "SELECT * FROM forthwith.directory",
        "SELECT * FROM forthwith.personal_values",
        "SELECT forthwith.append(NULL)",
    ],
)
async def test_in_somebodys_name_no_secret_can_be_read(database, secret):
    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedFunctionError)):
        await database.fetch_for(InTheNameOf(OFFICER), secret)


@pytest.mark.usefixtures("everybodys_own")
async def test_what_the_desk_asks_for_a_person_is_answered_through_the_walls(database, monkeypatch):
    """Each of them with its WHERE cut off: still only what is theirs."""
    from ledger import sql_files

    whole = sql_files.query

    def without_where(name: str) -> str:
        text = whole(name)
        if name in {"feeds_of", "message_wish", "list_sessions"}:
            head, _, rest = text.partition("WHERE")
            order = rest[rest.index("ORDER") :] if "ORDER" in rest else ""
            count = {
                "feeds_of": "$1::text",
                "message_wish": "$1::text",
                "list_sessions": "$1::text, $2::float8, $3::float8",
            }
            return f"{head} WHERE (SELECT num_nulls({count[name]})) >= 0 {order}"
        return text

    monkeypatch.setattr(sql_files, "query", without_where)
    assert {each.person for each in await PostgresFeeds(database).of(OFFICER)} == {OFFICER}
    assert {each.person for each in await PostgresSessions(database, Lifetime(3600, 3600)).all(OFFICER)} == {
        OFFICER
    }
    assert await PostgresDirectory(database).wants_digest(OFFICER)
    assert not await PostgresDirectory(database).wants_digest("nobody-at-all")


async def test_the_access_log_opens_to_an_auditor_alone(database):
    accesses = PostgresAccesses(database)
    await accesses.note(Access(NOW, OFFICER, "refused", "accept-report", MINE, None, "It is for others."))
    assert await accesses.newest(AccessesWanted(), InTheNameOf(AUDITOR, everything=True))
    for person in (OFFICER, DIRECTOR, AUDITOR):
        assert await accesses.newest(AccessesWanted(), InTheNameOf(person)) == []


async def test_the_read_models_show_the_desk_what_the_person_may_see_at_that_moment(database, walled):
    """In a simulated store the desk says what time it is; before anybody was appointed nothing is open."""
    asked = "SELECT count(*) AS n FROM forthwith_read.standing"
    (now,) = await database.fetch_for(InTheNameOf(OFFICER, at=walled.now), asked)
    (before,) = await database.fetch_for(InTheNameOf(OFFICER, at=datetime(2016, 5, 1, tzinfo=UTC)), asked)
    (everything,) = await database.fetch_for(InTheNameOf(AUDITOR, everything=True, at=walled.now), asked)
    assert 0 == before["n"] < now["n"] < everything["n"]


async def test_a_login_that_speaks_for_nobody_is_refused(walled):
    """The owner's login is bound to no role: reading for somebody with it fails instead of showing everything."""
    async with Database(walled.owner) as database:
        with pytest.raises((LedgerUnreachable, asyncpg.InsufficientPrivilegeError)):
            await database.fetch_for(InTheNameOf(OFFICER), FORGOTTEN["forthwith.feeds"])
