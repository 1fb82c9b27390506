"""The command beside a demonstration that runs: what it reads, what it refuses, and what it leaves as it was."""

import re
import signal
import time
from pathlib import Path
from uuid import uuid4

import httpx2
import icalendar
import psutil
import pytest

from tests.front_door.conftest import NOTICE, Demonstration, new_home, run, start
from tests.front_door.test_documentation import keys_missing

SEPTEMBER = "lancashire-2016/monthly-report/2016-09"
REVIEW = "lancashire-2016/department-review/1"
DEADLINE = "lancashire-2016/plan-delivered/2017-05-31"

pytestmark = pytest.mark.slow


def size(demonstration: Demonstration) -> int:
    return len(demonstration("history", "lancashire-2016", "--json").objects)


def test_the_open_tasks_are_listed_with_why(demonstration: Demonstration) -> None:
    said = demonstration("task", "list", "--json")
    assert (said.code, said.err) == (0, "")
    tasks = {(each["occurrence"], each["task"]): each for each in said.objects}
    director = tasks[SEPTEMBER, "director"]
    assert director["due"] == "2016-10-14T23:59:59+01:00"
    assert director["people"] == ["Helen Marsh (Director of children’s services)"]
    assert "14 October 2016" in director["why"]
    assert keys_missing("task list", director) == set()


def test_the_table_of_tasks_cuts_no_word_and_shows_whole_names_to_type(demonstration: Demonstration) -> None:
    said = demonstration("task", "list")
    shown = set(said.out.split())
    for each in demonstration("task", "list", "--json").objects:
        assert f"{each['occurrence']} {each['task']}" in said.out
        assert set(" ".join([each["title"], *each["people"]]).split()) <= shown
    assert max(map(len, said.out.splitlines())) <= 120


def test_the_tasks_of_one_person_are_theirs_alone(demonstration: Demonstration) -> None:
    for each in demonstration("task", "list", "--person", "helen-marsh", "--json").objects:
        assert any(person.startswith("Helen Marsh") for person in each["people"])
    said = demonstration("task", "list", "--person", "helen-march")
    assert (said.code, said.out) == (4, "")
    assert "helen-marsh" in said.err


def test_a_dry_run_says_yes_and_records_nothing(demonstration: Demonstration) -> None:
    act = ("task", "ack", REVIEW, "--by", "callum-reyes", "--dry-run")
    said = demonstration(*act)
    assert (said.code, said.out, said.err) == (0, "", "It would be allowed. Nothing was changed.\n")
    assert demonstration(*act, "--json").objects == [{"allowed": True}]
    (task,) = [
        each for each in demonstration("task", "list", "--json").objects if each["occurrence"] == REVIEW
    ]
    assert task["acknowledged_by"] is None


def test_a_task_is_acknowledged_once_and_the_receipt_answers_a_repeated_request(
    demonstration: Demonstration,
) -> None:
    act = ("task", "ack", DEADLINE, "--by", "helen-marsh")
    key = ("--key", str(uuid4()), "--json")
    first, repeated, again = demonstration(*act, *key), demonstration(*act, *key), demonstration(*act)
    assert (first.code, repeated.code) == (0, 0)
    (given,), (same,) = first.objects, repeated.objects
    assert keys_missing("task ack", given) == set()
    assert (given["repeated"], same["repeated"]) == (False, True)
    assert {**same, "repeated": False} == given
    assert (again.code, again.out) == (5, "")
    assert "acknowledged this task" in again.err
    acts = [
        each
        for each in demonstration("history", "lancashire-2016", "--json").objects
        if (each["type"], each["occurrence"]) == ("task-acknowledged.v1", DEADLINE)
    ]
    assert [each["index"] for each in acts] == [given["first_index"]]
    assert acts[0]["actor"] == "person:helen-marsh"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["task", "ack", SEPTEMBER, "director", "--by", "stranger"], 5, "stranger does not hold that role"),
        (["task", "ack", SEPTEMBER, "director", "--by", "duncan-ashworth"], 5, "Director of children’s services"),
        (["task", "ack", SEPTEMBER, "directr", "--by", "helen-marsh"], 5, "no open task “directr”"),
        (["task", "ack", "lancashire-2016/monthly-report/2031-09", "--by", "helen-marsh"], 4, "2031-09"),
        (["report", "accept", SEPTEMBER, "--by", "margaret-oduya"], 5, "No report has been received"),
        (["report", "accept", REVIEW, "--by", "helen-marsh"], 5, "received"),
        (["why", "lancashire-2016/monthly-report/2031-09"], 4, "2031-09"),
        (["history", "yorkshire-2016"], 4, "It holds lancashire-2016."),
        (["notice", "issue", "notices/lancashire-2016.yaml"], 5, "has been issued already"),
        (["demo"], 5, "already runs"),
    ],
)  # fmt: skip
def test_what_the_rules_refuse_is_said_once(
    demonstration: Demonstration, arguments: list[str], code: int, words: str
) -> None:
    said = demonstration(*arguments)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert "Traceback" not in said.err
    first = said.err.splitlines()[0]
    assert said.err.count(first) == 1


