"""A scenario that does not fit its notice is refused in a plain sentence, before anything is played."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import FileFaults
from forthwith.notice_files.yaml_model import read_model
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import ScenarioFault, script_of
from tests.rehearsal.conftest import Play

HEAD = {"format": "forthwith-scenario/1", "id": "try", "title": "Try", "shows": "Something."}
REPORT = "monthly-report/2016-05"


def scenario(*acts: dict[str, Any]) -> Scenario:
    return Scenario.model_validate({**HEAD, "acts": acts})


@pytest.fixture
async def notice(play: Play) -> Notice:
    return (await play("happy-year", "pure")).notice


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            {"do": "submit", "who": "reporting-officer", "occurrence": "annual-report/2016", "at": "2016-06-10T10:00"},
            ["annual-report/2016", "not an occurrence under this notice"],
        ),
        (
            {"do": "submit", "who": "reporting-officer", "every": "review-scope", "working_days": 0},
            ["no occurrences", "review-scope"],
        ),
        (
            {"do": "submit", "who": "adviser", "occurrence": "adviser-report/2019-Q2", "working_days": 0},
            ["adviser-report/2019-Q2", "`at`"],
        ),
        (
            {"do": "submit", "who": "the-mayor", "occurrence": REPORT, "at": "2016-06-10T10:00"},
            ["the-mayor", "neither a role nor a person"],
        ),
        (
            {"do": "submit", "who": "reporting-officer", "occurrence": REPORT, "at": "2015-06-10T10:00"},
            ["before the notice is issued", "19 May 2016"],
        ),
        (
            {"do": "submit", "who": "reporting-officer", "every": "monthly-report", "working_days": 0, "but": ["2016-99"]},
            ["2016-99", "monthly-report"],
        ),
        (
            {"do": "outage", "start": "2016-05-01T12:00", "end": "2016-06-01T12:00"},
            ["before the notice is issued"],
        ),
    ],
    ids=lambda value: None if isinstance(value, list) else f"{value['do']} {value.get('who', '')}".strip(),
)  # fmt: skip
def test_an_act_that_does_not_fit_the_notice_is_named(
    notice: Notice, act: dict[str, Any], words: list[str]
) -> None:
    with pytest.raises(ScenarioFault) as fault:
        script_of(scenario(act), notice)
    sentence = str(fault.value)
    assert sentence.endswith(".")
    for each in words:
        assert each in sentence


def test_nobody_acts_while_the_engine_is_down(notice: Notice) -> None:
    outage = {"do": "outage", "start": "2016-06-08T12:00", "end": "2016-06-12T12:00"}
    submits = {"do": "submit", "who": "reporting-officer", "occurrence": REPORT, "at": "2016-06-10T10:00"}
    with pytest.raises(ScenarioFault, match="while the engine is down"):
        script_of(scenario(outage, submits), notice)


def test_outages_are_played_in_the_order_of_time_and_do_not_overlap(notice: Notice) -> None:
    late = {"do": "outage", "start": "2016-09-08T12:00", "end": "2016-09-12T12:00"}
    early = {"do": "outage", "start": "2016-06-08T12:00", "end": "2016-06-12T12:00"}
    first, second = script_of(scenario(late, early), notice).outages
    assert first.end < second.start
    across = {"do": "outage", "start": "2016-06-10T12:00", "end": "2016-06-20T12:00"}
    with pytest.raises(ScenarioFault, match="overlap"):
        script_of(scenario(early, across), notice)


@pytest.mark.parametrize(
    "act",
    [
        {"do": "submit", "who": "adviser", "every": "adviser-report", "at": "2016-06-10T10:00"},
        {"do": "submit", "who": "adviser", "every": "adviser-report"},
        {"do": "submit", "who": "adviser", "at": "2016-06-10T10:00"},
        {"do": "submit", "who": "adviser", "occurrence": REPORT, "at": "2016-06-10T10:00Z"},
        {"do": "outage", "start": "2016-06-10T10:00", "end": "2016-06-09T10:00"},
        {"do": "outage", "start": "2016-06-10T10:00Z", "end": "2016-06-12T10:00Z"},
        {"do": "resign", "who": "director"},
    ],
)
def test_an_act_that_says_too_little_or_too_much_is_refused(act: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="."):
        scenario(act)


def test_a_fault_in_a_file_is_named_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "try.yaml"
    lines = [f"{key}: {value}" for key, value in HEAD.items()]
    file.write_text("\n".join([*lines, "acts:", "  - {do: submit, who: adviser, evry: adviser-report}"]))
    with pytest.raises(FileFaults) as faults:
        read_model(file, Scenario, 65_536)
    assert f"{file}:6" in str(faults.value)


async def test_an_act_that_the_rules_refuse_is_reported_with_its_sentence(lancashire: NoticeFile) -> None:
    early = {"do": "accept", "who": "board-chair", "occurrence": REPORT, "at": "2016-06-10T10:00"}
    unopened = {
        "do": "acknowledge",
        "who": "reporting-officer",
        "occurrence": REPORT,
        "at": "2016-05-25T10:00",
    }
    played = await rehearse(lancashire, scenario(early, unopened), "pure")
    assert [(each.refusal, each.expected) for each in played.refused] == [
        ("NotFound", False),
        ("NothingToAccept", False),
    ]
    assert all(each.sentence.endswith(".") for each in played.refused)


async def test_a_refusal_that_the_scenario_expects_is_no_surprise(lancashire: NoticeFile) -> None:
    early = {
        "do": "accept",
        "who": "board-chair",
        "occurrence": REPORT,
        "at": "2016-06-10T10:00",
        "refused": "NothingToAccept",
    }
    played = await rehearse(lancashire, scenario(early), "pure")
    assert [each.expected for each in played.refused] == [True]


async def test_an_act_after_the_notice_has_run_is_played(lancashire: NoticeFile) -> None:
    late = {"do": "submit", "who": "reporting-officer", "occurrence": REPORT, "at": "2018-07-02T10:00"}
    played = await rehearse(lancashire, scenario(late), "pure")
    assert played.refused == ()
    assert played.events[-1].recorded.date() >= datetime(2018, 7, 2).date()
