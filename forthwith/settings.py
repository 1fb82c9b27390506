"""Settings: from the environment (FORTHWITH_…), and from the note that an embedded run leaves."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from forthwith.embedded.state import StateFolder, default_home
from ledger.privileges import with_login

APPLICATION, PUBLISHER = "forthwith_app", "forthwith_publisher"
PROJECTOR = "projector"
DEMO = "demo"


class Settings(BaseSettings):
    """Every setting, with its default.

    `database_url` is the owner's address, for migrations and for an embedded run; `application_url` the
    application login's, which may append and read and nothing else; `publisher_url` that of whoever signs the log;
    `projector_url` that of the login that keeps the read models.
    """

    model_config = SettingsConfigDict(env_prefix="FORTHWITH_", extra="ignore")

    home: Path | None = None
    bag: Path | None = None
    database_url: str | None = None
    application_url: str | None = None
    projector_url: str | None = None
    privacy_key_file: Path | None = None
    evidence: str | None = None
    evidence_limit: int = Field(default=52428800, ge=1, le=1073741824)
    scan_command: str | None = None
    database_connections: int = Field(default=8, ge=1, le=100)
    desk_port: int = 8000
    desk_url: str = "http://127.0.0.1:8000"
    smtp_host: str = "127.0.0.1"
    smtp_port: int = 25
    smtp_user: str | None = None
    smtp_password: str | None = None
    smtp_starttls: bool = False
    mail_sender: str = "Forthwith <chasing@forthwith.invalid>"
    catch_mail: bool = False
    quiet_hours: str = "18:00-08:00"
    digest_at: str = "09:30"
    link_key_file: Path | None = None
    notify_key_file: Path | None = None
    notify_template: str | None = None
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_callback_file: Path | None = None
    webhooks: Path | None = None
    webhooks_private: bool = False
    apprise: str | None = None
    demo: bool = False
    local_accounts: bool | None = None
    session_idle_minutes: int = Field(default=60, ge=5, le=1440)
    session_hours: int = Field(default=12, ge=1, le=168)
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret_file: Path | None = None
    oidc_name: str = "your organisation’s account"
    oidc_scopes: str = "openid profile email"
    oidc_mapping: Path | None = None
    log_json: bool = False
    publisher_url: str | None = None
    log_origin: str = "forthwith.invalid/log"
    log_folder: Path | None = None
    log_keys: Path | None = None
    log_state: Path | None = None
    log_policy: Path | None = None


class NothingRuns(Exception):
    """No database was named, and no embedded run was found."""


def state_folder(settings: Settings, *, demo: bool = False) -> StateFolder:
    home = settings.home or default_home()
    return StateFolder(home / DEMO if demo else home)


def evidence_place(settings: Settings) -> str:
    """Where evidence is kept: a URL, a folder, or a folder beside the state of the embedded run."""
    if settings.evidence:
        return settings.evidence
    return str((running_folder(settings) or state_folder(settings)).path / "evidence")


def running_folder(settings: Settings) -> StateFolder | None:
    """The folder of the embedded run that is up: the one named, or else the demonstration's."""
    folders = (state_folder(settings), state_folder(settings, demo=True))
    return next((folder for folder in folders if folder.running() is not None), None)


def application_url(settings: Settings) -> str:
    """Where the record is, for the application login; raises NothingRuns with the next step."""
    if settings.application_url:
        return settings.application_url
    folder = running_folder(settings)
    running = folder.running() if folder else None
    if folder is None or running is None:
        raise NothingRuns(
            "Nothing runs here. Start it with `forthwith demo` or `forthwith up`, "
            "or name a database in FORTHWITH_APPLICATION_URL."
        )
    return as_application(running.database_url, folder)


def owner_url(settings: Settings) -> str:
    """Where the database is, for its owner, who makes logins; raises NothingRuns with the next step."""
    if settings.database_url:
        return settings.database_url
    folder = None if settings.application_url else running_folder(settings)
    running = folder.running() if folder else None
    if running is None:
        raise NothingRuns(
            "Nothing runs here. Start it with `forthwith demo` or `forthwith up`, "
            "or name a database, with its owner's login, in FORTHWITH_DATABASE_URL."
        )
    return running.database_url


def publisher_url(settings: Settings) -> str:
    """Where the record is, for the publisher's login; raises NothingRuns with the next step."""
    if settings.publisher_url:
        return settings.publisher_url
    folder = running_folder(settings)
    running = folder.running() if folder else None
    if folder is None or running is None:
        raise NothingRuns(
            "Nothing runs here whose log could be published. Start it with `forthwith up`, "
            "or name a database in FORTHWITH_PUBLISHER_URL."
        )
    return with_login(running.database_url, PUBLISHER, folder.secret("publisher"))


def projector_url(settings: Settings) -> str:
    """Where the read models are, for the login that keeps them; raises NothingRuns with the next step."""
    if settings.projector_url:
        return settings.projector_url
    folder = None if settings.application_url else running_folder(settings)
    running = folder.running() if folder else None
    if folder is None or running is None:
        raise NothingRuns(
            "Nothing runs here. Start it with `forthwith demo` or `forthwith up`, "
            "or name a database, with the projector's login, in FORTHWITH_PROJECTOR_URL."
        )
    return with_login(running.database_url, f"forthwith_{PROJECTOR}", folder.secret(PROJECTOR))


def as_application(owner_url: str, folder: StateFolder) -> str:
    return with_login(owner_url, APPLICATION, folder.secret("application"))
