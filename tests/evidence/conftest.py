"""States of the world: a notice with a report open, and an empty place for evidence."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forthwith.rehearsal.stage import Stage
from ledger.evidence.files import EvidenceFiles
from ledger.evidence.lodging import Intake
from tests.front_door.seat import Seat, lived_until, seat_at

REPORT = "lancashire-2016/monthly-report/2016-05"
PDF = b"%PDF-1.7\nThe minutes of 6 June.\n%%EOF\n"
NOW = datetime(2016, 6, 7, 9, tzinfo=UTC)


@pytest.fixture
def files(tmp_path: Path) -> EvidenceFiles:
    return EvidenceFiles(str(tmp_path / "evidence"))


@pytest.fixture
def kept(tmp_path: Path):
    """What lies in the place for evidence now."""

    def look() -> list[Path]:
        return sorted(path for path in (tmp_path / "evidence").rglob("*") if path.is_file())

    return look


@pytest.fixture
def intake(files: EvidenceFiles) -> Intake:
    return Intake(files)


@pytest.fixture
def stage() -> Stage:
    return asyncio.run(lived_until("two-reports-missed", NOW))


@pytest.fixture
def seat(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Seat:
    monkeypatch.setenv("FORTHWITH_EVIDENCE", str(tmp_path / "evidence"))
    return seat_at(stage, monkeypatch, capsys)
