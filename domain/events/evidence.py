"""What happened to files that were lodged as evidence. The file itself is kept outside the record, under its hash."""

from dataclasses import dataclass

from domain.values import Instant


@dataclass(frozen=True, slots=True)
class EvidenceLodged:
    """A file was lodged. `media_type` is what its content shows, `size` in bytes, `version` of the report that it supports."""

    sha256: str
    name: str
    media_type: str
    size: int
    version: int | None
    lodged_by: str
    lodged_as: str
    lodged_at: Instant
