"""Programs at the desk of the demonstration: each has a token that was made for it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI

from desk.app import create_app
from desk.ports import DeskPorts
from domain.tokens import Scope, Token, digest_of
from ledger.memory import MemoryDirectory
from ledger.tokens import MemoryTokens
from tests.desk.pages.year import Year

Program = Callable[..., Awaitable[httpx2.AsyncClient]]
NOTICE = "lancashire-2016"
SEPTEMBER = "/notices/lancashire-2016/occurrences/monthly-report/2016-09"


@pytest.fixture
def tokens() -> MemoryTokens:
    return MemoryTokens()


@pytest.fixture
def stopping() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
def directory() -> MemoryDirectory:
    return MemoryDirectory()


@pytest.fixture
def app(
    ports: DeskPorts, year: Year, tokens: MemoryTokens, stopping: asyncio.Event, directory: MemoryDirectory
) -> FastAPI:
    return create_app(
        replace(ports, record=year.ledger, tokens=tokens, stopping=stopping, directory=directory)
    )


@pytest.fixture
def secret_for(tokens: MemoryTokens) -> Callable[..., Awaitable[str]]:
    """Makes a token and gives its secret, as `forthwith tokens create` does."""

    async def make(
        person: str, *scopes: Scope, notice: str | None = None, lasts: timedelta = timedelta(hours=1)
    ) -> str:
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        await tokens.create(
            Token(uuid4(), person, "a test", scopes or ("read", "act"), notice, now, now + lasts),
            digest_of(secret),
        )
        return secret

    return make


@pytest.fixture
def program(visitor: Callable[..., httpx2.AsyncClient], secret_for: Callable[..., Awaitable[str]]) -> Program:
    """A program that acts for somebody."""

    async def start(person: str, *scopes: Scope, notice: str | None = None) -> httpx2.AsyncClient:
        secret = await secret_for(person, *scopes, notice=notice)
        return visitor("https://desk.example/api/v1", authorization=f"Bearer {secret}")

    return start
