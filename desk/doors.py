"""The ways into a live desk. A demonstration has none of them: there, people sign in by choosing a name."""

from __future__ import annotations

from dataclasses import dataclass

from desk.local_accounts import PasswordDoor
from desk.oidc.provider import Provider


@dataclass(frozen=True)
class Doors:
    """By password, by a provider, or both."""

    password: PasswordDoor | None = None
    provider: Provider | None = None
