"""Small types that every event and term is made of."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints

INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"


def in_utc(value: datetime) -> datetime:
    """The same instant in UTC; refuses a time without a zone."""
    if value.tzinfo is None:
        raise ValueError("a time needs its zone, for example 2016-06-14T09:00:00+01:00")
    return value.astimezone(UTC)


def write_instant(value: datetime) -> str:
    """Fixed width, microseconds, Z: the only way an instant is written in the record."""
    written = (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat()
    return written[:26] + "Z" if value.microsecond else written[:19] + ".000000Z"


def tidy(text: str) -> str:
    """Typed text as it is recorded: composed characters (NFC), plain line ends, no blank ends. No word is changed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


Instant = Annotated[datetime, AfterValidator(in_utc), PlainSerializer(write_instant, when_used="json")]
_IDENTIFIER = r"[a-z0-9][a-z0-9-]{0,62}"
Identifier = Annotated[str, StringConstraints(pattern=f"^{_IDENTIFIER}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=8000)]
Strength = Literal["must", "should", "may", "none"]


def is_identifier(text: str) -> bool:
    """Whether a text could be the name of a person, a role or a notice in the record: `helen-marsh`."""
    return re.fullmatch(_IDENTIFIER, text) is not None


class Term(BaseModel):
    """A part of a notice file: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
