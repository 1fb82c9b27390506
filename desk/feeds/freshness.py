"""Whether a reader has the newest version already (RFC 9110, section 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

_A_SECOND = timedelta(seconds=1)


def headers_of(content: bytes, changed: datetime, now: datetime) -> dict[str, str]:
    """What goes out with the content, and with a 304. It is one person's, and is asked for again each time.

    A change within this very second is not dated: another one may follow that bears the same date.
    """
    headers = {"etag": f'"{hashlib.sha256(content).hexdigest()}"', "cache-control": "private, no-cache"}
    if changed <= now - _A_SECOND:
        headers["last-modified"] = format_datetime(
            changed.astimezone(UTC).replace(microsecond=0), usegmt=True
        )
    return headers


def is_fresh(asked: Mapping[str, str], headers: Mapping[str, str]) -> bool:
    """The tag decides; the date only for a reader that sent no tag."""
    tags = asked.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or headers["etag"] in {
            each.strip().removeprefix("W/") for each in tags.split(",")
        }
    since, changed = _date(asked.get("if-modified-since")), _date(headers.get("last-modified"))
    return since is not None and changed is not None and changed <= since


def _date(text: str | None) -> datetime | None:
    """None where it is no date: the reader then simply gets everything."""
    try:
        found = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
