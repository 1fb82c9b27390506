"""What happened, told with names and titles instead of identifiers: a telling for every kind of event."""

from typing import Any

from domain.notice.state import Notice
from domain.occurrence.state import Occurrence
from projections.tellings import (
    chasing,
    correcting,
    deciding,
    evidence,
    excusing,
    handing,
    instrument,
    owing,
    planning,
    reporting,
    reviewing,
    tending,
)
from projections.tellings.parts import Telling

_FAMILIES = (
    instrument,
    owing,
    chasing,
    reporting,
    reviewing,
    planning,
    excusing,
    handing,
    deciding,
    correcting,
    tending,
    evidence,
)
TELLINGS: dict[type, Telling] = {
    shape: telling for family in _FAMILIES for shape, telling in family.TELLINGS.items()
}


def tell(event: Any, notice: Notice, occurrence: Occurrence | None = None) -> str:
    """The sentence of one event. `occurrence` is needed for events of an occurrence."""
    return TELLINGS[type(event)](event, notice, occurrence or Occurrence())
