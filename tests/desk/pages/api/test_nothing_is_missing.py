"""Whatever a page is for can be done over the API, by the table of permissions itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from desk.api.app import create_api
from desk.api.reads import READS, name_acts
from desk.permission_table import ACTING, ACTS, BY_TOKEN, PAGES, PUBLIC
from desk.ports import DeskPorts

pytestmark = pytest.mark.slow
# What a page does and no program can, with the reason.
BY_PEOPLE_ALONE = {
    "read-operations": "it is about the machine, and is the operator's, who carries no token: /metrics and `forthwith doctor`",
    "manage-people": "accounts are made where the machine is: `forthwith users`",
}


@pytest.fixture
def document(app: FastAPI, ports: DeskPorts) -> dict[str, dict[str, dict[str, object]]]:
    paths: dict[str, dict[str, dict[str, object]]] = name_acts(create_api(ports, "/api/v1"))["paths"]
    return paths


def test_every_act_of_a_page_is_an_operation(document: dict[str, dict[str, dict[str, object]]]) -> None:
    of_pages = set(PAGES.values()) - {PUBLIC, BY_TOKEN}
    of_api = {
        str(each["x-act"])
        for operations in document.values()
        for each in operations.values()
        if "x-act" in each
    }
    assert of_api <= set(ACTS)
    assert of_pages - of_api == set(BY_PEOPLE_ALONE) & of_pages
    assert not of_api & set(BY_PEOPLE_ALONE)
    assert {each.name for each in ACTING} <= of_api


def test_every_operation_stands_in_a_row(document: dict[str, dict[str, dict[str, object]]]) -> None:
    nameless = {
        path for path, operations in document.items() for each in operations.values() if "x-act" not in each
    }
    assert nameless == {"/me"}
    assert set(READS) <= set(document)
    assert set(READS.values()) <= set(ACTS)


def test_every_name_of_a_problem_stands_on_the_page() -> None:
    """As they are spelled where they are raised; refusals by a rule have a page of their own."""
    page = (
        (Path(__file__).parents[4] / "docs" / "api.md")
        .read_text("utf-8")
        .split("The names that are not refusals")[1]
    )
    room = Path(__file__).parents[4] / "desk" / "api"
    code = "\n".join(each.read_text("utf-8") for each in sorted(room.glob("*.py")))
    raised = set(re.findall(r'(?:ProblemError\(\s*|problem\(\s*request, )\d{3}, "([A-Z]\w+)"', code))
    assert len(raised) > 9
    assert {name for name in raised if f"`{name}`" not in page} == set()
