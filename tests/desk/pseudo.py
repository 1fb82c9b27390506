"""A language that nobody speaks: every word of a catalogue in it is longer, accented and set in brackets.

Whatever is still plain on a page that is drawn in it did not go through a catalogue; whatever breaks would break in Welsh.
"""

from __future__ import annotations

import re
from gettext import NullTranslations

LANGUAGE = "eo"  # Babel knows Esperanto's dates
ACCENTED = str.maketrans("aeiouyAEIOUYcnsw", "àéîöüÿÀÉÎÖÜŸçñšŵ")
KEPT = re.compile(r"(%\(\w+\)s|<[^>]*>)")


def disguised(words: str) -> str:
    """A third longer; holes and tags stay."""
    parts = [part if KEPT.fullmatch(part) else part.translate(ACCENTED) for part in KEPT.split(words)]
    return f"⟦{''.join(parts)}{' ůň' * (1 + len(words) // 9)}⟧"


class Pseudo(NullTranslations):
    """Has a translation of everything."""

    def gettext(self, message: str) -> str:
        return disguised(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return disguised(msgid1 if n == 1 else msgid2)
