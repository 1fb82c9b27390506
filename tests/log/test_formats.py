"""Notes, keys, checkpoints, policies and proof files, against the examples of their specifications and at random."""

import base64
import contextlib
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.log.checkpoint import Checkpoint, checkpoint_in, read_checkpoint, sign
from ledger.log.keys import (
    LOG,
    WITNESS,
    FileSigner,
    UnfitKey,
    VerifierKey,
    cosignature_by,
    new_key,
    signer_from,
    verified_by,
)
from ledger.log.merkle import UnsoundProof
from ledger.log.notes import Note, UnsoundNote, parse
from ledger.log.policy import UnfitPolicy, parse_policy
from ledger.log.proof_file import ProofFile, parse_proof, verify_proof
from tests.log.conftest import ORIGIN, leaf, tree_of

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
).encode()
OURS, OTHER = FileSigner(ORIGIN, LOG, bytes(32)), FileSigner(ORIGIN, LOG, bytes([1]) * 32)
W = [FileSigner(f"witness.example/{each}", WITNESS, bytes([each]) * 32) for each in range(2, 7)]
SIGNED = sign(Checkpoint(ORIGIN, 12, bytes(range(32))), [OURS])


def test_the_example_of_the_specification_verifies():
    key = VerifierKey.parse(EXAMPLE_KEY)
    assert str(key) == EXAMPLE_KEY
    note = parse(EXAMPLE)
    assert verified_by(note, [key]) == (key,)
    assert str(note).encode() == EXAMPLE


@given(st.integers(0, len(EXAMPLE) - 1), st.integers(1, 255))
def test_an_example_with_one_byte_changed_is_never_taken_for_the_same(place, change):
    changed = bytearray(EXAMPLE)
    changed[place] ^= change
    try:
        note = parse(bytes(changed))
        signers = verified_by(note, [VerifierKey.parse(EXAMPLE_KEY)])
    except UnsoundNote:
        return
    assert not signers  # the name or the id of the key was changed, so it is nobody's that we know


@given(st.binary(max_size=300))
def test_any_bytes_are_a_note_with_one_spelling_or_refused(data):
    try:
        note = parse(data)
    except UnsoundNote:
        return
    assert str(note).encode() == data


@pytest.mark.parametrize(
    "text",
    [
        "",
        "text",
        "text\n\n",
        "text\n\n— a AAAAAAA\n",
        "text\n\n— a AAAAAAA=",
        "text\n\n- a AAAAAAA=\n",
        "text\n\n—  AAAAAAA=\n",
        "text\n\n— a b AAAAAAA=\n",
        "text\n\n— a+b AAAAAAA=\n",
        "text\n\n— a AAAA\n",
        "te\txt\n\n— a AAAAAAA=\n",
        "text\n\n— a AAAAAAB=\n",
        "text\n\n" + "— a AAAAAAA=\n" * 65,
    ],
)
def test_what_is_no_note_is_refused(text):
    with pytest.raises(UnsoundNote):
        parse(text.encode())


def test_sixteen_signatures_are_taken_and_strangers_among_them_ignored():
    lines = tuple(cosignature_by(each, SIGNED.note.text, 9) for each in W * 3)
    note = Note(SIGNED.note.text, (*lines, *SIGNED.note.signatures))
    assert read_checkpoint(str(note).encode(), [OURS.key]).size == 12


def test_a_false_line_of_a_known_key_spoils_the_note():
    false = Note(SIGNED.note.text.replace("12", "13"), SIGNED.note.signatures)
    with pytest.raises(UnsoundNote, match="does not verify"):
        read_checkpoint(str(false).encode(), [OURS.key])
    with pytest.raises(UnsoundNote, match="No trusted key"):
        read_checkpoint(str(SIGNED).encode(), [OTHER.key])


