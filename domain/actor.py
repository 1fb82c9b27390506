"""Who does something: a person in a role, the engine itself, or somebody outside who was given a link."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of an act, as the record names them.

    `outside`: a partner who holds no role and came by a link; whoever lets them in answers for what they were asked.
    """

    kind: Literal["person", "system", "outside"]
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


ENGINE = Actor("system", "engine")
# In which capacity somebody outside acts, where others have a role; their identifiers begin with it.
OUTSIDE = "outside"
A_PARTNER = "a partner without an account"


def is_outside(person: str) -> bool:
    """Whether an identifier is that of somebody who holds no role and came by a link."""
    return person.startswith(f"{OUTSIDE}-")
