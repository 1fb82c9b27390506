"""Names and free text are not in what is hashed, and whoever reads gets them back."""

import asyncio
import re
from dataclasses import replace
from uuid import uuid4

import orjson
import pytest

from domain.events.deciding import DecisionMade, Signatory
from domain.events.kinds import plan_for
from domain.record import CommandIdReused, UnfitEvent
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import Scenario
from ledger.instance import set_instance
from ledger.postgres import PostgresLedger
from ledger.privacy.commitments import digests_in, withhold
from ledger.privacy.sealing import Keyring, LockedValues
from ledger.verify.verify import verify
from tests.lives import the_notice
from tests.privacy.conftest import APPOINTED, NOON, NOTICE, NOTICES, REPORT, SUBMITTED, envelope, say

A_DAY = re.compile(r"\d{4}-\d\d-\d\d(T|$)")


async def test_what_was_written_is_read_back_and_not_hashed(either):
    await either.append(say(SUBMITTED))
    await either.append(say(APPOINTED, NOTICE))
    report, appointment = await either.read()
    assert report.envelope.data["sections"][0]["text"] == "Two visits to the Ribble team."
    assert appointment.envelope.data["name"] == "Helen Marsh"
    assert await either.read_stream(REPORT) == [report]
    assert await either.read_stream(NOTICE) == [appointment]
    assert b"Ribble" not in report.canonical
    assert b"Helen Marsh" not in appointment.canonical
    assert len(list(digests_in(orjson.loads(report.canonical)["data"]))) == 2


async def test_both_ledgers_keep_the_same_shape(ledger):
    from ledger.memory import MemoryLedger

    memory = MemoryLedger()
    shapes = []
    for each in (ledger, memory):
        await each.append(say(SUBMITTED))
        (event,) = await each.read()
        data = orjson.loads(event.canonical)["data"]
        for section in data["sections"]:
            section["_sd"] = [len(digest) for digest in section["_sd"]]
        shapes.append(data)
    assert shapes[0] == shapes[1]


async def test_a_follower_gets_whole_events(either):
    await either.append(say(SUBMITTED))
    batches = either.follow()
    (event,) = await anext(batches)
    await batches.aclose()
    assert event.envelope.data["sections"][1]["text"] == "Nothing is slow."


async def test_a_command_said_again_is_recognised_although_its_salts_are_new(either):
    command = uuid4()
    first = await either.append(say(SUBMITTED, command=command))
    again = await either.append(say(SUBMITTED, expected=1, command=command))
    assert again.repeated and again.leaves == first.leaves
    other = replace(SUBMITTED, sections=SUBMITTED.sections[:1])
    with pytest.raises(CommandIdReused):
        await either.append(say(other, expected=1, command=command))
    with pytest.raises(CommandIdReused):
        await either.append(say(APPOINTED, NOTICE, command=command))
    assert (await either.head()).size == 1


async def test_the_same_command_sent_twice_at_once_is_recorded_once(either):
    act = say(SUBMITTED)
    receipts = await asyncio.gather(*(either.append(act) for _ in range(4)))
    assert sorted(each.repeated for each in receipts) == [False, True, True, True]


async def test_an_unfit_text_is_named_by_its_path(either):
    sections = (replace(SUBMITTED.sections[0], text="x\x00y"),)
    with pytest.raises(UnfitEvent, match=r"event\.data\.sections\[0\]\.text contains the null character"):
        await either.append(say(replace(SUBMITTED, sections=sections)))
    sections = (replace(SUBMITTED.sections[0], text="x" * 70_000),)
    with pytest.raises(UnfitEvent, match="texts of the event are 70036 bytes"):
        await either.append(say(replace(SUBMITTED, sections=sections)))


async def test_of_commands_that_share_a_flush_the_wrong_one_alone_is_refused(ledger):
    twice = envelope(SUBMITTED)
    acts = [say(SUBMITTED, f"occ/n/o/{number}") for number in range(6)]
    acts += [say(SUBMITTED, f"occ/n/twice/{number}", id=twice.id) for number in range(2)]
    answers = await asyncio.gather(*(ledger.append(act) for act in acts), return_exceptions=True)
    assert [type(each).__name__ for each in answers] == ["Receipt"] * 7 + ["UnfitEvent"]
    assert all("[erased]" not in str(each.envelope.data) for each in await ledger.read())


