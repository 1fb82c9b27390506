"""All that happens in a scenario: what it says itself, and what it takes over from the one within which it plays."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from domain.values import Term
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.faults import ScenarioFault, at_place, in_background
from forthwith.rehearsal.files import scenario_file
from forthwith.rehearsal.scenario import AsIn, Scenario

DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of a scenario's acts. `of`: the scenarios it was taken over from, outermost first, each with what it leaves out."""

    act: Term
    number: int
    beside: Path
    of: tuple[AsIn, ...] = ()

    @property
    def is_background(self) -> bool:
        return bool(self.of)

    @property
    def until(self) -> date | None:
        """The last day on which it may happen."""
        return min((each.until for each in self.of if each.until), default=None)

    def at_fault(self) -> AbstractContextManager[None]:
        """A fault in here is told with its place in the file."""
        return _at_fault(self)


@contextmanager
def _at_fault(happening: Happening) -> Iterator[None]:
    with ExitStack() as stack:
        for background in happening.of[:1]:
            stack.enter_context(in_background(background.scenario))
        stack.enter_context(at_place("acts", happening.number))
        yield


def everything_in(scenario: Scenario, beside: Path, of: tuple[AsIn, ...] = ()) -> tuple[Happening, ...]:
    """What is taken over comes first. Raises ScenarioFault, or FileFaults of the other scenario."""
    own = tuple(Happening(act, number, beside, of) for number, act in enumerate(scenario.acts))
    if scenario.as_in is None:
        return own
    if len(of) >= DEEPEST:
        raise ScenarioFault("Scenarios play within each other too deep, or in a circle.", "as_in", "scenario")
    found = scenario_file(scenario.as_in.scenario, beside)
    if found is None:
        raise ScenarioFault(
            f"There is no scenario “{scenario.as_in.scenario}” beside this one, and none that ships by that name.",
            "as_in",
            "scenario",
        )
    other = read_model(found, Scenario, LIMIT_BYTES)
    return (*everything_in(other, found.parent, (*of, scenario.as_in)), *own)
