"""Whatever is sent by the OpenAPI document, or against it, is answered as the document says, on a real PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import requests
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings

from desk.app import create_app
from desk.ports import DeskPorts
from domain.tokens import Token, digest_of
from forthwith.desk_ports import personas_of_book
from ledger.directory import PostgresDirectory
from ledger.instance import set_instance
from ledger.office import Office
from ledger.postgres import PostgresLedger
from ledger.requests import PostgresRequests
from ledger.tokens import PostgresTokens
from projections.casebook import Casebook
from tests.desk.conftest import loopback_listener
from tests.desk.pages.conftest import Past
from tests.desk.pages.year import CASE_LEAD, Year

if (
    TYPE_CHECKING
):  # it takes a second to import, and every worker would do so to find out which tests there are
    from schemathesis import APIOperation, Case, GenerationMode

HELD = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
ENDLESS = "/events"
REAL = {
    "notice": "lancashire-2016",
    "obligation": "monthly-report",
    "period": "2016-09",
    "index": 5,
    "task": "owed",
}
SECRET = "a secret of these tests"
EXAMPLES = {"positive": 2, "negative": 1}


@pytest.fixture
async def address(
    past: Past, year: Year, ports: DeskPorts, postgres_dsn: str, app_dsn: str
) -> AsyncIterator[str]:
    """The desk served on loopback, over the demonstration's past in a database of its own."""
    await set_instance(postgres_dsn, "simulated")
    async with PostgresLedger(app_dsn) as ledger:
        for act in past.acts:
            await ledger.append(replace(act, outbox=()))
        book, tokens, now = Casebook(ledger), PostgresTokens(ledger.database), datetime.now(UTC)
        token = Token(uuid4(), CASE_LEAD, "fuzz", ("read", "act"), None, now, now + timedelta(hours=1))
        await tokens.create(token, digest_of(SECRET))

        async def personas() -> Any:
            return await personas_of_book(book, year.clock.now())

        app = create_app(
            replace(
                ports,
                office=Office(ledger, year.clock),
                casebook=book,
                personas=personas,
                record=ledger,
                tokens=tokens,
                requests=PostgresRequests(ledger.database),
                directory=PostgresDirectory(ledger.database),
            )
        )
        listener = loopback_listener()
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        serving = asyncio.ensure_future(server.serve([listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"
        server.should_exit = True
        await serving


async def test_every_answer_is_one_that_the_document_names(address: str) -> None:
    statuses = await asyncio.to_thread(tried, address)
    assert {200, 404, 409, 422} <= statuses


def tried(address: str) -> set[int]:
    """Every operation with what fits it and with what does not; half of it at places that are there."""
    import schemathesis
    from schemathesis import GenerationMode, openapi
    from schemathesis.checks import load_all_checks
    from schemathesis.config import SchemathesisConfig

    load_all_checks()
    checks = schemathesis.checks.CHECKS.get_by_names(HELD)
    session = requests.Session()
    session.headers["authorization"] = f"Bearer {SECRET}"
    document = session.get(f"{address}/openapi.json", timeout=60).json()
    assert document["paths"].pop(ENDLESS)
    schema = openapi.from_dict(document, config=SchemathesisConfig())
    found: set[int] = set()

    def send(case: Case, *, real: bool) -> None:
        if real:
            case.path_parameters = {
                **case.path_parameters,
                **{k: v for k, v in REAL.items() if k in case.path_parameters},
            }
            case.headers.pop("if-match", None)
        answer = case.call(base_url=address, session=session, timeout=60)
        case.validate_response(answer, checks=checks)
        found.add(answer.status_code)

    for number, each in enumerate(schema.get_all_operations()):
        run(each.ok(), GenerationMode.POSITIVE, lambda case: send(case, real=True))
        run(each.ok(), GenerationMode.NEGATIVE, lambda case, real=bool(number % 2): send(case, real=real))
    return found


def run(operation: APIOperation, mode: GenerationMode, send: Callable[[Case], None]) -> None:
    @settings(
        max_examples=EXAMPLES[mode.value],
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case: Case) -> None:
        send(case)

    once()
