"""Files that were lodged with what is owed, as a page lists them."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from zoneinfo import ZoneInfo

from desk.words import moment
from domain.case import Case
from domain.events.evidence import EvidenceLodged
from domain.identity import OccurrenceId
from projections.words import person_name

KINDS = {
    "application/pdf": "PDF",
    "image/png": "PNG picture",
    "image/jpeg": "JPEG picture",
    "text/plain": "Text",
    "application/zip": "ZIP archive",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint slides",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/octet-stream": "Kind not recognised",
}


def file_page(occurrence: OccurrenceId, sha256: str) -> str:
    return f"/evidence/{occurrence}/{sha256}"


def shown_evidence(case: Case, zone: ZoneInfo) -> list[dict[str, str]]:
    """Newest last, as they were lodged."""
    return [_shown(case, each, zone) for each in case.occurrence.lodged]


def size_in_words(size: int) -> str:
    """`1 byte`, `812 bytes`, `34 kB`, `1.4 MB`."""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def bare_name(name: str) -> str:
    """Some browsers send a whole path."""
    return PurePosixPath(PureWindowsPath(name).name).name or "file"


def _shown(case: Case, each: EvidenceLodged, zone: ZoneInfo) -> dict[str, str]:
    return {
        "name": each.name,
        "href": file_page(case.occurrence.id, each.sha256),
        "kind": KINDS.get(each.media_type, each.media_type),
        "size": size_in_words(each.size),
        "by": person_name(case.notice, each.lodged_by),
        "at": moment(each.lodged_at, zone),
        "sha256": each.sha256,
    }
