"""Scenario 18: an administrator deletes the newest three events, and a verifier with a receipt says so."""

import json
from pathlib import Path

import asyncpg
import pytest

from domain.record import Receipt
from forthwith.output import receipt_line
from ledger.verify.kept import KeptReceipt, UnreadableReceipt, read_receipts
from ledger.verify.verify import verify
from tests.verify.test_command import forthwith

FORGET = """
    ALTER TABLE forthwith.events DISABLE TRIGGER ALL;
    ALTER TABLE forthwith.receipts DISABLE TRIGGER ALL;
    ALTER TABLE forthwith.streams DISABLE TRIGGER ALL;
    DELETE FROM forthwith.receipts
     WHERE command_id IN (SELECT command_id FROM forthwith.events ORDER BY index DESC LIMIT 3);
    DELETE FROM forthwith.personal_values WHERE index > (SELECT max(index) - 3 FROM forthwith.events);
    DELETE FROM forthwith.events WHERE index > (SELECT max(index) - 3 FROM forthwith.events);
    UPDATE forthwith.head SET size = (SELECT max(index) FROM forthwith.events),
           recorded = (SELECT recorded FROM forthwith.events ORDER BY index DESC LIMIT 1);
    UPDATE forthwith.streams s
       SET version = coalesce((SELECT max(version) FROM forthwith.events e WHERE e.stream = s.stream), 0);
    DELETE FROM forthwith.streams WHERE version = 0;
"""


@pytest.fixture
def kept(receipts: list[Receipt], tmp_path: Path) -> Path:
    """The last three receipts, as whoever got them has kept them: two files, one of them with two lines."""
    *_, third, second, last = (json.dumps(receipt_line(each)) for each in receipts)
    (tmp_path / "the-last.json").write_text(f"{last}\n", "utf-8")
    (tmp_path / "before-it.json").write_text(f"{third}\n{second}\n", "utf-8")
    return tmp_path


async def _forget_the_newest_three(postgres_dsn: str) -> None:
    connection = await asyncpg.connect(postgres_dsn)
    await connection.execute(FORGET)
    await connection.close()


async def test_untouched_the_record_agrees_with_every_receipt(kept: Path, app_dsn: str) -> None:
    code, out, err = await forthwith("verify", "--receipts", str(kept), url=app_dsn)
    assert (code, err) == (0, "")
    assert "no finding" in out


async def test_nothing_inside_the_database_tells_of_three_events_deleted_with_care(
    receipts: list[Receipt], postgres_dsn: str, app_dsn: str
) -> None:
    await _forget_the_newest_three(postgres_dsn)
    verdict = await verify(app_dsn)
    assert verdict.sound
    assert verdict.size == receipts[-1].last_index - 3


async def test_a_verifier_with_a_receipt_says_so(kept: Path, postgres_dsn: str, app_dsn: str) -> None:
    await _forget_the_newest_three(postgres_dsn)
    code, out, err = await forthwith("verify", "--receipts", str(kept), url=app_dsn)
    assert code == 3
    assert "RECEIPT_UNMATCHED" in out
    assert "A receipt that was kept says" in out
    assert "the record has no event there" in out
    assert "The first finding is the first fault." in err


async def test_another_event_in_the_place_of_the_deleted_one_is_told_as_well(
    receipts: list[Receipt], app_dsn: str
) -> None:
    genuine = KeptReceipt(str(receipts[-1].command_id), receipts[-1].first_index, receipts[-1].leaves)
    forged = KeptReceipt(genuine.command, genuine.first_index, ("0" * 64,) * len(genuine.leaves))
    assert (await verify(app_dsn, kept=(genuine,))).sound
    (finding,) = (await verify(app_dsn, kept=(forged,))).findings
    assert (finding.code, finding.index) == ("RECEIPT_UNMATCHED", genuine.first_index)
    assert "another event" in finding.sentence


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"command": "x", "first_index": 1, "leaves": ["short"]}', "no"]
)
def test_what_is_no_receipt_is_refused_by_its_file(tmp_path: Path, text: str) -> None:
    if text == "":
        with pytest.raises(UnreadableReceipt, match="no receipt"):
            read_receipts(tmp_path)
        return
    (tmp_path / "kept.json").write_text(text, "utf-8")
    with pytest.raises(UnreadableReceipt, match=r"kept\.json"):
        read_receipts(tmp_path)


@pytest.mark.slow
async def test_a_folder_that_is_not_there_and_one_that_holds_none_are_told_apart(tmp_path: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    assert (await forthwith("verify", "--receipts", str(tmp_path / "none"), url=url))[0] == 4
    code, _, err = await forthwith("verify", "--receipts", str(tmp_path), url=url)
    assert code == 2
    assert "There is no receipt" in err
