"""One plain question over loopback HTTP."""

import asyncio
import http.client
from urllib.parse import urlsplit


async def answers_ok(url: str, within: float = 2.0) -> bool:
    """Whether a GET of `url` is answered with 200 within so many seconds."""
    return await status_of(url, within) == http.client.OK


async def status_of(url: str, within: float = 2.0) -> int | None:
    """The status that a GET of `url` is answered with, or None when nobody answers in time."""
    return await asyncio.to_thread(_get, url, within)


def _get(url: str, within: float) -> int | None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=within)
    try:
        connection.request("GET", parts.path or "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
