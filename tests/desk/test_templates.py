"""Templates keep to what the strict content security policy and escaping need."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from jinja2.meta import find_referenced_templates as referenced_templates

import desk
from desk.render import environment

FOLDER = Path(str(desk.__file__)).parent / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
RAW_KEY = re.compile(r"html$|^slots$", re.IGNORECASE)

pytestmark = pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))


def markup(template: Path) -> str:
    """The template's HTML without Jinja comments."""
    return re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)


def test_nothing_is_styled_inline(template: Path) -> None:
    assert not re.search(r"\sstyle\s*=|<style", markup(template), re.IGNORECASE)


def test_nothing_is_handled_inline(template: Path) -> None:
    assert not re.search(r"<[^>]*\son[a-z]+\s*=|javascript:", markup(template), re.IGNORECASE)


def test_every_script_carries_the_nonce_and_has_no_body(template: Path) -> None:
    for attributes, body in re.findall(r"<script([^>]*)>(.*?)</script>", markup(template), re.DOTALL):
        assert 'nonce="{{ cspNonce }}"' in attributes
        assert not body.strip()


def test_every_posting_form_carries_the_token(template: Path) -> None:
    for form in re.findall(
        r"<form[^>]*method=\"post\".*?</form>", markup(template), re.DOTALL | re.IGNORECASE
    ):
        assert "form_token_field(" in form


def test_no_text_escapes_escaping(template: Path) -> None:
    """`safe`, `autoescape false` and a macro's raw html or slots parameter put text on the page unescaped."""
    tree = environment().parse(template.read_text())
    assert not [node.name for node in tree.find_all(nodes.Filter) if node.name == "safe"]
    assert not list(tree.find_all(nodes.EvalContextModifier))
    assert raw_parameters(tree) == []


def raw_parameters(tree: nodes.Template) -> list[str]:
    """The raw parameters that are not a literal without markup of the data's own making."""
    pairs = [(key.value, value) for d in tree.find_all(nodes.Dict) for key, value in pairs_of(d)]
    return [name for name, value in pairs if RAW_KEY.search(name) and not isinstance(value, nodes.Const)]


def pairs_of(literal: nodes.Dict) -> list[tuple[nodes.Const, nodes.Expr]]:
    return [
        (p.key, p.value)
        for p in literal.items
        if isinstance(p.key, nodes.Const) and isinstance(p.key.value, str)
    ]


def test_the_template_compiles_and_all_it_imports_exists(template: Path, with_gallery: Environment) -> None:
    loaded = with_gallery.get_template(str(template.relative_to(FOLDER)))
    tree = with_gallery.parse(template.read_text())
    for name in referenced_templates(tree):
        assert name is not None
        assert with_gallery.get_template(name)
    assert loaded.name
