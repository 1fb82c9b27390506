"""What a command is given by name: the record, and files."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

import asyncpg

from domain.identity import OccurrenceId
from domain.terms.notice_file import NoticeFile
from domain.time.zones import zone_named
from forthwith.exits import UsageFault
from forthwith.notice_files.reading import LIMIT_BYTES, read_notice
from forthwith.notice_files.yaml_model import Loaded, load
from forthwith.rehearsal.files import scenario_file, shipped_scenarios
from forthwith.rehearsal.scenario import Scenario
from forthwith.settings import NothingRuns, Settings, application_url
from forthwith.world import World, open_world, world_of_bag


@asynccontextmanager
async def the_world() -> AsyncIterator[World]:
    """The record that the settings name, a bag or a database, or that of the embedded run.

    Raises NothingRuns with the next step, NoBag, UnreadableBag.
    """
    settings = Settings()
    if settings.bag is not None:
        yield world_of_bag(must_exist(settings.bag))
        return
    async with AsyncExitStack() as stack:
        with_world = open_world(application_url(settings))
        try:
            world = await stack.enter_async_context(with_world)
        except asyncpg.UndefinedTableError:
            raise NothingRuns(
                "The database holds no record yet. Prepare it with `forthwith migrate`."
            ) from None
        except UNREACHABLE as fault:
            raise NothingRuns(f"The record cannot be reached: {fault}. Run `forthwith doctor`.") from None
        yield world


UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


def notice_from(file: Path) -> NoticeFile:
    """Raises FileNotFoundError, or NoticeFileFaults with everything that is wrong with the file."""
    return read_notice(must_exist(file))


def notice_named(text: str) -> str:
    """The identifier of a notice: as it is given, or that of the file which is given instead."""
    return notice_from(Path(text)).notice.id if Path(text).is_file() else text


def scenario_from(name: str) -> Loaded[Scenario]:
    """A scenario file, or a shipped one by its name; raises FileNotFoundError with the names that exist."""
    found = scenario_file(name, Path())
    if found is not None:
        return load(found, Scenario, LIMIT_BYTES)
    known = ", ".join(shipped_scenarios())
    raise FileNotFoundError(
        f"There is no scenario file “{name}”, and none that ships by that name. Those are: {known}."
    )


def must_exist(file: Path) -> Path:
    if not file.exists():
        raise FileNotFoundError(f"There is no file “{file}”.")
    return file


def occurrence_named(text: str) -> OccurrenceId:
    """Raises UsageFault where it is not written notice/obligation/period."""
    try:
        return OccurrenceId.parse(text)
    except ValueError as fault:
        raise UsageFault(str(fault)) from None


def in_zone(given: datetime, zone: str, option: str) -> datetime:
    """A day or an instant; without a zone of its own it is in the notice's. Raises UsageFault."""
    if given.year < 1900:
        raise UsageFault(f"{option} is a day such as 2026-11-23, or an instant with its zone.")
    return given if given.tzinfo else given.replace(tzinfo=zone_named(zone))
