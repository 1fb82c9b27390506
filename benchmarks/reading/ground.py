"""A PostgreSQL in a folder that is thrown away, with our schema and a record of so many events."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import asyncpg

from domain.record import Recorded
from forthwith.embedded.postgres import EmbeddedPostgres
from forthwith.embedded.state import StateFolder
from forthwith.notice_files.reading import read_notice
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.pure import PureEngine
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.stage import set_stage
from ledger.migrations import migrate
from ledger.privileges import provision

NOTICE = "lancashire-2016"
PASSWORD = "benchmark"
COLUMNS = (
    "index", "stream", "version", "type", "recorded", "effective", "notice", "obligation", "occurrence", "rung", "actor",
    "command_id", "event_id", "canonical", "leaf",
)  # fmt: skip
_NOTICES = Path(__file__).parents[2] / "notices"


@asynccontextmanager
async def a_server() -> AsyncIterator[EmbeddedPostgres]:
    """The embedded server as it ships, fsync on."""
    folder = Path(tempfile.mkdtemp(prefix="forthwith-benchmark-"))
    folder.chmod(0o711)
    server = EmbeddedPostgres(StateFolder(folder / "state"))
    await server.start()
    try:
        yield server
    finally:
        await server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def prepared(server: EmbeddedPostgres) -> str:
    """The owner's way into a database with our schema."""
    await migrate(server.dsn)
    await provision(server.dsn, PASSWORD, projector_password=PASSWORD)
    return server.dsn


async def a_year(scenario: str = "two-reports-missed") -> list[Recorded]:
    """What a rehearsal of the Lancashire notice records."""
    model = read_model(_NOTICES / "scenarios" / f"{scenario}.yaml", Scenario, 65_536)
    stage = await set_stage(read_notice(_NOTICES / f"{NOTICE}.yaml"), model)
    await PureEngine(stage, lambda _: None).run()
    return list(await stage.office.ledger.read(limit=1_000_000))


async def fill(owner: asyncpg.Connection, year: Sequence[Recorded], events: int) -> None:
    """The same year under many notices, one after the other, until there are so many events."""
    done = 0
    while done < events:
        rename = partial(_under, name=notice_named(done // len(year)))
        rows = [
            row_of(done + place, each, rename) for place, each in enumerate(year[: events - done], start=1)
        ]
        await owner.copy_records_to_table("events", schema_name="forthwith", columns=COLUMNS, records=rows)
        done += len(rows)
    await owner.execute("UPDATE forthwith.head SET size = $1, recorded = clock_timestamp()", events)
    await owner.execute("VACUUM ANALYZE forthwith.events")


def notice_named(number: int) -> str:
    """As long as the notice's own name, so that the events keep their sizes."""
    return f"lancashire-{number:04}"


def row_of(index: int, event: Recorded, rename: Callable[[str], str]) -> tuple[object, ...]:
    """An event as a row of its own record, in which everything has other names."""

    def renamed(text: str | None) -> str | None:
        return None if text is None else rename(text)

    said, canonical = event.envelope, rename(event.canonical.decode()).encode()
    return (
        index, renamed(event.stream), event.version, event.type, event.recorded, said.effective, renamed(said.notice),
        said.obligation, renamed(said.occurrence), said.rung, renamed(str(said.actor)), uuid4(), uuid4(), canonical,
        sha256(b"\x00" + canonical).digest(),
    )  # fmt: skip


def _under(text: str, name: str) -> str:
    return text.replace(NOTICE, name)
