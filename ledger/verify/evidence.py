"""The files of evidence that events have lodged, read from where they are kept and held against their hashes."""

import asyncpg
import orjson

from domain.events.of_the_record import ERASURES
from ledger import sql_files
from ledger.evidence.files import EvidenceFiles, EvidenceUnreachable
from ledger.evidence.sweeping import unlike
from ledger.verify.lodged import Lodged
from ledger.verify.verdict import Findings


async def check_files(
    connection: asyncpg.Connection, files: EvidenceFiles, lodged: Lodged, findings: Findings
) -> int:
    """A finding for every file that is gone or exchanged; how many were looked at.

    Whatever is erased while the files are read is no finding: the erasure is recorded before its file goes.
    """
    wanted = lodged.wanted()
    try:
        faults = {index: sentence async for index, sentence in unlike(files, wanted)}
    except EvidenceUnreachable as fault:
        findings.incomplete.append(str(fault))
        return 0
    if faults:
        for row in await connection.fetch(sql_files.query("read_hashed_stream"), ERASURES):
            lodged.note(row["index"], orjson.loads(row["canonical"]))
    for index in faults.keys() & lodged.wanted().keys():
        findings.add("EVIDENCE_MISMATCH", index, faults[index])
    return len(wanted)
