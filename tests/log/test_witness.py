"""A witness cosigns what goes on, answers as c2sp.org/tlog-witness says, and refuses a fork; a publisher waits for it."""

import contextlib
import hashlib
import socket
import threading
import time
from hashlib import sha256

import pytest
import uvicorn

from forthwith.witness_app import witness_app
from ledger.log.asking import Witnesses, request
from ledger.log.checkpoint import Checkpoint, sign
from ledger.log.keys import LOG, WITNESS, FileSigner, new_key, signer_from
from ledger.log.notes import encode, parse_signatures
from ledger.log.policy import parse_policy
from ledger.log.tiles import Tile, TileTree, grow
from ledger.log.witness import Witness
from tests.log.conftest import ORIGIN, leaf, tree_of

LOG_KEY, STRANGER = FileSigner(ORIGIN, LOG, bytes(32)), FileSigner("other.example", LOG, bytes([9]) * 32)
OWN = FileSigner("witness.example/w", WITNESS, bytes([2]) * 32)
TREE = tree_of(400)


@pytest.fixture
def witness(tmp_path):
    return Witness(OWN, [LOG_KEY.key], tmp_path / "witness", lambda: 1679315147)


def at(size, signer=LOG_KEY, root=None, origin=ORIGIN):
    return sign(Checkpoint(origin, size, root or TREE.root(size)), [signer])


def ask(witness, old, signed, tree=TREE):
    return witness.add_checkpoint(request(old, signed, tree).encode())


def test_it_cosigns_what_goes_on_from_what_it_cosigned(witness):
    for old, size in ((0, 3), (3, 3), (3, 256), (256, 400)):
        answer = ask(witness, old, at(size))
        assert answer.status == 200
        (line,) = parse_signatures(answer.body)
        assert OWN.key.verifies(at(size).note.text, line)
    name = hashlib.sha256(ORIGIN.encode()).hexdigest()
    assert witness.newest(name) == f"{at(400)}{line.line}"
    assert witness.newest("../witness") is None


def test_it_tells_how_far_it_has_come(witness):
    ask(witness, 0, at(3))
    answer = ask(witness, 1, at(5))
    assert (answer.status, answer.body, answer.content_type) == (409, "3\n", "text/x.tlog.size")
    assert ask(witness, 0, at(2)).status == 409


def test_it_refuses_a_fork_and_goes_on_with_the_log(witness):
    tiles: dict[Tile, bytes] = dict(
        grow(lambda tile: tiles[tile], 0, [leaf(each + 1) for each in range(400)])
    )
    fork = TileTree(tiles.__getitem__, 400)
    ask(witness, 0, at(100))
    for size in (100, 101, 256, 400):
        signed = at(size, root=fork.root(size))
        assert ask(witness, 100, signed, fork).status == 422
        assert ask(witness, 100, signed).status == 422
    assert ask(witness, 100, at(400)).status == 200


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b""),
        (400, b"\xff"),
        (400, b"old 0\n"),
        (400, f"old 00\n\n{at(3)}".encode()),
        (400, f"new 0\n\n{at(3)}".encode()),
        (400, f"old 0\nAAAA\n\n{at(3)}".encode()),
        (400, b"old 0\n\ntext\n"),
        (400, f"old 4\n\n{at(3)}".encode()),
        (400, f"old 0\n{(encode(bytes(32)) + chr(10)) * 64}\n{at(3)}".encode()),
        (404, f"old 0\n\n{at(3, STRANGER, origin='other.example')}".encode()),
        (403, f"old 0\n\n{at(3, STRANGER)}".encode()),
        (403, f"old 0\n\n{at(3)}".replace("\n3\n", "\n4\n").encode()),
        (422, f"old 0\n{encode(bytes(32))}\n\n{at(3)}".encode()),
        (422, f"old 0\n\n{at(0, root=bytes(32))}".encode()),
        (200, f"old 0\n\n{at(0, root=sha256(b'').digest())}".encode()),
    ],
)
def test_each_fault_has_its_answer(witness, status, body):
    assert witness.add_checkpoint(body).status == status
    if status != 200:
        assert ask(witness, 0, at(3)).status == 200


def test_after_a_restart_it_remembers(witness, tmp_path):
    ask(witness, 0, at(100))
    again = Witness(OWN, [LOG_KEY.key], tmp_path / "witness", lambda: 1679315148)
    assert ask(again, 0, at(50)).body == "100\n"


@contextlib.contextmanager
def served(witness, port):
    config = uvicorn.Config(
        witness_app(witness), host="127.0.0.1", port=port, log_level="warning", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield
    finally:
        server.should_exit = True
        thread.join()


def free_port():
    for port in range(21800, 22800):
        with socket.socket() as attempt, contextlib.suppress(OSError):
            attempt.bind(("127.0.0.1", port))
            return port
    raise AssertionError


async def test_a_checkpoint_waits_for_its_quorum_and_then_bears_both_signatures(office, tmp_path):
    key = new_key(tmp_path / "w.key", "witness.example/w", WITNESS)
    witness = Witness(
        signer_from(tmp_path / "w.key"), office.keyring.public(), tmp_path / "w", lambda: int(time.time())
    )
    port = free_port()
    log = office.keyring.public()[0]
    policy = parse_policy(f"log {log}\nwitness w {key} http://127.0.0.1:{port}/\nquorum w\n".encode())
    warnings = []
    await office.record(3)
    async with office.publisher(Witnesses(policy, warnings.append)) as publisher:
        await publisher.start()
        assert await publisher.publish() is None
        assert office.folder.checkpoint() is None
        assert publisher.size == 3
        assert "Too few witnesses" in warnings[-1]
        with served(witness, port):
            assert (await publisher.publish()).size == 3
            await office.record(300)
            await publisher.publish()
    assert policy.accepted(office.folder.checkpoint()).size == 303
    with served(witness, port):  # a publisher that has forgotten how far the witness has come
        await office.record(1)
        assert (await office.publish(Witnesses(policy, warnings.append))).size == 304