def test_a_refused_act_records_nothing(demonstration: Demonstration) -> None:
    assert demonstration("task", "ack", SEPTEMBER, "director", "--by", "stranger").code == 5
    actors = {each["actor"] for each in demonstration("history", "lancashire-2016", "--json").objects}
    assert "person:priya-nandra" in actors
    assert "person:stranger" not in actors


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("sections: []\n", 5, "empty"),
        ("sections:\n  - {section: weather, text: Rain.}\n", 5, "weather"),
        ("sections:\n  - {section: data, text: One.}\n  - {section: data, text: Two.}\n", 5, "twice"),
        ("sections:\n  - {sektion: data, text: One.}\n", 7, ":2: sections[0].sektion: "),
        ("sections: 7\n", 7, ":1: sections: "),
        ("sections: [\n", 7, "report.yaml:"),
        ("", 7, "This file is empty."),
    ],
)
def test_a_report_that_cannot_be_taken_is_refused_in_a_sentence(
    demonstration: Demonstration, tmp_path: Path, content: str, code: int, words: str
) -> None:
    file = tmp_path / "report.yaml"
    file.write_text(content)
    said = demonstration("report", "submit", SEPTEMBER, str(file), "--by", "priya-nandra")
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert "Traceback" not in said.err


def test_a_report_from_a_stranger_is_refused(demonstration: Demonstration, tmp_path: Path) -> None:
    file = tmp_path / "report.yaml"
    file.write_text("sections:\n  - {section: data, text: One.}\n")
    said = demonstration("report", "submit", SEPTEMBER, str(file), "--by", "stranger")
    assert said.code == 5
    assert "forthwith task list" in said.err


def test_the_history_is_told_from_the_beginning_and_from_the_end(demonstration: Demonstration) -> None:
    oldest = demonstration("history", "lancashire-2016", "--json").objects
    assert oldest[0]["type"] == "notice-issued.v1"
    assert [each["index"] for each in oldest] == list(range(1, len(oldest) + 1))
    newest = demonstration("history", "lancashire-2016", "--order", "newest", "--json").objects
    assert newest[-1] == oldest[0]
    told = demonstration("history", "lancashire-2016")
    assert "brought to Helen Marsh" in " ".join(told.out.split())
    assert max(map(len, told.out.splitlines())) <= 120


def test_why_gives_the_clause_the_readings_and_what_happened(demonstration: Demonstration) -> None:
    said = demonstration("why", SEPTEMBER, "--json")
    kinds = [each["kind"] for each in said.objects]
    assert (kinds[0], kinds[-1]) == ("clause", "computed")
    assert {"rule", "interpretation", "happened"} <= set(kinds)
    assert all(isinstance(each["event"], int) for each in said.objects if each["kind"] == "happened")
    assert keys_missing("why", said.objects[0]) == set()
    assert "the council must report monthly" in " ".join(demonstration("why", SEPTEMBER).out.split())


def test_every_clock_lives(demonstration: Demonstration) -> None:
    """A clock that is just taking its step may be on its way, so that this looks until the chase is at rest."""
    patience = time.monotonic() + 30
    while (said := demonstration("clocks", "list", "--json")).code != 0 and time.monotonic() < patience:
        time.sleep(0.5)
    assert said.code == 0
    assert len(said.objects) >= 5
    assert all(each["alive"] and not each["unfired"] for each in said.objects)
    assert keys_missing("clocks list", said.objects[0]) == set()
    assert SEPTEMBER in demonstration("clocks", "list").out
    assert demonstration("clocks", "rebuild").code == 0


def test_the_record_verifies(demonstration: Demonstration) -> None:
    said = demonstration("verify", "--json")
    (verdict,) = said.objects
    assert (said.code, verdict["sound"], verdict["findings"]) == (0, True, [])
    assert keys_missing("verify", verdict) == set()
    assert "sound" in demonstration("verify").out


def test_another_library_rebuilds_the_record_to_the_same(demonstration: Demonstration) -> None:
    said = demonstration("verify", "--deep", "--json")
    (verdict,) = said.objects
    assert (said.code, verdict["rebuilt"]["same"], verdict["rebuilt"]["differences"]) == (0, True, [])
    assert verdict["rebuilt"]["events"] == verdict["size"]
    assert "Both ways give the same." in demonstration("verify", "--deep").out


