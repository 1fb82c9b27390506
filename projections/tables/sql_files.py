"""The SQL of the read models lives in .sql files; this reads them."""

from functools import cache
from importlib.resources import files

_SQL = files("projections.tables") / "sql"
BESIDE = "_next"


@cache
def query(name: str, beside: str = "") -> str:
    """The text of one named query. `beside` is what the names of tables that are being built end with."""
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8").replace("{beside}", beside)