@pytest.mark.parametrize(
    "text",
    ["a\n1\n", "a\n01\n{root}\n", "a\n-1\n{root}\n", "a\n1\nAAAA\n", "a\n1\n{root}\n\nb\n", "\n1\n{root}\n"],
)
def test_what_is_no_checkpoint_is_refused(text):
    with pytest.raises(UnsoundNote):
        checkpoint_in(Note(text.format(root=base64.b64encode(bytes(32)).decode()), ()))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_openssl_accepts_our_signature_and_cosignature_and_no_other_text(tmp_path):
    def accepts(key, message, signature):
        der = bytes.fromhex("302a300506032b6570032100") + key.public
        (tmp_path / "key").write_bytes(der)
        (tmp_path / "message").write_bytes(message)
        (tmp_path / "signature").write_bytes(signature)
        done = subprocess.run(
            [
                "openssl",
                "pkeyutl",
                "-verify",
                "-pubin",
                "-keyform",
                "DER",
                "-inkey",
                "key",
                "-rawin",
                "-in",
                "message",
                "-sigfile",
                "signature",
            ],
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    text = SIGNED.note.text.encode()
    assert accepts(OURS.key, text, SIGNED.note.signatures[0].signature)
    assert not accepts(OURS.key, text + b"x\n", SIGNED.note.signatures[0].signature)
    line = cosignature_by(W[0], SIGNED.note.text, 1679315147).signature
    assert line[:8] == (1679315147).to_bytes(8, "big")
    assert accepts(W[0].key, b"cosignature/v1\ntime 1679315147\n" + text, line[8:])


def test_a_private_key_comes_back_from_its_file_and_is_never_written_over(tmp_path):
    key = new_key(tmp_path / "a.key", ORIGIN)
    assert signer_from(tmp_path / "a.key").key == key
    with pytest.raises(FileExistsError):
        new_key(tmp_path / "a.key", ORIGIN)
    with pytest.raises(UnfitKey, match="no name"):
        new_key(tmp_path / "b.key", "a b")


@pytest.mark.parametrize("content", ["", "PRIVATE+KEY+a+00000000+AQ==", "x", "PRIVATE+KEY+a"])
def test_a_file_that_holds_no_key_is_refused(tmp_path, content):
    (tmp_path / "a.key").write_text(content)
    (tmp_path / "a.key").chmod(0o400)
    with pytest.raises(UnfitKey, match="holds no private key"):
        signer_from(tmp_path / "a.key")


@pytest.mark.parametrize(
    "vkey", ["", "a", EXAMPLE_KEY[:-4], EXAMPLE_KEY.replace("foo", "fop"), "a b+00000000+AQ=="]
)
def test_what_is_no_public_key_is_refused(vkey):
    with pytest.raises(UnfitKey):
        VerifierKey.parse(vkey)


POLICY = f"""# three witnesses of one body, two of another
log {OURS.key} https://log.example/
witness X1 {W[0].key}
witness\tX2 {W[1].key} https://x2.example
witness X3 {W[2].key}
group X 2 X1 X2 X3
witness Y1 {W[3].key}
witness Y2 {W[4].key}
group Y any Y1 Y2
group both all X Y
quorum both
"""


@given(st.sets(st.integers(0, 4)))
def test_a_quorum_is_met_by_enough_of_each_group(cosigned):
    policy = parse_policy(POLICY.encode())
    lines = [cosignature_by(W[each], SIGNED.note.text, 7) for each in cosigned]
    data = str(SIGNED.note.signed_also(lines)).encode()
    if len(cosigned & {0, 1, 2}) >= 2 and cosigned & {3, 4}:
        assert policy.accepted(data).size == 12
    else:
        with pytest.raises(UnsoundNote, match="Too few"):
            policy.accepted(data)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("quorum both", ""),
        ("quorum both", "quorum both\nquorum X"),
        ("quorum both", "quorum Z"),
        ("group X 2", "group X 4"),
        ("group X 2", "group X 0"),
        ("group X 2 X1", "group X 2 X9"),
        ("all X Y", "all X Y1"),
        ("witness Y1", "witness X1"),
        ("witness Y1", "witness none"),
        (str(W[4].key), str(W[3].key)),
        (str(W[4].key), str(OURS.key)),
        ("quorum both", "quorum both extra"),
        ("# three", "\x01# three"),
    ],
)
def test_a_policy_that_says_nothing_clear_is_refused_with_its_line(was, now):
    assert was in POLICY
    with pytest.raises(UnfitPolicy, match="policy"):
        parse_policy(POLICY.replace(was, now, 1).encode())


def test_a_proof_file_proves_its_leaf_and_no_other():
    tree = tree_of(300)
    signed = sign(Checkpoint(ORIGIN, 300, tree.root()), [OURS])
    policy = parse_policy(f"log {OURS.key}\nquorum none\n".encode())
    text = str(ProofFile(7, tuple(tree.inclusion(7)), str(signed)))
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 7\n")
    assert verify_proof(text, leaf(7), policy) == 7
    assert str(parse_proof(text)) == text
    with_extra = text.replace("\nindex", "\nextra AAEC\nindex")
    assert parse_proof(with_extra).extra == b"\x00\x01\x02"
    assert str(parse_proof(with_extra)) == with_extra
    for changed in (text.replace("index 7", "index 8"), text.replace("\n300\n", "\n301\n")):
        with pytest.raises((UnsoundNote, UnsoundProof)):
            verify_proof(changed, leaf(7), policy)
    with pytest.raises(UnsoundProof):
        verify_proof(text, leaf(8), policy)


@given(st.text(max_size=100))
@settings(max_examples=40)
def test_any_text_is_a_proof_or_refused(text):
    with contextlib.suppress(UnsoundNote):
        assert str(parse_proof("c2sp.org/tlog-proof@v1\n" + text)).endswith(text)
