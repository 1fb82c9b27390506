"""Which words there are to translate: those of the templates, and those that stand in the code of the desk.

It is run by a maintainer and by the tests, never by the desk itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import extract_from_ast

from desk.doing import ON_ANOTHER_PAGE
from desk.explanations import EXPLANATIONS, NOT_RECORDED, ONLY_READ, PERHAPS_RECORDED
from desk.language.catalogue import FOLDER
from desk.language.templates import CALL, left_in_pieces
from desk.navigation import LINKS
from desk.notice_navigation import DAILY, MORE, THIS_NOTICE
from desk.pages.receipt import HEADINGS
from desk.pages.task import IN_WORDS
from desk.pages.tasks import LABELS
from desk.render import GOVUK, environment
from desk.words import STANDING_TAGS

DESK = Path(__file__).resolve().parents[1]
TEMPLATES = DESK / "templates"
NEVER_DATED = datetime(
    2016, 5, 19, tzinfo=UTC
)  # the day of the first notice: a catalogue's own day would always differ

Message = str | tuple[str, str]


@cache
def gathered() -> Catalog:
    """The source, in British English; without numbers of lines, so that moving a sentence changes nothing."""
    made = _empty("en_GB")
    found: dict[Message, set[str]] = {}
    for name, message in (*_in_templates(), *_in_code()):
        found.setdefault(message, set()).add(name)
    for message, names in sorted(found.items(), key=str):
        made.add(message, locations=[(name, 0) for name in sorted(names)])
    return made


def _empty(locale: str) -> Catalog:
    made = Catalog(locale=locale, project="Forthwith", version="", charset="utf-8", fuzzy=False)
    made.creation_date = made.revision_date = NEVER_DATED
    made.header_comment = "# The words of the desk. See docs/languages.md."
    return made


def _in_templates() -> Iterator[tuple[str, Message]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = f"desk/templates/{path.relative_to(TEMPLATES)}"
        yield from ((name, each) for each in _of_template(path.read_text()))
    loader = environment().loader
    assert loader is not None
    for name in loader.list_templates():
        if name.startswith(f"{GOVUK}/"):
            yield from ((name, each) for each in _of_template(loader.get_source(environment(), name)[0]))


def _of_template(source: str) -> Iterator[Message]:
    for _, _, message in extract_from_ast(environment().parse(source), (CALL, "gettext", "ngettext")):
        if isinstance(message, str):
            yield message
        elif message and message[0] and message[1]:
            yield message[0], message[1]


def _in_code() -> Iterator[tuple[str, Message]]:
    """What the templates show by way of `worded`, and what the code itself gives to it."""
    tables: dict[str, Iterable[str]] = {
        "desk/navigation.py": (link.text for link in LINKS),
        "desk/notice_navigation.py": (
            THIS_NOTICE,
            *(part.text for part in DAILY),
            *(words for group in MORE for words in (group.title, *(part.text for part in group.parts))),
        ),
        "desk/explanations.py": (
            *(ONLY_READ, NOT_RECORDED, PERHAPS_RECORDED),
            *(words for each in EXPLANATIONS.values() for words in (each.title, each.meaning, each.advice)),
        ),
        "desk/words.py": (standing.capitalize() for standing in STANDING_TAGS),
        "desk/doing.py": ON_ANOTHER_PAGE.values(),
        "desk/pages/task.py": IN_WORDS.values(),
        "desk/pages/tasks.py": LABELS.values(),
        "desk/pages/receipt.py": HEADINGS.values(),
    }
    for name, words in tables.items():
        yield from ((name, each) for each in words)
    for path in sorted(DESK.rglob("*.py")):
        name = f"desk/{path.relative_to(DESK)}"
        yield from ((name, each) for each in _labels(ast.parse(path.read_text())))


def _labels(module: ast.Module) -> Iterator[str]:
    """The first of two in a list of facts, as in `("Owed by", …)`, the heads of tables called `COLUMNS`, and `worded("…")`."""
    for node in ast.walk(module):
        if isinstance(node, ast.List):
            pairs = (each for each in node.elts if isinstance(each, ast.Tuple) and len(each.elts) == 2)
            yield from (each for pair in pairs for each in _capital(pair.elts[0]))
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple) and _is_columns(node):
            yield from (each for part in node.value.elts for each in _capital(part))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "worded":
            yield from (each for words in node.args for each in _capital(words))


def _is_columns(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id.endswith("COLUMNS") for target in node.targets)


def _capital(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value[:1].isupper():
        yield node.value


def left() -> dict[str, list[str]]:
    """The words of each template that reach no catalogue yet."""
    found = {
        str(path.relative_to(TEMPLATES)): left_in_pieces(path.read_text())
        for path in sorted(TEMPLATES.rglob("*.html"))
    }
    return {name: pieces for name, pieces in found.items() if pieces}


def for_translators(language: str) -> Catalog:
    """Every message, with the translations that there are."""
    kept = translated(language)
    made = _empty(language)
    for each in gathered():
        if each.id:
            before = kept.get(each.id)
            made.add(each.id, before.string if before else None, locations=each.locations)
    return made


def translated(language: str) -> Catalog:
    """What the desk has of that language; a language that it does not have yet is empty."""
    path = FOLDER / f"{language}.po"
    if not path.exists():
        return _empty(language)
    with path.open("rb") as kept:
        return read_po(kept, locale=language)


def without_gaps(whole: Catalog) -> Catalog:
    """Only what has been translated: it alone is kept, so that a change of the English touches no catalogue."""
    made = _empty(str(whole.locale))
    made.header_comment = whole.header_comment
    for each in whole:
        if each.id and each.string and all([each.string] if isinstance(each.string, str) else each.string):
            made.add(each.id, each.string, flags=each.flags, user_comments=each.user_comments)
    return made


def written(catalogue: Catalog) -> bytes:
    """As it stands in its file."""
    made = BytesIO()
    write_po(made, catalogue, width=110, include_lineno=False, sort_output=True)
    return made.getvalue()
