"""`forthwith export` and `forthwith conformance`, as somebody types them."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bagit
import icalendar
import pytest

from desk.paper import installed
from forthwith.exits import Exit
from ledger.log.folder import LogFolder
from tests.desk.pango import NEEDS_PANGO
from tests.exports.conftest import KEYS, NOTICE, signed_over
from tests.front_door.seat import Seat, lived_until, seat_at

AUTUMN = datetime(2016, 9, 20, 9, tzinfo=UTC)
FORMATS = {
    "events": ["events"],
    "ocel": ["ocel", NOTICE],
    "ocel-sqlite": ["ocel", "--as", "sqlite"],
    "xes": ["xes", NOTICE],
    "prov": ["prov"],
    "csv": ["csv", NOTICE],
}


@pytest.fixture(scope="module")
def autumn() -> Any:
    """The notice in September 2016, with one report missing."""
    return asyncio.run(lived_until("two-reports-missed", AUTUMN))


@pytest.fixture
def seat(autumn: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Seat:
    return seat_at(autumn, monkeypatch, capsys)


def recorded(seat: Seat) -> list[Any]:
    return list(asyncio.run(seat.stage.office.ledger.read(limit=100_000)))


@pytest.fixture
def checkpoint(seat: Seat, tmp_path: Path) -> Path:
    file = tmp_path / "checkpoint"
    file.write_bytes(signed_over(recorded(seat)))
    return file


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_is_written_and_told(seat: Seat, tmp_path: Path, form: str) -> None:
    to = tmp_path / "out"
    said = seat("export", *FORMATS[form], "--to", str(to), "--json")
    assert (said.code, said.err) == (Exit.OK, "")
    (told,) = said.objects
    assert told["events"] == len(recorded(seat))
    assert told["bytes"] == to.stat().st_size > 10_000
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_the_bag_is_written_from_a_checkpoint(seat: Seat, tmp_path: Path, checkpoint: Path) -> None:
    to = tmp_path / "bag"
    said = seat("export", "bag", "--to", str(to), "--checkpoint", str(checkpoint))
    assert (said.code, said.out) == (Exit.OK, "")
    assert "events were written" in said.err
    assert bagit.Bag(str(to)).validate()
    zipped = tmp_path / "bag.zip"
    again = seat(
        "export", "bag", NOTICE, "--to", str(zipped), "--checkpoint", str(checkpoint), "--zip", "--json"
    )
    assert again.code == Exit.OK
    assert zipped.stat().st_size > again.objects[0]["bytes"] > 100_000


def test_without_a_checkpoint_the_newest_that_was_published_is_taken(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    note = signed_over(recorded(seat)[:200])
    LogFolder(site).publish(note.decode(), KEYS.decode())
    monkeypatch.setenv("FORTHWITH_LOG_FOLDER", str(site))
    said = seat("export", "bag", "--to", str(tmp_path / "bag"), "--json")
    assert said.code == Exit.OK
    assert said.objects[0]["events"] == 200
    data = tmp_path / "bag" / "data"
    assert (data / "checkpoint").read_bytes() == note
    assert (data / "keys.txt").read_bytes() == KEYS
    assert len((data / "events.jsonl").read_bytes().splitlines()) == 200
    assert (data / "tile" / "0" / "000.p" / "200").read_bytes()


def test_what_is_there_already_is_not_written_over(seat: Seat, tmp_path: Path, checkpoint: Path) -> None:
    to = tmp_path / "there"
    to.write_text("mine")
    for arguments in (["csv"], ["bag", "--checkpoint", str(checkpoint)]):
        said = seat("export", *arguments, "--to", str(to))
        assert said.code == Exit.USAGE
        assert "never writes over" in said.err
    assert to.read_text() == "mine"


MISTAKES = {
    "nothing published": (["bag"], Exit.NOT_FOUND, "No checkpoint has been published yet"),
    "no such checkpoint": (["bag", "--checkpoint", "nowhere"], Exit.NOT_FOUND, "There is no file"),
    "not a checkpoint": (["bag", "--checkpoint", "README.md"], Exit.USAGE, "not a checkpoint"),
    "no such notice": (["xes", "nowhere"], Exit.NOT_FOUND, "There is no notice"),
    "no such form": (["ocel", "--as", "xml"], Exit.USAGE, "xml"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_a_sentence(seat: Seat, tmp_path: Path, mistake: str) -> None:
    arguments, code, words = MISTAKES[mistake]
    said = seat("export", *arguments, "--to", str(tmp_path / "out"))
    assert said.code == code
    assert words in said.err
    assert "Traceback" not in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(seat: Seat, tmp_path: Path) -> None:
    said = seat("export", "csv", "--to", str(tmp_path / "nowhere" / "out"))
    assert said.code == Exit.USAGE
    assert "no such folder" in said.err


def test_a_checkpoint_of_more_events_than_there_are_is_a_failure_of_the_record(
    seat: Seat, tmp_path: Path
) -> None:
    events = recorded(seat)
    file = tmp_path / "checkpoint"
    file.write_bytes(signed_over([*events, events[-1]]))
    said = seat("export", "bag", "--to", str(tmp_path / "bag"), "--checkpoint", str(file))
    assert said.code == Exit.INTEGRITY
    assert "Events are missing" in said.err


@pytest.mark.parametrize(
    ("schedule", "code", "words"),
    [
        ("withheld:\n- {event: 3, exemption: FOIA s.40(2), why: It names a family.}\n", Exit.USAGE, "nothing of event 3 apart"),
        ("withheld:\n- {event: 3, why: It names a family.}\n", Exit.FOUND_SOMETHING, "exemption"),
        ("withheld: []\n", Exit.FOUND_SOMETHING, "withheld"),
    ],
)  # fmt: skip
def test_a_schedule_that_fits_nothing_is_named(
    seat: Seat, tmp_path: Path, checkpoint: Path, schedule: str, code: Exit, words: str
) -> None:
    file = tmp_path / "withheld.yaml"
    file.write_text(schedule)
    said = seat(
        "export",
        "bag",
        "--to",
        str(tmp_path / "bag"),
        "--checkpoint",
        str(checkpoint),
        "--withhold",
        str(file),
    )
    assert said.code == code
    assert words in said.err
    assert not (tmp_path / "bag").exists()


def test_conformance_names_the_report_that_is_missing_and_ends_with_seven(seat: Seat) -> None:
    said = seat("conformance", NOTICE)
    assert said.code == Exit.FOUND_SOMETHING
    assert "Skipped\n- The monthly report to the improvement board for July 2016" in said.out
    (told,) = seat("conformance", NOTICE, "--json").objects
    assert told["conforms"] is False
    assert {each["occurrence"] for each in told["findings"]} == {
        f"{NOTICE}/monthly-report/2016-07",
        f"{NOTICE}/monthly-report/2016-08",
    }
    assert json.loads(json.dumps(told)) == told


def test_conformance_of_a_notice_that_is_not_there(seat: Seat) -> None:
    said = seat("conformance", "nowhere")
    assert said.code == Exit.NOT_FOUND


def test_due_dates_are_written_for_a_calendar_program(seat: Seat, tmp_path: Path) -> None:
    whole, own = tmp_path / "notice.ics", tmp_path / "helen.ics"
    (told,) = seat("export", "ics", NOTICE, "--to", str(whole), "--json").objects
    assert seat("export", "ics", "--person", "helen-marsh", "--to", str(own)).code == Exit.OK
    of_notice, of_helen = (
        {str(each["UID"]) for each in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")}
        for file in (whole, own)
    )
    assert (told["entries"], told["bytes"]) == (len(of_notice), whole.stat().st_size)
    assert of_helen < of_notice
    again = seat("export", "ics", NOTICE, "--to", str(whole))
    assert again.code == Exit.USAGE
    assert "never writes over anything" in again.err


@NEEDS_PANGO
def test_the_year_is_written_on_one_page(seat: Seat, tmp_path: Path) -> None:
    sheet = tmp_path / "year.pdf"
    (told,) = seat("export", "pdf", NOTICE, "--to", str(sheet), "--json").objects
    assert (told["sheet"], told["bytes"]) == ("year", sheet.stat().st_size)
    assert sheet.read_bytes().startswith(b"%PDF")
    said = seat("export", "pdf", NOTICE, "--decision", "referral-power/9", "--to", str(tmp_path / "x.pdf"))
    assert said.code == Exit.NOT_FOUND


def test_without_the_extra_the_command_says_what_to_install(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installed, "find_spec", lambda _: None)
    said = seat("export", "pdf", NOTICE, "--to", str(tmp_path / "year.pdf"))
    assert (said.code, "forthwith[pdf]" in said.err) == (Exit.USAGE, True)


def test_nobody_has_dates_whom_no_notice_names(seat: Seat, tmp_path: Path) -> None:
    said = seat("export", "ics", "--person", "nobody", "--to", str(tmp_path / "x.ics"))
    assert said.code == Exit.NOT_FOUND
    assert "names a person “nobody”" in said.err
    assert list(tmp_path.iterdir()) == []
