"""How long an answer about roles may be kept."""

from datetime import datetime


def quarter_of(now: datetime) -> datetime:
    """The beginning of the quarter of an hour. Roles change with an event or with the day, which in no zone begins within one."""
    return now.replace(minute=now.minute - now.minute % 15, second=0, microsecond=0)
