"""docs/journeys.md shows each person at their three needs, at least in a picture each, and every picture that it names is there."""

from __future__ import annotations

import re

import pytest

from tests.front_door.conftest import ROOT

PAGE = (ROOT / "docs" / "journeys.md").read_text("utf-8")
SHOWN = re.findall(r"!\[[^\]]+\]\(pictures/journeys/([a-z-]+)\.png\)", PAGE)
HERE = ROOT / "tests" / "journeys"
PEOPLE = (
    "council-officer",
    "director",
    "independent-chair",
    "department-case-lead",
    "adviser",
    "ministers-office",
    "auditor",
    "operator",
)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_has_pictures_which_their_journeys_take(who: str) -> None:
    shown = [each for each in SHOWN if each.startswith(f"{who}-")]
    assert len(shown) >= 3
    journeys = HERE / f"test_{who.replace('-', '_')}.py"
    if journeys.exists():
        taken = re.findall(r'picture\("([a-z-]+)"\)', journeys.read_text("utf-8"))
        assert set(shown) <= set(taken)
        assert [each for each in shown if not (ROOT / f"docs/pictures/journeys/{each}.png").exists()] == []


def test_no_picture_is_of_somebody_else() -> None:
    assert all(each.startswith(PEOPLE) for each in SHOWN)
