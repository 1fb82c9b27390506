"""Where the log of an instance lies: its folder, its keys, and what was signed last."""

from dataclasses import dataclass
from pathlib import Path

from forthwith.settings import Settings, running_folder, state_folder


@dataclass(frozen=True, slots=True)
class LogPlaces:
    """`folder` is what a static site may serve; `keys` and `state` are nobody's business but the publisher's."""

    origin: str
    folder: Path
    keys: Path
    state: Path
    policy: Path | None


def log_places(settings: Settings) -> LogPlaces:
    """What the settings name, or else a folder `log` beside the data of the embedded run."""
    home = (running_folder(settings) or state_folder(settings)).path / "log"
    return LogPlaces(
        settings.log_origin,
        settings.log_folder or home / "site",
        settings.log_keys or home / "keys",
        settings.log_state or home / "state" / "signed",
        settings.log_policy,
    )
