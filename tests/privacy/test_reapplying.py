"""An older backup brings back what was erased since: it is found, and erased again."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import asyncpg
import pytest

from domain.clock import LiveClock
from domain.events.evidence import EvidenceLodged
from domain.events.of_the_record import PERSONAL_DATA_ERASED
from ledger.directory import PostgresDirectory
from ledger.evidence.files import EvidenceFiles
from ledger.export.bagit import About, write_folder
from ledger.export.events import json_lines, read_record
from ledger.export.on_disk import EventsOnDisk
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.keys import LOG, FileSigner
from ledger.postgres import PostgresLedger
from ledger.privacy.disclosing import disclosures_for
from ledger.privacy.erasure import Eraser, ErasureRefused, Why
from ledger.privacy.kept import kept_values
from ledger.privacy.reapplying import Reapplying, erasures_in, own_erasures
from ledger.privacy.retention import Keeper
from ledger.privileges import with_login
from ledger.verify.tree import Tree
from ledger.verify.verify import verify
from tests.conftest import PASSWORD
from tests.privacy.conftest import APPOINTED, NOON, NOTICE, REPORT, SUBMITTED, say
from tests.verify.test_command import forthwith

WHY = Why("dana-price", "Asked for, and no longer needed.", "UK GDPR, article 17(1)(a)")
SIGNER = FileSigner("forthwith.invalid/log", LOG, bytes(range(32)))
KEPT_APART = ("personal_values", "subject_keys", "directory")
LETTER = b"The letter."
CLOCK = LiveClock()
LODGED = EvidenceLodged(
    sha256(LETTER).hexdigest(), "letter.txt", "text/plain", len(LETTER), None, "helen-marsh", "director", NOON
)


@pytest.fixture
async def recorded(ledger: PostgresLedger) -> PostgresLedger:
    """A report, an appointment, a file, and an address."""
    await ledger.append(say(SUBMITTED))
    await ledger.append(say(APPOINTED, NOTICE))
    await ledger.append(say(LODGED, REPORT, 1))
    await PostgresDirectory(ledger.database).set_address("helen-marsh", "helen@example.org", NOON)
    return ledger


@pytest.fixture
async def backup(recorded: PostgresLedger, superuser: asyncpg.Connection) -> SimpleNamespace:
    """What is kept beside the record, as it was before anything was erased; `restore` brings it back, and nothing else."""
    await superuser.execute("CREATE SCHEMA backup")
    for table in KEPT_APART:
        await superuser.execute(f"CREATE TABLE backup.{table} AS TABLE forthwith.{table}")

    async def restore() -> None:
        for table in KEPT_APART:
            await superuser.execute(
                f"INSERT INTO forthwith.{table} TABLE backup.{table} ON CONFLICT DO NOTHING"
            )

    return SimpleNamespace(restore=restore)


@pytest.fixture
async def erased(recorded: PostgresLedger, backup: SimpleNamespace) -> PostgresLedger:
    """Everything was erased, and a backup of the tables beside the record was restored over it."""
    eraser = Eraser(recorded, CLOCK)
    await eraser.of_event(1, WHY)
    await eraser.of_person("helen-marsh", WHY)
    await eraser.of_event(3, WHY)
    await backup.restore()
    return recorded


async def reapplied(ledger: PostgresLedger, erasures=()):
    again = Reapplying(ledger, CLOCK, [*await own_erasures(ledger), *erasures])
    return [(each, await again.erase(each, "dana-price")) for each in await again.back()]


async def test_what_is_back_is_a_finding_at_each_event(erased):
    findings = [(each.code, each.index) for each in (await verify(erased)).findings]
    assert findings == [("DISCLOSURE_SUBSTITUTED", index) for index in (1, 2, 3)]


async def test_what_is_back_but_locked_is_a_finding_too(locked_ledger, superuser, app_dsn):
    """Whoever verifies need not have the key of the instance."""
    await locked_ledger.append(say(SUBMITTED))
    await superuser.execute("CREATE TABLE kept AS TABLE forthwith.personal_values")
    await superuser.execute("CREATE TABLE keys AS TABLE forthwith.subject_keys")
    await Eraser(locked_ledger, CLOCK).of_event(1, WHY)
    await superuser.execute("INSERT INTO forthwith.personal_values TABLE kept")
    assert (await verify(app_dsn)).findings == ()  # nobody can read it: its key has gone
    await superuser.execute("INSERT INTO forthwith.subject_keys TABLE keys")
    findings = (await verify(app_dsn)).findings
    assert [(each.code, each.index) for each in findings] == [("DISCLOSURE_SUBSTITUTED", 1)]


async def test_what_is_back_is_erased_again_and_that_is_recorded(erased, superuser):
    size = (await erased.head()).size
    done = await reapplied(erased)
    assert [(each.erasure.index, len(each.values), each.address) for each, _ in done] == [
        (4, 2, False), (5, 1, True), (6, 1, False),
    ]  # fmt: skip
    assert await kept_values(erased) == []
    assert await superuser.fetch("SELECT FROM forthwith.subject_keys") == []
    assert await PostgresDirectory(erased.database).address_of("helen-marsh") is None
    again = await erased.read(size)
    assert {each.type for each in again} == {PERSONAL_DATA_ERASED}
    assert all(
        "an older copy had brought it back: Asked for" in each.envelope.data["reason"] for each in again
    )
    assert all(each.envelope.authority == WHY.authority for each in again)
    assert (await verify(erased)).findings == ()
    assert await reapplied(erased) == []


async def test_keys_that_are_back_alone_are_destroyed_and_those_in_use_stay(recorded, backup, superuser):
    eraser = Eraser(recorded, CLOCK)
    await eraser.of_event(1, WHY)
    await eraser.of_person("helen-marsh", WHY)
    assert await Reapplying(recorded, CLOCK, await own_erasures(recorded)).idle_keys(destroy=False) == 0
    await superuser.execute(
        "INSERT INTO forthwith.subject_keys TABLE backup.subject_keys ON CONFLICT DO NOTHING"
    )
    again = Reapplying(recorded, CLOCK, await own_erasures(recorded))
    assert await again.back() == []
    assert [await again.idle_keys(destroy=each) for each in (False, True, False)] == [2, 2, 0]
    assert len(await superuser.fetch("SELECT FROM forthwith.subject_keys")) == 1
    assert [each.index for each in await kept_values(recorded)] == [3]
    await recorded.append(say(APPOINTED, NOTICE, 1))  # under a key that another process knew
    assert (await verify(recorded)).findings == ()


async def test_nothing_is_back_where_nothing_was_restored(recorded):
    assert await reapplied(recorded) == []
    await Eraser(recorded, CLOCK).of_person("helen-marsh", WHY)
    assert await reapplied(recorded) == []


async def test_what_was_recorded_since_stays(recorded, backup):
    """Somebody was named again after the erasure, and has another address: neither was erased."""
    await Eraser(recorded, CLOCK).of_person("helen-marsh", WHY)
    await recorded.append(say(APPOINTED, NOTICE, 1))
    await PostgresDirectory(recorded.database).set_address(
        "helen-marsh", "new@example.org", datetime(2100, 1, 1, tzinfo=UTC)
    )
    assert await reapplied(recorded) == []
    await backup.restore()
    ((back, _),) = await reapplied(recorded)
    assert (len(back.values), back.address, back.new) == (1, False, True)
    assert await PostgresDirectory(recorded.database).address_of("helen-marsh") == "new@example.org"
    names = [each.envelope.data["name"] for each in await recorded.read_stream(NOTICE)]
    assert names == ["[erased]", "Helen Marsh"]


async def test_what_is_held_stays_until_the_hold_is_lifted(erased):
    await Keeper(erased, CLOCK).hold("lancashire-2016", "The inquiry asked for it.", "dana-price")
    with pytest.raises(ErasureRefused, match="The inquiry asked for it"):
        await reapplied(erased)
    assert len(await kept_values(erased)) == 4


# The whole database is the older one, and only a bag of the newer one tells what was erased.


@pytest.fixture
async def older(recorded, postgres, postgres_dsn, numbers) -> AsyncIterator[str]:
    """The application's way into a copy of the record that was made before anything was erased."""
    name = f"older_{numbers()}"
    await recorded.__aexit__(None, None, None)
    owner = await asyncpg.connect(postgres.dsn)
    source = postgres_dsn.rpartition("/")[2].partition("?")[0]
    await owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
        source,
    )
    await owner.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
    await owner.execute(f"GRANT CONNECT ON DATABASE {name} TO forthwith_app")
    await owner.close()
    yield with_login(postgres_dsn.replace(f"/{source}?", f"/{name}?"), "forthwith_app", PASSWORD)
    await postgres.drop_database(name)


