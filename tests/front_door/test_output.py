"""Data on standard output, talk on standard error; colours and bars on a terminal only."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.front_door.conftest import COMMAND, NOTICE, ROOT, Forthwith, environment

ESCAPE = "\x1b"
COMMANDS = (
    ["notice", "show", NOTICE],
    ["notice", "check", NOTICE],
    ["rehearse", NOTICE, "--scenario", "happy-year", "--engine", "pure"],
    ["doctor"],
    ["status"],
    ["enforce"],
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_where_no_terminal_is_there_are_no_escape_codes(forthwith: Forthwith, arguments: list[str]) -> None:
    said = forthwith(*arguments)
    assert said.out or said.err
    assert ESCAPE not in said.out + said.err


def on_a_terminal(tmp_path: Path, *arguments: str, **settings: str) -> str:
    """What the command writes when all its output goes to a terminal."""
    ours, theirs = pty.openpty()
    command = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(tmp_path, TERM="xterm-256color", **settings),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    try:
        while piece := os.read(ours, 65_536):
            written += piece
    except OSError:  # Linux says so when the other side has closed
        pass
    finally:
        os.close(ours)
    assert command.wait() == 0
    return written.decode()


def test_a_terminal_gets_bold_headings_and_no_color_takes_them_away(tmp_path: Path) -> None:
    assert ESCAPE in on_a_terminal(tmp_path, "notice", "show", NOTICE)
    plain = on_a_terminal(tmp_path, "notice", "show", NOTICE, NO_COLOR="1")
    assert "By the end of" in plain
    assert ESCAPE not in plain


def test_a_terminal_gets_a_bar_that_leaves_no_trace_in_the_data(tmp_path: Path) -> None:
    written = on_a_terminal(tmp_path, "rehearse", NOTICE, "--scenario", "happy-year", "--engine", "pure")
    assert "━" in written
    assert "happened" in written


def test_json_on_standard_output_is_data_only(forthwith: Forthwith) -> None:
    for arguments in (
        ["notice", "show", NOTICE, "--json"],
        ["rehearse", NOTICE, "--engine", "pure", "--json"],
        ["doctor", "--json"],
    ):
        said = forthwith(*arguments)
        assert (said.code, said.err) == (0, "")
        assert all(isinstance(each, dict) for each in said.objects)


@pytest.mark.parametrize(
    "arguments",
    [
        ["notice", "show", NOTICE, "--json"],
        ["rehearse", NOTICE, "--engine", "pure", "--json"],
        ["rehearse", NOTICE, "--engine", "pure"],
    ],
    ids=" ".join,
)
def test_whoever_stops_reading_is_not_told_of_a_fault(tmp_path: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # nobody reads from the beginning, so that the first write fails
    with os.fdopen(writing, "w") as nobody:
        command = subprocess.run(
            [*COMMAND, *arguments],
            cwd=ROOT,
            env=environment(tmp_path),
            stdin=subprocess.DEVNULL,
            stdout=nobody,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert command.returncode == 0
    assert "Traceback" not in command.stderr
    assert "Broken" not in command.stderr


@pytest.mark.parametrize("room", ["record", "people", "verify", "notice", "rehearse"])
def test_reading_the_record_loads_no_temporal(room: str) -> None:
    """An auditor needs none."""
    looks = (
        f"import sys, forthwith.commands.{room}; print([each for each in sys.modules if 'temporal' in each])"
    )
    done = subprocess.run([sys.executable, "-c", looks], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
