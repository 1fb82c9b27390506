"""The two moments as somebody writes them: a day, or an instant, in the zone of the notice."""

from datetime import UTC, date, datetime, timedelta

from domain.time.zones import day_end, day_start, local_date, zone_named
from projections.past.moments import Moments
from projections.words import moment

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
EVERYTHING = Moments(END_OF_TIME, END_OF_TIME)
EARLIEST, LATEST = 1900, 2199
_A_MOMENT = "a day such as 2016-11-10, or an instant such as 2016-11-10T14:30 or 2016-11-10T14:30Z"


class UnfitMoment(ValueError):
    """What was written names no moment that can be looked back to; the message says why."""


def asked_moments(
    as_at: str | None, known_at: str | None, zone: str, now: datetime, names: tuple[str, str]
) -> Moments:
    """Raises UnfitMoment, in which the two are called by their `names`.

    What is known alone is read as of then, and what was so alone is read as it is known now.
    """
    called_as_at, called_known_at = names
    known = now if known_at is None else last_instant(known_at, zone, now, called_known_at)
    if as_at is None:
        return Moments(_judged(known_at, zone, now, called_known_at) if known_at else now, known)
    return Moments(_judged(as_at, zone, now, called_as_at), known)


def last_instant(text: str, zone: str, now: datetime, name: str) -> datetime:
    """The instant itself, or the last one of the day; of today, now. Raises UnfitMoment."""
    given = _given(text, name)
    if isinstance(given, datetime):
        return _not_in_the_future(_instant(given, zone), text, zone, now, name)
    if given > local_date(now, zone):
        raise _future(text, zone, now, name)
    return min(now, day_start(given + timedelta(days=1), zone) - timedelta(microseconds=1))


def _judged(text: str, zone: str, now: datetime, name: str) -> datetime:
    """Of a day, the instant at which what is due by its end is still in time."""
    last, given = last_instant(text, zone, now, name), _given(text, name)
    return last if isinstance(given, datetime) else min(last, day_end(given, zone))


def _given(text: str, name: str) -> date | datetime:
    try:
        found = date.fromisoformat(text) if len(text) <= len("2016-11-10") else datetime.fromisoformat(text)
    except ValueError:
        raise UnfitMoment(f"{name} cannot be “{text}”: it is {_A_MOMENT}.") from None
    if not EARLIEST <= found.year <= LATEST:
        raise UnfitMoment(f"{name} cannot be “{text}”: the year lies between {EARLIEST} and {LATEST}.")
    return found


def _instant(given: datetime, zone: str) -> datetime:
    return (given if given.tzinfo else given.replace(tzinfo=zone_named(zone))).astimezone(UTC)


def _not_in_the_future(instant: datetime, text: str, zone: str, now: datetime, name: str) -> datetime:
    if instant > now:
        raise _future(text, zone, now, name)
    return instant


def _future(text: str, zone: str, now: datetime, name: str) -> UnfitMoment:
    return UnfitMoment(
        f"{name} cannot be “{text}”, which lies in the future: it is {moment(now, zone)} where the notice runs."
    )
