"""Others' code on our checkpoints and proofs: Go's own sumdb, and @sigstore/verify of npm. What is altered, they refuse.

The judges are installed by .ci/run; where one is missing, its test is skipped and says so.
"""

import base64
import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from ledger.log.checkpoint import Checkpoint, read_checkpoint, sign
from ledger.log.keys import LOG, WITNESS, FileSigner, cosignature_by, new_key, signer_from
from ledger.log.tiles import Tile, TileTree, grow
from tests.log.conftest import ORIGIN

HERE = Path(__file__).parent / "judges"
ROOT = Path(__file__).parents[2]
GOPATH = Path("/usr/share/gocode")
SIGSTORE = Path(os.environ.get("FORTHWITH_JUDGES", ROOT / ".judges"))
SIGNER = FileSigner(ORIGIN, LOG, bytes(range(32)))
BODIES = [json.dumps({"n": each}).encode() for each in range(700)]
SIZES = (1, 2, 3, 7, 8, 255, 256, 257, 511, 700)


def tree() -> TileTree:
    leaves = [sha256(b"\x00" + each).digest() for each in BODIES]
    tiles: dict[Tile, bytes] = dict(grow(lambda tile: tiles[tile], 0, leaves))
    return TileTree(tiles.__getitem__, len(leaves))


TREE = tree()
NOTES = {size: str(sign(Checkpoint(ORIGIN, size, TREE.root(size)), [SIGNER])) for size in SIZES}


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def verdicts(command: list[str], cases: list[dict], **options) -> list[str]:
    done = subprocess.run(
        command, input=json.dumps(cases), capture_output=True, text=True, timeout=60, check=False, **options
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def refused(all_of_them: list[str]) -> bool:
    return all(each.startswith("refused: ") for each in all_of_them)


@pytest.fixture(scope="session")
def go(tmp_path_factory) -> list[str]:
    if shutil.which("go") is None or not (GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir():
        pytest.skip(
            "NO INDEPENDENT JUDGE: Go's sumdb is missing (Debian: golang-go, golang-golang-x-mod-dev)"
        )
    folder = tmp_path_factory.mktemp("go")
    environment = os.environ | {
        "GO111MODULE": "off", "GOPATH": str(GOPATH), "GOCACHE": str(folder / "cache"), "GOFLAGS": "",
    }  # fmt: skip
    done = subprocess.run(
        ["go", "build", "-o", str(folder / "judge"), str(HERE / "judge.go")],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [str(folder / "judge")]


def test_go_accepts_our_checkpoints_and_refuses_altered_ones(go):
    key = str(SIGNER.key)
    witness = FileSigner("witness.example", WITNESS, bytes(32))
    cosigned = sign(Checkpoint(ORIGIN, 7, TREE.root(7)), [SIGNER]).note
    cosigned = cosigned.signed_also([cosignature_by(witness, cosigned.text, 5)])
    sound = [*NOTES.values(), str(cosigned)]
    altered = [each.replace(f"\n{size}\n", f"\n{size + 1}\n") for size, each in NOTES.items()]
    altered += [each.replace(ORIGIN, "elsewhere", 1) for each in NOTES.values()]
    cases = [{"Kind": "note", "Note": each, "Key": key} for each in (*sound, *altered)]
    found = verdicts(go, cases)
    assert found[: len(sound)] == ["accepted"] * len(sound)
    assert refused(found[len(sound) :])


def test_go_signs_with_our_key_file_as_we_do(go, tmp_path):
    new_key(tmp_path / "a.key", ORIGIN)
    signer = signer_from(tmp_path / "a.key")
    ours = sign(Checkpoint(ORIGIN, 7, TREE.root(7)), [signer])
    secret = (tmp_path / "a.key").read_text().strip()
    (theirs,) = verdicts(go, [{"Kind": "sign", "Secret": secret, "Text": ours.note.text}])
    assert theirs == str(ours)
    assert read_checkpoint(theirs.encode(), [signer.key]).size == 7


def test_go_accepts_our_proofs_and_refuses_altered_ones(go):
    sound, altered = [], []
    for size in SIZES:
        for index in {0, 1, size // 2, size - 1} & set(range(size)):
            proof = TREE.inclusion(index, size)
            case = {
                "Kind": "inclusion", "Index": index, "Size": size, "Leaf": b64(TREE.leaf(index)),
                "Root": b64(TREE.root(size)), "Proof": [b64(each) for each in proof],
            }  # fmt: skip
            sound.append(case)
            altered.append(case | {"Leaf": b64(bytes(32))})
            altered += [case | {"Proof": [b64(bytes(32)), *case["Proof"][1:]]}] if proof else []
        for old in (each for each in SIZES if each <= size):
            proof = TREE.consistency(old, size)
            case = {
                "Kind": "consistency", "OldSize": old, "Size": size, "OldRoot": b64(TREE.root(old)),
                "Root": b64(TREE.root(size)), "Proof": [b64(each) for each in proof],
            }  # fmt: skip
            sound.append(case)
            altered.append(case | {"OldRoot": b64(bytes(32))})
            altered += [case | {"Proof": case["Proof"][:-1]}] if proof else []
    found = verdicts(go, sound + altered)
    assert found[: len(sound)] == ["accepted"] * len(sound)
    assert refused(found[len(sound) :])


def test_sigstore_accepts_our_checkpoints_and_inclusion_proofs_and_refuses_altered_ones():
    if shutil.which("node") is None or not (SIGSTORE / "node_modules/@sigstore/verify").is_dir():
        pytest.skip(
            "NO INDEPENDENT JUDGE: npm's @sigstore/verify 3.1.1 is missing; .ci/run installs it in .judges"
        )
    sound, altered = [], []
    for size in SIZES:
        for index in {0, size // 2, size - 1}:
            case = {
                "Origin": ORIGIN, "Public": b64(SIGNER.key.public), "KeyID": b64(SIGNER.key.id),
                "Body": b64(BODIES[index]), "Index": index, "Note": NOTES[size],
                "Proof": [b64(each) for each in TREE.inclusion(index, size)],
            }  # fmt: skip
            sound.append(case)
            altered.append(case | {"Body": b64(b"other")})
            altered.append(case | {"Note": NOTES[size].replace(f"\n{size}\n", f"\n{size + 1}\n")})
            altered.append(case | {"Proof": [*case["Proof"], b64(bytes(32))]})
            altered.append(case | {"Public": b64(FileSigner(ORIGIN, LOG, bytes(32)).key.public)})
    found = verdicts(["node", str(HERE / "judge.js"), str(SIGSTORE)], sound + altered)
    assert found[: len(sound)] == ["accepted"] * len(sound)
    assert refused(found[len(sound) :])
