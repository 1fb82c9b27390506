"""A read model that is not well is said to be so wherever an operator looks."""

import asyncio

import pytest

from forthwith.embedded.doctor_parts import _read_models
from forthwith.exits import Exit
from forthwith.main import main
from projections.tables.health import unwell_at
from projections.tables.projector import Projector

POISON = (
    "UPDATE forthwith.events SET canonical = convert_to(replace(convert_from(canonical, 'UTF8'), "
    "'report-submitted.v1', $1), 'UTF8') WHERE index = "
    "(SELECT min(index) FROM forthwith.events WHERE type = 'report-submitted.v1')"
)


@pytest.fixture
async def type_(monkeypatch, capsys, app_dsn, projector_dsn):
    """The command as somebody types it, on this database."""
    monkeypatch.setenv("FORTHWITH_APPLICATION_URL", app_dsn)
    monkeypatch.setenv("FORTHWITH_PROJECTOR_URL", projector_dsn)

    async def typed(*arguments):
        code = await asyncio.to_thread(main, list(arguments))
        return code, capsys.readouterr().out

    return typed


async def test_a_parked_event_is_shown_until_it_was_taken(
    rehearsed, record, owner, projector, type_, app_dsn
):
    year = await (await rehearsed("happy-year")).read(limit=100_000)
    await record(year)
    await owner.execute("ALTER TABLE forthwith.events DISABLE TRIGGER ALL")
    await owner.execute(POISON, "report-shredded.v1")
    await Projector().catch_up(projector)

    code, out = await type_("projections", "status")
    assert code == Exit.FOUND_SOMETHING
    assert out.count("PARKED") == 6
    assert "report-shredded.v1" in out
    check = await _read_models(app_dsn)
    assert check.ok is False
    assert "chronology" in check.sentence
    assert len(await unwell_at(app_dsn)) == 6
    assert (await type_("projections", "retry", "tasks"))[0] == Exit.FOUND_SOMETHING
    assert (await type_("projections", "rebuild", "standing"))[0] == Exit.FOUND_SOMETHING

    await owner.execute(
        POISON.replace("'report-submitted.v1', $1", "$1, 'report-submitted.v1'"), "report-shredded.v1"
    )
    for name in ("standing", "tasks", "deliveries", "chronology", "considerations", "rights"):
        assert (await type_("projections", "retry", name))[0] == Exit.OK
    code, out = await type_("projections", "rebuild", "--compare")
    assert (code, "Equal byte for byte" in out) == (Exit.OK, True)
    assert (await type_("projections", "status"))[0] == Exit.OK
    assert (await _read_models(app_dsn)).ok is True


async def test_tables_that_were_changed_by_hand_are_an_integrity_failure(
    rehearsed, record, owner, projector, type_
):
    year = await (await rehearsed("happy-year")).read(limit=100_000)
    await record(year)
    await Projector().catch_up(projector)
    await owner.execute("UPDATE forthwith_read.standing SET settled = 'accepted' WHERE settled = 'owed'")
    await owner.execute("UPDATE forthwith_read.chronology SET sentence = 'All is well.' WHERE index = 9")
    code, out = await type_("projections", "rebuild", "chronology", "--compare")
    assert code == Exit.INTEGRITY
    assert "chronology (live only): (9," in out
    assert "chronology (rebuilt only): (9," in out
