"""The API as an application of its own: it knows no cookies and no forms, and answers every error as problem+json."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from desk.api import (
    acting,
    auditing,
    building,
    deliveries,
    evidence,
    judging,
    links,
    looking_back,
    me,
    mine,
    notices,
    occurrences,
    one_event,
    portfolio,
    stream,
    tasks,
)
from desk.api.problems import register_problems
from desk.api.reads import name_acts
from desk.ports import DeskPorts

DESCRIPTION = """Everything that people can do at the desk and on the command line, for programs.

A program carries a token (`Authorization: Bearer …`) that was made with `forthwith tokens create`, and acts in the name
of the person for whom it was made. Every list goes on with `cursor`. Every read of what happened takes `as_at` and
`known_at`. Every error is a problem document (RFC 9457).
"""

ROOMS = (
    me,
    mine,
    portfolio,
    notices,
    judging,
    looking_back,
    occurrences,
    evidence,
    tasks,
    deliveries,
    one_event,
    stream,
    auditing,
    building,
    links,
    acting,
)


def create_api(ports: DeskPorts, place: str) -> FastAPI:
    """Over the same ports as the desk, at a place of it."""
    api = FastAPI(
        title="Forthwith",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # ours writes the document beside the loop, which it would hold up for a second
        redirect_slashes=False,
        servers=[{"url": place}],
    )
    api.state.ports = ports

    api.get("/openapi.json", include_in_schema=False)(_document)
    for room in ROOMS:
        api.include_router(room.router)
    register_problems(api)
    return api


async def _document(request: Request) -> Response:
    """No closure over the application: FastAPI never lets go of a handler that it has looked at once."""
    return JSONResponse(await asyncio.to_thread(name_acts, request.app))
