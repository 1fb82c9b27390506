"""In which language a page is drawn. English needs neither a catalogue nor Babel: its words stand in the templates.

Words that were found in a catalogue are set between two marks, by which `desk.language.marking` tells them from words
that were not. What is recorded never depends on it: a language is spoken while somebody reads, not while an act is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "cy": "Cymraeg"}
NAME = "Forthwith"  # the service is called so in every language
BEGINS, ENDS = "\ue000", "\ue001"  # of the private use area: no text has them

_spoken: ContextVar[str] = ContextVar("language", default=ENGLISH)


def language() -> str:
    """The one that is spoken now."""
    return _spoken.get()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Draw what is drawn within it in that language."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def worded(words: str) -> str:
    """These words in the language that is spoken; in English where there is no translation."""
    return words if _spoken.get() == ENGLISH or words.startswith(BEGINS) else _found(words)


def counted(one: str, many: str, count: int) -> str:
    """One of the plural forms of the language, of which Welsh has six; `%(num)d` in them is left as it is."""
    if _spoken.get() == ENGLISH:
        return one if count == 1 else many
    from desk.language.catalogue import catalogue

    said = catalogue(_spoken.get()).ngettext(one, many, count)
    return said if said in {one, many} else marked(said)


def _found(words: str) -> str:
    from desk.language.catalogue import catalogue

    said = catalogue(_spoken.get()).gettext(words)
    return said if said == words else marked(said)


def name_of(code: str) -> str:
    """What a language calls itself, whichever is spoken."""
    name = LANGUAGES[code]
    return name if _spoken.get() == ENGLISH else marked(name)


def marked(words: str) -> str:
    """Words that are known to be in the language that is spoken."""
    return f"{BEGINS}{words}{ENDS}"
