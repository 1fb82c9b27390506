"""A mistake of whoever types ends in a sentence and the right exit code, never in a traceback."""

import socket
from pathlib import Path

import pytest

from tests.front_door.conftest import NOTICE, ROOT, Forthwith, Said

SCENARIO_HEAD = "format: forthwith-scenario/1\nid: try\ntitle: Try\nshows: Something.\nacts:\n"
NEEDS_AN_ENGINE = (
    ["task", "list"],
    ["task", "ack", "lancashire-2016/monthly-report/2016-09", "--by", "helen-marsh"],
    ["report", "accept", "lancashire-2016/monthly-report/2016-08", "--by", "margaret-oduya"],
    ["history", "lancashire-2016"],
    ["why", "lancashire-2016/monthly-report/2016-09"],
    ["verify"],
    ["clocks", "list"],
    ["clocks", "rebuild"],
    ["notice", "issue", NOTICE],
)


def is_a_sentence(said: Said) -> bool:
    return "Traceback" not in said.err and said.err.strip().endswith((".", "?"))


@pytest.mark.parametrize(
    ("spoil", "into", "further", "words"),
    [
        ("runs_until: 2017-05-31", "runs_until: soon", 0, "“soon” is not a date"),
        ("issued: 2016-05-19", "issued: 2016-02-30", 0, "30 February 2016 does not exist."),
        ("assignee: reporting-officer", "assignee: reporting-oficer", 0, "did you mean “reporting-officer”?"),
        ("format: forthwith-notice/1", "format: forthwith-notice/1\ncolour: red", 1, "“colour” is not a key here"),
    ],
)  # fmt: skip
def test_a_fault_in_a_notice_names_file_and_line(
    forthwith: Forthwith, tmp_path: Path, spoil: str, into: str, further: int, words: str
) -> None:
    sound = (ROOT / NOTICE).read_text("utf-8")
    assert spoil in sound
    file = tmp_path / "spoilt.yaml"
    file.write_text(sound.replace(spoil, into, 1), "utf-8")
    at = sound[: sound.index(spoil)].count("\n") + 1 + further
    said = forthwith("notice", "check", str(file))
    assert (said.code, said.out) == (7, "")
    assert f"{file}:{at}: " in said.err
    assert words in said.err
    assert "Traceback" not in said.err
    told = forthwith("notice", "check", str(file), "--json")
    assert (told.code, told.err) == (7, "")
    assert (told.objects[0]["file"], told.objects[0]["line"]) == (str(file), at)


