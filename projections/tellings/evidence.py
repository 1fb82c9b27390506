"""A file was lodged as evidence."""

from domain.events import evidence
from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.tellings.parts import Telling
from projections.words import person_in_role, thing


def _lodged(event: evidence.EvidenceLodged, notice: Notice, occurrence: Occurrence) -> str:
    who, what = person_in_role(notice, event.lodged_by, event.lodged_as), thing(notice, occurrence.facts)
    of = f"version {event.version} of {what}" if event.version is not None else what
    return f"{who} lodged the file “{event.name}” with {of}: SHA-256 {event.sha256[:12]}."


TELLINGS: dict[type, Telling] = {evidence.EvidenceLodged: _lodged}
