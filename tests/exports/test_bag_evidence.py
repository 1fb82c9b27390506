"""A bag holds the files that its events lodged."""

from pathlib import Path

import pytest

from domain.events.evidence import EvidenceLodged
from forthwith.bag_evidence import evidence_for
from ledger.evidence.files import EvidenceFiles, EvidenceMissing
from ledger.export.events import read_record
from ledger.export.on_disk import EventsOnDisk
from ledger.export.withholding import Exemption
from ledger.memory import MemoryLedger
from tests.privacy.conftest import NOON, REPORT, say


async def test_but_for_those_that_only_withheld_events_name(tmp_path: Path) -> None:
    """One that is gone is not kept silent about."""
    files = EvidenceFiles(str(tmp_path / "kept"))
    digest = await files.put(b"The audit calendar.")
    lodged = EvidenceLodged(digest, "calendar.txt", "text/plain", 19, None, "helen-marsh", "director", NOON)
    async with MemoryLedger() as ledger:
        await ledger.append(say(lodged, occurrence=REPORT.removeprefix("occ/")))
        events = EventsOnDisk(await read_record(ledger))
        assert await evidence_for(ledger, files, events, ()) == {digest: b"The audit calendar."}
        assert await evidence_for(ledger, files, events, [Exemption(1, "FOIA s.40(2)", "why")]) == {}
        await files.remove(digest)
        with pytest.raises(EvidenceMissing):
            await evidence_for(ledger, files, events, ())