async def test_processes_that_name_a_person_for_the_first_time_at_once_use_one_key(app_dsn, superuser):
    async with PostgresLedger(app_dsn) as one, PostgresLedger(app_dsn) as other:
        acts = [say(APPOINTED, f"notice/{number}") for number in range(8)]
        ledgers = [one, other] * 4
        await asyncio.gather(*(each.append(act) for each, act in zip(ledgers, acts, strict=True)))
        assert {each.envelope.data["name"] for each in await one.read()} == {"Helen Marsh"}
    assert await superuser.fetchval("SELECT count(*) FROM forthwith.subject_keys") == 1


async def test_a_key_that_was_destroyed_never_comes_back(ledger, superuser):
    await ledger.append(say(APPOINTED, NOTICE))
    old = await superuser.fetchval("DELETE FROM forthwith.subject_keys RETURNING key")
    await ledger.append(say(APPOINTED, "notice/other"))
    assert await superuser.fetchval("SELECT key FROM forthwith.subject_keys") != old
    assert [each.envelope.data["name"] for each in await ledger.read()] == ["[erased]", "Helen Marsh"]


async def test_with_a_key_of_the_instance_the_database_alone_opens_nothing(locked_ledger, app_dsn):
    await locked_ledger.append(say(SUBMITTED))
    (event,) = await locked_ledger.read()
    assert event.envelope.data["sections"][0]["text"] == "Two visits to the Ribble team."
    async with PostgresLedger(app_dsn) as without:
        with pytest.raises(LockedValues, match="FORTHWITH_PRIVACY_KEY_FILE"):
            await without.read()
    async with PostgresLedger(app_dsn, keyring=Keyring(bytes([1] * 32))) as wrong:
        with pytest.raises(LockedValues, match="is not the one"):
            await wrong.read()


async def test_names_of_signatories_belong_to_the_people(ledger, superuser):
    made = DecisionMade(
        "direct", "It is needed.", "s497A", NOON.date(),
        (Signatory("jo", "Jo Turner", "minister"), Signatory("al", "Al Reed", "director")), (), NOON,
    )  # fmt: skip
    await ledger.append(say(made))
    rows = await superuser.fetch('SELECT subject FROM forthwith.personal_values ORDER BY subject COLLATE "C"')
    subjects = [row["subject"] for row in rows]
    assert subjects[1:] == ["person/al", "person/jo"] and subjects[0].startswith("event/")


@pytest.fixture
async def rehearsed():
    """The events of every scenario that ships."""
    notice = the_notice()
    names = sorted((NOTICES / "scenarios").glob("*.yaml"))
    events = []
    for path in names:
        played = await rehearse(notice, read_model(path, Scenario, 65_536), "pure")
        events.append(played.events)
    return events


async def test_no_name_and_no_typed_word_of_a_rehearsed_life_is_in_the_hashed_record(
    postgres_dsn, ledger, rehearsed
):
    """Looked for everywhere, not only where it stood; but for what the notice says itself, and for days that were corrected."""
    await set_instance(postgres_dsn, "simulated")
    everything, secret = [], set()
    for number, events in enumerate(rehearsed):
        everything += [(f"{number}/", each) for each in events]
        for each in events:
            plan = plan_for(each.type)
            taken = withhold(each.envelope.data, plan)[1] if plan else []
            secret |= {orjson.loads(each.content)[-1] for each in taken}
    assert len(secret) > 150
    longest = max(rehearsed, key=len)
    versions: dict[str, int] = {}
    acts = []
    for each in longest:
        versions[each.stream] = versions.get(each.stream, 0)
        act = say(APPOINTED, each.stream, versions[each.stream])
        write = replace(act.writes[0], events=(each.envelope,))
        acts.append(replace(act, writes=(write,), told=each.recorded))
        versions[each.stream] += 1
    for act in acts:
        await ledger.append(act)
    stored = await ledger.read(limit=10_000)
    assert [each.envelope for each in stored] == [each.envelope for each in longest]
    hashed = b"\n".join([each.canonical for each in stored] + [each.canonical for _, each in everything])
    public = "".join(path.read_text("utf-8") for path in NOTICES.glob("*.yaml"))
    told_only_there = {text for text in secret if text not in public and not A_DAY.match(text)}
    assert len(told_only_there) > 100
    assert [text for text in told_only_there if orjson.dumps(text)[1:-1] in hashed] == []
    assert all(name.encode() not in hashed for name in ("Helen Marsh", "Edward Timpson"))
    assert (await verify(ledger)).sound
