"""A drawn page in another language, made honest: what is still English in it is said to be English.

A screen reader that is told `lang="cy"` reads English words as if they were Welsh. So every text that did not come from
a catalogue is put into `<span lang="en">`; where no span may stand (an option, a picture) the element itself says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from desk.language.speaking import BEGINS, ENDS, ENGLISH, NAME

_PIECE = re.compile(
    r"(?P<whole><!--.*?-->|<(?P<name>script|style|title|textarea)\b.*?</(?P=name)>)"
    r"|(?P<picture><svg\b.*?</svg>)|(?P<option><option\b[^>]*>[^<]*)|(?P<tag><[^>]*>)|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
_MARK = re.compile(f"([{BEGINS}{ENDS}])")
_TAG = re.compile(r"<[^>]*>")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def without_marks(text: str) -> str:
    """The words alone."""
    return _MARK.sub("", text)


def honest(page: str) -> str:
    """The page with its English marked, and without the marks by which that was found."""
    head, body, rest = page.partition("<body")
    return without_marks(head) + "".join(_pieces(body + rest))


def _pieces(body: str) -> Iterator[str]:
    """A translated sentence may have tags in it, and translated words within it: `depth` says how far inside one is."""
    depth = 0
    for found in _PIECE.finditer(body):
        if found["text"] is None:
            yield _element(found, translated=depth > 0)
            continue
        for part in _MARK.split(found["text"]):
            depth += (part == BEGINS) - (part == ENDS)
            if part not in {BEGINS, ENDS}:
                yield part if depth else _in_english(part)


def _element(found: re.Match[str], *, translated: bool) -> str:
    """Where no span may stand, the element itself says that its words are English."""
    may_say_so = found["picture"] or found["option"]
    if (
        may_say_so
        and not translated
        and BEGINS not in found.group()
        and _has_words(_TAG.sub(" ", found.group()))
    ):
        return re.sub(r"^<\w+", rf'\g<0> lang="{ENGLISH}"', found.group())
    return without_marks(found.group())


def _in_english(text: str) -> str:
    if not _has_words(text) or text.strip() == NAME:
        return text
    before, after = len(text) - len(text.lstrip()), len(text.rstrip())
    return f'{text[:before]}<span lang="{ENGLISH}">{text[before:after]}</span>{text[after:]}'


def _has_words(text: str) -> bool:
    return _LETTERS.search(unescape(text)) is not None
