"""The SQL of the ledger lives in .sql files; this reads them."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_SQL: Traversable = files("ledger") / "sql"


@cache
def query(name: str) -> str:
    """The text of one named query."""
    return (_SQL / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def privileges(name: str) -> str:
    """What one kind of login may do, with its name left open."""
    return (_SQL / "privileges" / f"{name}.sql").read_text(encoding="utf-8")


def migrations() -> dict[str, str]:
    """All migration files by name, in the order in which they apply."""
    directory = _SQL / "migrations"
    names = sorted(entry.name for entry in directory.iterdir() if entry.name.endswith(".sql"))
    return {name: (directory / name).read_text(encoding="utf-8") for name in names}


def expected_schema() -> list[str]:
    """What the schema looks like when all migrations have been applied, one object a line."""
    return (_SQL / "schema.txt").read_text(encoding="utf-8").splitlines()
