"""The components that our templates use are drawn as GOV.UK Frontend 6.3.0 itself draws them: by its own fixtures."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template
from jinja2.meta import find_referenced_templates

import desk
from desk.render import environment
from tests.desk.markup import tree_of

HERE = Path(__file__).parent / "govuk_frontend"
MANIFEST = json.loads((HERE / "manifest.json").read_text())
TEMPLATES = Path(str(desk.__file__)).parent / "templates"
COMPONENT = re.compile(r"govuk_frontend_jinja/components/([a-z-]+)/macro\.html")


@cache
def files() -> dict[str, bytes]:
    with zipfile.ZipFile(HERE / "fixtures.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fixtures(component: str) -> list[dict[str, Any]]:
    """Each has name, options and the html that is right."""
    found: list[dict[str, Any]] = json.loads(files()[f"{component}/fixtures.json"])["fixtures"]
    return found


def used_components() -> list[str]:
    """Read from the templates, so that a new one is not forgotten."""
    names = (
        name
        for path in TEMPLATES.rglob("*.html")
        for name in find_referenced_templates(environment().parse(path.read_text()))
    )
    return sorted({found[1] for name in names if name and (found := COMPONENT.fullmatch(name))})


def drawing(component: str) -> Template:
    macro = "govuk" + component.title().replace("-", "")
    source = f"govuk_frontend_jinja/components/{component}/macro.html"
    return environment().from_string(f'{{% from "{source}" import {macro} %}}{{{{ {macro}(options) }}}}')


@pytest.mark.parametrize("component", used_components())
def test_every_official_fixture_of_a_component_in_use_is_drawn_equal(component: str) -> None:
    template = drawing(component)
    unequal = [
        each["name"]
        for each in fixtures(component)
        if tree_of(template.render(options=each["options"])) != tree_of(each["html"])
    ]
    assert unequal == []


def test_the_components_in_use_are_found_in_the_templates() -> None:
    assert {"button", "error-summary", "service-navigation", "summary-list"} <= set(used_components())
    assert all(fixtures(each) for each in used_components())


def test_the_fixtures_are_those_of_the_version_that_is_served() -> None:
    served = json.loads((TEMPLATES.parent / "static" / "vendor" / "manifest.json").read_text())["packages"][0]
    assert MANIFEST["package"] == {key: served[key] for key in MANIFEST["package"]}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in files().items()} == MANIFEST[
        "files"
    ]
    assert "Permission is hereby granted, free of charge" in (HERE / "LICENSE.txt").read_text()


BUTTON = (
    '<p><button type="submit" class="govuk-button" data-module="govuk-button">\n  Save\n</button> now</p>'
)


@pytest.mark.parametrize(
    "changed",
    [
        BUTTON.replace('type="submit"', 'type="button"'),
        BUTTON.replace(' type="submit"', ""),
        BUTTON.replace('class="', 'class="govuk-button--warning '),
        BUTTON.replace("Save", "save"),
        BUTTON.replace("button>", "a>").replace("<button", "<a"),
        BUTTON.replace("</button> now", " now</button>"),
    ],
)
def test_a_change_is_found(changed: str) -> None:
    assert tree_of(changed) != tree_of(BUTTON)


def test_the_order_of_attributes_and_white_space_do_not_count() -> None:
    other = (
        '<p> <button class="govuk-button"   data-module="govuk-button" type="submit">Save</button>\nnow</p>'
    )
    assert tree_of(other) == tree_of(BUTTON)


def test_what_a_browser_would_have_to_guess_is_refused() -> None:
    with pytest.raises(AssertionError, match="</p> ends <b>"):
        tree_of("<p><b>late</p>")
