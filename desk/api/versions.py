"""ETag and If-Match: what is read carries the version of its stream, and an act may ask that it be still at that one."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Header
from starlette.responses import JSONResponse, Response

IfMatch = Annotated[
    str | None,
    Header(
        max_length=1000,
        description="The act is done only while what it is about still has one of these tags.",
    ),
]
ETAG = {
    "headers": {
        "ETag": {"description": "The version of its stream, for If-Match.", "schema": {"type": "string"}}
    }
}


def tagged(body: object, version: int | None) -> Response:
    """With its tag; without one where the past is read, on which nothing can be done any more."""
    return JSONResponse(body, headers={} if version is None else {"ETag": f'"{version}"'})


def versions_in(if_match: str | None) -> frozenset[int] | None:
    """The versions that are named; None where any will do. A tag that is none of ours, or a weak one, matches nothing."""
    if if_match is None or if_match.strip() == "*":
        return None
    tags = (each.strip() for each in if_match.split(","))
    return frozenset(int(each[1:-1]) for each in tags if re.fullmatch(r'"[0-9]{1,9}"', each))
