"""Whatever a person may ask of the domain, somebody in a scenario can do."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from domain.case import Case
from domain.commands import (
    ChasingCommand,
    Command,
    DeliverAction,
    IssueDecision,
    LiftNotice,
    OpenOccurrences,
    StopClock,
    VaryNotice,
)
from domain.identity import OccurrenceId
from domain.notice.as_issued import as_issued
from domain.refusals import Refused
from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.acts.all import MAKERS, command_of
from forthwith.rehearsal.acts.base import OnNotice
from forthwith.rehearsal.acts.making import Scene
from forthwith.rehearsal.scenario import Scenario
from tests.rehearsal.conftest import Play
from tests.rehearsal.example_acts import every_act
from tests.rehearsal.record import occurrence

HEAD = {"format": "forthwith-scenario/1", "id": "try", "title": "Try", "shows": "Something."}
BY_THE_ENGINE = {OpenOccurrences, *get_args(ChasingCommand)}
REPORT = "monthly-report/2016-05"
DAY = date(2016, 6, 10)


@pytest.fixture
async def commands(lancashire: NoticeFile, play: Play) -> list[Command]:
    """What comes of one act of each kind. Corrections of what nobody proposed are made all the same."""
    happy = await play("happy-year", "pure")
    scenario = Scenario.model_validate({**HEAD, "acts": every_act()})
    case = Case(as_issued(lancashire), occurrence(happy, REPORT))
    name = OccurrenceId.parse(f"lancashire-2016/{REPORT}")
    made = []
    for act in scenario.acts:
        about = None if isinstance(act, OnNotice) else name
        terms = lancashire if act.do == "issue" else None
        scene = Scene(case, "lancashire-2016", about, DAY, datetime(2016, 6, 10, 9, tzinfo=UTC), terms=terms)
        made.append(command_of(act, scene))
    return made


def test_the_examples_have_one_act_of_each_kind() -> None:
    verbs = [get_args(act.model_fields["do"].annotation)[0] for act in MAKERS]
    assert [each["do"] for each in every_act()] == sorted(verbs, key=[e["do"] for e in every_act()].index)


def test_every_command_that_a_person_may_give_has_a_verb(commands: list[Command]) -> None:
    assert {type(each) for each in commands} == set(get_args(Command)) - BY_THE_ENGINE


def test_a_day_that_is_left_out_is_the_day_of_the_act(commands: list[Command]) -> None:
    by_kind = {type(each): each for each in commands}
    for kind, field in (
        (StopClock, "from_day"),
        (DeliverAction, "delivered_on"),
        (IssueDecision, "issued_on"),
        (LiftNotice, "decided_on"),
        (VaryNotice, "effective_on"),
    ):
        assert getattr(by_kind[kind], field) == DAY


def test_an_event_that_is_not_there_cannot_be_corrected(lancashire: NoticeFile) -> None:
    act = {"do": "propose-correction", "who": "case-lead", "at": "2016-06-10T10:00", "event": "notice-issued",
           "nth": 2, "field": "issued_by", "now": "x", "reason": "y"}  # fmt: skip
    (parsed,) = Scenario.model_validate({**HEAD, "acts": [act]}).acts
    scene = Scene(
        Case(as_issued(lancashire)), "lancashire-2016", None, DAY, datetime(2016, 6, 10, 9, tzinfo=UTC)
    )
    with pytest.raises(Refused, match="no number 2"):
        command_of(parsed, scene)
