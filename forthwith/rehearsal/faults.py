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
def at_act(number: int) -> Iterator[None]:
    """Whatever is at fault in here is at fault in that act."""
    try:
        yield
    except ScenarioFault as fault:
        raise ScenarioFault(str(fault), "acts", number, *fault.place) from None
    except CalendarDoesNotReach as fault:
        raise ScenarioFault(str(fault), "acts", number, "working_days") from None
