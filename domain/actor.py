"""Who does something: a person in a role, or the engine itself."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """The doer of an act, as the record names them."""

    kind: Literal["person", "system"]
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


ENGINE = Actor("system", "engine")
