"""From events to a notice. Whatever is stated again under the same name takes the place of what was stated before."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from domain.corrections.folding import fold_corrections
from domain.events import instrument as happened
from domain.events import tending
from domain.notice.state import Notice
from domain.replaced import replaced as replace


def fold(events: Iterable[Any], start: Notice | None = None) -> Notice:
    notice = start or Notice()
    for event in events:
        notice = evolve(notice, event)
    return notice


def evolve(notice: Notice, event: Any) -> Notice:
    """The notice after one more event. A correction folds its whole history again, with what was corrected."""
    corrected = fold_corrections(notice, event, evolve)
    if corrected is not None:
        return corrected
    changes = _changes(notice, event)
    return replace(notice, version=notice.version + 1, history=(*notice.history, event), **changes)


def _changes(notice: Notice, event: Any) -> dict[str, Any]:
    change = _STATED.get(type(event)) or _TENDED.get(type(event))
    if change is None:
        raise TypeError(f"{type(event).__name__} is not an event of a notice")
    return change(notice, event)


Change = Callable[[Notice, Any], dict[str, Any]]

_STATED: dict[type, Change] = {
    happened.NoticeIssued: lambda _, event: {"header": event.header, "chase_from": event.chase_from},
    happened.CalendarAdopted: lambda _, event: {"calendar": event.calendar},
    happened.PartyNamed: lambda notice, event: {"parties": _stated(notice.parties, event.party)},
    happened.RoleEstablished: lambda notice, event: {"roles": _stated(notice.roles, event.role)},
    happened.PersonAppointed: lambda notice, event: {
        "appointments": (*notice.appointments, event.appointment),
        "names": {**notice.names, event.appointment.person: event.name},
    },
    happened.ClauseStated: lambda notice, event: {"clauses": _stated(notice.clauses, event.clause)},
    happened.InterpretationRuled: lambda notice, event: {
        "interpretations": _stated(notice.interpretations, event.interpretation)
    },
    happened.LadderSet: lambda notice, event: {"ladders": _stated(notice.ladders, event.ladder)},
    happened.ObligationImposed: lambda notice, event: {
        "obligations": _stated(notice.obligations, event.obligation),
        "ended": notice.ended - {event.obligation.id},
        "since": {event.obligation.id: _owed_since(notice), **notice.since},
    },
}

_TENDED: dict[type, Change] = {
    tending.NoticeVaried: lambda notice, event: {
        "header": event.header,
        "variations": (*notice.variations, event),
    },
    tending.ClauseRemoved: lambda notice, event: {
        "clauses": tuple(each for each in notice.clauses if each.id != event.clause)
    },
    tending.ObligationEnded: lambda notice, event: {"ended": notice.ended | {event.obligation}},
    tending.ObligationReleased: lambda notice, event: {
        "ended": notice.ended | {event.obligation},
        "released": {**notice.released, event.obligation: event},
    },
    tending.NoticeLifted: lambda _, event: {"lifted": event},
    tending.NoticeSuperseded: lambda _, event: {"superseded": event},
    tending.NoticeClosed: lambda _, event: {"closed": event},
    tending.BodySucceeded: lambda notice, event: {
        "parties": _stated(notice.parties, event.party),
        "successions": (*notice.successions, event),
    },
    tending.InterpretationRevised: lambda notice, event: {
        "interpretations": _stated(notice.interpretations, event.interpretation)
    },
    tending.HolidayProclaimed: lambda _, event: {"calendar": event.calendar},
    tending.AppointmentEnded: lambda notice, event: {
        "appointments": tuple(
            _ended(each, event.until) if (each.role, each.person) == (event.role, event.person) else each
            for each in notice.appointments
        )
    },
    tending.RoleConflictFound: lambda notice, event: {"conflicts": (*notice.conflicts, event)},
    tending.VacancyFound: lambda notice, event: {"vacancies": (*notice.vacancies, event)},
    tending.RoleDelegated: lambda notice, event: {"delegations": (*notice.delegations, event)},
    tending.VisitNoted: lambda notice, event: {"visits": (*notice.visits, event)},
    tending.ComplianceRated: lambda notice, event: {
        "ratings": {
            **notice.ratings,
            event.obligation: (*notice.ratings.get(event.obligation, ()), event),
        }
    },
}


def _owed_since(notice: Notice) -> date:
    """What a variation imposes is owed from the day on which that takes effect."""
    return notice.variations[-1].effective_on if notice.variations else notice.terms.issued


def _stated(before: tuple[Any, ...], now: Any) -> tuple[Any, ...]:
    """What is stated again stands where it stood."""
    if all(each.id != now.id for each in before):
        return (*before, now)
    return tuple(now if each.id == now.id else each for each in before)


def _ended(appointment: Any, until: date) -> Any:
    runs_on = appointment.until is None or appointment.until > until
    return appointment.model_copy(update={"until": until}) if runs_on else appointment
