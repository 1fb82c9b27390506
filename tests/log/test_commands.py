"""The commands, as they are typed: keys, publish, checkpoint, prove, rotate; and what they say when it does not fit."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from domain.actor import Actor
from domain.clock import LiveClock
from domain.commands import EndAppointment, IssueNotice
from domain.events.of_the_record import LOG_KEYS
from domain.time.calendar import load_calendar
from forthwith.main import main
from ledger.log.keys import VerifierKey
from ledger.log.policy import parse_policy
from ledger.log.proof_file import verify_proof
from ledger.office import Office as DeskOffice
from tests.lives import the_notice

KEEPER = Actor("person", "imogen-hartley")


@pytest.fixture
def type_in(office, app_dsn, monkeypatch, capsys):
    for name, value in {
        "HOME": office.home, "PUBLISHER_URL": office.publisher_dsn, "APPLICATION_URL": app_dsn,
        "LOG_ORIGIN": "forthwith.example/log", "LOG_FOLDER": office.home / "site", "LOG_KEYS": office.home / "keys",
        "LOG_STATE": office.home / "state" / "signed",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"FORTHWITH_{name}", str(value))

    async def run(*arguments):
        code = await asyncio.to_thread(main, list(map(str, arguments)))
        said = capsys.readouterr()
        return int(code), said.out, said.err

    return run


async def test_from_the_first_key_to_a_proof_that_stands_for_itself(office, type_in, tmp_path):
    for file in office.keyring.folder.glob("*.key"):
        file.unlink()
    code, vkey, _ = await type_in("keys", "new")
    assert code == 0
    assert VerifierKey.parse(vkey) == office.keyring.public()[0]
    assert (await type_in("keys", "new"))[0] == 2
    assert (await type_in("checkpoint"))[0] == 4
    assert (await type_in("publish", "--once"))[:2] == (0, "")
    receipt = await office.record(3)
    assert (await type_in("publish", "--once"))[0] == 0
    code, told, _ = await type_in("checkpoint")
    assert (code, told.encode()) == (0, office.folder.checkpoint())
    _, told, _ = await type_in("checkpoint", "--json")
    assert json.loads(told)["size"] == 3
    code, proof, _ = await type_in("prove", 2)
    policy = parse_policy(f"log {vkey.strip()}\nquorum none\n".encode())
    assert verify_proof(proof, bytes.fromhex(receipt.leaves[1]), policy) == 1
    assert (await type_in("prove", 4))[0] == 4


async def test_a_kept_receipt_is_completed(office, type_in, tmp_path):
    receipt = await office.record(2)
    await type_in("publish", "--once")
    kept = tmp_path / "receipt.json"
    kept.write_text(json.dumps({"command": "x", "first_index": 1, "leaves": receipt.leaves}))
    code, _, _ = await type_in("prove", 1, "--receipt", kept, "--to", tmp_path / "done.json")
    assert code == 0
    assert len(json.loads((tmp_path / "done.json").read_text())["proofs"]) == 2
    assert (await type_in("prove", 9, "--receipt", kept))[0] == 4
    assert (await type_in("prove", 1, "--receipt", tmp_path / "none.json"))[0] == 4
    kept.write_text("{}")
    assert (await type_in("prove", 1, "--receipt", kept))[0] == 2


@pytest.fixture
async def notice_in_force(office):
    """The record holds the Lancashire notice, which Imogen Hartley keeps for the Department."""
    terms = the_notice()
    desk = DeskOffice(office.ledger, LiveClock())
    await desk.handle(IssueNotice(terms, load_calendar("england"), desk.clock.now()), KEEPER)
    return desk


async def test_a_new_key_takes_the_place_of_the_old(office, type_in, notice_in_force):
    await type_in("publish", "--once")
    size = (await office.ledger.head()).size
    code, told, _ = await type_in("keys", "rotate", "--by", KEEPER.id, "--json")
    assert (code, json.loads(told)["first_index"]) == (0, size + 1)
    await type_in("publish", "--once")
    assert len(json.loads((await type_in("checkpoint", "--json"))[1])["signed_by"]) == 2
    listed = [json.loads(line)["vkey"] for line in (await type_in("keys", "list", "--json"))[1].splitlines()]
    assert listed == [str(each) for each in office.keyring.public()]


async def test_whoever_does_not_keep_a_notice_changes_no_key(office, type_in, notice_in_force):
    for person, name in (("helen-marsh", "Helen Marsh"), ("nobody", "“nobody”")):
        code, told, said = await type_in("keys", "rotate", "--by", person)
        assert (code, told) == (5, "")
        assert said == (
            "A key of the log is changed by whoever keeps a notice for its issuer: it is for Case lead for the notice; "
            f"{name} does not act as that today.\n"
        )
    assert len(office.keyring.public()) == 1
    assert await office.ledger.read_stream(LOG_KEYS) == []


async def test_an_appointment_that_has_ended_opens_nothing(type_in, notice_in_force):
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    ending = EndAppointment("lancashire-2016", "case-lead", KEEPER.id, yesterday, "Moved on.")
    await notice_in_force.handle(ending, Actor("person", "david-achebe"))
    assert (await type_in("keys", "rotate", "--by", KEEPER.id))[0] == 5


async def test_while_nobody_keeps_a_notice_no_key_is_changed(office, type_in):
    await office.record(1, "es/another/application")
    code, _, said = await type_in("keys", "rotate", "--by", KEEPER.id)
    assert (code, said.endswith("and the record holds no notice yet.\n")) == (5, True)
    assert len(office.keyring.public()) == 1


async def test_a_key_that_an_interruption_left_behind_is_not_the_one_that_is_replaced(
    office, type_in, notice_in_force
):
    office.keyring.new()
    for _ in range(2):
        assert (await type_in("keys", "rotate", "--by", KEEPER.id))[0] == 0
    first, _unrecorded, second, third = map(str, office.keyring.public())
    told = [each.envelope.data for each in await office.ledger.read_stream(LOG_KEYS)]
    assert [(each["replaces"], each["key"]) for each in told] == [(first, second), (second, third)]


async def test_what_does_not_fit_ends_in_a_sentence_and_its_code(office, type_in, as_superuser, monkeypatch):
    await office.record(3)
    await type_in("publish", "--once")
    with office.state.held():
        assert (await type_in("publish", "--once"))[0] == 5
    await as_superuser("DELETE FROM forthwith.events WHERE index = 3")
    code, _, said = await type_in("publish", "--once")
    assert (code, said) == (3, "3 events were signed, but the record holds 2 only.\n")
    monkeypatch.setenv("FORTHWITH_LOG_POLICY", "/nowhere")
    assert (await type_in("publish", "--once"))[0] == 4
