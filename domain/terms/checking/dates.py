"""Do the dates make sense: their order, their calendar and zone, and who holds a role when?"""

from collections.abc import Iterator
from datetime import date

from domain.terms.checking.fault import Place, TermFault
from domain.terms.checking.reckoning import reckoning_faults
from domain.terms.notice_file import NoticeFile
from domain.terms.obligations import FixedDeadline
from domain.terms.parties import Appointment
from domain.time.calendar import HolidayCalendar, UnknownCalendar, load_calendar
from domain.time.due import FixedDate
from domain.time.words import plain_date
from domain.time.zones import UnknownZone, zone_named


def date_faults(notice: NoticeFile) -> Iterator[TermFault]:
    header = notice.notice
    if header.issued > header.runs_until:
        sentence = (
            f"The notice is issued on {plain_date(header.issued)}, after it has run until "
            f"{plain_date(header.runs_until)}."
        )
        yield TermFault(("notice", "runs_until"), sentence)
    try:
        zone_named(header.zone)
    except UnknownZone as fault:
        yield TermFault(("notice", "zone"), str(fault))
    try:
        calendar = load_calendar(header.calendar)
    except UnknownCalendar as fault:
        yield TermFault(("notice", "calendar"), str(fault))
        return
    reach = list(_reach_faults(notice, calendar))
    yield from reach
    if not reach:
        yield from reckoning_faults(notice, calendar)


def appointment_faults(notice: NoticeFile) -> Iterator[TermFault]:
    for at, appointment in enumerate(notice.appointments):
        if appointment.until is not None and appointment.until < appointment.since:
            sentence = (
                f"The appointment ends on {plain_date(appointment.until)}, before it begins on "
                f"{plain_date(appointment.since)}."
            )
            yield TermFault(("appointments", at, "until"), sentence)
    held: dict[str, list[tuple[int, Appointment]]] = {}
    for at, appointment in enumerate(notice.appointments):
        held.setdefault(appointment.role, []).append((at, appointment))
    for role, appointments in held.items():
        yield from _overlap_faults(role, appointments)


def _overlap_faults(role: str, appointments: list[tuple[int, Appointment]]) -> Iterator[TermFault]:
    in_time = sorted(appointments, key=lambda pair: (pair[1].since, pair[0]))
    longest: Appointment | None = None
    for at, later in in_time:
        if longest is not None and _last_day(longest) >= later.since:
            sentence = (
                f"“{longest.person}” and “{later.person}” would hold the role “{role}” at the same time; "
                "end the one before the other begins."
            )
            yield TermFault(("appointments", at), sentence)
        longest = later if longest is None else max(longest, later, key=_last_day)


def _last_day(appointment: Appointment) -> date:
    return appointment.until or date.max


def _reach_faults(notice: NoticeFile, calendar: HolidayCalendar) -> Iterator[TermFault]:
    named: list[tuple[Place, date]] = [
        (("notice", "issued"), notice.notice.issued),
        (("notice", "runs_until"), notice.notice.runs_until),
    ]
    for at, obligation in enumerate(notice.obligations):
        if isinstance(obligation, FixedDeadline) and isinstance(obligation.due, FixedDate):
            named.append((("obligations", at, "due", "on"), obligation.due.on))
    for place, day in named:
        if not calendar.first <= day <= calendar.last:
            sentence = (
                f"{plain_date(day)} lies outside the calendar “{calendar.name}”, which covers "
                f"{plain_date(calendar.first)} to {plain_date(calendar.last)}."
            )
            yield TermFault(place, sentence)
