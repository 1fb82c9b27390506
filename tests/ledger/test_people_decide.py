"""A decision is never the system's: neither ledger records one as such, and the database refuses it to everybody."""

import asyncpg
import pytest

from domain.actor import Actor
from domain.record import UnfitEvent
from ledger import sql_files
from ledger.people_decide import ONLY_PEOPLE

DECISION_KINDS = (
    "decision-proposed.v1",
    "decision-made.v1",
    "decision-issued.v2",
    "decision-published.v1",
    "notice-lifted.v1",
    "notice-superseded.v1",
    "notice-varied.v1",
    "obligation-released.v1",
    "event-corrected.v1",
    "personal-data-erased.v1",
    "retention-rule-set.v1",
    "legal-hold-placed.v1",
    "legal-hold-lifted.v1",
)
INSERT = """
    INSERT INTO forthwith.events
        (index, stream, version, type, recorded, effective, actor, command_id, event_id, canonical, leaf)
    VALUES (1, 's', 1, $1, now(), now(), $2, gen_random_uuid(), gen_random_uuid(), '', decode(repeat('00', 32), 'hex'))
"""


@pytest.mark.parametrize("kind", DECISION_KINDS)
async def test_a_decision_of_the_system_is_not_recorded(store, an_event, an_act, kind):
    with pytest.raises(UnfitEvent, match="act of a person"):
        await store.ledger.append(an_act("s", 0, an_event(kind, actor=Actor("system", "engine"))))
    assert await store.ledger.read() == []
    await store.ledger.append(an_act("s", 0, an_event(kind, actor=Actor("person", "fiona-laidlaw"))))


async def test_the_system_may_record_what_decides_nothing(store, an_event, an_act):
    event = an_event("notice-closed.v1", actor=Actor("system", "engine"))
    await store.ledger.append(an_act("s", 0, event))
    assert len(await store.ledger.read()) == 1


async def test_the_database_refuses_it_even_to_its_owner(postgres_dsn):
    connection = await asyncpg.connect(postgres_dsn)
    try:
        with pytest.raises(asyncpg.CheckViolationError, match="people_decide"):
            await connection.execute(INSERT, "decision-made.v1", "system:engine")
        await connection.execute(INSERT, "decision-made.v1", "person:fiona-laidlaw")
    finally:
        await connection.close()


def test_both_are_told_the_same():
    assert f"'{ONLY_PEOPLE}'" in sql_files.migrations()["0025_append_expected.sql"]
