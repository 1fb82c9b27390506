"""Where things are found at the desk."""

from __future__ import annotations

from domain.identity import OccurrenceId


def task_page(occurrence: OccurrenceId, task: str) -> str:
    return f"/tasks/{occurrence}/{task}"


def notice_page(notice: str) -> str:
    return f"/notice/{notice}"


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
