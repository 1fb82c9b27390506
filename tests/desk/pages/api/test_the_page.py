"""The examples of docs/api.md are sent, and answered as the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from desk.api.app import create_api
from desk.ports import DeskPorts
from tests.desk.pages.api.conftest import Program
from tests.desk.pages.year import OFFICER

pytestmark = pytest.mark.slow
PAGE = (Path(__file__).parents[4] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```http\n(.*?)\n```\n```json\n(\d+) (.*?)\n```", PAGE, re.DOTALL)


def test_every_example_is_found() -> None:
    assert len(EXAMPLES) == PAGE.count("```http") > 5


async def test_every_example_is_answered_as_the_page_says(program: Program) -> None:
    client = await program(OFFICER)
    for asked, status, answer in EXAMPLES:
        head, _, body = asked.partition("\n\n")
        (method, address), *headers = (line.split(" ", 1) for line in head.splitlines())
        given = await client.request(
            method,
            f"https://desk.example{address}",
            headers={name.rstrip(":"): value for name, value in headers},
            **({"json": json.loads(body)} if body else {}),
        )
        assert given.status_code == int(status), (asked, given.text)
        assert holds(given.json(), json.loads(answer)), (asked, given.json())


def holds(given: Any, told: Any) -> bool:
    """Everything that is told is there; `…` stands for anything."""
    if told == "…":
        return given is not None
    if isinstance(told, dict):
        return isinstance(given, dict) and all(
            key in given and holds(given[key], value) for key, value in told.items()
        )
    if isinstance(told, list) and told:
        return len(given) == len(told) and all(map(holds, given, told))
    return bool(given == told)


def test_the_page_names_every_address_that_is_read(app: FastAPI, ports: DeskPorts) -> None:
    document = create_api(ports, "/api/v1").openapi()
    told = PAGE.split("## Reading")[1].split("```")[0]
    for path, operations in document["paths"].items():
        if "get" in operations and path != "/me":
            last = path.split("}")[-1] or "/" + path.rsplit("/", 1)[1]
            assert last in told, path
