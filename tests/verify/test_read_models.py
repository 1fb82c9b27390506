"""`forthwith verify --deep` builds the read models anew and names those that somebody has changed."""

import json
import os

import asyncpg
import pytest

from domain.record import Receipt
from ledger.privileges import provision, with_login
from projections.tables.models.all import PROJECTIONS
from projections.tables.rebuild import rebuild
from projections.tables.writing import SCHEMA
from tests.conftest import PASSWORD
from tests.verify.test_command import forthwith

WHERE = "FORTHWITH_PROJECTOR_URL"


@pytest.mark.parametrize("tampered", [False, True])
async def test_a_row_that_was_changed_in_a_read_model_is_drift(
    receipts: list[Receipt],
    postgres_dsn: str,
    app_dsn: str,
    monkeypatch: pytest.MonkeyPatch,
    tampered: bool,
) -> None:
    await provision(postgres_dsn, PASSWORD, projector_password=PASSWORD)
    url = with_login(postgres_dsn, "forthwith_projector", PASSWORD)
    connection = await asyncpg.connect(url)
    await rebuild(connection, PROJECTIONS)
    if tampered:
        tables = (f"{SCHEMA}.{table.name}" for each in PROJECTIONS for table in each.tables)
        full = [name for name in tables if await connection.fetchval(f"SELECT count(*) FROM {name}")]
        await connection.execute(f"DELETE FROM {full[0]} WHERE ctid = (SELECT min(ctid) FROM {full[0]})")
    await connection.close()
    monkeypatch.setitem(os.environ, WHERE, url)
    code, out, _ = await forthwith("verify", "--deep", "--json", url=app_dsn)
    found = [each["code"] for each in json.loads(out)["findings"]]
    assert (code, found) == ((3, ["PROJECTION_DRIFT"]) if tampered else (0, []))
