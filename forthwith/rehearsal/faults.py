"""What is wrong with a scenario, and where in its file."""

from collections.abc import Iterator
from contextlib import contextmanager

from domain.time.calendar import CalendarDoesNotReach


class ScenarioFault(ValueError):
    """The scenario does not fit the notice. `place` is where in the file, like ("acts", 3, "who")."""

    def __init__(self, sentence: str, *place: str | int) -> None:
        super().__init__(sentence)
        self.place = place


@contextmanager
def at_place(*place: str | int) -> Iterator[None]:
    """Whatever is at fault in here is at fault there in the file."""
    try:
        yield
    except ScenarioFault as fault:
        raise ScenarioFault(str(fault), *place, *fault.place) from None
    except CalendarDoesNotReach as fault:
        raise ScenarioFault(str(fault), *place, "working_days") from None


@contextmanager
def in_background(scenario: str) -> Iterator[None]:
    """Whatever is at fault in here is at fault in another scenario, which this one names."""
    try:
        yield
    except ScenarioFault as fault:
        where = ".".join(str(step) for step in fault.place)
        raise ScenarioFault(
            f"In “{scenario}”, {where or 'as a whole'}: {fault}", "as_in", "scenario"
        ) from None
