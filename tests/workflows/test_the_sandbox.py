"""The clocks run in Temporal's sandbox, beside the library that patches dataclasses, and keep no zone of their own."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from domain.ports import ClockView
from tests.workflows.scenes import SCENES, playing
from workflows.converting import DATA_CONVERTER
from workflows.worker import PASSED_THROUGH

ROOT = Path(__file__).parents[2]
CLOCKS = sorted((ROOT / "workflows").glob("*.py"))


@pytest.mark.slow
async def test_a_clock_runs_to_its_end_where_the_patching_library_was_imported() -> None:
    import eventsourcing.persistence  # noqa: F401  # it patches dataclasses as it is imported

    closed_at_once = next(scene for scene in SCENES if scene.reason == "closed-at-once")
    async with playing(closed_at_once) as (theatre, environment):
        await closed_at_once.play(theatre, environment)
        assert (await theatre.ended()).endswith("nothing is left to chase.")


def test_a_workflow_works_out_no_schema_that_another_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporal makes a converter for each workflow, and gives up a step that takes two seconds."""
    view = ClockView(
        closed=False, next_at=datetime(2016, 7, 5, 11, tzinfo=UTC), says="Waits.", title="A report"
    )
    written = DATA_CONVERTER.payload_converter_class().to_payloads([view])
    first = DATA_CONVERTER.payload_converter_class().from_payloads(written, [ClockView])
    monkeypatch.setattr(TypeAdapter, "__init__", lambda *_args, **_options: pytest.fail("worked out again"))
    second = DATA_CONVERTER.payload_converter_class().from_payloads(written, [ClockView])
    assert first == second == [view]


def test_the_patching_library_is_passed_through_and_so_is_the_domain() -> None:
    assert {"eventsourcing", "domain"} <= set(PASSED_THROUGH)


@pytest.mark.parametrize("module", CLOCKS, ids=lambda module: module.stem)
def test_a_clock_asks_no_other_clock_than_its_workflow(module: Path) -> None:
    called = {
        node.func.attr
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"utcnow", "today", "time", "monotonic", "random", "uuid4"}