def test_a_file_that_is_no_notice_is_refused(forthwith: Forthwith, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("format: [a, b\nnotice: c\n")
    for command in ("check", "show"):
        said = forthwith("notice", command, str(file))
        assert said.code == 7
        assert f"{file}:1: The brackets are not closed" in said.err
        assert is_a_sentence(said)


@pytest.mark.parametrize(
    "arguments",
    [
        ["notice", "check", "nowhere.yaml"],
        ["notice", "show", "nowhere.yaml"],
        ["notice", "issue", "nowhere.yaml"],
        ["rehearse", "nowhere.yaml"],
        ["report", "submit", "lancashire-2016/monthly-report/2016-09", "nowhere.yaml", "--by", "priya-nandra"],
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_not_found(forthwith: Forthwith, arguments: list[str]) -> None:
    said = forthwith(*arguments)
    assert (said.code, said.out) == (4, "")
    assert said.err == "There is no file “nowhere.yaml”.\n"


def test_an_unknown_scenario_is_not_found_and_the_known_ones_are_named(forthwith: Forthwith) -> None:
    said = forthwith("rehearse", NOTICE, "--scenario", "happy-yeer")
    assert said.code == 4
    assert "happy-year" in said.err
    assert is_a_sentence(said)


@pytest.mark.parametrize(
    ("act", "place", "words"),
    [
        ("{do: resign, who: director}", "acts[0].do", "“resign” is not one of"),
        ("{do: submit, who: mayor, every: monthly-report, working_days: 1}", "acts[0].who", "neither a role nor a person"),
        ("{do: submit, who: director, every: report, working_days: 1}", "acts[0].every", "no occurrences of “report”"),
        ("{do: submit, who: director, occurrence: x/1, at: 2016-06-10T10:00}", "acts[0].occurrence", "“x/1”"),
        ("{do: submit, who: director, every: monthly-report, working_days: 1, but: ['9']}", "acts[0].but", "“9”"),
        ("{do: accept, who: chair, occurrence: chair-report/2030-Q1, working_days: 1}", "acts[0].working_days", "`at`"),
        ("{do: accept, who: chair, every: chair-report, working_days: 1, refused: Nope}", "acts[0].refused", "“Nope”"),
        ("{do: accept, who: chair, occurrence: chair-report/2016-Q2, at: 9999-12-31T10:00}", "acts[0].at", "2199"),
        ("{do: outage, start: 2016-05-01T09:00, end: 2016-06-01T09:00}", "acts[0].start", "before the notice is issued"),
        ("{do: accept, who: chair, occurrence: a/b, but: ['9'], at: 2016-06-10T10:00}", "acts[0]", "`every`"),
    ],
)  # fmt: skip
def test_a_fault_in_a_scenario_names_file_and_line(
    forthwith: Forthwith, tmp_path: Path, act: str, place: str, words: str
) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text(f"{SCENARIO_HEAD}  - {act}\n")
    said = forthwith("rehearse", NOTICE, "--scenario", str(file), "--engine", "pure")
    assert (said.code, said.out) == (7, "")
    assert f"{file}:6: {place}: " in said.err
    assert words in said.err
    assert is_a_sentence(said)


@pytest.mark.parametrize(
    ("expected", "told"),
    [("", "NothingToAccept: board-chair"), (", refused: NotYourTask", "NothingToAccept: board-chair")],
)
def test_an_act_that_the_rules_refuse_by_surprise_ends_with_5(
    forthwith: Forthwith, tmp_path: Path, expected: str, told: str
) -> None:
    file = tmp_path / "scenario.yaml"
    act = "do: accept, who: board-chair, occurrence: monthly-report/2016-05, at: 2016-06-10T10:00"
    file.write_text(f"{SCENARIO_HEAD}  - {{{act}{expected}}}\n")
    said = forthwith("rehearse", NOTICE, "--scenario", str(file), "--engine", "pure")
    assert said.code == 5
    assert told in said.err


def test_an_act_that_should_have_been_refused_and_was_allowed_ends_with_5(
    forthwith: Forthwith, tmp_path: Path
) -> None:
    file = tmp_path / "scenario.yaml"
    act = "do: submit, who: reporting-officer, occurrence: monthly-report/2016-05, at: 2016-06-10T10:00"
    file.write_text(f"{SCENARIO_HEAD}  - {{{act}, refused: NotYourTask}}\n")
    said = forthwith("rehearse", NOTICE, "--scenario", str(file), "--engine", "pure")
    assert said.code == 5
    assert "Allowed: reporting-officer" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["enforce"],
        ["notice", "sing"],
        ["notice", "show"],
        ["notice", "show", NOTICE, "--loud"],
        ["notice", "issue", NOTICE, "--chase-from", "yesterday"],
        ["rehearse", NOTICE, "--engine", "steam"],
        ["task", "ack", "lancashire-2016/monthly-report/2016-09"],
        ["task", "ack", "2016-09", "--by", "helen-marsh"],
        ["why", "2016-09"],
        ["demo", "--port", "front"],
        ["migrate"],
    ],
)
def test_what_makes_no_sense_is_a_fault_of_usage(forthwith: Forthwith, arguments: list[str]) -> None:
    said = forthwith(*arguments)
    assert (said.code, said.out) == (2, "")
    assert is_a_sentence(said)


@pytest.mark.parametrize("arguments", NEEDS_AN_ENGINE, ids=" ".join)
def test_where_nothing_runs_the_next_step_is_told(forthwith: Forthwith, arguments: list[str]) -> None:
    said = forthwith(*arguments)
    assert (said.code, said.out) == (6, "")
    assert "`forthwith demo`" in said.err
    assert is_a_sentence(said)


def test_status_and_down_say_that_nothing_runs(forthwith: Forthwith) -> None:
    assert forthwith("status").code == 6
    said = forthwith("status", "--json")
    assert (said.code, said.objects) == (6, [{"running": False}])
    down = forthwith("down")
    assert (down.code, down.err) == (0, "Nothing was running.\n")


@pytest.mark.parametrize("port", ["-1", "0", "99999999"])
@pytest.mark.parametrize("command", [["up"], ["demo", "--fresh"]])
def test_a_port_that_cannot_be_is_refused_before_anything_is_thrown_away(
    forthwith: Forthwith, tmp_path: Path, command: list[str], port: str
) -> None:
    kept = tmp_path / "demo" / "kept"
    kept.parent.mkdir()
    kept.touch()
    said = forthwith(*command, f"--port={port}", FORTHWITH_HOME=str(tmp_path))
    assert (said.code, said.out) == (2, "")
    assert "1 to 65535" in said.err
    assert is_a_sentence(said)
    assert kept.exists()


def test_a_port_that_is_taken_is_refused_before_anything_is_thrown_away(
    forthwith: Forthwith, tmp_path: Path
) -> None:
    kept = tmp_path / "demo" / "kept"
    kept.parent.mkdir()
    kept.touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = forthwith("demo", "--fresh", f"--port={port}", FORTHWITH_HOME=str(tmp_path))
    assert (said.code, said.out) == (6, "")
    assert "taken by another program" in said.err
    assert kept.exists()


@pytest.mark.parametrize("command", ["list", "verify"])
@pytest.mark.parametrize("url", ["nonsense", "postgresql://x@127.0.0.1:1/x"])
def test_a_database_that_cannot_be_reached_is_told(forthwith: Forthwith, command: str, url: str) -> None:
    arguments = ["verify"] if command == "verify" else ["task", "list"]
    said = forthwith(*arguments, FORTHWITH_APPLICATION_URL=url)
    assert (said.code, said.out) == (6, "")
    assert "reached" in said.err
    assert "Traceback" not in said.err


def test_a_setting_that_makes_no_sense_is_named(forthwith: Forthwith) -> None:
    said = forthwith("status", FORTHWITH_DESK_PORT="front")
    assert said.code == 2
    assert "FORTHWITH_DESK_PORT" in said.err
    assert "“front”" in said.err
    assert is_a_sentence(said)
