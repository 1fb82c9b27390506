"""What looks the same each time is drawn once."""

from __future__ import annotations

from collections.abc import Hashable

from jinja2.runtime import Macro
from jinja2.utils import LRUCache

from desk.language.speaking import language

MOST = 2048  # drawings; the one that was asked for longest ago goes first
_drawn: LRUCache = LRUCache(MOST)


def drawn_once(macro: Macro, *arguments: object) -> str:
    """What a macro makes of these words, numbers, lists and dictionaries of them.

    A macro sees nothing but what it is given and the language that is spoken, so the same gives the same; a hundred of
    them on a page are most of what drawing it costs. Not for one that is told who looks, or a token: what is drawn for
    one person would only push out what is drawn for many.
    """
    # Two macros of one name in two templates are told apart; code compares by what it does, not by where it stands.
    code = macro._func.__code__  # noqa: SLF001
    key: Hashable = (code.co_filename, code, language(), repr(arguments))
    found: str | None = _drawn.get(key)
    if found is None:
        found = _drawn[key] = macro(*arguments)
    return found
