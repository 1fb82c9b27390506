"""The API, made when it is first asked for: a desk that only people use never pays for it."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from desk.api.limits import ApiBodyLimit
from desk.ports import DeskPorts

PLACE = "/api/v1"


class Api:
    """An ASGI application that is built at the first request, beside the loop: it takes a second."""

    def __init__(self, ports: DeskPorts) -> None:
        self._ports = ports
        self._making = asyncio.Lock()
        self._made: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        api = await self._ready()
        await api(scope, receive, send)

    async def _ready(self) -> ASGIApp:
        async with self._making:
            if self._made is None:
                self._made = await asyncio.to_thread(_made, self._ports)
            return self._made


def _made(ports: DeskPorts) -> ASGIApp:
    from desk.api.app import create_api

    return create_api(ports, PLACE)


def mount_api(app: FastAPI, ports: DeskPorts) -> None:
    """Without a record to follow and tokens to know people by, there is no API."""
    if ports.record is not None and ports.tokens is not None:
        largest = ports.evidence.largest if ports.evidence else 0
        app.mount(PLACE, ApiBodyLimit(Api(ports), largest))
