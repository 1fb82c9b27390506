"""Each command in each state: allowed, or refused by a name and a sentence; and every refusal is given somewhere."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from domain.commands import IssueNotice
from domain.decide import RULES
from domain.refusals import Refusal
from tests.domain.every_command import STATES, every_command, in_state
from tests.domain.specification import World

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "refusals.md"
HEAD = """# What is allowed in which state

Each command, asked by somebody who may, of something that is in a state: allowed, or the name of the refusal. A line is
left empty where the thing cannot be in that state. Written by `tests/domain/test_every_command_in_every_state.py`.

"""


@pytest.fixture(scope="module")
def table(notice_issued: World, issue_on_the_day: IssueNotice) -> dict[str, list[str]]:
    found = {}
    for name, (subject, command, actor) in every_command(issue_on_the_day).items():
        cells = []
        for state in STATES:
            placed = in_state(notice_issued, subject, state)
            if placed is None:
                cells.append("")
                continue
            world, at = placed
            asked = command(world if world.notice.is_issued else notice_issued)
            another = replace(world, successor=notice_issued.notice)
            cells.append(_told(another.decided(asked, actor, at)))
        found[name] = cells
    return found


def _told(decision: object) -> str:
    if not isinstance(decision, Refusal):
        return "allowed" if decision else "nothing to do"
    assert re.fullmatch(r"[A-Z“\d].*[.!]", decision.sentence, re.DOTALL), decision
    return decision.name


def test_the_table_holds_every_command(table: dict[str, list[str]]) -> None:
    assert set(table) == {command.__name__ for command in RULES}


def test_every_command_is_allowed_in_some_state(table: dict[str, list[str]]) -> None:
    assert {name for name, cells in table.items() if "allowed" not in cells} == set()


def test_nothing_is_allowed_before_a_notice_is_issued_but_to_issue_it(table: dict[str, list[str]]) -> None:
    assert {name: cells[0] for name, cells in table.items() if cells[0] != "NoticeNotIssued"} == {
        "IssueNotice": "allowed"
    }


def test_the_page_of_refusals_is_up_to_date(table: dict[str, list[str]]) -> None:
    lines = [f"| Command | {' | '.join(STATES)} |", f"|---{'|---' * len(STATES)}|"]
    lines += [f"| {name} | {' | '.join(cells)} |" for name, cells in table.items()]
    page = HEAD + "\n".join(lines) + "\n"
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if page != before:
        PAGE.write_text(page, "utf-8")
    assert page == before, "docs/refusals.md was out of date; it has been written anew"


def test_every_refusal_is_given_in_some_specification() -> None:
    specified = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    unspecified = {
        each.__name__
        for each in Refusal.__subclasses__()
        if not re.search(rf"\b{each.__name__}\b", specified)
    }
    assert unspecified == set()
