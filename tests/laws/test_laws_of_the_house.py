"""The laws of the house: which room may know which, and what every part must have."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from domain.events.kinds import KINDS

HOUSE = Path(__file__).parents[2]
ROOMS = ("domain", "ledger", "activities", "workflows", "projections", "desk", "forthwith")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=HOUSE, capture_output=True, text=True, timeout=300, check=False
    )


def test_each_room_imports_only_what_its_contract_allows() -> None:
    answer = run("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_linter_finds_nothing() -> None:
    answer = run("-m", "ruff", "check", ".")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_everything_is_formatted_alike() -> None:
    answer = run("-m", "ruff", "format", "--check", ".")
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.slow
def test_the_types_hold() -> None:
    answer = run("-m", "mypy")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_rooms_come_from_us_alone() -> None:
    owners = metadata.packages_distributions()
    strangers = {
        room: owners.get(room, []) for room in ROOMS if set(owners.get(room, ["forthwith"])) != {"forthwith"}
    }
    assert strangers == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_no_logic_in_its_front_door(room: str) -> None:
    lines = (HOUSE / room / "__init__.py").read_text().strip().splitlines()
    assert all(line.startswith('"""') or line.endswith('"""') for line in lines), (
        f"{room}/__init__.py holds code"
    )


def test_the_workflows_never_bring_the_library_that_patches_dataclasses() -> None:
    answer = run(
        "-c",
        "import sys, workflows.worker; print([m for m in ('eventsourcing', 'asyncpg', 'ledger') if m in sys.modules])",
    )
    assert answer.stdout.strip() == "[]", answer.stdout + answer.stderr


def test_every_kind_of_event_has_a_topic_a_sentence_and_a_privacy_answer() -> None:
    assert len({kind.topic for kind in KINDS}) == len(KINDS)
    assert all(kind.topic.endswith(".v1") and kind.sentence and kind.privacy for kind in KINDS)