@pytest.fixture
async def bag(older, app_dsn, tmp_path) -> Path:
    """Made of the record in which the report and the person were erased."""
    async with PostgresLedger(app_dsn) as ledger:
        await Eraser(ledger, CLOCK).of_event(1, WHY)
        await Eraser(ledger, CLOCK).of_person("helen-marsh", WHY)
        events = await read_record(ledger)
        tree = Tree()
        tree.extend([bytes.fromhex(each.leaf) for each in events])
        note = str(sign(Checkpoint(SIGNER.key.name, len(events), tree.root()), [SIGNER])).encode()
        told = [each async for each in disclosures_for(ledger)]
    digest = sha256(LETTER).hexdigest()
    files = {
        "events.jsonl": EventsOnDisk(events).lines(),
        "checkpoint": note,
        "keys.txt": f"{SIGNER.key}\n".encode(),
        "disclosures.jsonl": json_lines(told),
        f"evidence/sha256/{digest[:2]}/{digest}": LETTER,
    }
    write_folder(files.items(), About(NOON.date(), "a bag", "a bag", "a test"), tmp_path / "bag")
    return tmp_path / "bag"


async def test_a_bag_of_the_newer_record_tells_what_the_older_one_does_not_know(older, bag):
    async with PostgresLedger(older) as ledger:
        await ledger.append(say(SUBMITTED, REPORT, 2))  # what happened since the backup was restored
        assert await reapplied(ledger) == []
        done = await reapplied(ledger, erasures_in(bag))
        assert [(len(each.values), each.address) for each, _ in done] == [(2, False), (1, True)]
        assert {each.index for each in await kept_values(ledger)} == {3, 4}
        assert (await verify(ledger)).findings == ()
        assert await reapplied(ledger, erasures_in(bag)) == []


