"""How plain text is set: 72 columns, hanging labels, and links that are never broken."""

import re
import textwrap
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

LETTERS = Path(__file__).with_name("letters")
WIDTH = 72
LABEL = 14
_EMPTY_LINES = re.compile(r"\n{3,}")


def paragraph(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def row(label: str, text: str) -> str:
    """A label, and what it says beside it."""
    return paragraph(text, label.ljust(LABEL), " " * LABEL)


def quotation(text: str) -> str:
    return paragraph(f"“{text}”", "    ", "    ")


def listing(lines: Sequence[str]) -> str:
    """A list with dashes; a single line needs none."""
    if len(lines) == 1:
        return paragraph(lines[0])
    return "\n".join(paragraph(line, "- ", "  ") for line in lines)


def tidy(text: str) -> str:
    """At most one empty line between two paragraphs, and none at the ends."""
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n"


@cache
def templates() -> Environment:
    """The letters of this room. Plain text: escaping for HTML would make `&#39;` of every apostrophe."""
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(LETTERS), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(paragraph=paragraph, quotation=quotation, listing=listing)
    environment.globals["row"] = row
    return environment
