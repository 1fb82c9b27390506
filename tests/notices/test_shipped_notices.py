"""Every notice that ships beside the one of 19 May 2016 is sound, and says of itself that it is invented."""

from pathlib import Path

import pytest

from domain.terms.obligations import DiscretionaryPower
from forthwith.notice_files.reading import read_notice

NOTICES = Path(__file__).parents[2] / "notices"
OTHERS = sorted(path.stem for path in NOTICES.glob("*.yaml") if path.stem != "lancashire-2016")


def test_two_other_regimes_and_two_relatives_ship_besides() -> None:
    assert OTHERS == [
        "care-quality-warning",
        "consent-decree",
        "lancashire-direction-2017",
        "lancashire-notice-2018",
    ]


@pytest.mark.parametrize("name", OTHERS)
def test_it_is_called_like_its_file_and_says_that_it_is_invented(name: str) -> None:
    text = (NOTICES / f"{name}.yaml").read_text(encoding="utf-8")
    notice = read_notice(NOTICES / f"{name}.yaml")
    assert "INVENTED" in text.split("\nformat:")[0]
    assert "(invented)" in notice.notice.title
    assert notice.notice.ground.startswith("Invented")
    assert notice.notice.id == name
    assert {each.email.rpartition("@")[2] for each in notice.people if each.email} == {"example.org"}


@pytest.mark.parametrize("name", OTHERS)
def test_every_role_is_held_on_the_day_of_issue(name: str) -> None:
    notice = read_notice(NOTICES / f"{name}.yaml")
    held = {each.role for each in notice.appointments if each.covers(notice.notice.issued)}
    assert held == {role.id for role in notice.roles}


@pytest.mark.parametrize("name", OTHERS)
def test_people_may_decide_under_it_and_its_issuer_can_end_it(name: str) -> None:
    notice = read_notice(NOTICES / f"{name}.yaml")
    powers = [each for each in notice.obligations if isinstance(each, DiscretionaryPower)]
    assert all(each.considered_by and each.signatories for each in powers)
    assert notice.notice.issuer in {role.party for role in notice.roles}
