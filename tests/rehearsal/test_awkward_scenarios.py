"""Where the two engines could most easily part: several outages, weekends, and people who act at the stroke of nine."""

import asyncio
from typing import Any

import pytest

from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import Planned
from forthwith.rehearsal.stage import Stage
from tests.rehearsal.record import stream_of_events

HEAD = {
    "format": "forthwith-scenario/1",
    "id": "awkward",
    "title": "Awkward",
    "shows": "Where engines could part.",
}
REVIEW = {
    "do": "hold-review",
    "who": "review-team",
    "occurrence": "department-review/1",
    "at": "2016-11-28T09:00",
}

AWKWARD: dict[str, list[dict[str, Any]]] = {
    "several outages, one of them ending on a Saturday": [
        {"do": "outage", "start": "2016-06-14T12:00", "end": "2016-06-18T12:00"},
        {"do": "outage", "start": "2016-06-23T08:59", "end": "2016-06-23T09:01"},
        {"do": "outage", "start": "2016-12-20T12:00", "end": "2017-01-01T12:00"},
        {"do": "outage", "start": "2017-05-30T12:00", "end": "2017-07-02T12:00"},
    ],
    "an outage at once and one across the referral": [
        {"do": "outage", "start": "2016-05-19T09:01", "end": "2016-06-29T12:00"},
        {"do": "outage", "start": "2016-07-04T12:00", "end": "2016-07-20T20:00"},
    ],
    "everybody acts at the stroke of nine": [
        {"do": "acknowledge", "who": "reporting-officer", "every": "monthly-report", "after": "opens",
         "working_days": 3, "hour": "09:00", "but": ["2016-05"]},
        {"do": "submit", "who": "reporting-officer", "every": "monthly-report", "working_days": 1, "hour": "09:00",
         "content": "hollow"},
        {"do": "submit", "who": "chair", "every": "chair-report", "working_days": 3, "hour": "09:00"},
        REVIEW,
    ],
    "somebody acts in the moment in which an outage ends": [
        {"do": "outage", "start": "2016-06-10T12:00", "end": "2016-06-30T12:00"},
        {"do": "submit", "who": "director", "occurrence": "monthly-report/2016-05", "at": "2016-06-30T12:00",
         "received_working_days": -1},
        {"do": "acknowledge", "who": "director", "occurrence": "monthly-report/2016-05", "task": "director",
         "at": "2016-06-30T12:00", "refused": "TaskNotOpen"},
    ],
    "a report that comes after the referral, and again": [
        {"do": "submit", "who": "reporting-officer", "occurrence": "monthly-report/2016-05", "at": "2016-07-06T09:00"},
        {"do": "submit", "who": "reporting-officer", "occurrence": "monthly-report/2016-05", "at": "2016-07-08T09:00"},
        {"do": "accept", "who": "board-chair", "occurrence": "monthly-report/2016-05", "at": "2016-07-08T09:00"},
        {"do": "acknowledge", "who": "ministers-office", "occurrence": "monthly-report/2016-05", "task": "refer",
         "at": "2016-07-08T09:00"},
    ],
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", AWKWARD)
async def test_both_engines_give_the_same_event_stream_all_the_same(
    lancashire: NoticeFile, name: str
) -> None:
    scenario = Scenario.model_validate({**HEAD, "acts": AWKWARD[name]})
    pure = await rehearse(lancashire, scenario, "pure")
    temporal = await rehearse(lancashire, scenario, "temporal")
    for by_the_domain, by_the_clocks in zip(stream_of_events(pure), stream_of_events(temporal), strict=False):
        assert by_the_clocks == by_the_domain
    assert len(pure.events) == len(temporal.events)
    assert [each for each in pure.refused if not each.expected] == []
    assert [each.sentence for each in pure.refused] == [each.sentence for each in temporal.refused]


@pytest.mark.slow
async def test_whoever_acts_as_an_outage_ends_comes_before_the_clocks_however_slow(
    lancashire: NoticeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    acts = AWKWARD["somebody acts in the moment in which an outage ends"]
    scenario = Scenario.model_validate({**HEAD, "acts": acts})
    pure = await rehearse(lancashire, scenario, "pure")
    perform = Stage.perform

    async def perform_slowly(stage: Stage, planned: Planned) -> None:
        await asyncio.sleep(0.5)
        await perform(stage, planned)

    monkeypatch.setattr(Stage, "perform", perform_slowly)
    temporal = await rehearse(lancashire, scenario, "temporal")
    assert list(stream_of_events(temporal)) == list(stream_of_events(pure))
