"""Roles that may not stand vacant (3a): from when one does, and what is then owed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.case import Case, Draft
from domain.events.owing import VacancyFilled
from domain.events.tending import VacancyFound
from domain.identity import OccurrenceId, notice_stream
from domain.meeting.met import met
from domain.notice.opening import next_period, open_on_request
from domain.notice.schedule import Known
from domain.notice.state import Notice
from domain.occurrence.fold import fold
from domain.occurrence.state import Occurrence
from domain.terms.obligations import Continuing
from domain.terms.parties import Appointment
from domain.time.zones import day_start, local_date


@dataclass(frozen=True, slots=True)
class Vacancy:
    role: str
    since: date
    obligation: Continuing


def find_vacancies(notice: Notice, known: Known, now: datetime) -> tuple[Draft, ...]:
    """The vacancies that have come about by now and have not been found yet, each with the repair that is owed.

    One that is over by the time it is found is recorded too, and so is that its repair is done.
    """
    today = local_date(now, notice.terms.zone)
    drafts: list[Draft] = []
    for vacancy in _not_found_yet(notice):
        if vacancy.since <= today:
            found = VacancyFound(vacancy.role, vacancy.since, vacancy.obligation.id, now)
            repair = _repair(notice, {**known, **_opened_by(drafts)}, vacancy, now)
            drafts += (Draft(notice_stream(notice.terms.id), found), *repair)
    return (*drafts, *fill_vacancies(notice, _opened_by(drafts), now))


def fill_vacancies(notice: Notice, known: Known, now: datetime) -> tuple[Draft, ...]:
    """The repairs that are done, because somebody has held the role since. What was late is over, and they are told."""
    today = local_date(now, notice.terms.zone)
    drafts: list[Draft] = []
    for repair, role in open_repairs(known):
        found = _first_to_hold(notice, repair, role, today)
        if found is not None:
            day, person = found
            filled_at = day_start(day, notice.terms.zone) if day < today else now
            filled = VacancyFilled(role, person, filled_at)
            drafts += met(Case(notice, repair), filled, "the role is filled again.", now, arrived=filled_at)
    return tuple(drafts)


def open_repairs(known: Known) -> list[tuple[Occurrence, str]]:
    """The repairs still owed, each with the role that stands vacant."""
    return [
        (each, each.facts.about)
        for each in known.values()
        if each.facts.kind == "continuing" and each.facts.about and not each.is_over
    ]


def next_change(notice: Notice, known: Known) -> datetime | None:
    """When a vacancy will next come about, or be filled by an appointment that has been made already."""
    days = [vacancy.since for vacancy in _not_found_yet(notice)]
    for repair, role in open_repairs(known):
        days += [
            max(each.since, _vacant_since(notice, repair)) for each in _able_to_fill(notice, repair, role)
        ]
    return min((day_start(day, notice.terms.zone) for day in days), default=None)


def _first_to_hold(notice: Notice, repair: Occurrence, role: str, today: date) -> tuple[date, str] | None:
    """From which day somebody has held the role since it fell vacant, even if they do so no more."""
    vacant_since = _vacant_since(notice, repair)
    held = [
        (max(each.since, vacant_since), each.person)
        for each in _able_to_fill(notice, repair, role)
        if each.since <= today
    ]
    return min(held, key=lambda pair: pair[0], default=None)


def _able_to_fill(notice: Notice, repair: Occurrence, role: str) -> tuple[Appointment, ...]:
    """The appointments that end the vacancy, or will."""
    vacant_since = _vacant_since(notice, repair)
    return tuple(
        each
        for each in notice.appointments
        if each.role == role and (each.until is None or each.until >= max(each.since, vacant_since))
    )


def _vacant_since(notice: Notice, repair: Occurrence) -> date:
    return repair.facts.event_on or local_date(repair.facts.opened_at, notice.terms.zone)


def _opened_by(drafts: list[Draft]) -> dict[OccurrenceId, Occurrence]:
    opened: dict[OccurrenceId, Occurrence] = {}
    for draft in drafts:
        if draft.stream.startswith("occ/"):
            name = OccurrenceId.parse(draft.stream)
            opened[name] = fold((draft.event,), opened.get(name))
    return opened


def _not_found_yet(notice: Notice) -> Iterator[Vacancy]:
    found = {(each.role, each.since) for each in notice.vacancies}
    for obligation in notice.owed:
        if isinstance(obligation, Continuing):
            for role in obligation.maintains:
                for since in _days_on_which_it_falls_vacant(notice, role):
                    if (role, since) not in found:
                        yield Vacancy(role, since, obligation)


def _days_on_which_it_falls_vacant(notice: Notice, role: str) -> Iterator[date]:
    ends = {
        each.until + timedelta(days=1) for each in notice.appointments if each.role == role and each.until
    }
    for day in sorted({notice.terms.issued, *ends}):
        if day >= notice.terms.issued and not notice.appointed(role, day):
            yield day


def _repair(notice: Notice, known: Known, vacancy: Vacancy, now: datetime) -> tuple[Draft, ...]:
    repair = vacancy.obligation.repair
    if repair is None:
        return ()
    return open_on_request(
        notice,
        vacancy.obligation,
        next_period(notice.terms.id, vacancy.obligation.id, f"vacancy-{vacancy.role}", known),
        title=f"The role of {notice.role(vacancy.role).title} is filled again",
        due_on=notice.working_days.add_working_days(vacancy.since, repair.working_days),
        now=now,
        about=vacancy.role,
        event_on=vacancy.since,
        ladder=repair.ladder,
    )
