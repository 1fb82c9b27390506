"""Which world a store holds: the real one, or a simulated one with its own clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import asyncpg
import orjson

from domain.clock import ClockSpec
from domain.record import SimulatedTimeRefused
from domain.values import write_instant

Mode = Literal["live", "simulated"]

_READ = "SELECT mode, clock FROM forthwith.instance"
_CHANGE = "UPDATE forthwith.instance SET mode = $1, clock = $2::text::jsonb"


@dataclass(frozen=True, slots=True)
class Instance:
    """The world of a store."""

    mode: Mode
    clock: ClockSpec


async def set_instance(dsn: str, mode: Mode, clock_spec: ClockSpec | None = None) -> None:
    """Say which world this store holds, with the owner's rights.

    Raises SimulatedTimeRefused once it holds an event.
    """
    spec = clock_spec or ClockSpec()
    if mode == "live" and not spec.is_identity:
        raise SimulatedTimeRefused("A live store runs on real time; a shifted clock needs a simulated store.")
    connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60)
    try:
        await connection.execute(_CHANGE, mode, orjson.dumps(clock_to_json(spec)).decode())
    except asyncpg.ObjectNotInPrerequisiteStateError as refusal:
        raise SimulatedTimeRefused(str(refusal)) from None
    finally:
        await connection.close()


async def read_instance(dsn: str) -> Instance:
    """Which world this store holds; any login may ask."""
    connection = await asyncpg.connect(dsn, timeout=10, command_timeout=60)
    try:
        row = await connection.fetchrow(_READ)
    finally:
        await connection.close()
    if row is None:
        raise LookupError("The store does not say whether it is live or simulated.")
    return Instance(row["mode"], clock_from_json(orjson.loads(row["clock"])))


def clock_to_json(spec: ClockSpec) -> dict[str, Any]:
    """A clock as it is stored: instants in UTC as text, or null."""
    return {
        "origin_domain": None if spec.origin_domain is None else write_instant(spec.origin_domain),
        "origin_real": None if spec.origin_real is None else write_instant(spec.origin_real),
        "speed": spec.speed,
    }


def clock_from_json(stored: Mapping[str, Any]) -> ClockSpec:
    """The clock that was stored."""
    domain, real = stored["origin_domain"], stored["origin_real"]
    return ClockSpec(
        None if domain is None else datetime.fromisoformat(domain),
        None if real is None else datetime.fromisoformat(real),
        stored["speed"],
    )
