"""What a scenario does not take over from the one within which it plays."""

from datetime import date

from forthwith.rehearsal.acts.base import Act
from forthwith.rehearsal.everything import Happening
from forthwith.rehearsal.faults import ScenarioFault
from forthwith.rehearsal.scenario import AsIn
from forthwith.rehearsal.timing import Target


class LeavingOut:
    """Decides on each act, and remembers what has been left out, because a name that leaves out nothing is a mistake."""

    def __init__(self, background: AsIn | None) -> None:
        self._background = background
        self._used: set[str] = set()

    def leaves_out(self, happening: Happening, target: Target, day: date) -> bool:
        names = _names(happening, target)
        self._used |= names
        if happening.until is not None and day > happening.until:
            return True
        return any(names & set(each.but) for each in happening.of)

    def must_be_complete(self) -> None:
        """Raises ScenarioFault for a name that nothing goes by."""
        unused = set(self._background.but) - self._used if self._background else set()
        if unused and self._background:
            raise ScenarioFault(
                f"“{min(unused)}” is neither the name of an act of “{self._background.scenario}”, nor an obligation "
                "or an occurrence on which somebody acts there.",
                "as_in",
                "but",
            )


def _names(happening: Happening, target: Target) -> set[str]:
    """Everything by which an act can be left out."""
    act, occurrence = happening.act, target.occurrence
    found = {act.name if isinstance(act, Act) else None, getattr(act, "obligation", None)}
    if occurrence is not None:
        found |= {occurrence.obligation, f"{occurrence.obligation}/{occurrence.period}"}
    return {each for each in found if each is not None}
