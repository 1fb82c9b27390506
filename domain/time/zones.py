"""Local days and hours as instants. Instants are aware datetimes in UTC; zones are IANA names as text.

ZoneInfo objects are made inside functions only: one made at import time inside a sandboxed workflow module
would be a proxy that fails for ever.
"""

from datetime import UTC, date, datetime, time, timezone
from zoneinfo import ZoneInfo

from domain.time.words import plain_date

_MIDNIGHT = time(0, 0, 0)
_LAST_SECOND = time(23, 59, 59)


class UnknownZone(LookupError):
    def __init__(self, zone: str) -> None:
        self.zone = zone
        super().__init__(f"There is no time zone called {zone!r}. Use a name such as Europe/London.")


def zone_named(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (LookupError, ValueError, OSError):
        # Besides an unknown name, a folder name ("Europe") or a path ("../x") fails here in its own way.
        raise UnknownZone(zone) from None


def at_local(day: date, hour: time, zone: str) -> datetime:
    """The instant at which the clocks of the zone show `hour` on `day`.

    A local time that the clocks skip moves forward by the gap; one that comes twice takes the first.
    """
    return _instant(day, hour.replace(fold=0), zone)


def day_start(day: date, zone: str) -> datetime:
    """The instant of 00:00:00 local."""
    return at_local(day, _MIDNIGHT, zone)


def day_end(day: date, zone: str) -> datetime:
    """The instant of 23:59:59 local. Where the clocks show it twice, the second: the day ends then."""
    return max(_instant(day, _LAST_SECOND.replace(fold=fold), zone) for fold in (0, 1))


def to_local(instant: datetime, zone: str) -> datetime:
    """The same instant with the offset of the zone at that moment, fixed: adding a timedelta to it stays true
    over a clock change, which it would not on a datetime that carries a ZoneInfo."""
    local = _aware(instant).astimezone(zone_named(zone))
    offset = local.utcoffset()
    return local if offset is None else local.replace(tzinfo=timezone(offset, local.tzname() or ""), fold=0)


def local_date(instant: datetime, zone: str) -> date:
    """The day on which the instant falls in the zone."""
    return _aware(instant).astimezone(zone_named(zone)).date()


def _instant(day: date, hour: time, zone: str) -> datetime:
    try:
        # By PEP 495 fold=0 uses the offset before a change, which moves a skipped time forward by the gap.
        return datetime.combine(day, hour, tzinfo=zone_named(zone)).astimezone(UTC)
    except OverflowError:
        raise ValueError(
            f"{plain_date(day)} is too near the edge of the calendar to be an instant."
        ) from None


def _aware(instant: datetime) -> datetime:
    if instant.utcoffset() is None:
        raise ValueError(f"{instant.isoformat()} has no offset, so it is not an instant.")
    return instant
