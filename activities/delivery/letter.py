"""A letter, ready to be handed to a channel."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

DEFAULT_MAIL_HOST = "forthwith.invalid"
LONGEST_SUBJECT = 110
_MESSAGES = uuid5(NAMESPACE_URL, "forthwith:message")
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
_OVERRIDES = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Letter:
    """The same words to one person in up to three forms; `text` is always there.

    `html` is a whole page; `flowed` is plain text in which nothing is broken into lines, for providers that do so.
    `link` leads to the page at which the reader acts.
    `written_at` is when the record called for it, not when it was handed over: another attempt says the same.
    """

    to_name: str
    subject: str
    text: str
    message_id: str
    written_at: datetime
    html: str | None = None
    flowed: str | None = None
    link: str | None = None


def message_id_for(message: str, host: str = DEFAULT_MAIL_HOST) -> str:
    """The Message-ID (RFC 5322 §3.6.4) of a message: the same however often it is tried."""
    return f"<{uuid5(_MESSAGES, message)}@{host}>"


def one_line(text: str) -> str:
    """The text on one line, without characters that break lines, hide, or turn the direction of reading."""
    shown = "".join(" " if _is_unfit(each) else each for each in text)
    return " ".join(shown.split())


def subject_line(text: str) -> str:
    """One short line that no mail program can read as anything but text."""
    line = one_line(text)
    if len(line) > LONGEST_SUBJECT:
        line = line[: LONGEST_SUBJECT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
    # “=?” begins an encoded word (RFC 2047), which could smuggle a line break into the header it stands in.
    return line.replace("=?", "= ?")


def _is_unfit(character: str) -> bool:
    return unicodedata.category(character) in _BREAKING or character in _OVERRIDES
