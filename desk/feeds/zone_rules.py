"""The changes of the clocks of a zone, as RFC 5545 asks for them wherever a time is given in it.

The package that writes the rest also writes these, but puts the beginning of summer time an hour late: an onset is told in the
time that the clocks show before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from domain.time.zones import day_start, zone_named

if TYPE_CHECKING:
    from icalendar import Timezone


def zone_rules(zone: str, first: date, last: date) -> Timezone:
    """What holds from the first day to the end of the last one."""
    from icalendar import Timezone

    rules = Timezone()
    rules.add("tzid", zone)
    begins = day_start(first, zone)
    _add(rules, zone, begins, begins)
    for change in _changes(zone, begins, day_start(last + timedelta(days=1), zone)):
        _add(rules, zone, change - timedelta(seconds=1), change)
    return rules


def _add(rules: Timezone, zone: str, before: datetime, onset: datetime) -> None:
    from icalendar import TimezoneDaylight, TimezoneStandard

    was, local = before.astimezone(zone_named(zone)), onset.astimezone(zone_named(zone))
    offset = was.utcoffset() or timedelta()
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (onset.astimezone(UTC) + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", local.utcoffset())
    part.add("tzname", local.tzname())
    rules.add_component(part)


def _changes(zone: str, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The instants at which the offset becomes another one, to the second."""
    where, day = zone_named(zone), timedelta(days=1)

    def offset(at: datetime) -> timedelta | None:
        return at.astimezone(where).utcoffset()

    at = begins
    while at < ends:
        low, high = at, min(at + day, ends)
        at = high
        if offset(low) == offset(high):
            continue
        while high - low > timedelta(seconds=1):
            middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
            low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
        yield high
