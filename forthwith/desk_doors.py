"""The wiring of the ways into a live desk."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from desk.doors import Doors
from desk.guesses import Guesses
from desk.local_accounts import PasswordDoor
from desk.oidc.mapping import ClaimMapping
from desk.oidc.provider import Provider, ProviderSettings
from desk.sessions import MemorySessions, SessionStore
from forthwith.desk_accounts import DeskAccounts
from forthwith.desk_sessions import DeskSessions
from forthwith.settings import Settings
from forthwith.world import World
from ledger.accounts import PostgresAccounts
from ledger.guesses import PostgresCounts
from ledger.sessions import Lifetime, PostgresSessions


class UnfitSignIn(Exception):
    """The settings of signing in do not fit together; the sentence says which."""


def lifetime(settings: Settings) -> Lifetime:
    return Lifetime(settings.session_idle_minutes * 60.0, settings.session_hours * 3600.0)


def sessions_of(settings: Settings, world: World) -> SessionStore:
    """In memory for a demonstration, on the database where people are real."""
    if world.clock.simulated:
        return MemorySessions()
    return DeskSessions(PostgresSessions(world.ledger.database, lifetime(settings)))


def doors_of(settings: Settings, world: World) -> Doors:
    """Raises UnfitSignIn."""
    if world.clock.simulated:
        return Doors()
    provider = provider_of(settings)
    by_password = settings.local_accounts if settings.local_accounts is not None else provider is None
    database = world.ledger.database
    guesses = Guesses(PostgresCounts(database))
    door = PasswordDoor(PostgresAccounts(database), guesses=guesses) if by_password else None
    return Doors(door, provider)


def accounts_of(settings: Settings, world: World) -> DeskAccounts | None:
    """None for a demonstration: nobody in it is real."""
    if world.clock.simulated:
        return None
    return DeskAccounts(world.ledger.database, lifetime(settings), settings.desk_url)


def provider_of(settings: Settings) -> Provider | None:
    """Raises UnfitSignIn."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id:
        raise UnfitSignIn("FORTHWITH_OIDC_ISSUER needs FORTHWITH_OIDC_CLIENT_ID beside it.")
    if "openid" not in settings.oidc_scopes.split():
        raise UnfitSignIn("FORTHWITH_OIDC_SCOPES must hold “openid”.")
    secret = _text(settings.oidc_client_secret_file, "FORTHWITH_OIDC_CLIENT_SECRET_FILE")
    ours = ProviderSettings(
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret.strip() if secret else None,
        settings.desk_url,
        settings.oidc_name,
        settings.oidc_scopes,
        mapping_from(settings.oidc_mapping),
    )
    try:
        return Provider(ours)
    except ValueError as fault:
        raise UnfitSignIn(f"FORTHWITH_OIDC_ISSUER: {fault}") from None


def mapping_from(file: Path | None) -> ClaimMapping:
    """Raises UnfitSignIn with what is wrong with the file, and where."""
    text = _text(file, "FORTHWITH_OIDC_MAPPING")
    if text is None:
        return ClaimMapping()
    try:
        return ClaimMapping.model_validate(yaml.safe_load(text) or {})
    except yaml.YAMLError as fault:
        raise UnfitSignIn(f"The mapping file “{file}” is no YAML: {fault}") from None
    except ValidationError as fault:
        faults = "; ".join(
            f"{'.'.join(map(str, each['loc'])) or 'the whole'}: {each['msg'].lower()}"
            for each in fault.errors()
        )
        raise UnfitSignIn(f"The mapping file “{file}” cannot be used: {faults}.") from None


def _text(file: Path | None, setting: str) -> str | None:
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnfitSignIn(f"{setting} names “{file}”, which cannot be read: {fault}.") from None
