"""The publisher signs what the record holds, goes on from what it signed, and stops at whatever does not fit."""

import asyncio
import json
import shutil

import asyncpg
import pytest

from ledger.connection import Database
from ledger.log.checkpoint import checkpoint_in, read_checkpoint
from ledger.log.faults import AlreadyPublishing, LogMismatch, NotInLog
from ledger.log.keys import UnfitKey
from ledger.log.notes import parse
from ledger.log.policy import parse_policy
from ledger.log.proof_file import verify_proof
from ledger.log.published import PublishedLog
from ledger.log.publisher import run
from ledger.log.tiles import tiles_between
from ledger.verify.kept import read_receipts
from ledger.verify.tree import Tree
from ledger.verify.verify import verify
from tests.log.conftest import ORIGIN


async def test_a_checkpoint_covers_every_event_under_the_root_that_verification_finds(office):
    await office.record(300)
    signed = await office.publish()
    assert (signed.size, signed.checkpoint.origin) == (300, ORIGIN)
    assert signed.root.hex() == (await verify(office.ledger)).root
    served = read_checkpoint(office.folder.checkpoint(), office.keyring.public())
    assert str(served) == str(signed) == office.state.load().decode()
    assert office.folder.keys() == f"{office.keyring.public()[0]}\n"
    assert all(office.folder.find(tile) for tile in tiles_between(0, 300))


async def test_nothing_is_published_twice_and_what_is_new_goes_on(office):
    async with office.publisher() as publisher:
        await publisher.start()
        assert await publisher.publish() is None
        for count in (1, 255, 1, 600):
            await office.record(count)
            assert (await publisher.publish()).size == publisher.size
            assert await publisher.publish() is None
    assert publisher.size == 857
    assert not (office.folder.path / "tile/0/000.p").exists()
    assert (office.folder.path / "tile/0/003.p/89").exists()


async def test_after_a_restart_it_goes_on_and_gives_the_same_bytes_for_the_same_size(office):
    await office.record(5)
    first = await office.publish()
    assert str(await office.publish()) == str(first)
    await office.record(5)
    assert (await office.publish()).size == 10


@pytest.mark.parametrize("lost_before", ["checkpoint", "table"])
async def test_what_was_signed_and_not_yet_seen_is_published_at_the_next_start(
    office, lost_before, as_superuser
):
    """As after a kill -9 between the state file and the world."""
    await office.record(3)
    await office.publish()
    before = office.folder.checkpoint()
    await office.record(4)
    signed = await office.publish()
    (office.folder.path / "checkpoint").write_bytes(before)
    if lost_before == "table":
        await as_superuser("DELETE FROM forthwith.checkpoints WHERE size = 7")
    assert str(await office.publish()) == str(signed) == office.folder.checkpoint().decode()


FLIP = "UPDATE forthwith.events SET canonical = set_bit(canonical, 400, 1 - get_bit(canonical, 400)) WHERE index = {}"


@pytest.mark.parametrize(
    ("what", "says"),
    [
        (FLIP.format(5), "stored bytes of event 5 do not give the hash"),
        (FLIP.format(2), "stored bytes of event 2 do not give the hash"),
        (
            "UPDATE forthwith.events SET canonical = canonical || ' '::bytea WHERE index = 2;"
            "UPDATE forthwith.events SET leaf = sha256('\\x00'::bytea || canonical) WHERE index = 2",
            "record of 4 events is not the one that was signed",
        ),
        ("DELETE FROM forthwith.events WHERE index = 2", "Event 2 is missing"),
        ("DELETE FROM forthwith.events WHERE index > 3", "4 events were signed, but the record holds 3 only"),
        (
            "UPDATE forthwith.checkpoints SET root = sha256('other')",
            "is not the beginning of what was signed",
        ),
        (
            "INSERT INTO forthwith.checkpoints (size, root, note) VALUES (9, sha256(''), 'x')",
            "is of size 9, but",
        ),
    ],
)
async def test_a_record_that_was_changed_is_not_signed(office, as_superuser, what, says):
    await office.record(4)
    await office.publish()
    await office.record(2)
    before = office.state.load()
    await as_superuser(*what.split(";"))
    with pytest.raises(LogMismatch, match=says):
        await office.publish()
    assert office.state.load() == before


async def test_a_bit_that_flips_while_it_runs_is_not_signed(office, as_superuser):
    async with office.publisher() as publisher:
        await publisher.start()
        await office.record(2)
        await publisher.publish()
        await office.record(2)
        await as_superuser(FLIP.format(4))
        with pytest.raises(LogMismatch, match="event 4"):
            await publisher.publish()
    assert publisher.size == 2


def older_state(office, before):
    office.state.path.write_bytes(before)


def no_state(office, _before):
    office.state.path.unlink()


def forged_state(office, _before):
    office.state.path.write_text(
        "forthwith.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— a AAAAAAA=\n"
    )


def another_tile(office, _before):
    file = office.folder.path / "tile/0/000.p/6"
    file.write_bytes(bytes(32) + file.read_bytes()[32:])


def no_tiles(office, _before):
    shutil.rmtree(office.folder.path / "tile")


