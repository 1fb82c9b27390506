"""A notice spoilt in one place, and where the fault has to be named."""

from typing import NamedTuple


class Spoilt(NamedTuple):
    """`old` becomes `new` in a notice; the fault stands on the line that holds `at`."""

    what: str
    old: str
    new: str
    at: str
    path: str
    sentence: str

    def text(self, notice: str) -> str:
        assert self.old in notice, f"the notice has no “{self.old}” to spoil"
        return notice.replace(self.old, self.new, 1)

    def line(self, spoilt: str) -> int:
        return spoilt[: spoilt.index(self.at)].count("\n") + 1


def name_of(case: Spoilt) -> str:
    return case.what
