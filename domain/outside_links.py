"""Links for people without an account: each leads to one form, for one person, and is good once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, get_args
from uuid import UUID

from domain.access import InTheNameOf
from domain.actor import Actor, is_outside
from domain.identity import OccurrenceId, command_id

LinkAct = Literal["submit-report", "answer-query", "record-update", "record-concern"]
LINK_ACTS: tuple[LinkAct, ...] = get_args(LinkAct)
DAYS, MOST_DAYS = 14, 60
LIFE = timedelta(days=DAYS)


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """`person` may do `act` once, until an instant. `number`: of the query or of the update.

    `about` is the occurrence; for a concern, the power under which it is raised, with `concern` in the place of a period.
    The times are those of the record's own clock.
    """

    id: UUID
    person: str
    act: LinkAct
    about: OccurrenceId
    number: int | None
    given_by: str
    made: datetime
    expires: datetime
    revoked: datetime | None = None

    @property
    def notice(self) -> str:
        return self.about.notice

    @property
    def command(self) -> UUID:
        """The id under which its act is recorded: the record takes no id twice."""
        return command_id("outside-link", str(self.id))

    @property
    def actor(self) -> Actor:
        """Who acts by it."""
        return Actor("outside" if self.is_of_a_stranger else "person", self.person)

    @property
    def is_of_a_stranger(self) -> bool:
        """Whether it was given to somebody who holds no role: a partner who was asked for an update."""
        return is_outside(self.person)


class OutsideLinks(Protocol):
    """Where links are kept. The secret itself is kept nowhere. Raises LedgerUnreachable."""

    async def make(self, link: OutsideLink, digest: bytes) -> None: ...

    async def find(self, digest: bytes) -> OutsideLink | None:
        """That of a secret, whatever has become of it."""
        ...

    async def of_notice(self, notice: str, whom: InTheNameOf | None = None) -> Sequence[OutsideLink]:
        """All that were given, newest first; none in the name of somebody who holds no role under it."""
        ...

    async def revoke(self, link: UUID, at: datetime) -> bool:
        """Whether there was such a link; revoking twice changes nothing."""
        ...
