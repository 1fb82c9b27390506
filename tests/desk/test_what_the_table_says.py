"""The table of permissions: it agrees with the rules of the domain for every command, and has a row for every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from desk.pages.registry import PAGES as ROUTERS
from desk.permission_table import ACTS, BY_TOKEN, PAGES, PUBLIC, act_of
from domain.actor import Actor
from domain.commands import IssueNotice
from domain.decide import RULES
from domain.refusals import Refusal
from domain.time.calendar import load_calendar
from forthwith.notice_files.reading import read_notice
from tests.desk.circumstances import OPENED, STRANGER, Circumstances
from tests.desk.permissions_page import PAGE, page_of_permissions
from tests.domain.specification import World, london

pytestmark = pytest.mark.slow
NOTICES = Path(__file__).parents[2] / "notices"
COMMANDS = sorted(RULES, key=lambda command: command.__name__)
# No rule of the domain asks for a role here. A notice has no roles before it is issued, and the rest is the engine's.
LEFT_TO_THE_DOOR = {
    "IssueNotice",
    "OpenOccurrences",
    "TakeDueStep",
    "RecordMessageSent",
    "RecordMessageUndeliverable",
}


@pytest.fixture(scope="module")
def circumstances() -> Circumstances:
    issue = IssueNotice(
        read_notice(NOTICES / "lancashire-2016.yaml"), load_calendar("england"), london(2016, 5, 19)
    )
    issued = World().after(issue, Actor("person", "department"), london(2016, 5, 19))
    return Circumstances(issued, issue)


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.__name__ not in LEFT_TO_THE_DOOR])
def test_a_command_is_for_exactly_those_whom_the_domain_does_not_turn_away(
    circumstances: Circumstances, command: type
) -> None:
    notice = circumstances.issued.notice
    row = ACTS[act_of(command)]
    assert {role for capacity in row.who for role in capacity.roles(notice)} == circumstances.may(
        command.__name__
    )
    assert row.duties == ()


def test_what_is_left_to_the_door_is_refused_to_nobody_by_a_rule(circumstances: Circumstances) -> None:
    def lets_a_stranger_in(name: str) -> bool:
        return any(
            not isinstance(world.decided(command, STRANGER, at), Refusal)
            for world, command, at in circumstances.of(name)
        )

    assert {each.__name__ for each in COMMANDS if lets_a_stranger_in(each.__name__)} == (
        LEFT_TO_THE_DOOR - {"IssueNotice"}
    )
    issue = circumstances.issue
    assert not isinstance(World().decided(issue, STRANGER, OPENED), Refusal)


def test_nobody_at_the_desk_asks_what_the_engine_asks() -> None:
    engines = {act_of(each) for each in COMMANDS if each.__name__ in LEFT_TO_THE_DOOR} - {"issue-notice"}
    assert {name for name, act in ACTS.items() if not (act.who or act.duties or act.signed_in)} == engines


def test_every_row_of_the_table_is_a_command_or_a_page() -> None:
    assert {act_of(each) for each in COMMANDS} <= set(ACTS)
    assert set(PAGES.values()) <= {*ACTS, PUBLIC, BY_TOKEN}


def test_every_page_of_the_desk_has_its_row() -> None:
    paths = {route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)}
    assert paths - set(PAGES) == set()


def test_the_page_of_permissions_is_up_to_date(circumstances: Circumstances) -> None:
    page = page_of_permissions(circumstances.issued.notice)
    before = PAGE.read_text("utf-8") if PAGE.exists() else ""
    if page != before:
        PAGE.write_text(page, "utf-8")
    assert page == before, "docs/permissions.md was out of date; it has been written anew"
