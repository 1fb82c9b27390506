"""A file is lodged whole, recorded and stored, or leaves nothing behind."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from domain.actor import Actor
from domain.clock import LiveClock
from domain.events.evidence import EvidenceLodged
from domain.identity import OccurrenceId
from domain.refusals import Refused
from ledger.evidence.erasing import remove_erased
from ledger.evidence.examining import UnfitFile
from ledger.evidence.files import EvidenceUnreachable
from ledger.evidence.lodging import Intake, lodge
from ledger.evidence.sweeping import erased_events, lodged_files, mismatches, orphans, still_named
from ledger.postgres import PostgresLedger
from ledger.privacy.erasure import Eraser, Why
from tests.evidence.conftest import PDF, REPORT
from tests.privacy.conftest import NOON, say

NAME = OccurrenceId.parse(REPORT)
OFFICER = Actor("person", "priya-nandra")
HASH = sha256(PDF).hexdigest()
BY = "--by=priya-nandra"


@pytest.fixture
def pdf(tmp_path):
    file = tmp_path / "Minutes about J. Doe.pdf"
    file.write_bytes(PDF)
    return file


def test_a_file_is_lodged_listed_shown_and_saved(seat, pdf, tmp_path):
    said = seat("evidence", "lodge", str(pdf), f"--for={REPORT}", BY, "--json")
    assert said.code == 0, said.err
    (receipt,) = said.objects
    assert (receipt["sha256"], receipt["media_type"]) == (HASH, "application/pdf")
    (row,) = seat("evidence", "list", REPORT, "--json").objects
    assert (row["event"], row["name"], row["erased"]) == (receipt["first_index"], pdf.name, False)
    assert "It is what was lodged." in seat("evidence", "show", HASH[:8]).out
    target = tmp_path / "saved.pdf"
    assert seat("evidence", "save", HASH, str(target)).code == 0
    assert target.read_bytes() == PDF
    assert "is there already" in seat("evidence", "save", HASH, str(target)).err
    history = seat("history", "lancashire-2016").out
    assert "lodged the file" in " ".join(history.split())
    (event,) = asyncio.run(seat.stage.office.ledger.read(receipt["first_index"] - 1, 1))
    assert b"Doe" not in event.canonical


def test_a_repeated_request_answers_with_the_first_receipt(seat, pdf):
    arguments = ("evidence", "lodge", str(pdf), f"--for={REPORT}", BY, f"--key={uuid4()}", "--json")
    first, second = seat(*arguments), seat(*arguments)
    assert first.objects[0]["leaves"] == second.objects[0]["leaves"]
    assert seat("evidence", "lodge", str(pdf), f"--for={REPORT}", BY).code == 5


@pytest.mark.parametrize(
    ("option", "code", "words"),
    [
        (f"--for={REPORT} --by=callum-reyes", 5, "is lodged by"),
        (f"--for={REPORT} --version=7 {BY}", 5, "no version 7"),
        (f"--for=lancashire-2016/monthly-report/1999-01 {BY}", 4, "no occurrence"),
        (f"--for=nowhere {BY}", 2, "notice/obligation/period"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing(seat, pdf, kept, option, code, words):
    said = seat("evidence", "lodge", str(pdf), *option.split())
    assert (said.code, kept()) == (code, [])
    assert words in " ".join(said.err.split())
    assert seat("evidence", "list", "--json").objects == []


def test_what_the_scanner_refuses_leaves_nothing(seat, pdf, kept, monkeypatch):
    monkeypatch.setenv("FORTHWITH_SCAN_COMMAND", "sh -c 'cat >/dev/null; echo Eicar FOUND; exit 1'")
    said = seat("evidence", "lodge", str(pdf), f"--for={REPORT}", BY)
    assert (said.code, kept()) == (5, [])
    assert "Eicar FOUND" in said.err
    monkeypatch.delenv("FORTHWITH_SCAN_COMMAND")
    monkeypatch.setenv("FORTHWITH_EVIDENCE_LIMIT", "10")
    assert seat("evidence", "lodge", str(pdf), f"--for={REPORT}", BY).code == 5
    assert kept() == []
    assert seat("evidence", "list", "--json").objects == []


def test_a_file_that_was_exchanged_is_an_integrity_failure(seat, pdf, kept, tmp_path):
    seat("evidence", "lodge", str(pdf), f"--for={REPORT}", BY)
    assert seat("evidence", "check").code == 0
    kept()[0].write_bytes(b"exchanged")
    for arguments in (("show", HASH), ("save", HASH, str(tmp_path / "x")), ("check",)):
        assert seat("evidence", *arguments).code == 3
    assert not (tmp_path / "x").exists()
    kept()[0].unlink()
    (found,) = seat("evidence", "check", "--json").objects
    assert found["code"] == "EVIDENCE_MISMATCH"


def test_an_orphan_is_found_once_it_is_a_day_old(seat, pdf, files, kept):
    seat("evidence", "lodge", str(pdf), f"--for={REPORT}", BY)
    orphan = asyncio.run(files.put(b"A crash came between the file and its event."))
    assert seat("evidence", "sweep").code == 0
    before = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for path in kept():
        os.utime(path, (before, before))
    assert [each["sha256"] for each in seat("evidence", "sweep", "--json").objects] == [orphan]
    assert seat("evidence", "sweep").code == 7
    assert seat("evidence", "sweep", "--remove").code == 0
    assert [path.name for path in kept()] == [HASH]


async def test_a_crash_between_file_and_event_can_be_repeated(files, kept):
    """The file is there, the event is not: who lodges it again finds it there and records it."""
    from datetime import datetime as moment

    from tests.front_door.seat import lived_until

    stage = await lived_until("two-reports-missed", moment(2016, 6, 7, 9, tzinfo=UTC))

    async def dies(*_):
        raise ConnectionError("The power is gone.")

    appending, stage.office.ledger.append = stage.office.ledger.append, dies
    with pytest.raises(ConnectionError):
        await lodge(stage.office, Intake(files), PDF, "Minutes.pdf", NAME, OFFICER)
    assert len(kept()) == 1
    assert await lodged_files(stage.office.ledger) == []
    stage.office.ledger.append = appending
    _, handled = await lodge(stage.office, Intake(files), PDF, "Minutes.pdf", NAME, OFFICER)
    assert handled.receipt is not None


async def test_a_place_that_refuses_records_nothing(tmp_path):
    from datetime import datetime as moment

    from ledger.evidence.files import EvidenceFiles
    from tests.front_door.seat import lived_until

    stage = await lived_until("two-reports-missed", moment(2016, 6, 7, 9, tzinfo=UTC))
    files = EvidenceFiles(str(tmp_path / "evidence"))
    (tmp_path / "evidence" / "sha256").write_text("a file where a folder should be")
    with pytest.raises(EvidenceUnreachable, match="could not be stored"):
        await lodge(stage.office, Intake(files), PDF, "Minutes.pdf", NAME, OFFICER)
    assert await lodged_files(stage.office.ledger) == []
    with pytest.raises(UnfitFile):
        await lodge(stage.office, Intake(files), b"", "Empty.pdf", NAME, OFFICER)
    with pytest.raises(Refused):
        await lodge(stage.office, Intake(files), PDF, "Minutes.pdf", NAME, Actor("person", "callum-reyes"))


async def test_evidence_is_erased_with_its_event_unless_another_needs_it_on_postgresql(app_dsn, files, kept):
    async with PostgresLedger(app_dsn) as ledger:
        await files.put(PDF)
        event = EvidenceLodged(
            HASH, "About J. Doe.pdf", "application/pdf", len(PDF), None, "priya-nandra", "officer", NOON
        )
        streams = ("occ/n/o/1", "occ/n/o/2")
        for stream in streams:
            await ledger.append(say(event, stream, occurrence=stream.removeprefix("occ/")))
        eraser = Eraser(ledger, LiveClock())
        why = Why("dana-price", "Not needed any more.", "schedule 4")
        await eraser.of_event(1, why)
        assert await remove_erased(ledger, files, [1]) == []
        assert len(kept()) == 1
        await eraser.of_event(2, why)
        assert await remove_erased(ledger, files, [2]) == [HASH]
        assert kept() == []
        lodged, erased = await lodged_files(ledger), await erased_events(ledger)
        assert [each.name for each in lodged] == ["[erased]", "[erased]"]
        assert [each async for each in mismatches(files, lodged, erased)] == []
        assert await orphans(files, still_named(lodged, erased), datetime.now(UTC)) == []
