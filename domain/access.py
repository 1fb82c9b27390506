"""Who tried or opened what at the desk, and what was done to accounts: kept beside the record, for the auditor."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

AccessKind = Literal["refused", "hidden", "opened", "link", "account"]


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the access log.

    `refused`: an act that a role or a rule did not allow; `hidden`: something was asked for that is not open to the
    person; `opened`: something that is shown to few, or that is personal; `link`: one for somebody without an account was
    given, taken back, opened or used; `account`: an operator did something to somebody's account or sessions. `act` is a row
    of the permission table, `about` what it was about (an occurrence, an event, a page, a person), `sentence` what was said,
    seen or done.
    """

    at: datetime
    person: str
    kind: AccessKind
    act: str
    notice: str | None
    about: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class InTheNameOf:
    """For whom something is read. `everything`: they audit. `roles`: those that they hold, each written notice/role,
    for what belongs to a role. `at`: the moment by which their roles are judged in a simulated
    world; in a live one it is now."""

    person: str
    everything: bool = False
    at: datetime | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotedAccess:
    """A line with its number, from 1; numbers grow."""

    number: int
    access: Access


@dataclass(frozen=True, slots=True)
class AccessesWanted:
    """What is asked of the log: the newest first, `limit` of them, below a number if one is given."""

    kind: AccessKind | None = None
    notice: str | None = None
    person: str | None = None
    before: int | None = None
    limit: int = 50
