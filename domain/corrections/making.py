"""The correction itself: the field as it should have been, and with a day the instant that goes with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from domain.case import Case
from domain.corrections.changing import as_recorded, with_field
from domain.corrections.subject import Correcting, state_of
from domain.events.correcting import CorrectionProposed, EventCorrected
from domain.events.kinds import kind_of
from domain.time.zones import day_end, day_start
from domain.values import write_instant

# Where an event tells a day twice, as a day and as an instant, both are corrected: otherwise it would contradict itself.
_INSTANT_OF: Mapping[str, tuple[str, Callable[[date, str], datetime]]] = {
    "held_on": ("held_at", day_start),
    "due_on": ("due", day_end),
}


def corrections_of(
    case: Case, command: Correcting, proposed: CorrectionProposed, approved: tuple[str, str], now: datetime
) -> tuple[EventCorrected, ...]:
    """The correction that was proposed first, and then what goes with it. `approved`: by whom, in which role."""
    event = state_of(case, command).history[proposed.version - 1]
    first = EventCorrected(
        version=proposed.version,
        topic=proposed.topic,
        field=proposed.field,
        was=proposed.was,
        now=proposed.now,
        reason=proposed.reason,
        proposed_by=proposed.proposed_by,
        approved_by=approved[0],
        approved_as=approved[1],
        corrected_at=now,
    )
    if proposed.field not in _INSTANT_OF:
        return (first,)
    field, instant_of = _INSTANT_OF[proposed.field]
    day = getattr(with_field(event, proposed.field, proposed.now), proposed.field)
    instant = write_instant(instant_of(day, case.notice.terms.zone))
    return (first, corrected(event, proposed.version, field, instant, first))


def corrected(event: object, version: int, field: str, value: str, why: EventCorrected) -> EventCorrected:
    """Another field, or another event, corrected for the same reason and by the same people."""
    return replace(
        why,
        version=version,
        topic=kind_of(event).topic,
        field=field,
        was=as_recorded(event, field),
        now=value,
    )
