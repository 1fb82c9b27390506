"""How far each read model has come, and whether it is well."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from projections.tables.sql_files import query
from projections.tables.writing import Connection

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Poison:
    """An event that a read model could not take; `waiting` events wait behind it in streams that stand still."""

    projection: str
    index: int
    stream: str
    fault: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """`behind`: how many events it has not taken yet. `parked` counts the poisonous ones and all that wait behind them."""

    projection: str
    position: int
    behind: int
    moved: datetime | None
    alarm: str | None
    alarmed: datetime | None
    parked: int
    poison: tuple[Poison, ...]
    proven_at: datetime | None
    proven_index: int | None

    @property
    def is_well(self) -> bool:
        return self.alarm is None and self.parked == 0


async def health(connection: Connection) -> tuple[Health, ...]:
    """Every read model, by name; any login that may read them may ask."""
    rows = await connection.fetch(query("read_positions"))
    parked = await connection.fetch(query("parked"), [row["projection"] for row in rows])
    poison = [
        Poison(each["projection"], each["index"], each["stream"], each["fault"], each["since"])
        for each in parked
        if each["fault"] is not None
    ]
    return tuple(
        Health(
            projection=row["projection"],
            position=row["position"],
            behind=row["size"] - row["position"],
            moved=row["moved"],
            alarm=row["alarm"],
            alarmed=row["alarmed"],
            parked=row["parked"],
            poison=tuple(each for each in poison if each.projection == row["projection"])[:SHOWN],
            proven_at=row["proven_at"],
            proven_index=row["proven_index"],
        )
        for row in rows
    )


async def unwell_at(url: str) -> tuple[str, ...]:
    """The names of those that are not well; none, where nobody can be asked."""
    try:
        connection = await asyncpg.connect(url, timeout=5, command_timeout=5)
        try:
            return tuple(each.projection for each in await health(connection) if not each.is_well)
        finally:
            connection.terminate()
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return ()
