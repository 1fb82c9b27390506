"""From the disk to text, refusing what no honest file holds."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

# Line breaks that only some programs know would make the line numbers of the faults wrong, and marks that
# reverse the direction of writing would show a reader another text than the one that is loaded.
_FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


class Unreadable(ValueError):
    """The file is not text that can be read at all. The message is a sentence; `line` counts from 1."""

    def __init__(self, sentence: str, line: int = 1) -> None:
        super().__init__(sentence)
        self.line = line


def read_text(path: Path, limit_bytes: int) -> str:
    return text_of(_read_bytes(path, limit_bytes), limit_bytes)


def text_of(content: bytes, limit_bytes: int) -> str:
    """What a file's bytes say; raises Unreadable."""
    if len(content) > limit_bytes:
        raise Unreadable(
            f"This file is larger than {limit_bytes // 1000} kB, which is the most that is read."
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("This file is not UTF-8 text; save it as UTF-8.", line) from None
    text = text.removeprefix("\ufeff")
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(f"{forbidden_character(found[0])} must not stand in this file.", line)
    return text


def forbidden_in(text: str) -> str | None:
    """The first forbidden character in words, as it may come out of an escape such as ``"\\u0000"``."""
    found = _FORBIDDEN.search(text)
    return forbidden_character(found[0]) if found else None


def forbidden_character(character: str) -> str:
    """``The control character U+0007``, ``Half of a character (U+D800)``, ``The character U+2028``."""
    code = f"U+{ord(character):04X}"
    match unicodedata.category(character):
        case "Cc":
            return f"The control character {code}"
        case "Cs":
            return f"Half of a character ({code})"
        case _:
            return f"The character {code} ({unicodedata.name(character, 'without a name').lower()})"


def _read_bytes(path: Path, limit_bytes: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise Unreadable("This is not a file.")
        with path.open("rb") as file:
            return file.read(limit_bytes + 1)
    except FileNotFoundError:
        raise Unreadable("There is no such file.") from None
    except PermissionError:
        raise Unreadable("This file may not be read: permission was refused.") from None
    except OSError as error:
        raise Unreadable(f"This file cannot be read: {error.strerror or error}.") from None
