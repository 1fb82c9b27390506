"""Gather every word of the desk that can be translated, for translators, and take back what they have done.

extract_messages.py source FILE              the source, in British English, as a .pot
extract_messages.py translate LANGUAGE FILE  the same for one language, with the translations that there are
extract_messages.py take LANGUAGE FILE       keep what was translated in FILE as the desk's catalogue
extract_messages.py left                     the sentences that are still put together from pieces
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import read_po

from desk.language.catalogue import FOLDER
from desk.language.extraction import for_translators, gathered, left, without_gaps, written


def main(words: list[str]) -> None:
    match words:
        case ["source", file]:
            Path(file).write_bytes(written(gathered()))
        case ["translate", language, file]:
            Path(file).write_bytes(written(for_translators(language)))
        case ["take", language, file]:
            with Path(file).open("rb") as sent:
                kept = without_gaps(read_po(sent, locale=language))
            (FOLDER / f"{language}.po").write_bytes(written(kept))
        case ["left"]:
            for name, pieces in left().items():
                print(f"{name}: {' | '.join(pieces)}")
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
