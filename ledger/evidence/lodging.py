"""Lodging a file: asked first whether it may be, examined, stored, recorded, in this order."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from domain.actor import Actor
from domain.commands import LodgeEvidence
from domain.identity import OccurrenceId
from ledger.evidence.examining import LARGEST, UnfitFile, media_type_of
from ledger.evidence.files import EvidenceFiles
from ledger.evidence.scanning import scan
from ledger.office import Handled, Office


@dataclass(frozen=True, slots=True)
class Intake:
    """Where files go, how large they may be (bytes), and which command examines them."""

    files: EvidenceFiles
    largest: int = LARGEST
    scan_command: str | None = None


def read_limited(file: Path, largest: int) -> bytes:
    """The content of a file; raises UnfitFile where it is too large, without reading all of it."""
    with file.open("rb") as opened:
        content = opened.read(largest + 1)
    if len(content) > largest:
        raise UnfitFile(f"“{file.name}” is longer than the {largest} bytes that are taken.")
    return content


async def lodge(
    office: Office,
    intake: Intake,
    content: bytes,
    name: str,
    occurrence: OccurrenceId,
    by: Actor,
    version: int | None = None,
    key: UUID | None = None,
    expected: Collection[int] | None = None,
) -> tuple[LodgeEvidence, Handled]:
    """Keep a file and record it; `expected` as in `Office.handle`. A file that is refused, by the rules or by what it is, leaves nothing behind.

    A crash between the two leaves a file that no event names; `ledger.evidence.sweeping` finds it. Raises UnfitFile,
    EvidenceUnreachable, Refused, NotFound, or a LedgerRefusal.
    """
    media_type = media_type_of(content, intake.largest)
    digest = sha256(content).hexdigest()
    command = LodgeEvidence(occurrence, digest, name, media_type, len(content), version)
    repeated = key is not None and await office.ledger.receipt_of(key) is not None
    if not repeated:
        await office.would(command, by, expected)
        await scan(intake.scan_command, content)
        await intake.files.put(content)
    return command, await office.handle(command, by, key, expected)
