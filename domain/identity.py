"""The names by which things are known in the record, in Temporal and on the command line."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

_COMMANDS = uuid5(NAMESPACE_URL, "forthwith:command")


@dataclass(frozen=True, slots=True, order=True)
class OccurrenceId:
    """One instance of one obligation of one notice, written ``notice/obligation/period``."""

    notice: str
    obligation: str
    period: str

    @classmethod
    def parse(cls, text: str) -> "OccurrenceId":
        """Read ``notice/obligation/period``; raises ValueError with a sentence when it is not that."""
        parts = text.removeprefix("occ/").split("/")
        if len(parts) != 3 or not all(parts):
            raise ValueError(
                f"“{text}” is not the name of an occurrence; it is written notice/obligation/period, "
                "for example lancashire-2016/monthly-report/2016-06."
            )
        return cls(*parts)

    def __str__(self) -> str:
        return f"{self.notice}/{self.obligation}/{self.period}"

    @property
    def stream(self) -> str:
        """The stream of its events; its clock's workflow id is the same."""
        return f"occ/{self}"


def notice_stream(notice: str) -> str:
    """The stream of a notice's own events; its clock's workflow id is the same."""
    return f"notice/{notice}"


def occurrence_streams(notice: str) -> str:
    """The prefix that the streams of all occurrences of a notice share."""
    return f"occ/{notice}/"


def command_id(*stable_key: str) -> UUID:
    """The same key gives the same id, so that a repeated command has one effect."""
    return uuid5(_COMMANDS, "\x1f".join(stable_key))
