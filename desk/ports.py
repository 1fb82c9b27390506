"""What the desk needs from outside; the front door fills it in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class UnavailableError(Exception):
    """A port could not reach what stands behind it; the desk answers 503 and says so."""


@dataclass(frozen=True)
class Persona:
    """A person who can sit at the desk, with the titles of the roles they hold now."""

    id: str
    name: str
    roles: tuple[str, ...]
    organisation: str


@dataclass(frozen=True)
class DeskPorts:
    """The callables and facts behind the pages.

    `hosts` are the names the desk answers to, without port. `secret` signs form tokens: at least 32 bytes,
    the same in every process that serves one site. `zone` is the notice's own: every time is told in it.
    """

    clock_now: Callable[[], datetime]
    simulated: bool
    ready: Callable[[], Awaitable[dict[str, bool]]]
    secret: bytes
    hosts: tuple[str, ...]
    personas: Callable[[], Awaitable[tuple[Persona, ...]]]
    zone: ZoneInfo = LONDON

    def __post_init__(self) -> None:
        if len(self.secret) < 32:
            raise ValueError("The desk's secret must be at least 32 bytes long.")
