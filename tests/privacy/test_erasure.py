"""Erasing: the rows go, the keys are destroyed, the record says so, and everything that reads goes on working."""

import asyncio
from dataclasses import replace

import orjson
import pytest

from domain.clock import LiveClock
from domain.events.of_the_record import ERASURES, PERSONAL_DATA_ERASED
from domain.refusals import NotFound
from ledger.directory import PostgresDirectory
from ledger.postgres import PostgresLedger
from ledger.privacy.erasure import Eraser, ErasureRefused, Why
from ledger.privacy.kept import kept_values
from ledger.privacy.retention import Keeper
from ledger.verify.verify import verify
from tests.privacy.conftest import APPOINTED, NOON, NOTICE, SUBMITTED, say

WHY = Why("dana-price", "Asked for, and no longer needed.", "UK GDPR, article 17(1)(a)")


@pytest.fixture
async def recorded(ledger):
    """A report and an appointment, the latter recorded twice."""
    await ledger.append(say(SUBMITTED))
    await ledger.append(say(APPOINTED, NOTICE))
    await ledger.append(say(APPOINTED, NOTICE, 1))
    return ledger


@pytest.fixture
def eraser(recorded):
    return Eraser(recorded, LiveClock())


async def test_the_texts_of_one_event_are_erased_and_nothing_else(recorded, eraser, superuser):
    before = await recorded.read()
    (receipt,) = await eraser.of_event(1, WHY)
    report, *appointments, erasure = await recorded.read()
    assert [each["text"] for each in report.envelope.data["sections"]] == ["[erased]", "[erased]"]
    assert report.envelope.data["submitted_by"] == "helen-marsh"
    assert report.canonical == before[0].canonical
    assert {each.envelope.data["name"] for each in appointments} == {"Helen Marsh"}
    assert (erasure.type, erasure.stream, erasure.index) == (
        PERSONAL_DATA_ERASED,
        ERASURES,
        receipt.first_index,
    )
    assert erasure.envelope.data["events"] == [1]
    assert str(erasure.envelope.actor) == "person:dana-price"
    digests = sorted(each["_sd"][0] for each in orjson.loads(report.canonical)["data"]["sections"])
    assert erasure.envelope.data["digests"] == digests
    assert (
        await superuser.fetchval("SELECT count(*) FROM forthwith.subject_keys WHERE subject LIKE 'event/%'")
        == 0
    )
    assert (await verify(recorded)).findings == ()


async def test_a_person_is_erased_wherever_they_are_named_with_address_and_key(recorded, eraser, superuser):
    directory = PostgresDirectory(recorded.database)
    await directory.set_address("helen-marsh", "helen@example.org", NOON)
    await eraser.of_person("helen-marsh", WHY)
    assert (
        await superuser.fetch("SELECT FROM forthwith.subject_keys WHERE subject = 'person/helen-marsh'") == []
    )
    assert await directory.address_of("helen-marsh") is None
    assert {each.envelope.data["name"] for each in await recorded.read_stream(NOTICE)} == {"[erased]"}
    assert [each.field for each in await kept_values(recorded)] == ["text", "text"]
    assert (await verify(recorded)).findings == ()
    with pytest.raises(NotFound, match="Nothing is kept"):
        await eraser.of_person("helen-marsh", WHY)


async def test_an_address_alone_is_erased_too(recorded, eraser):
    directory = PostgresDirectory(recorded.database)
    await directory.set_address("somebody", "some@example.org", NOON)
    await directory.set_digest("somebody", True, NOON)
    await eraser.of_person("somebody", WHY)
    assert await directory.address_of("somebody") is None
    assert not await directory.wants_digest("somebody")


async def test_another_process_forgets_as_well(recorded, eraser, app_dsn):
    async with PostgresLedger(app_dsn) as other:
        await other.append(say(APPOINTED, "notice/other"))
        await eraser.of_person("helen-marsh", WHY)
        await other.append(say(APPOINTED, "notice/other", 1))
        assert [each.envelope.data["name"] for each in await other.read_stream("notice/other")] == [
            "[erased]", "Helen Marsh",
        ]  # fmt: skip


async def test_one_who_listens_in_another_process_hears_of_it(eraser, app_dsn):
    async with PostgresLedger(app_dsn) as other:
        with other.database.wakeups.bell() as bell:
            await bell.wait(30)
            seen = other.erasures
            await eraser.of_event(1, WHY)
            async with asyncio.timeout(30):
                while other.erasures == seen:
                    bell.clear()
                    await bell.wait(1)


async def test_no_guess_can_be_tried_on_what_is_left(recorded, eraser, superuser):
    """Neither the receipt nor the leaf is the hash of anything that could be guessed without the salts."""
    await eraser.of_event(1, WHY)
    await eraser.of_person("helen-marsh", WHY)
    left = ""
    for table in await superuser.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'forthwith'"):
        left += str(await superuser.fetch(f"SELECT * FROM forthwith.{table['tablename']}"))
    assert "Helen Marsh" not in left
    assert "Ribble" not in left
    first, second = await superuser.fetch(
        "SELECT digest FROM forthwith.receipts ORDER BY first_index OFFSET 1 LIMIT 2"
    )
    assert first != second  # the same words, said twice


async def test_a_hold_placed_at_the_same_moment_is_not_missed(recorded, eraser):
    """The erasure is guarded by the stream of the holds, so it is decided again on what that holds by then."""
    keeper = Keeper(recorded, LiveClock())
    first, *others = await asyncio.gather(
        keeper.hold("lancashire-2016", "Now.", "dana-price"),
        eraser.of_event(1, WHY),
        eraser.of_event(2, WHY),
        return_exceptions=True,
    )
    log = await recorded.read(3)
    erased_after = [
        each for each in log if each.type == PERSONAL_DATA_ERASED and each.index > first.first_index
    ]
    assert erased_after == []
    assert all(isinstance(each, (tuple, ErasureRefused)) for each in others)


async def test_nothing_goes_when_the_event_cannot_be_recorded(recorded, eraser, superuser, monkeypatch):
    await superuser.execute("ALTER TABLE forthwith.personal_values ADD CONSTRAINT no CHECK (true)")
    await superuser.execute(
        "CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'power cut'; END $$;"
        "CREATE TRIGGER fails BEFORE DELETE ON forthwith.subject_keys EXECUTE FUNCTION public.fail()"
    )
    with pytest.raises(Exception, match="power cut"):
        await eraser.of_event(1, WHY)
    assert (await recorded.head()).size == 3
    assert len(await kept_values(recorded, index=1)) == 2


async def test_no_system_erases(recorded, superuser):
    act = say(SUBMITTED, ERASURES)
    event = replace(act.writes[0].events[0], type=PERSONAL_DATA_ERASED, data={"digests": []})
    from domain.actor import ENGINE

    act = replace(act, writes=(replace(act.writes[0], events=(replace(event, actor=ENGINE),)),))
    with pytest.raises(Exception, match="as the act of a person"):
        await recorded.append(act)


async def test_the_application_cannot_delete_or_exchange_values_by_itself(recorded):
    for statement in (
        "DELETE FROM forthwith.personal_values",
        "UPDATE forthwith.personal_values SET nonce = nonce",
        "DELETE FROM forthwith.subject_keys",
        "TRUNCATE forthwith.personal_values",
    ):
        with pytest.raises(Exception, match="permission denied"):
            await recorded.database.once(lambda connection, text=statement: connection.execute(text))
