"""One answer of the doctor."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Check:
    """`ok` is True, False, or None when there was nothing to look at; `next_step` is empty if all is well."""

    name: str
    ok: bool | None
    sentence: str
    next_step: str = ""

    @classmethod
    def good(cls, name: str, sentence: str) -> Self:
        return cls(name, ok=True, sentence=sentence)

    @classmethod
    def bad(cls, name: str, sentence: str, next_step: str) -> Self:
        return cls(name, ok=False, sentence=sentence, next_step=next_step)

    @classmethod
    def not_looked_at(cls, name: str, sentence: str, next_step: str = "") -> Self:
        return cls(name, ok=None, sentence=sentence, next_step=next_step)
