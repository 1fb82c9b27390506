"""A scenario that builds on another one: everything that happens there, but for what it leaves out or does itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from forthwith.notice_files.faults import FileFaults
from forthwith.notice_files.reading import LIMIT_BYTES
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.acts.base import Act, OnOccurrence
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.scenario import AsIn, Scenario
from forthwith.rehearsal.shipped import SHIPPED

DEEPEST = 5


@dataclass(frozen=True, slots=True)
class Composed:
    """`own` acts stand in the scenario's file; `borrowed` ones are those of the scenario on which it builds.

    A borrowed act that falls into an outage, or after its `until`, is not played.
    """

    own: tuple[Any, ...]
    borrowed: tuple[tuple[Any, date | None], ...] = ()


def composed(scenario: Scenario, beside: Path, depth: int = 0) -> Composed:
    """Raises ScenarioFault where the other scenario cannot be read, or has not what is to be left out."""
    as_in = scenario.as_in
    if as_in is None:
        return Composed(scenario.acts)
    if depth == DEEPEST:
        raise ScenarioFault("These scenarios build on each other in a circle.", "as_in", "scenario")
    path, base = _read(as_in, beside)
    inner = composed(base, path.parent, depth + 1)
    unused = set(as_in.but)
    borrowed: list[tuple[Any, date | None]] = []
    for act, until in (*((act, None) for act in inner.own), *inner.borrowed):
        kept = _kept(act, as_in.but, unused)
        if kept is not None:
            borrowed.append((kept, min(filter(None, (until, as_in.until)), default=None)))
    if unused:
        raise ScenarioFault(
            f"Nothing in “{base.id}” is called “{min(unused)}”, so it cannot be left out.", "as_in", "but"
        )
    return Composed(scenario.acts, tuple(borrowed))


def _kept(act: Any, but: Iterable[str], unused: set[str]) -> Any | None:
    """The act, or None if it is left out; an act on every occurrence is left out of some of them."""
    for left_out in but:
        if _is_meant(act, left_out):
            unused.discard(left_out)
            return None
    if not isinstance(act, OnOccurrence) or act.every is None:
        return act
    prefix = f"{act.every}/"
    periods = [each.removeprefix(prefix) for each in but if each.startswith(prefix)]
    unused.difference_update(prefix + period for period in periods)
    return act.model_copy(update={"but": (*act.but, *(each for each in periods if each not in act.but))})


def _is_meant(act: Any, left_out: str) -> bool:
    if not isinstance(act, Act):
        return False
    if act.name == left_out:
        return True
    if not isinstance(act, OnOccurrence):
        return False
    if act.every is not None:
        return act.every == left_out
    return left_out in (act.occurrence, str(act.occurrence).split("/", maxsplit=1)[0])


def _read(as_in: AsIn, beside: Path) -> tuple[Path, Scenario]:
    candidates = (
        beside / as_in.scenario,
        beside / f"{as_in.scenario}.yaml",
        SHIPPED / f"{as_in.scenario}.yaml",
    )
    path = next((each for each in candidates if each.is_file()), None)
    if path is None:
        raise ScenarioFault(
            f"There is no scenario “{as_in.scenario}” beside this one, and none that ships by that name.",
            "as_in",
            "scenario",
        )
    try:
        return path, read_model(path, Scenario, LIMIT_BYTES)
    except FileFaults as faults:
        raise ScenarioFault(f"“{as_in.scenario}” cannot be read: {faults}", "as_in", "scenario") from None
