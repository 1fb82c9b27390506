"""Dates as an iCalendar file (RFC 5545), for any calendar program.

The same dates give the same bytes: nothing in it tells when it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desk.addresses import notice_page, occurrence_page, task_page
from desk.feeds.zone_rules import zone_rules
from projections.due_dates import DueDate

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

MAKER = "-//Forthwith//Due dates//EN"
ASK_AGAIN = timedelta(hours=1)
_STATUS = {"certain": "CONFIRMED", "tentative": "TENTATIVE", "cancelled": "CANCELLED"}


def calendar_file(name: str, dates: Sequence[DueDate], site: str) -> bytes:
    """`site` begins every link: `https://desk.example`."""
    # Only who subscribes needs the package: it costs a tenth of a second and some megabytes.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    _add_zones(calendar, dates)
    for each in dates:
        calendar.add_component(_event(each, lambda path: f"{site.rstrip('/')}{path}"))
    written: bytes = calendar.to_ical()
    return written


def _add_zones(calendar: Calendar, dates: Sequence[DueDate]) -> None:
    """A day is a day wherever it is read; only an hour needs its zone."""
    timed = [each for each in dates if each.at is not None]
    for zone in sorted({each.zone for each in timed}):
        days = [each.first for each in timed if each.zone == zone]
        calendar.add_component(zone_rules(zone, _new_year(min(days)), _new_year(max(days), 1)))


def _new_year(day: date, later: int = 0) -> date:
    return date(day.year + later, 1, 1)


def _event(due: DueDate, link: Callable[[str], str]) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{due.name}@forthwith")
    event.add("dtstamp", due.changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", due.changed.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", due.revision)
    event.add("summary", _summary(due))
    event.add("status", _STATUS[due.surety])
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("categories", [due.clause.partition(" (")[0]])
    event.add("description", _description(due, link))
    event.add("url", link(_pages(due)[0]))
    if due.at is None:
        event.add("dtstart", due.first)
        event.add("dtend", due.last + timedelta(days=1))
    else:
        event.add("dtstart", due.at.astimezone(ZoneInfo(due.zone)))
    for reminder in due.reminders:
        event.add_component(_alarm(reminder.at, f"{reminder.what}: {due.title}"))
    return event


def _alarm(at: datetime, words: str) -> Alarm:
    """At an instant: counted from the beginning of a day it would go off by the clock of whoever reads."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", at.astimezone(UTC), parameters={"VALUE": "DATE-TIME"})
    return alarm


def _summary(due: DueDate) -> str:
    if due.surety == "cancelled":
        return f"Owed no more: {due.title}"
    if not due.is_deadline:
        return due.title
    return f"Done: {due.title}" if due.met else f"Due: {due.title}"


def _description(due: DueDate, link: Callable[[str], str]) -> str:
    """The why, the words of the clause, what became of it, and where it can be done."""
    own = [each.why for each in due.asked if each.why != due.why]
    words = (due.why, *own, f"{due.clause} says: {due.clause_text}", *due.notes)
    return "\n\n".join((*words, *(link(page) for page in _pages(due))))


def _pages(due: DueDate) -> tuple[str, ...]:
    """The tasks of whoever reads; without one, what is there to read about it."""
    if due.asked:
        return tuple(task_page(due.occurrence, each.task) for each in due.asked)
    return (occurrence_page(due.occurrence) if due.opened else notice_page(due.occurrence.notice),)
