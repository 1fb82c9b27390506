"""The papers of a board, made again from a bag: byte for byte what the record gave."""

import json
from pathlib import Path

import pytest

from domain.values import write_instant
from forthwith.exits import Exit
from forthwith.main import main
from projections.board_pack.pack import board_pack, moment_of
from projections.board_pack.page import pack_file
from projections.past.naming import last_instant
from tests.exports.conftest import NOTICE

DAY = "2016-09-20"


def export(to: Path, at: str = DAY, *more: str) -> int:
    return main(["export", "board-pack", NOTICE, "--at", at, "--to", str(to), "--json", *more])


def test_a_bag_gives_the_very_bytes_of_the_record(
    own_bag: Path, two_missed, tmp_path, monkeypatch, capsys
) -> None:
    book = two_missed.book
    at = last_instant(DAY, "Europe/London", book.everything()[-1].recorded, "at")
    moment = moment_of(book, at)
    of_the_record = pack_file(board_pack(book, NOTICE, moment))
    monkeypatch.setenv("FORTHWITH_BAG", str(own_bag))
    assert export(tmp_path / "pack.html") == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert (tmp_path / "pack.html").read_bytes() == of_the_record
    assert (told["event"], told["bytes"]) == (moment.event, len(of_the_record))
    then = write_instant(at)
    asked = [
        "replay",
        NOTICE,
        "--to",
        str(moment.event),
        "--as-at",
        then,
        "--known-at",
        then,
        "--digest",
        "--json",
    ]
    assert main(asked) == Exit.OK
    assert json.loads(capsys.readouterr().out)["digest"] == told["state"]
    assert told["state"].encode() in of_the_record


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ((DAY, "--event", "5"), Exit.USAGE, "is not the last that had been recorded by then"),
        ((DAY, "--event", "0"), Exit.USAGE, "Must be >= 1"),
        (("2030-01-01",), Exit.USAGE, "lies in the future"),
        (("then",), Exit.USAGE, "--at cannot be “then”"),
        (("2016-01-01",), Exit.NOT_FOUND, "was not in the record then"),
    ],
)
def test_what_would_be_no_pack_is_refused_with_a_sentence(
    own_bag: Path, tmp_path, monkeypatch, capsys, more, code, said
) -> None:
    monkeypatch.setenv("FORTHWITH_BAG", str(own_bag))
    assert export(tmp_path / "pack.html", *more) == code
    found = capsys.readouterr()
    assert said in " ".join(found.err.split())
    assert "Traceback" not in found.err
    assert not (tmp_path / "pack.html").exists()
