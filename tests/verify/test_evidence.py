"""`forthwith verify` reads the files that events have lodged: each is there as it was lodged, or was erased."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import pytest

from domain.clock import LiveClock
from domain.events.evidence import EvidenceLodged
from ledger.evidence.erasing import remove_erased
from ledger.evidence.files import EvidenceFiles
from ledger.postgres import PostgresLedger
from ledger.privacy.erasure import Eraser, Why
from ledger.verify.verify import Beside, verify
from tests.privacy.conftest import NOON, REPORT, say
from tests.verify.test_command import forthwith

WHY = Why("dana-price", "Asked for, and no longer needed.", "UK GDPR, article 17(1)(a)")
LETTER = b"The letter of the council."


def lodged(digest: str, version: int):
    event = EvidenceLodged(
        digest, "letter.txt", "text/plain", len(LETTER), None, "helen-marsh", "director", NOON
    )
    return say(event, REPORT, version, UUID(int=version + 1))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def files(place: Path) -> EvidenceFiles:
    return EvidenceFiles(str(place))


@pytest.fixture
async def ledger(app_dsn: str, files: EvidenceFiles) -> AsyncIterator[PostgresLedger]:
    """A record in which two events have lodged one file, and a third another one."""
    letter, minutes = await files.put(LETTER), await files.put(b"The minutes.")
    async with PostgresLedger(app_dsn) as ledger:
        for version, digest in enumerate((letter, letter, minutes)):
            await ledger.append(lodged(digest, version))
        yield ledger


def file_of(place: Path, content: bytes) -> Path:
    return next(each for each in place.rglob("*") if each.is_file() and each.read_bytes() == content)


async def codes(ledger: PostgresLedger, files: EvidenceFiles) -> list[tuple[str, int | None]]:
    verdict = await verify(ledger, beside=Beside(evidence=files))
    return [(each.code, each.index) for each in verdict.findings]


async def test_files_that_are_as_they_were_lodged_are_counted(ledger, files):
    verdict = await verify(ledger, beside=Beside(evidence=files))
    assert (verdict.sound, verdict.files_checked, verdict.incomplete, verdict.notes) == (True, 3, (), ())


async def test_a_file_that_is_gone_or_another_is_a_finding_at_each_event_that_names_it(ledger, files, place):
    file_of(place, LETTER).unlink()
    file_of(place, b"The minutes.").write_bytes(b"Other minutes.")
    assert await codes(ledger, files) == [
        ("EVIDENCE_MISMATCH", 1), ("EVIDENCE_MISMATCH", 2), ("EVIDENCE_MISMATCH", 3),
    ]  # fmt: skip


async def test_a_file_that_was_erased_is_no_finding_and_one_that_another_event_needs_is(ledger, files, place):
    for index in (1, 3):
        await Eraser(ledger, LiveClock()).of_event(index, WHY)
    await remove_erased(ledger, files, [1, 3])
    assert await codes(ledger, files) == []
    file_of(place, LETTER).unlink()
    assert await codes(ledger, files) == [("EVIDENCE_MISMATCH", 2)]


async def test_what_is_erased_while_the_files_are_read_is_no_finding(ledger, files):
    """The record was read before the erasure, the file after it."""

    class Slow(EvidenceFiles):
        async def get(self, digest):
            await Eraser(ledger, LiveClock()).of_event(3, WHY)
            await remove_erased(ledger, self, [3])
            self.get = super().get  # type: ignore[method-assign]
            return await super().get(digest)

    slow = Slow(str(files._store.prefix))
    assert await codes(ledger, slow) == []


async def test_files_of_which_nobody_says_where_they_are_leave_the_check_incomplete(ledger):
    needed = await verify(ledger, beside=Beside(evidence_needed=True))
    assert (needed.sound, needed.notes) == (True, ())
    assert "3 files were lodged as evidence and not looked at" in needed.incomplete[0]
    assert (await verify(ledger)).incomplete == ()


async def test_as_an_auditor_types_it(ledger, app_dsn, place, tmp_path, monkeypatch):
    monkeypatch.setenv("FORTHWITH_HOME", str(tmp_path / "home"))
    code, out, _ = await forthwith("verify", url=app_dsn)
    assert (code, "FORTHWITH_EVIDENCE" in out) == (7, True)
    code, out, _ = await forthwith("verify", "--skip-evidence", url=app_dsn)
    assert (code, "not looked at" in out) == (0, True)
    monkeypatch.setenv("FORTHWITH_EVIDENCE", str(place))
    code, out, _ = await forthwith("verify", url=app_dsn)
    assert (code, "3 files were lodged as evidence and looked at." in out) == (0, True)
    file_of(place, LETTER).unlink()
    code, out, _ = await forthwith("verify", "--json", url=app_dsn)
    told = json.loads(out)
    assert (code, [each["code"] for each in told["findings"]]) == (3, ["EVIDENCE_MISMATCH"] * 2)
    assert told["files_checked"] == 3
