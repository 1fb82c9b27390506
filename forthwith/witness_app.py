"""The witness protocol over HTTP (c2sp.org/tlog-witness)."""

import asyncio

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ledger.log.witness import Witness

LONGEST_REQUEST = 64_000


def witness_app(witness: Witness) -> Starlette:
    """`POST /add-checkpoint`, and `GET /<hash of the origin>/checkpoint`."""

    async def add_checkpoint(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST_REQUEST:
                return PlainTextResponse("The request is too long.\n", 413)
        answer = await asyncio.to_thread(witness.add_checkpoint, body)
        return Response(answer.body, answer.status, {"content-type": answer.content_type})

    async def newest(request: Request) -> Response:
        found = witness.newest(request.path_params["origin_hash"])
        return PlainTextResponse(found or "Nothing has been cosigned for that log.\n", 200 if found else 404)

    return Starlette(
        routes=[
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/{origin_hash}/checkpoint", newest),
        ]
    )
