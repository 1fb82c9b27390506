"""Where things are found at the desk."""

from __future__ import annotations

from domain.identity import OccurrenceId


def task_page(occurrence: OccurrenceId, task: str) -> str:
    return f"/tasks/{occurrence}/{task}"


def notice_page(notice: str) -> str:
    return f"/notice/{notice}"


def people_page(notice: str) -> str:
    """Who holds which role under a notice."""
    return f"/notice/{notice}/people"


def exposure_page(notice: str) -> str:
    """Where a body is exposed under a notice."""
    return f"/notice/{notice}/exposure"


def occurrence_page(occurrence: OccurrenceId) -> str:
    return f"/notice/{occurrence.notice}/occurrences/{occurrence.obligation}/{occurrence.period}"


def event_page(index: int) -> str:
    return f"/events/{index}"


MY_CALENDAR = "/my-calendar"


def obligation_page(notice: str, obligation: str) -> str:
    return f"/notice/{notice}/obligations/{obligation}"


def why_page(occurrence: OccurrenceId) -> str:
    return f"{occurrence_page(occurrence)}/why"


def decisions_page(about: OccurrenceId) -> str:
    return f"/notice/{about.notice}/decisions?about={about.obligation}/{about.period}"


def receipt_page(index: int) -> str:
    """The receipt of the act whose first event has this place in the record."""
    return f"/receipts/{index}"


def consideration_page(occurrence: OccurrenceId) -> str:
    return f"/considerations/{occurrence}"


def sheet_page(occurrence: OccurrenceId) -> str:
    """The decision sheet."""
    return f"/considerations/{occurrence}/sheet"


def power_page(notice: str, obligation: str, act: str) -> str:
    """Where something new is brought under a power: `act` is `consider` or `concern`."""
    return f"/notice/{notice}/powers/{obligation}/{act}"


def act_page(about: object, act: str) -> str:
    """Where somebody does one act: `about` is a notice, something that is owed under it, or one of its events."""
    return f"/acts/{about}/{act}"


def pack_page(notice: str, at: str, event: int) -> str:
    """A board pack, frozen at an instant and on everything up to an event."""
    return f"/notice/{notice}/board-pack/{at}/{event}"
