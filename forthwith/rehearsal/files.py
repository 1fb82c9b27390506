"""Where the files lie that a scenario names, or that somebody names on the command line."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

SHIPPED = Path(str(files("notices") / "scenarios"))


def scenario_file(name: str, beside: Path) -> Path | None:
    """A path, or the name of a scenario that lies beside, or of one that ships."""
    return _first(beside / name, beside / f"{name}.yaml", *_named(name, SHIPPED))


def notice_file(name: str, beside: Path) -> Path | None:
    """The same for notices."""
    shipped = (path for path in _named(name, SHIPPED.parent) if not path.is_relative_to(SHIPPED))
    return _first(beside / name, *shipped)


def shipped_scenarios() -> list[str]:
    return sorted(path.stem for path in SHIPPED.rglob("*.yaml"))


def _named(name: str, folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.yaml")) if path.stem == name)


def _first(*paths: Path) -> Path | None:
    return next((path for path in paths if path.is_file()), None)
