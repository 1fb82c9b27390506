"""An oracle that asked the engine would agree with whatever the engine does."""

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
OF_THE_ORACLE = (
    "broken",
    "dated",
    "foreseen",
    "judged",
    "marks",
    "naive_days",
    "oracle",
    "told",
    "watched",
    "what_follows",
)
# The words of the notice file and of the record: what things are called, and nothing of how they are reckoned.
WORDS = (
    "domain.case",
    "domain.events",
    "domain.occurrence.state",
    "domain.terms.ladders",
    "domain.terms.notice_file",
    "domain.terms.obligations",
    "domain.time.due",
)


def imported(module: str) -> set[str]:
    tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
    return {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


@pytest.mark.parametrize("module", OF_THE_ORACLE)
def test_the_oracle_asks_nothing_of_the_engine(module: str) -> None:
    known = {name for name in imported(module) if name.startswith("domain")}
    assert known <= set(WORDS)
    ours = {name.removeprefix("tests.oracle.") for name in imported(module) if name.startswith("tests")}
    assert ours <= {"tests.oracle", *OF_THE_ORACLE}
