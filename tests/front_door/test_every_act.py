"""Every command that changes something: tried on a record in memory, before it is done and for good."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import yaml

from forthwith.rehearsal.stage import Stage
from tests.front_door.conftest import NOTICE
from tests.front_door.seat import Seat, as_json, lived_until, seat_at
from tests.front_door.test_documentation import commands

NOW = datetime(2016, 11, 3, 9, 30, tzinfo=UTC)
NOTICE_ID = "lancashire-2016"
REPORT = f"{NOTICE_ID}/monthly-report/2016-10"
PLAN = f"{NOTICE_ID}/plan-kept-up-to-date/plan"
REVIEW = f"{NOTICE_ID}/department-review/1"
POWER = f"{NOTICE_ID}/referral-power/1"
FILES = {
    "report.yaml": {"sections": [{"section": "data", "text": "Figures."}, {"section": "slow-objectives", "nil": True}]},
    "outcome.yaml": {"letter": "Progress.", "findings": [
        {"id": "one", "text": "Uneven.", "action": "Even it out.", "owner": "director", "due_on": "2017-01-31"}]},
    "plan.yaml": {"objectives": [{"id": "audit", "title": "Audits", "owner": "director", "sources": ["Ofsted"],
                                  "actions": [{"id": "cycle", "title": "A cycle", "owner": "director",
                                               "due_on": "2016-12-01"}]}]},
    "reading.yaml": {"interpretation": {"id": "sixth-month", "clause": "7", "question": "From when?",
                                        "ruling": "From then.", "basis": "The text.", "ruled_by": "case-lead"}},
}  # fmt: skip

ACTS: dict[str, list[str]] = {
    "task ack": [REPORT],
    "task claim": [REPORT],
    "task delegate": [NOTICE_ID, "director", "priya-nandra", "--since=2016-11-01", "--until=2016-11-05", "--reason=Leave"],
    "task reassign": [REPORT, "helen-marsh", "--reason=Leave"],
    "task refuse": [REPORT, "--reason=Not mine"],
    "task escalate": [REPORT, "--reason=Urgent"],
    "task withdraw": [REPORT, "director", "--reason=By mistake"],
    "report submit": [REPORT, "report.yaml", "--received-at=2016-10-20"],
    "report accept": [REPORT],
    "report return": [REPORT, "--reasons=Thin", "--section=data"],
    "report query": [REPORT, "--answer=By mistake"],
    "report commission": [REPORT, "--partner=The police", "--asked=What is new?", "--wanted-by=2016-11-01"],
    "report update": [REPORT, "--received-from=The police", "--text=Nothing"],
    "occurrence waive": [REPORT, "--reason=Not needed"],
    "occurrence attest": [REPORT, "--statement=It holds"],
    "occurrence answer": [REPORT, "--answer=Here it is"],
    "occurrence assess": [REPORT, "--finding=Good", "--outcome=met"],
    "occurrence refused": [REPORT, "--account=Nobody came"],
    "extension request": [REPORT, "--until=2016-11-30", "--reason=Illness"],
    "extension grant": [REPORT, "--until=2016-11-30", "--reason=Illness"],
    "extension refuse": [REPORT, "--reason=No"],
    "suspension stop": [REPORT, "--reason=A court said so"],
    "suspension restart": [REPORT, "--from-day=2016-10-24", "--reason=It is over"],
    "review require": [NOTICE_ID, "diagnostic-review", "--area=Care leavers", "--wanted-by=2016-12-31"],
    "review agree": [REVIEW, "--party=Another council"],
    "review plan": [REVIEW, "--starts-on=2016-11-08", "--ends-on=2016-11-10", "--reviewer=A", "--reviewer=B",
                    "--scope=All", "--theme=performance"],
    "review notify": [REVIEW],
    "review move": [REVIEW, "--starts-on=2016-11-09", "--ends-on=2016-11-10", "--reason=Snow"],
    "review held": [REVIEW, "--summary=Progress"],
    "review outcome": [REVIEW, "outcome.yaml"],
    "review act": [REVIEW, "one", "--done=Evened out"],
    "review follow-up": [REVIEW, "one", "--outcome=Seen", "--closed"],
    "review confirm": [REVIEW, "data"],
    "review refuse": [REVIEW, "data", "--reason=Not there"],
    "plan adopt": [PLAN, "plan.yaml"],
    "plan progress": [PLAN, "audit", "slow", "--text=Too few"],
    "plan deliver": [PLAN, "audit-cycle", "--evidence=The list", "--file=plan.yaml"],
    "concern record": [NOTICE_ID, "referral-power", "--text=No progress", "--clause=6b"],
    "concern answer": [f"{NOTICE_ID}/referral-power/concern-1", "--reasons=Seen to", "--refer"],
    "consideration open": [NOTICE_ID, "referral-power", "--because=Late", f"--matter={REPORT}"],
    "consideration invite": [POWER, "--until=2016-12-01"],
    "consideration represent": [POWER, "--text=We disagree"],
    "consideration answer": [POWER, "--reasons=We have read it"],
    "consideration propose": [POWER, "continue", "--reasons=Progress"],
    "consideration sign": [POWER],
    "consideration issue": [POWER],
    "consideration publish": [POWER],
    "correction propose": [NOTICE_ID, "2", "--field=adopted_at", "--now=2016-05-19T08:00:00.000000Z", "--reason=Wrong"],
    "correction approve": [NOTICE_ID, "2"],
    "correction reject": [NOTICE_ID, "2", "--reason=It is right"],
    "notice issue": [NOTICE],
    "notice vary": [NOTICE, "--variation=First", "--reason=More time"],
    "notice lift": [NOTICE_ID, "--reason=Done", "--keep=monthly-report", "--after-care-until=2016-12-31"],
    "notice supersede": [NOTICE_ID, "another", "--reason=Worse"],
    "notice succeed": [NOTICE_ID, "council", "--name=The new council", "--since=2016-10-01", "--law=An order"],
    "notice interpret": [NOTICE_ID, "reading.yaml", "--reason=Counsel's opinion"],
    "notice holiday": [NOTICE_ID, "2016-12-05", "--title=A holiday", "--reason=A proclamation"],
    "notice appoint": [NOTICE_ID, "director", "new", "--name=New", "--email=new@example.org", "--since=2016-11-01"],
    "notice end-appointment": [NOTICE_ID, "director", "helen-marsh", "--until=2016-11-01", "--reason=Leaves"],
    "notice visit": [NOTICE_ID, "--visitor=Ofsted", "--day=2016-12-01", "--purpose=Monitoring"],
    "notice rate": [NOTICE_ID, "monthly-report", "--rating=good", "--basis=Three reports"],
    "notice release": [NOTICE_ID, "work-with-adviser", "--reasons=Satisfied"],
    "notice request": [NOTICE_ID, "work-with-adviser", "--asked=Figures", "--wanted-by=2016-11-30"],
}  # fmt: skip
MOVES_DAYS = {"notice holiday", "notice interpret", "notice vary", "extension grant", "suspension restart",
              "suspension stop", "correction approve", "review move", "review plan", "review held", "notice lift",
              "notice supersede", "notice release", "occurrence waive"}  # fmt: skip
EVERYBODY = ("priya-nandra", "helen-marsh", "callum-reyes", "imogen-hartley", "fiona-laidlaw", "nobody")


@pytest.fixture(scope="module")
def so_far() -> Stage:
    """On 3 November 2016 the year has gone as it should so far, and nobody has begun the report for October."""
    return asyncio.run(lived_until("happy-year", NOW))


@pytest.fixture
def onlooker(so_far: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Seat:
    """Shared by all tests that change nothing."""
    return seat_at(so_far, monkeypatch, capsys)


@pytest.fixture
def seat(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Seat:
    """The same, for one test alone."""
    return seat_at(asyncio.run(lived_until("happy-year", NOW)), monkeypatch, capsys)


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_text(yaml.safe_dump(content))


def typed(command: str, tmp_path: Path) -> list[str]:
    """With the files where they are."""
    found = (each.replace("--file=", f"--file={tmp_path}/") for each in ACTS[command])
    return [*command.split(), *(str(tmp_path / each) if each in FILES else each for each in found)]


# These work on the database, the files or the keys beside the record, and are tried where those are.
ELSEWHERE = {
    "evidence lodge",
    "keys rotate",
    "privacy erase",
    "privacy hold",
    "privacy reapply",
    "privacy release",
    "privacy retention run",
    "privacy retention set",
}


def test_every_command_that_changes_something_is_tried_here() -> None:
    with_by = {
        name
        for name, command in commands()
        if any("--by" in each.names for each in command.assemble_argument_collection())
    }
    assert with_by == set(ACTS) | ELSEWHERE


def test_each_is_allowed_or_refused_in_a_sentence_and_changes_nothing_on_trial(
    onlooker: Seat, tmp_path: Path
) -> None:
    before = asyncio.run(onlooker.stage.office.ledger.head())
    allowed = set()
    for command in ACTS:
        for by in EVERYBODY:
            said = onlooker(*typed(command, tmp_path), f"--by={by}", "--dry-run", "--json")
            assert said.code in {0, 4, 5}, (command, by, said)
            assert "Traceback" not in said.err
            if said.code:
                assert said.err.splitlines()[0].endswith((".", "?")), (command, said.err)
                continue
            allowed.add(command)
            told = as_json(said)
            assert told["allowed"] is True
            assert ("effect" in told) == (command in MOVES_DAYS), command
    assert asyncio.run(onlooker.stage.office.ledger.head()) == before
    assert len(allowed) > 20


def test_who_acts_has_to_be_named(onlooker: Seat, tmp_path: Path) -> None:
    for command in set(ACTS) - {"notice issue"}:
        said = onlooker(*typed(command, tmp_path))
        assert (said.code, said.out) == (2, ""), command
        assert "--by" in said.err


def test_the_effect_of_an_extension_is_told_before_it_is_granted(seat: Seat) -> None:
    act = ("extension", "grant", REPORT, "--until=2016-11-30", "--reason=Illness", "--by=imogen-hartley")
    trial = seat(*act, "--dry-run")
    assert trial.code == 0
    assert trial.err == "It would be allowed. It moves 1 due date. Nothing was changed.\n"
    assert "2016-11-30" in trial.out
    told = as_json(seat(*act, "--dry-run", "--json"))["effect"]
    assert [each["occurrence"] for each in told["moved"]] == [REPORT]
    assert told["moved"][0]["now"] == "2016-11-30"
    assert set(told) == {"sentence", "moved", "timely", "late", "withdrawn"}
    assert seat(*act).code == 0
    assert seat.occurrence(REPORT).facts.due_on == date(2016, 11, 30)


def test_the_same_key_answers_with_the_first_receipt(seat: Seat) -> None:
    visit = ("notice", "visit", NOTICE_ID, "--visitor=Ofsted", "--day=2016-12-01", "--purpose=Monitoring")
    act = (*visit, "--by=imogen-hartley", f"--key={uuid4()}", "--json")
    first, second = as_json(seat(*act)), as_json(seat(*act))
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["leaves"] == second["leaves"]


def test_a_day_is_today_where_the_notice_runs_if_it_is_left_out(seat: Seat) -> None:
    seat.stage.clock.advance_to(datetime(2017, 4, 9, 23, 30, tzinfo=UTC))  # half past midnight in London
    act = ("plan", "deliver", PLAN, "supervision-standard", "--evidence=The standard", "--by=helen-marsh")
    assert seat(*act).code == 0
    delivered = seat.occurrence(PLAN).plan.delivered["supervision-standard"]
    assert delivered.delivered_on == date(2017, 4, 10)


def test_a_decision_is_proposed_by_one_and_signed_by_another_and_shown(seat: Seat) -> None:
    opening = seat(
        "consideration", "open", NOTICE_ID, "referral-power", "--because=Late", "--by=fiona-laidlaw"
    )
    assert opening.code == 0, opening.err
    propose = ("consideration", "propose", POWER, "continue", "--reasons=Progress")
    assert seat(*propose, "--by=fiona-laidlaw").code == 0
    assert seat("consideration", "sign", POWER, "--by=fiona-laidlaw").code == 5
    assert seat("consideration", "sign", POWER, "--by=david-achebe").code == 0
    shown = as_json(seat("consideration", "show", POWER, "--json"))
    assert (shown["decided"], shown["signatories"]) == ("continue", ["fiona-laidlaw", "david-achebe"])
    said = seat("consideration", "show", POWER)
    assert "Decided to continue" in " ".join(said.out.split())


def test_a_correction_is_named_by_the_number_that_history_shows(seat: Seat) -> None:
    events = seat("history", NOTICE_ID, "--json").objects
    report = next(each for each in events if each["type"] == "report-submitted.v1")
    assert seat("correction", "list", NOTICE_ID).err.startswith("Nothing has been corrected")
    number = str(report["index"])
    propose = ("correction", "propose", NOTICE_ID, number, "--field=received_at", "--reason=It came by hand")
    said = seat(*propose, "--now=2016-06-09T09:00:00.000000Z", "--by=priya-nandra")
    assert said.code == 0, said.err
    (row,) = seat("correction", "list", NOTICE_ID, "--json").objects
    assert (row["event"], row["field"], row["standing"]) == (report["index"], "received_at", "proposed")
    assert seat("correction", "approve", NOTICE_ID, number, "--by=priya-nandra").code == 5
    said = seat("correction", "approve", NOTICE_ID, number, "--by=imogen-hartley")
    assert said.code == 0, said.err
    (row,) = seat("correction", "list", NOTICE_ID, "--json").objects
    assert (row["standing"], row["approved_by"]) == ("approved", "imogen-hartley")
    assert "received_at" in seat("correction", "list", NOTICE_ID).out


def test_a_draft_of_a_report_can_be_submitted(seat: Seat, tmp_path: Path) -> None:
    name = REPORT
    said = seat("report", "draft", name)
    assert said.code == 0, said.err
    file = tmp_path / "draft.yaml"
    file.write_text(said.out, "utf-8")
    begun = as_json(seat("report", "draft", name, "--json"))
    asked = [each.id for each in seat.occurrence(name).facts.sections]
    assert [each["section"] for each in begun["sections"]] == asked
    assert seat("report", "submit", name, str(file), "--by=priya-nandra").code == 0


def test_a_plan_is_shown_with_its_actions(onlooker: Seat) -> None:
    rows = onlooker("plan", "show", PLAN, "--json").objects
    assert [each["objective"] for each in rows] == ["audit", "oversight", "care-leavers"]
    (action,) = rows[0]["actions"]
    assert (action["action"], action["delivered_on"]) == ("audit-cycle", "2016-09-28")
    assert "not yet" in onlooker("plan", "show", PLAN).out


def test_an_appointment_keeps_the_address_out_of_the_record(seat: Seat) -> None:
    act = ("notice", "appoint", NOTICE_ID, "director", "new", "--name=New", "--since=2016-11-01")
    assert seat(*act, "--email=new@example.org", "--by=imogen-hartley").code == 0
    events = asyncio.run(seat.stage.office.ledger.read(limit=100_000))
    assert b"new@example.org" not in b"".join(each.canonical for each in events)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["extension", "grant", "2016-09", "--until=2016-11-30", "--reason=x", "--by=x"], 2, "notice/obligation/period"),
        (["extension", "grant", REPORT, "--until=soon", "--reason=x", "--by=x"], 2, "soon"),
        (["extension", "grant", REPORT, "--until=0001-01-01", "--reason=x", "--by=x"], 2, "1900"),
        (["extension", "grant", f"{NOTICE_ID}/monthly-report/1999-01", "--until=2016-11-30", "--reason=x", "--by=x"], 4,
         "no occurrence"),
        (["plan", "progress", PLAN, "audit", "fast", "--text=x", "--by=x"], 2, "fast"),
        (["plan", "show", REPORT], 4, "holds no plan"),
        (["consideration", "show", REPORT], 4, "is no consideration"),
        (["consideration", "open", NOTICE_ID, "referral-power", "--because=x", "--matter=2016", "--by=x"], 2, "2016"),
        (["correction", "propose", NOTICE_ID, "999999", "--field=x", "--now=y", "--reason=z", "--by=x"], 4, "no event"),
        (["correction", "list", "another"], 4, "another"),
        (["notice", "appoint", NOTICE_ID, "Big Boss", "new", "--name=x", "--since=2016-11-01", "--by=x"], 2,
         "identifier"),
        (["notice", "visit", "another", "--visitor=x", "--day=2016-11-01", "--purpose=y", "--by=x"], 4, "another"),
        (["plan", "adopt", PLAN, "nowhere.yaml", "--by=x"], 4, "nowhere.yaml"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else None,
)  # fmt: skip
def test_what_cannot_be_meant_is_told_in_a_sentence(
    onlooker: Seat, arguments: list[str], code: int, words: str
) -> None:
    said = onlooker(*arguments)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert "Traceback" not in said.err


def test_what_is_wrong_with_a_file_is_told_with_its_line(onlooker: Seat, tmp_path: Path) -> None:
    file = tmp_path / "spoilt.yaml"
    file.write_text("letter: Fine\nfindings:\n  - {id: one, text: x, action: y, owner: z, due_on: soon}\n")
    said = onlooker("review", "outcome", REVIEW, str(file), "--by=callum-reyes")
    assert said.code == 7
    assert f"{file}:3: findings[0].due_on: “soon” is not a date" in said.err
