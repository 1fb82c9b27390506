"""A scenario that plays within another, several notices in one rehearsal, and mail that comes back."""

from pathlib import Path
from typing import Any

import pytest

from domain.notice.as_issued import as_issued
from domain.notice.state import Notice
from domain.terms.notice_file import NoticeFile
from forthwith.rehearsal.run import Engine, rehearse
from forthwith.rehearsal.scenario import Scenario
from forthwith.rehearsal.script import Planned, ScenarioFault, script_of
from tests.rehearsal.conftest import NOTICES, Play
from tests.rehearsal.record import of_type, stream_of_events

HEAD = {"format": "forthwith-scenario/1", "id": "try", "title": "Try", "shows": "Something."}
ISSUE = {"do": "issue", "who": "case-lead", "file": "other.yaml", "at": "2016-06-01T10:00"}


def scenario(*acts: dict[str, Any], **further: Any) -> Scenario:
    return Scenario.model_validate({**HEAD, **further, "acts": acts})


@pytest.fixture
def notice(lancashire: NoticeFile) -> Notice:
    return as_issued(lancashire)


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """A folder with another notice, which is the same but for its name."""
    text = (NOTICES / "lancashire-2016.yaml").read_text("utf-8")
    (tmp_path / "other.yaml").write_text(
        text.replace("  id: lancashire-2016", "  id: other-2016", 1), "utf-8"
    )
    return tmp_path


def acts_on(planned: tuple[Planned, ...], name: str) -> list[Planned]:
    return [each for each in planned if each.subject.startswith(f"lancashire-2016/{name}")]


def test_everything_is_taken_over_but_what_is_left_out(notice: Notice) -> None:
    whole = script_of(scenario(as_in={"scenario": "happy-year"}), notice).acts
    but = ["chair-report/2016-Q3", "adviser-report", "audit-updated", "work-with-adviser"]
    fewer = script_of(scenario(as_in={"scenario": "happy-year", "but": but}), notice).acts
    assert acts_on(whole, "chair-report/2016-Q3")
    assert not acts_on(fewer, "chair-report/2016-Q3")
    assert acts_on(fewer, "chair-report/2016-Q2")
    assert not acts_on(fewer, "adviser-report")
    assert len(acts_on(whole, "plan")) > len(acts_on(fewer, "plan")) > 0
    assert len(whole) > len(fewer)


def test_nothing_is_taken_over_after_a_day_or_in_an_outage(notice: Notice) -> None:
    until = script_of(scenario(as_in={"scenario": "happy-year", "until": "2016-08-31"}), notice)
    assert until.acts
    assert max(each.at for each in until.acts).date().isoformat() <= "2016-08-31"
    down = {"do": "outage", "start": "2016-07-01T12:00", "end": "2016-08-01T12:00"}
    script = script_of(scenario(down, as_in={"scenario": "happy-year"}), notice)
    assert not [each for each in script.acts if script.outages[0].covers(each.at)]


@pytest.mark.parametrize(
    ("as_in", "words"),
    [
        ({"scenario": "nowhere"}, "no scenario “nowhere”"),
        ({"scenario": "happy-year", "but": ["chair-reports"]}, "“chair-reports” is neither"),
        ({"scenario": "circle"}, "in a circle"),
    ],
)
def test_what_cannot_be_taken_over_is_told(
    notice: Notice, tmp_path: Path, as_in: dict[str, Any], words: str
) -> None:
    lines = [*(f"{key}: {value}" for key, value in HEAD.items()), "as_in: {scenario: circle}"]
    (tmp_path / "circle.yaml").write_text("\n".join(lines))
    with pytest.raises(ScenarioFault, match=words) as fault:
        script_of(scenario(as_in=as_in), notice, tmp_path)
    assert fault.value.place[0] == "as_in"


def test_a_fault_in_the_other_scenario_is_told_with_its_place(notice: Notice, tmp_path: Path) -> None:
    lines = [*(f"{key}: {value}" for key, value in HEAD.items()), "acts:"]
    act = "  - {do: accept, who: the-mayor, occurrence: monthly-report/2016-05, at: 2016-06-10T10:00}"
    (tmp_path / "spoilt.yaml").write_text("\n".join([*lines, act]))
    with pytest.raises(ScenarioFault, match="In “spoilt”, acts.0.who: “the-mayor” is neither"):
        script_of(scenario(as_in={"scenario": "spoilt"}), notice, tmp_path)