@pytest.mark.parametrize("change", [older_state, no_state, forged_state, another_tile, no_tiles])
async def test_it_does_not_start_where_state_and_tiles_do_not_fit(office, change):
    await office.record(3)
    await office.publish()
    before = office.state.load()
    await office.record(3)
    await office.publish()
    change(office, before)
    with pytest.raises(LogMismatch):
        await office.publish()


async def test_lost_tiles_are_written_anew_if_the_record_is_the_signed_one(office, as_superuser):
    await office.record(300)
    await office.publish()
    no_tiles(office, None)
    async with office.publisher() as publisher:
        await publisher.start(restore_tiles=True)
    assert all(office.folder.find(tile) for tile in tiles_between(0, 300))
    await as_superuser(
        "UPDATE forthwith.events SET canonical = canonical || ' '::bytea WHERE index = 2",
        "UPDATE forthwith.events SET leaf = sha256('\\x00'::bytea || canonical) WHERE index = 2",
    )
    no_tiles(office, None)
    async with office.publisher() as publisher:
        with pytest.raises(LogMismatch, match="not the one that was signed"):
            await publisher.start(restore_tiles=True)
    assert not (office.folder.path / "tile").exists()


async def test_the_database_itself_refuses_a_second_root_for_a_size(office):
    """Two publishers, each with a state of its own, could sign two histories; the table takes one only."""
    await office.record(3)
    await office.publish()
    connection = await asyncpg.connect(office.publisher_dsn)
    try:
        for size in (2, 3, 4):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError):
                await connection.fetch("SELECT forthwith.publish_checkpoint($1, sha256('x'), 'note')", size)
        for attempt in (
            "DELETE FROM forthwith.checkpoints",
            "INSERT INTO forthwith.checkpoints (size, root, note) VALUES (4, sha256(''), 'x')",
            "SELECT * FROM forthwith.receipts",
            "SELECT * FROM forthwith.directory",
            "INSERT INTO forthwith.head (size) VALUES (1)",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(attempt)
    finally:
        await connection.close()


async def test_it_wakes_when_something_is_recorded_and_ends_when_told(office):
    stop, warnings = asyncio.Event(), []
    async with office.publisher() as publisher, Database(office.publisher_dsn, connections=1) as database:
        await publisher.start()
        with database.wakeups.bell() as bell:
            running = asyncio.create_task(run(publisher, bell, stop, 0, warnings.append))
            for size in (2, 4, 6):
                await office.record(2)
                async with asyncio.timeout(60):
                    while (publisher.published or publisher).size < size:
                        await asyncio.sleep(0.01)
            stop.set()
            bell.ring()
            await running
    assert warnings == []
    assert checkpoint_in(parse(office.folder.checkpoint())).size == 6


async def test_its_login_may_look_for_news(office):
    """Where it may not, it would make its listening connection again five times a second, and nobody would see."""
    async with Database(office.publisher_dsn, connections=1) as database, asyncio.timeout(60):
        await database.wakeups.listen(600)


async def test_one_publisher_at_a_time(office):
    with office.state.held(), pytest.raises(AlreadyPublishing), office.state.held():
        pass


async def test_without_a_key_or_with_one_that_others_can_read_nothing_is_signed(office):
    await office.record(1)
    (key,) = office.keyring.folder.glob("*.key")
    key.chmod(0o440)
    with pytest.raises(UnfitKey, match="Others can read"):
        await office.publish()
    key.chmod(0o600)
    key.unlink()
    with pytest.raises(UnfitKey, match="no key to sign with"):
        await office.publish()


async def test_a_receipt_is_completed_with_a_proof_that_stands_for_itself(office, tmp_path):
    await office.record(2)
    receipt = await office.record(3)
    told = {"command": str(receipt.command_id), "first_index": 3, "leaves": list(receipt.leaves)}
    log = PublishedLog(office.folder.path)
    with pytest.raises(NotInLog, match="No checkpoint"):
        log.completed(told)
    await office.publish()
    done = log.completed(told)
    policy = parse_policy(f"log {office.keyring.public()[0]}\nquorum none\n".encode())
    for place, (proof, leaf) in enumerate(zip(done["proofs"], done["leaves"], strict=True), start=2):
        assert verify_proof(proof, bytes.fromhex(leaf), policy) == place
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "one.json").write_text(json.dumps(done))
    assert read_receipts(tmp_path / "kept")[0].first_index == 3
    with pytest.raises(NotInLog, match="another event 3"):
        log.completed(told | {"leaves": ["00" * 32]})
    with pytest.raises(NotInLog, match="covers events 1 to 5"):
        log.proof(6)


async def test_the_tree_of_the_log_is_that_of_the_verifier(office):
    receipts = [await office.record(count) for count in (1, 2, 70)]
    signed = await office.publish()
    tree = Tree()
    tree.extend([bytes.fromhex(each) for receipt in receipts for each in receipt.leaves])
    assert (tree.size, tree.root()) == (signed.size, signed.root)


def test_the_key_file_is_its_owners_alone(tmp_path):
    from ledger.log.keyring import Keyring

    Keyring(tmp_path, ORIGIN).new()
    (key,) = tmp_path.glob("*.key")
    assert key.stat().st_mode & 0o777 == 0o400
