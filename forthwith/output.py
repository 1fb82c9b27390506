"""How commands speak: data on standard output, talk on standard error, one JSON object a line with --json."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import orjson
from rich.console import Console
from rich.table import Column, Table

from domain.record import Receipt, Recorded
from domain.time.zones import to_local
from domain.values import write_instant

WIDE = 120


def colours() -> Literal["auto"] | None:
    """None where NO_COLOR is set: rich would still write escape codes for bold text then."""
    return None if os.environ.get("NO_COLOR") else "auto"


talk = Console(stderr=True, highlight=False, soft_wrap=True, color_system=colours())


def print_json(value: Mapping[str, Any]) -> None:
    """One object on one line."""
    sys.stdout.write(orjson.dumps(value, default=str).decode() + "\n")


def column_for(heading: str, names: Iterable[str]) -> Column:
    """A column so wide that names which people copy are never broken or cut; other text in it is folded."""
    return Column(heading, width=max(map(len, (heading, *names))))


def print_table(headings: Sequence[str | Column], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal, or 120 columns wide for a file or another program."""
    on_terminal = sys.stdout.isatty()
    console = Console(
        highlight=False, markup=False, width=None if on_terminal else WIDE, color_system=colours()
    )
    table = Table(*headings, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*row)
    # Captured, because rich ends the whole process with 1 when whoever reads its output has left.
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def event_line(event: Recorded, index: int | None = None) -> dict[str, Any]:
    """An event as all commands print it. Times are in UTC; `rung` and `occurrence` are null where there is none."""
    envelope = event.envelope
    return {
        "index": index or event.index,
        "type": event.type,
        "recorded": write_instant(event.recorded),
        "effective": write_instant(envelope.effective),
        "notice": envelope.notice,
        "obligation": envelope.obligation,
        "occurrence": envelope.occurrence,
        "rung": envelope.rung,
        "actor": str(envelope.actor),
        "authority": envelope.authority,
        "data": envelope.data,
    }


def receipt_line(receipt: Receipt) -> dict[str, Any]:
    """A receipt, to be kept: with it anybody can later show that the act was recorded."""
    return {
        "command": str(receipt.command_id),
        "first_index": receipt.first_index,
        "last_index": receipt.last_index,
        "recorded": write_instant(receipt.recorded),
        "leaves": list(receipt.leaves),
        "repeated": receipt.repeated,
    }


def local_text(instant: datetime, zone: str) -> str:
    """With offset, to the second: 2016-06-14T23:59:59+01:00."""
    return to_local(instant, zone).isoformat(timespec="seconds")


def day_text(instant: datetime, zone: str) -> str:
    """Tue 14 Jun 2016 09:00"""
    return f"{to_local(instant, zone):%a %-d %b %Y %H:%M}"


def date_text(instant: datetime, zone: str) -> str:
    """Tue 14 Jun 2016"""
    return f"{to_local(instant, zone):%a %-d %b %Y}"
