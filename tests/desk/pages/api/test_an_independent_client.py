"""Somebody who has nothing of ours but the OpenAPI document acknowledges a report, drafts it, sends it, and checks the receipt.

Nothing of the project is used to build a request or to read an answer: addresses, fields and shapes are those of the
document, and a receipt is checked by hashing the bytes that it is about.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from tests.desk.pages.api.conftest import (
    Program,  # how a test gets an address and a token; see `walk` for the client
)
from tests.desk.pages.year import OFFICER

pytestmark = pytest.mark.slow
TAKEN = {"application/json"}


@dataclass
class FromTheDocument:
    """A client that can do what the document says, and holds every answer against it."""

    http: httpx2.AsyncClient
    document: dict[str, Any]

    async def do(
        self, method: str, ending: str, sent: Any = None, headers: dict[str, str] | None = None, **names: str
    ) -> httpx2.Response:
        """The one operation whose path ends so, with its names filled in."""
        path, operation = next(self._operations(method, ending))
        if sent is not None:
            self._hold(operation["requestBody"]["content"]["application/json"]["schema"], sent)
        for name, value in (headers or {}).items():
            assert any(
                each["in"] == "header" and each["name"].lower() == name for each in operation["parameters"]
            )
            assert value
        asked = re.sub(r"{(\w+)}", lambda found: names[found[1]], path)
        answer = await self.http.request(method, asked, json=sent, headers=headers)
        told = operation["responses"][str(answer.status_code)]
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in told["content"]
        if kind in TAKEN:
            self._hold(told["content"][kind]["schema"], answer.json())
        return answer

    def _operations(self, method: str, ending: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for path, operations in self.document["paths"].items():
            if path.endswith(ending) and method.lower() in operations:
                yield path, operations[method.lower()]

    def _hold(self, schema: dict[str, Any], value: Any) -> None:
        jsonschema_rs.validator_for({**schema, "components": self.document["components"]}).validate(value)


async def test_from_the_task_to_the_receipt(program: Program) -> None:
    http = await program(OFFICER)
    await walk(FromTheDocument(http, (await http.get("/openapi.json")).json()))


async def walk(client: FromTheDocument) -> None:
    tasks = (await client.do("GET", "/tasks")).json()["items"]
    task = next(
        each for each in tasks if each["urgency"] == "critically overdue" and each["acknowledged_by"] is None
    )
    notice, obligation, period = task["occurrence"].split("/")
    where = {"notice": notice, "obligation": obligation, "period": period}

    seen = await client.do(
        "POST", "/acts/acknowledge-task", {"task": task["task"]}, {"idempotency-key": "seen"}, **where
    )
    assert seen.status_code == 201

    tag = (await client.do("GET", "/{obligation}/{period}", **where)).headers["etag"]
    begun = (await client.do("GET", "/draft", **where)).json()
    sections = [{**each, "text": each["text"] or "Nothing to report under this heading."} for each in begun]
    sending = {"idempotency-key": "sent", "if-match": tag}
    sent = await client.do("POST", "/acts/submit-report", {"sections": sections}, sending, **where)
    assert sent.status_code == 201, sent.text
    receipt = sent.json()["receipt"]

    lost = await client.do("POST", "/acts/submit-report", {"sections": sections}, sending, **where)
    assert (lost.status_code, lost.json()["receipt"]["leaves"]) == (200, receipt["leaves"])
    twice = await client.do("POST", "/acts/submit-report", {"sections": sections[:1]}, sending, **where)
    assert (twice.status_code, twice.json()["name"]) == (422, "IdempotencyKeyReused")

    for index, leaf in zip(
        range(receipt["first_index"], receipt["last_index"] + 1), receipt["leaves"], strict=True
    ):
        event = (await client.do("GET", "/events/{index}", index=str(index))).json()
        assert hashlib.sha256(b"\x00" + event["canonical"].encode()).hexdigest() == leaf
        assert event["receipt"]["command"] == receipt["command"]
