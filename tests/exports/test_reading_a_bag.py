"""A bag is read as the record that it was taken from, and no more than read."""

from dataclasses import replace
from pathlib import Path

import pytest

from domain.record import Append
from forthwith.bagging import Material, about, bag_files
from forthwith.exits import Exit
from forthwith.main import main
from ledger.export.bag_ledger import BagIsClosed, UnreadableBag, read_bag
from ledger.export.bagit import write_folder
from ledger.export.withholding import Exemption
from projections.casebook import Casebook
from projections.state.digest import state_digest
from tests.exports.conftest import NOTICE


@pytest.fixture
def bag(own_bag: Path) -> Path:
    return own_bag


async def written(material: Material, to: Path) -> Path:
    write_folder(await bag_files(material), about(material), to)
    return to


async def test_it_says_what_the_record_says(bag: Path, two_missed) -> None:
    ledger = read_bag(bag)
    book = Casebook(ledger)
    await book.catch_up()
    assert state_digest(book, NOTICE, ledger.ends) == state_digest(two_missed.book, NOTICE, ledger.ends)
    assert [each.leaf for each in await ledger.read(limit=5)] == [
        each.leaf for each in sorted(two_missed.events, key=lambda each: each.index)[:5]
    ]
    assert await ledger.streams("notice/") == {f"notice/{NOTICE}": book.notice(NOTICE).version}
    assert (await ledger.head()).size == len(two_missed.events)


async def test_every_stream_is_read_by_its_versions(bag: Path) -> None:
    ledger = read_bag(bag)
    for stream, version in (await ledger.streams("occ/")).items():
        assert [each.version for each in await ledger.read_stream(stream, after=1)] == list(
            range(2, version + 1)
        )


async def test_nothing_can_be_recorded_in_it(bag: Path) -> None:
    with pytest.raises(BagIsClosed):
        await read_bag(bag).append(Append(command_id=None, writes=()))


@pytest.mark.parametrize(
    "arguments",
    [
        ("task", "ack", f"{NOTICE}/plan-kept-up-to-date/plan", "owed", "--by", "priya-nandra"),
        ("privacy", "list"),
    ],
)
def test_whoever_tries_is_told(bag: Path, monkeypatch, capsys, arguments: tuple[str, ...]) -> None:
    monkeypatch.setenv("FORTHWITH_BAG", str(bag))
    assert main([*arguments]) == Exit.REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert "bag" in said.err


async def test_what_is_withheld_says_under_which_exemption(material: Material, tmp_path: Path) -> None:
    (decided,) = [each for each in material.events if each.type == "decision-made.v1"]
    exemption = Exemption(decided.index, "FOIA s.40(2)", "It names a family.", "reasons")
    ledger = read_bag(await written(replace(material, exemptions=[exemption]), tmp_path / "bag"))
    (told,) = [each for each in await ledger.read(limit=10_000) if each.index == decided.index]
    assert told.envelope.data["reasons"] == "[withheld: FOIA s.40(2)]"


def altered(line: bytes) -> bytes:
    return line.replace(b"2016", b"2017", 1)


@pytest.mark.parametrize(
    ("file", "alter"),
    [
        ("events.jsonl", altered),
        ("events.jsonl", lambda _: b""),
        ("checkpoint", lambda _: b"no checkpoint\n"),
        ("disclosures.jsonl", lambda text: text + b"{}\n"),
        ("disclosures.jsonl", lambda text: text + b"{"),
        ("withheld.jsonl", lambda _: b'{"index": "one"}\n'),
    ],
)
def test_a_bag_that_does_not_hold_together_is_refused(
    bag: Path, monkeypatch, capsys, file: str, alter
) -> None:
    path = bag / "data" / file
    path.write_bytes(alter(path.read_bytes()))
    with pytest.raises(UnreadableBag):
        read_bag(bag)
    monkeypatch.setenv("FORTHWITH_BAG", str(bag))
    assert main(["history", NOTICE]) == Exit.INTEGRITY
    assert "Traceback" not in capsys.readouterr().err


def test_what_is_no_bag_is_refused(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("FORTHWITH_BAG", str(tmp_path))
    assert main(["history", NOTICE]) == Exit.USAGE
    monkeypatch.setenv("FORTHWITH_BAG", str(tmp_path / "nowhere"))
    assert main(["history", NOTICE]) == Exit.NOT_FOUND