def test_an_act_alongside_another_obligation_is_done_once_for_each(notice: Notice) -> None:
    update = {"do": "acknowledge", "who": "reporting-officer", "occurrence": "plan-kept-up-to-date/plan",
              "alongside": "monthly-report", "working_days": -3, "but": ["2016-05"]}  # fmt: skip
    script = script_of(scenario(update), notice)
    assert len(script.acts) == 11
    assert {each.subject for each in script.acts} == {"lancashire-2016/plan-kept-up-to-date/plan"}


def test_somebody_may_act_from_their_appointment_on(notice: Notice) -> None:
    appoint = {"do": "appoint", "who": "case-lead", "role": "director", "person": {"id": "new-director", "name": "N"},
               "since": "2016-09-01", "at": "2016-08-30T10:00"}  # fmt: skip
    act = {"do": "acknowledge", "who": "new-director", "occurrence": "monthly-report/2016-08"}
    script_of(scenario(appoint, {**act, "at": "2016-09-10T10:00"}), notice)
    with pytest.raises(ScenarioFault, match="before they are appointed"):
        script_of(scenario(appoint, {**act, "at": "2016-08-20T10:00"}), notice)


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({**ISSUE, "file": "nowhere"}, "no notice file “nowhere”"),
        ({**ISSUE, "notice": "lancashire-2016"}, "the act is on “lancashire-2016”"),
        ({"do": "lift", "who": "case-lead", "notice": "third", "reason": "x", "at": "2016-06-10T10:00"}, "“third”"),
        (
            {"do": "vary", "who": "case-lead", "variation": "v", "reason": "r", "at": "2016-06-10T10:00",
             "obligations": [{"id": "monthly-report", "due": {"rule": "soon"}}]},
            "do not fit an obligation",
        ),
        ({"do": "bounce", "person": "nobody", "start": "2016-06-10T10:00", "end": "2016-06-11T10:00"}, "“nobody”"),
    ],
    ids=lambda value: value["do"] if isinstance(value, dict) else None,
)  # fmt: skip
def test_what_does_not_fit_several_notices_is_told(
    notice: Notice, beside: Path, act: dict[str, Any], words: str
) -> None:
    with pytest.raises(ScenarioFault, match=words):
        script_of(scenario(act), notice, beside)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pure", "temporal"])
async def test_two_notices_are_chased_beside_each_other(
    lancashire: NoticeFile, beside: Path, engine: Engine
) -> None:
    submit = {"do": "submit", "who": "reporting-officer", "every": "monthly-report", "working_days": -3}
    outage = {"do": "outage", "start": "2016-10-20T10:00", "end": "2016-10-28T10:00"}
    acts = (ISSUE, outage, {**submit, "notice": "other-2016", "but": ["2016-05"]})
    played = await rehearse(lancashire, scenario(*acts), engine, beside=beside)
    assert [each for each in played.refused if not each.expected] == []
    overdue = {
        (each.envelope.notice, each.envelope.obligation)
        for each in of_type(played, "overdue-notice-issued.v1")
    }
    assert ("lancashire-2016", "monthly-report") in overdue
    late = [each.envelope.occurrence for each in of_type(played, "overdue-notice-issued.v1")
            if each.envelope.notice == "other-2016" and each.envelope.obligation == "monthly-report"]  # fmt: skip
    assert late == ["other-2016/monthly-report/2016-05"]
    pure = await rehearse(lancashire, scenario(*acts), "pure", beside=beside)
    assert stream_of_events(played) == stream_of_events(pure)


async def test_what_bounces_is_recorded_and_holds_nothing_up(play: Play) -> None:
    played = await play("reminder-bounces", "pure")
    undelivered = of_type(played, "message-undeliverable.v1")
    assert undelivered
    assert {each.envelope.data["fault"] for each in undelivered} == {"550 no such mailbox"}
    assert of_type(played, "escalation-raised.v1")
