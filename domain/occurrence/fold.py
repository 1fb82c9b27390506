"""From events to an occurrence: one more event at a time, or all of them."""

from collections.abc import Callable, Iterable
from typing import Any

from domain.corrections.folding import fold_corrections
from domain.occurrence.evolving import (
    chasing,
    deciding,
    evidence,
    excusing,
    handing,
    owing,
    planning,
    reporting,
    reviewing,
)
from domain.occurrence.state import Occurrence
from domain.replaced import replaced as replace

_FAMILIES = (owing, reporting, chasing, excusing, reviewing, planning, handing, deciding, evidence)
EVOLVE: dict[type, Callable[[Occurrence, Any], Occurrence]] = {
    shape: change for family in _FAMILIES for shape, change in family.EVOLVE.items()
}


def fold(events: Iterable[Any], start: Occurrence | None = None) -> Occurrence:
    occurrence = start or Occurrence()
    for event in events:
        occurrence = evolve(occurrence, event)
    return occurrence


def evolve(occurrence: Occurrence, event: Any) -> Occurrence:
    """The occurrence after one more event. A correction folds its whole history again, with what was corrected."""
    corrected = fold_corrections(occurrence, event, evolve)
    if corrected is not None:
        return corrected
    change = EVOLVE.get(type(event))
    if change is None:
        raise TypeError(f"{type(event).__name__} is not an event of an occurrence")
    after = replace(occurrence, version=occurrence.version + 1, history=(*occurrence.history, event))
    return change(after, event)
