"""How a letter is set: the same words as plain text, as HTML, and as lines that another program breaks.

There is one template for each letter. What differs is how a paragraph, a row or a link is set, so that the versions of
one letter cannot come to say different things.
"""

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from activities.delivery import markup

LETTERS = Path(__file__).with_name("letters")
WIDTH = 72
LABEL = 14
_EMPTY_LINES = re.compile(r"\n{3,}")

Form = Literal["text", "html", "flowed"]


def paragraph(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        _one_line(text),
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


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _flowed_listing(lines: Sequence[str]) -> str:
    return lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)


@dataclass(frozen=True, slots=True)
class _Setting:
    """How each kind of piece is set; `signature` stands above the last line."""

    filters: Mapping[str, Callable[..., Any]]
    row: Callable[[str, str], str]
    signature: str
    escapes: bool = False


_TEXT = _Setting(
    filters={
        "paragraph": paragraph,
        "quotation": quotation,
        "listing": listing,
        "heading": _one_line,
        "greeting": str,
        "link": str,
        "table": str,
        "small": paragraph,
    },
    row=row,
    signature="-- ",
)
# GOV.UK Notify sets a line that begins with “^ ” apart, and “# ” as a heading; it breaks lines itself.
_FLOWED = _Setting(
    filters={
        "paragraph": _one_line,
        "quotation": lambda text: f"^ “{_one_line(text)}”",
        "listing": _flowed_listing,
        "heading": lambda text: f"# {_one_line(text)}",
        "greeting": str,
        "link": str,
        "table": str,
        "small": _one_line,
    },
    row=lambda label, text: f"{label}: {_one_line(text)}",
    signature="---",
)
_HTML = _Setting(
    filters={
        "paragraph": markup.paragraph,
        "quotation": markup.quotation,
        "listing": markup.listing,
        "heading": markup.heading,
        "greeting": markup.paragraph,
        "link": markup.link,
        "table": markup.table,
        "small": markup.small,
    },
    row=markup.row,
    signature="",
    escapes=True,
)
_SETTINGS: Mapping[Form, _Setting] = {"text": _TEXT, "html": _HTML, "flowed": _FLOWED}


@cache
def templates(form: Form = "text") -> Environment:
    """The letters of this room. Only HTML is escaped: in plain text an apostrophe would become `&#39;`."""
    setting = _SETTINGS[form]
    environment = Environment(
        loader=FileSystemLoader(LETTERS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=setting.escapes,  # noqa: S701 - it is set where the form is HTML
    )
    environment.filters.update(setting.filters)
    environment.globals.update(row=setting.row, signature=setting.signature)
    return environment
