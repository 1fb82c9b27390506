"""OCEL 2.0 as a relational file (ocel-standard.org, section 5): SQLite, with every key and reference declared."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from domain.values import write_instant
from projections.exports.model import FROM_THE_BEGINNING, AttributeType, ObjectLog, Thing, Value

_COLUMNS: dict[AttributeType, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "boolean": "BOOLEAN",
    "time": "TIMESTAMP",
}
# How often the file was changed, and by which version of SQLite: nothing needs it, and left in, another version of the library
# gives other bytes (sqlite.org/fileformat.html, section 1.3).
_OF_THE_WRITER = (slice(24, 28), slice(92, 100))
_HEADER, _CHUNK = 100, 1 << 20


def ocel_sqlite(log: ObjectLog) -> Iterator[bytes]:
    """The file's bytes; the same log gives the same."""
    with TemporaryDirectory(prefix="forthwith-") as folder:
        file = Path(folder) / "ocel.sqlite"
        _write(file, log)
        with file.open("rb") as opened:
            yield _with_no_trace_of_the_writer(opened.read(_HEADER))
            yield from iter(lambda: opened.read(_CHUNK), b"")


def _write(file: Path, log: ObjectLog) -> None:
    # Nobody else ever sees this file half written, so it needs neither a journal nor to be safe from a power cut.
    with closing(sqlite3.connect(file)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.executescript((files("projections.exports") / "ocel.sql").read_text("utf-8"))
        with database:
            _fill_types(database, log)
            _fill_events(database, log)
            _fill_objects(database, log)


def _with_no_trace_of_the_writer(header: bytes) -> bytes:
    content = bytearray(header)
    for place in _OF_THE_WRITER:
        content[place] = bytes(len(content[place]))
    return bytes(content)


def table_name(kind: str, type_name: str) -> str:
    """`event_ReportSubmittedV1`: the type in letters and digits, so that no reader has to quote it."""
    words = type_name.replace(".", "-").split("-")
    return f"{kind}_{''.join(word.capitalize() for word in words)}"


def _fill_types(database: sqlite3.Connection, log: ObjectLog) -> None:
    for kind, types in (("event", log.event_types()), ("object", log.object_types())):
        for name, attributes in types.items():
            table = table_name(kind, name)
            database.execute(
                f"INSERT INTO {kind}_map_type VALUES (?, ?)",  # noqa: S608 - `kind` is one of two words
                (name, table.partition("_")[2]),
            )
            database.execute(f"CREATE TABLE {table} ({', '.join(_columns(kind, attributes))})")


def _columns(kind: str, attributes: dict[str, AttributeType]) -> Iterator[str]:
    if kind == "event":
        yield "ocel_id TEXT PRIMARY KEY REFERENCES event (ocel_id)"
        yield "ocel_time TIMESTAMP NOT NULL"
    else:
        yield "ocel_id TEXT NOT NULL REFERENCES object (ocel_id)"
        yield "ocel_time TIMESTAMP NOT NULL"
        yield "ocel_changed_field TEXT"
    yield from (f'"{name}" {_COLUMNS[each]}' for name, each in attributes.items())


def _fill_events(database: sqlite3.Connection, log: ObjectLog) -> None:
    types = log.event_types()
    for each in log.events:
        database.execute("INSERT INTO event VALUES (?, ?)", (each.id, each.type))
        row = {"ocel_id": each.id, "ocel_time": _cell(each.time, "time")}
        kinds = types[each.type]
        row |= {name: _cell(value, kinds[name]) for name, value in each.attributes.items()}
        _insert(database, table_name("event", each.type), row)


def _fill_objects(database: sqlite3.Connection, log: ObjectLog) -> None:
    types = log.object_types()
    for thing in log.objects.values():
        database.execute("INSERT INTO object VALUES (?, ?)", (thing.id, thing.type))
    for thing in log.objects.values():
        for row in _rows(thing, types[thing.type]):
            _insert(database, table_name("object", thing.type), row)
        database.executemany(
            "INSERT INTO object_object VALUES (?, ?, ?)",
            ((thing.id, other, qualifier) for other, qualifier in thing.relations),
        )
    database.executemany(
        "INSERT INTO event_object VALUES (?, ?, ?)",
        (
            (each.id, relation.object, relation.qualifier)
            for each in log.events
            for relation in each.relations
        ),
    )


def _rows(thing: Thing, kinds: dict[str, AttributeType]) -> Iterator[dict[str, str | int | None]]:
    """First what it always was, then a row for each change with the name of the field that changed."""
    always = {
        each.name: _cell(each.value, kinds[each.name])
        for each in thing.changes
        if each.time == FROM_THE_BEGINNING
    }
    yield {"ocel_id": thing.id, "ocel_time": _cell(FROM_THE_BEGINNING, "time"), **always}
    for each in thing.changes:
        if each.time != FROM_THE_BEGINNING:
            yield {
                "ocel_id": thing.id,
                "ocel_time": _cell(each.time, "time"),
                "ocel_changed_field": each.name,
                each.name: _cell(each.value, kinds[each.name]),
            }


def _cell(value: Value, kind: AttributeType) -> str | int:
    if kind == "time":
        return write_instant(value)  # type: ignore[arg-type]  # its type says that it is an instant
    return str(value) if kind == "string" else value  # type: ignore[return-value]


def _insert(database: sqlite3.Connection, table: str, row: Mapping[str, str | int | None]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    # Names of tables and columns cannot be parameters; they come from our own lists of kinds and fields.
    database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
