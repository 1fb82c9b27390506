"""Notices that are being drafted: each role's own, gone after a time, and no part of the record."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from desk.notice_drafts import MemoryNoticeDrafts
from domain.notice_drafts import LONGEST_TITLE, MOST
from ledger.notice_drafts import PostgresNoticeDrafts

HERE, ELSEWHERE = "lancashire-2016/case-lead", "elsewhere-2016/case-lead"


@pytest.fixture(params=["memory", "postgresql"])
def drafts(request):
    if request.param == "memory":
        return MemoryNoticeDrafts()
    return PostgresNoticeDrafts(request.getfixturevalue("ledger").database)


async def test_each_role_has_its_own_and_a_draft_is_written_over(drafts):
    first, second, theirs = uuid4(), uuid4(), uuid4()
    assert await drafts.keep(first, HERE, "First", "one", "imogen")
    assert await drafts.keep(second, HERE, "x" * 400, "two\x00", "imogen")
    assert await drafts.keep(theirs, ELSEWHERE, "Theirs", "three", "noor")
    assert await drafts.keep(first, HERE, "First again", "one, mended", "callum")
    found = await drafts.of([HERE])
    assert [(each.id, each.title, each.changed_by) for each in found] == [
        (first, "First again", "callum"),
        (second, "x" * LONGEST_TITLE, "imogen"),
    ]
    assert (await drafts.one(first, [HERE])).text == "one, mended"
    assert (await drafts.one(second, [HERE, ELSEWHERE])).text == "two"
    assert await drafts.one(theirs, [HERE]) is None
    assert len(await drafts.of([HERE, ELSEWHERE])) == 3
    assert await drafts.of([]) == []


async def test_nobody_writes_over_or_discards_another_roles(drafts):
    theirs = uuid4()
    await drafts.keep(theirs, ELSEWHERE, "Theirs", "three", "noor")
    assert not await drafts.keep(theirs, HERE, "Mine", "mine", "imogen")
    await drafts.discard(theirs, [HERE])
    assert (await drafts.one(theirs, [ELSEWHERE])).text == "three"
    await drafts.discard(theirs, [ELSEWHERE])
    assert await drafts.of([ELSEWHERE]) == []


async def test_a_role_has_only_so_many(drafts):
    kept = [uuid4() for _ in range(MOST)]
    for draft in kept:
        assert await drafts.keep(draft, HERE, "A draft", "text", "imogen")
    assert not await drafts.keep(uuid4(), HERE, "One more", "text", "imogen")
    assert await drafts.keep(kept[0], HERE, "Written over", "text", "imogen")
    assert await drafts.keep(uuid4(), ELSEWHERE, "Another role's", "text", "noor")


async def test_what_nobody_touches_is_forgotten_whoever_asks(postgres_dsn, ledger):
    drafts = PostgresNoticeDrafts(ledger.database, kept_days=180)
    old, new = uuid4(), uuid4()
    for each in (old, new):
        await drafts.keep(each, HERE, "A draft", "text", "imogen")
    owner = await asyncpg.connect(postgres_dsn)
    await owner.execute(
        "UPDATE forthwith.notice_drafts SET changed_at = now() - interval '181 days' WHERE draft = $1", old
    )
    assert await drafts.of([ELSEWHERE]) == []
    assert await owner.fetchval("SELECT array_agg(draft) FROM forthwith.notice_drafts") == [new]
    await owner.close()


async def test_in_memory_it_is_forgotten_as_well():
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    times = iter((begin, begin + timedelta(days=181)))
    drafts = MemoryNoticeDrafts(now=times.__next__)
    await drafts.keep(uuid4(), HERE, "A draft", "text", "imogen")
    assert await drafts.of([HERE]) == []


async def test_the_application_cannot_look_over_all_of_them(app_dsn):
    login = await asyncpg.connect(app_dsn)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await login.fetch("SELECT * FROM forthwith.notice_drafts")
    await login.close()
