"""`--as-at` and `--known-at`: the two moments that every command which reads the record can be given."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

from cyclopts import Parameter

from domain.time.zones import day_end, day_start, local_date, zone_named
from forthwith.commands.words import EARLIEST, LATEST
from forthwith.exits import UsageFault
from forthwith.output import talk
from projections.past.moments import Moments
from projections.words import moment

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
EVERYTHING = Moments(END_OF_TIME, END_OF_TIME)
_A_MOMENT = "a day such as 2016-11-10, or an instant such as 2016-11-10T14:30 or 2016-11-10T14:30Z"


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Of which moments one reads; now, if nothing is given."""

    as_at: Annotated[
        str | None, Parameter(help="As it stood at the end of a day, or at an instant, in the notice's zone.")
    ] = None
    known_at: Annotated[
        str | None, Parameter(help="By what the record knew at the end of a day, or at an instant.")
    ] = None

    @property
    def is_given(self) -> bool:
        return self.as_at is not None or self.known_at is not None


NOW = When()


def moments_of(when: When, zone: str, now: datetime) -> Moments:
    """Raises UsageFault. What is known alone is read as of then, and what was so alone is read as it is known now."""
    known_at = now if when.known_at is None else last_instant(when.known_at, zone, now, "--known-at")
    if when.as_at is None:
        return Moments(_judged(when.known_at, zone, now) if when.known_at else now, known_at)
    return Moments(_judged(when.as_at, zone, now, "--as-at"), known_at)


def tell_moments(moments: Moments, zone: str) -> None:
    talk.print(
        f"As it stood on {moment(moments.as_at, zone)}, and was known on {moment(moments.known_at, zone)}.",
        markup=False,
    )


def last_instant(text: str, zone: str, now: datetime, option: str) -> datetime:
    """The instant itself, or the last one of the day; of today, now. Raises UsageFault."""
    given = _given(text, option)
    if isinstance(given, datetime):
        return _not_in_the_future(_instant(given, zone), text, zone, now, option)
    if given > local_date(now, zone):
        raise _future(text, zone, now, option)
    return min(now, day_start(given + timedelta(days=1), zone) - timedelta(microseconds=1))


def _judged(text: str, zone: str, now: datetime, option: str = "--known-at") -> datetime:
    """Of a day, the instant at which what is due by its end is still in time."""
    last = last_instant(text, zone, now, option)
    given = _given(text, option)
    return last if isinstance(given, datetime) else min(last, day_end(given, zone))


def _given(text: str, option: str) -> date | datetime:
    try:
        found = date.fromisoformat(text) if len(text) <= len("2016-11-10") else datetime.fromisoformat(text)
    except ValueError:
        raise UsageFault(f"{option} cannot be “{text}”: it is {_A_MOMENT}.") from None
    if not EARLIEST <= found.year <= LATEST:
        raise UsageFault(f"{option} cannot be “{text}”: the year lies between {EARLIEST} and {LATEST}.")
    return found


def _instant(given: datetime, zone: str) -> datetime:
    return (given if given.tzinfo else given.replace(tzinfo=zone_named(zone))).astimezone(UTC)


def _not_in_the_future(instant: datetime, text: str, zone: str, now: datetime, option: str) -> datetime:
    if instant > now:
        raise _future(text, zone, now, option)
    return instant


def _future(text: str, zone: str, now: datetime, option: str) -> UsageFault:
    return UsageFault(
        f"{option} cannot be “{text}”, which lies in the future: it is {moment(now, zone)} where the notice runs."
    )