async def test_as_a_person_types_it(older, bag, tmp_path, monkeypatch):
    monkeypatch.setenv("FORTHWITH_EVIDENCE", str(tmp_path / "evidence"))
    typed = ("privacy", "reapply", "--from", str(bag), "--vkey", str(SIGNER.key))
    code, out, err = await forthwith(*typed, "--dry-run", "--json", url=older)
    assert (code, out.count('"address":true'), out.count('"erased_again":[]')) == (7, 1, 2), err
    code, _, err = await forthwith(*typed, url=older)
    assert (code, "--by" in err) == (2, True)
    code, _, err = await forthwith(*typed, "--by", "dana-price", url=older)
    assert (code, "2 values were erased again" in err) == (0, True)
    code, _, err = await forthwith(*typed, "--dry-run", url=older)
    assert (code, "Nothing that was erased is back" in err) == (0, True)
    (bag / "data" / "checkpoint").write_bytes(b"nothing")
    code, _, err = await forthwith(*typed, "--by", "dana-price", url=older)
    assert (code, "BAD_SIGNATURE" in err) == (3, True)


async def test_a_file_that_is_back_is_deleted_with_what_was_erased(erased, app_dsn, tmp_path, monkeypatch):
    monkeypatch.setenv("FORTHWITH_EVIDENCE", str(tmp_path / "evidence"))
    files = EvidenceFiles(str(tmp_path / "evidence"))
    digest = await files.put(LETTER)
    code, out, _ = await forthwith("privacy", "reapply", "--dry-run", "--json", url=app_dsn)
    assert (code, f'"file":"{digest}"' in out) == (7, True)
    code, _, err = await forthwith("privacy", "reapply", "--by", "dana-price", url=app_dsn)
    assert (code, f"{digest} was deleted" in err) == (0, True)
    assert [each async for each in files.all()] == []
