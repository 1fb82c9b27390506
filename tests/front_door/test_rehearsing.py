"""`forthwith rehearse`: what happens to the 2016 notice when nobody acts, and when everybody does."""

from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from tests.front_door.conftest import NOTICE, run

Events = list[dict[str, Any]]

ASKED_FOR = {
    "index", "type", "recorded", "effective", "notice", "obligation", "occurrence", "rung", "actor", "data"
}  # fmt: skip
LADDER = ["reminder-issued.v1", "overdue-notice-issued.v1", "escalation-raised.v1", "referred-for-consideration.v1"]  # fmt: skip
LONDON = ZoneInfo("Europe/London")
BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG", years=(2016, 2017))
THE_COUNCIL = {"reporting-officer", "director", "chief-executive"}


@pytest.fixture(scope="module")
def when_nobody_acts(tmp_path_factory: pytest.TempPathFactory) -> Events:
    said = run(tmp_path_factory.mktemp("home"), "rehearse", NOTICE, "--engine", "pure", "--json")
    assert (said.code, said.err) == (0, "")
    return said.objects


def monthly_reports(events: Events) -> dict[str, Events]:
    found: dict[str, Events] = {}
    for each in events:
        if each["obligation"] == "monthly-report":
            found.setdefault(each["occurrence"], []).append(each)
    return found


def local(event: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(event["recorded"]).astimezone(LONDON)


def test_every_line_is_an_event_with_all_its_keys(when_nobody_acts: Events) -> None:
    assert all(set(each) >= ASKED_FOR for each in when_nobody_acts)
    assert [each["index"] for each in when_nobody_acts] == list(range(1, len(when_nobody_acts) + 1))
    instants = [each["recorded"] for each in when_nobody_acts]
    assert instants == sorted(instants)


def test_each_council_report_climbs_from_reminder_to_referral_in_the_order_of_its_ladder(
    when_nobody_acts: Events,
) -> None:
    reports = monthly_reports(when_nobody_acts)
    assert len(reports) == 12
    for events in reports.values():
        climbed = [each for each in events if each["type"] in LADDER]
        places = [LADDER.index(each["type"]) for each in climbed]
        assert places == sorted(places)
        assert set(places) == {0, 1, 2, 3}
        assert [each["rung"] for each in climbed if each["type"] == "escalation-raised.v1"] == [
            "director",
            "chief-executive",
            "chair",
            "case-lead",
        ]


def test_each_step_falls_on_a_working_day_of_its_own(when_nobody_acts: Events) -> None:
    """The working days are those of an independent package."""
    for events in monthly_reports(when_nobody_acts).values():
        days = [local(each).date() for each in events if each["type"] in LADDER]
        assert all(earlier < later for earlier, later in pairwise(days))
        for day in days:
            assert day.isoweekday() <= 5
            assert day not in BANK_HOLIDAYS


def test_what_others_owe_and_are_late_with_never_reaches_a_role_of_the_council(
    when_nobody_acts: Events,
) -> None:
    told: dict[str, set[str]] = {}
    for each in when_nobody_acts:
        roles = {message["role"] for message in each["data"].get("messages", ())}
        told.setdefault(each["obligation"], set()).update(roles)
    assert told["monthly-report"] >= THE_COUNCIL
    for obligation in ("chair-report", "adviser-report", "department-review"):
        assert told[obligation]
        assert not THE_COUNCIL & told[obligation]


def test_in_the_happy_year_nothing_is_overdue_and_nothing_is_escalated(tmp_path: Path) -> None:
    said = run(tmp_path, "rehearse", NOTICE, "--scenario", "happy-year", "--engine", "pure", "--json")
    assert said.code == 0
    types = {each["type"] for each in said.objects}
    assert "report-accepted.v1" in types
    assert types.isdisjoint(
        {"overdue-notice-issued.v1", "escalation-raised.v1", "referred-for-consideration.v1"}
    )


def test_the_table_tells_it_with_names_and_counts_it(tmp_path: Path) -> None:
    said = run(tmp_path, "rehearse", NOTICE, "--scenario", "two-reports-missed", "--engine", "pure")
    assert max(map(len, said.out.splitlines())) <= 120
    assert "Helen Marsh acknowledged the escalation of" in " ".join(said.out.split())
    assert "helen-marsh" not in said.out
    assert "2 overdue notices" in said.err
    assert "2 referrals for consideration" in said.err


def told(home: Path, scenario: str) -> str:
    said = run(home, "rehearse", NOTICE, "--scenario", scenario, "--engine", "pure")
    assert said.code == 0
    return " ".join(said.out.split())


def test_the_table_tells_what_becomes_of_the_notice_and_names_who_another_instrument_names(
    tmp_path: Path,
) -> None:
    table = told(tmp_path, "superseded-by-direction")
    assert "Rehearsal issued the Improvement Notice to Lancashire County Council" in table
    assert "Imogen Hartley issued the Direction to Lancashire County Council" in table
    assert "takes the place of this notice" in table
    assert "Inês Carvalho (Commissioner for children’s services)" in table
    assert "ines-carvalho" not in table
    assert "is a party to the notice" not in table, (
        "what an instrument says is read in its file, not in the table"
    )


def test_the_table_shows_what_was_recorded_and_what_was_corrected_of_it(tmp_path: Path) -> None:
    assert "This was corrected on" in told(tmp_path, "wrong-date-corrected")


@pytest.mark.slow
@pytest.mark.parametrize("scenario", [(), ("--scenario", "forty-day-outage")], ids=["nobody acts", "outage"])
def test_both_engines_print_the_same_lines_byte_for_byte(tmp_path: Path, scenario: tuple[str, ...]) -> None:
    by_the_clocks = run(tmp_path, "rehearse", NOTICE, *scenario, "--json")
    by_the_rules = run(tmp_path, "rehearse", NOTICE, *scenario, "--engine", "pure", "--json")
    assert (by_the_clocks.code, by_the_clocks.err) == (0, "")
    assert len(by_the_rules.out) > 100_000
    assert by_the_clocks.out == by_the_rules.out
