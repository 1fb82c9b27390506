"""Where a deadline goes when it falls on a day that is not a working day."""

from datetime import date
from typing import Literal

from domain.time.calendar import HolidayCalendar

Roll = Literal["following", "preceding", "modified-following", "none"]

_WORDS: dict[Roll, str] = {
    "none": "",
    "following": ", or the next working day if that is not one",
    "preceding": ", or the working day before if that is not one",
    "modified-following": ", or if that is not a working day the next in its month, or else the one before",
}


def rolled(day: date, roll: Roll, calendar: HolidayCalendar) -> date:
    """The day on which the deadline then stands. `none` leaves it and asks no calendar.

    `modified-following` goes forward, but back where forward would be another month.
    """
    match roll:
        case "none":
            return day
        case "following":
            return calendar.next_working_day(day)
        case "preceding":
            return calendar.previous_working_day(day)
        case "modified-following":
            forward = calendar.next_working_day(day)
            same_month = (forward.year, forward.month) == (day.year, day.month)
            return forward if same_month else calendar.previous_working_day(day)


def describe_roll(roll: Roll) -> str:
    """Words to put after those of a day; none when nothing moves."""
    return _WORDS[roll]
