"""Lives of the Lancashire notice under the rules alone, each lived once for all tests that only look at it."""

from functools import cache
from pathlib import Path

from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.run import Rehearsal, rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS, Scenario

NOTICES = Path(__file__).parents[1] / "notices"
_LIVED: dict[str, Rehearsal] = {}


@cache
def the_notice() -> NoticeFile:
    """Read once, because YAML is slow to read. Nothing can change it: it is frozen."""
    return read_notice(NOTICES / "lancashire-2016.yaml")


@cache
def scenario_named(name: str) -> Scenario:
    if name == NOBODY_ACTS.id:
        return NOBODY_ACTS
    return read_model(NOTICES / "scenarios" / f"{name}.yaml", Scenario, 65_536)


async def life(scenario: str) -> Rehearsal:
    """What came of a shipped scenario."""
    if scenario not in _LIVED:
        _LIVED[scenario] = await rehearse(the_notice(), scenario_named(scenario), "pure")
    return _LIVED[scenario]
