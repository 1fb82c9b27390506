"""The history as a table for a spreadsheet: one row an event, with its sentence and both times.

UTF-8 with a byte order mark, because Excel otherwise reads “ ” and ’ as other letters; lines end as RFC 4180 has it. A cell
that a spreadsheet would take for a formula is given an apostrophe before it.
"""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import chain

from domain.values import write_instant
from projections.exports.model import Happening, ObjectLog
from projections.exports.spool import in_chunks

COLUMNS = (
    "index", "recorded", "effective", "notice", "occurrence", "type", "what happened", "by", "actor", "command", "event",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_table(log: ObjectLog) -> Iterator[bytes]:
    yield BOM_UTF8
    yield from in_chunks(_lines(log))


def _lines(log: ObjectLog) -> Iterator[str]:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for cells in chain([COLUMNS], (map(harmless, _row(each)) for each in log.events)):
        writer.writerow(cells)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def harmless(cell: str) -> str:
    """The cell as text that no spreadsheet executes."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(event: Happening) -> tuple[str, ...]:
    notice = next(
        (each.object.partition("/")[2] for each in event.relations if each.qualifier == "under"), ""
    )
    return (
        str(event.index),
        write_instant(event.recorded),
        write_instant(event.time),
        notice,
        event.case if event.case.startswith(f"{notice}/") else "",
        event.type,
        event.sentence,
        event.actor_name,
        event.actor,
        event.command,
        event.id,
    )
