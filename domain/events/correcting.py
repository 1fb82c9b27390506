"""Corrections of recorded events. The event itself stays as it is; what follows from it follows from the correction."""

from dataclasses import dataclass

from domain.values import Instant


@dataclass(frozen=True, slots=True)
class CorrectionProposed:
    """`version` is the place of the corrected event in this stream, `was` and `now` values as the record writes them."""

    version: int
    topic: str
    field: str
    was: str
    now: str
    reason: str
    proposed_by: str
    proposed_as: str
    proposed_at: Instant


@dataclass(frozen=True, slots=True)
class EventCorrected:
    version: int
    topic: str
    field: str
    was: str
    now: str
    reason: str
    proposed_by: str
    approved_by: str
    approved_as: str
    corrected_at: Instant


@dataclass(frozen=True, slots=True)
class CorrectionRejected:
    version: int
    reason: str
    rejected_by: str
    rejected_as: str
    rejected_at: Instant
