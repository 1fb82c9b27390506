"""The catalogues: what was translated, read when somebody first asks for their language, with Babel."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).resolve().parent / "catalogues"


@cache
def catalogue(language: str) -> NullTranslations:
    """That of one language; what it does not have comes back in English."""
    with (FOLDER / f"{language}.po").open("rb") as source:
        read = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return GNUTranslations(compiled)
