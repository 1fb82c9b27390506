"""Files were lodged with it."""

from dataclasses import replace
from typing import Any

from domain.events import evidence
from domain.occurrence.state import Occurrence


def lodged(after: Occurrence, event: evidence.EvidenceLodged) -> Occurrence:
    return replace(after, lodged=(*after.lodged, event))


EVOLVE: dict[type, Any] = {evidence.EvidenceLodged: lodged}