def test_a_calendar_that_is_made_at_the_desk_is_read_without_signing_in_until_it_is_revoked(
    demonstration: Demonstration,
) -> None:
    (facts,) = demonstration("status", "--json").objects
    with httpx2.Client(base_url=facts["desk"], follow_redirects=True) as desk:

        def send(page: str, action: str, **fields: str) -> str:
            token = re.findall(r'name="form_token" value="([^"]+)"', desk.get(page).text)[0]
            return desk.post(action, data={"form_token": token, **fields}).raise_for_status().text

        send("/sign-in", "/sign-in", persona="priya-nandra")
        made = send("/my-calendar", "/my-calendar/make", notice="", replacing="")
        (address,) = re.findall(r'value="(http[^"]+/feeds/[^"]+)"', made)
        calendar = httpx2.get(address).raise_for_status()
        uids = {str(each["UID"]) for each in icalendar.Calendar.from_ical(calendar.content).walk("VEVENT")}
        assert f"{SEPTEMBER}/due@forthwith" in uids
        asked = {"If-None-Match": calendar.headers["etag"]}
        assert httpx2.get(address, headers=asked).status_code == 304
        (feed,) = re.findall(r'name="feed" value="([^"]+)"', desk.get("/my-calendar").text)
        assert "The address is revoked." in send("/my-calendar", "/my-calendar/revoke", feed=feed)
        assert httpx2.get(address).status_code == 404


def test_status_says_where_everything_is_and_doctor_finds_nothing(demonstration: Demonstration) -> None:
    said = demonstration("status", "--json")
    (facts,) = said.objects
    assert (said.code, facts["running"]) == (0, True)
    documented = {key for key in facts if not key.startswith("process_")}
    assert keys_missing("status", dict.fromkeys(documented)) == set()
    shown = demonstration("status").out
    assert facts["desk"] in shown
    assert "None" not in shown
    checks = demonstration("doctor", "--json")
    assert [each["sentence"] for each in checks.objects if each["ok"] is False] == []
    assert checks.code == 0


def test_down_leaves_nothing_running_and_the_next_start_goes_on_with_the_record() -> None:
    with new_home() as home:
        first = start(home)
        (facts,) = first("status", "--json").objects
        processes = [
            psutil.Process(pid) for name, pid in facts.items() if name.startswith(("process_", "superv"))
        ]
        family = {each for process in processes for each in (process, *process.children(recursive=True))}
        assert len(family) >= 4
        recorded = size(first)
        down = run(home, "down")
        assert (down.code, down.err) == (0, "Stopped.\n")
        assert first.process.wait(30) == 0
        gone, alive = psutil.wait_procs(family, timeout=10)
        assert (len(gone), alive) == (len(family), [])
        assert run(home, "status").code == 6
        second = start(home)
        try:
            assert size(second) >= recorded
        finally:
            second.process.send_signal(signal.SIGINT)
            assert second.process.wait(30) == 0
        assert run(home, "status").code == 6


def test_the_smoke_test_ends_well_and_says_so_in_one_object(tmp_path: Path) -> None:
    said = run(tmp_path, "demo", "--smoke")
    assert said.code == 0, said.err
    (seen,) = said.objects
    assert seen["ok"] is True
    assert seen["acknowledged"] == f"{SEPTEMBER} director"
    assert seen["clock_signal"] >= seen["record_index"]
    assert run(tmp_path, "status").code == 6


def test_a_notice_of_2016_that_is_issued_today_sends_nothing_about_the_past() -> None:
    """In real time: everything of it fell due long ago, and chasing begins now."""
    with new_home() as home:
        engine = start(home, "up")
        try:
            assert engine("task", "list").err == "No task is open.\n"
            assert "It holds no notice yet." in engine("history", "lancashire-2016").err
            issued = engine("notice", "issue", NOTICE, "--by", "imogen-hartley", "--json")
            assert (issued.code, issued.objects[0]["first_index"]) == (0, 1)
            patience = time.monotonic() + 60
            while len(opened(engine)) < 27 and time.monotonic() < patience:
                time.sleep(0.5)
            assert len(opened(engine)) == 27
            types = {each["type"] for each in engine("history", "lancashire-2016", "--json").objects}
            assert "rungs-not-chased.v1" in types
            assert not types & {
                "message-sent.v1",
                "reminder-issued.v1",
                "overdue-notice-issued.v1",
                "escalation-raised.v1",
            }
            assert engine("verify").code == 0
        finally:
            run(home, "down")
            engine.process.wait(30)


def opened(engine: Demonstration) -> set[str]:
    events = engine("history", "lancashire-2016", "--json").objects
    return {each["occurrence"] for each in events if each["type"] == "rungs-not-chased.v1"}


def test_a_demonstration_has_no_accounts(demonstration: Demonstration) -> None:
    said = demonstration("users", "add", "helen-marsh")
    assert (said.code, said.out) == (2, "")
    assert "people sign in by choosing a name" in said.err
