"""Altered bags: our command, the stand-alone program and the page in a browser find the same in each of them."""

import ast
import importlib.util
import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forthwith.commands.verify import verify as verify_command
from forthwith.exits import UsageFault
from ledger.log.policy import parse_policy
from ledger.verify.document import NotCanonical, Reader
from ledger.verify.kept import read_receipts
from ledger.verify.signatures import Trust
from ledger.verify.verify_bag import NO_KEY, verify_bag
from tests.verify import bags
from tests.verify.bags import ALTERED, LOG_KEY, Plan, sound, with_manifest, write_folder, write_zip
from tests.verify.test_command import forthwith

PROGRAM = Path(bags.__file__).parents[2] / "ledger" / "standalone" / "verify.py"
TRUST = Trust((LOG_KEY.key,))


def load_program():
    specification = importlib.util.spec_from_file_location("standalone_verify", PROGRAM)
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module  # so that its second process finds it
    specification.loader.exec_module(module)
    return module


STANDALONE = load_program()


def standalone(bag, vkeys=(str(LOG_KEY.key),), **given_also):
    asked = {"policy": None, "checkpoint": None, "receipts": None, "deep": False, **given_also}
    return STANDALONE.examine(Namespace(bag=bag, vkey=list(vkeys), **asked))


def run_alone(*arguments):
    command = [sys.executable, "-I", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def codes_of(told):
    return {(each["code"], each["index"]) for each in told["findings"]}


def ours(bag, trust=TRUST, **given_also):
    return {(each.code, each.index) for each in verify_bag(bag, trust, **given_also).findings}


@pytest.mark.parametrize("attack", ALTERED)
def test_both_programs_find_the_same_in_an_altered_bag(attack, tmp_path):
    make, expected = ALTERED[attack]
    folder = write_folder(make(), tmp_path / "bag")
    assert ours(folder) == expected
    assert codes_of(standalone(folder)) == expected


@pytest.mark.parametrize("attack", ["nothing", "one byte flipped", "evidence changed"])
def test_a_zip_gives_what_its_folder_gives(attack, tmp_path):
    make, expected = ALTERED[attack]
    bag = write_zip(make(), tmp_path / "bag.zip")
    assert ours(bag) == codes_of(standalone(bag)) == expected


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_byte_is_changed_both_programs_agree_and_nothing_passes(data, tmp_path):
    files = sound()
    name = data.draw(
        st.sampled_from(sorted(set(files) - {"bagit.txt", "data/ocel.json", "manifest-sha256.txt"}))
    )
    at = data.draw(st.integers(0, len(files[name]) - 1))
    changed = bytearray(files[name])
    changed[at] ^= data.draw(st.integers(1, 255))
    bag = write_folder({**files, name: bytes(changed)}, tmp_path / "bag")
    try:
        found = ours(bag)
    except ValueError:  # a policy that cannot be read
        with pytest.raises(STANDALONE.Usage):
            standalone(bag)
        return
    assert found
    assert found == codes_of(standalone(bag))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.just(2**53),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.just("_sd"), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
SPELLINGS = st.sampled_from(
    [
        lambda value: json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        lambda value: json.dumps(value, separators=(",", ":")),
        json.dumps,
    ]
)
ODD = st.sampled_from(
    ["-0", "1e2", "01", "9007199254740992", '"\\/"', '"\\u0041"', '"\x7f"', '"\\ud800"', '"\u2028"', '"\\u001F"', '"\\b"', "NaN",
     '{"b":1,"a":2}', '{"a":1,"a":1}', '"\u212b"', '"\ufb01"', "[" * 31 + "]" * 31, "[" * 32 + "]" * 32, " 1", "1.0", '"\ufeff"']
)  # fmt: skip


def one_line(spelled):
    """An event whose data holds this spelling."""
    before, after = bags.spell(bags.document(9)).split(b'"nil":false')
    return before + b'"nil":' + spelled.encode("utf-8", "surrogatepass") + after


def is_canonical(reader, line):
    try:
        reader(line)
    except (NotCanonical, ValueError):
        return False
    return True


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(spelled=st.builds(lambda spell, value: spell(value), SPELLINGS, JSON) | ODD)
def test_both_programs_call_the_same_spellings_canonical(spelled):
    line = one_line(spelled)
    assert is_canonical(Reader().read, line) == is_canonical(STANDALONE.read_event, line)


def test_the_quick_look_and_the_deep_one_agree(tmp_path, monkeypatch):
    monkeypatch.setattr(STANDALONE, "SMALL", 0)
    for attack in ("nothing", "two events swapped", "signed: a version left out", "signed: a command repeated",
                   "signed: recorded earlier", "a disclosure removed", "signed: recorded after the witness"):  # fmt: skip
        make, expected = ALTERED[attack]
        told = standalone(write_folder(make(), tmp_path / attack.replace(":", "")))
        assert (told["spelling"], codes_of(told)) == ("envelopes", expected)


def test_without_a_key_of_the_verifiers_own_nothing_is_called_sound(tmp_path):
    folder = write_folder(sound(), tmp_path / "bag")
    verdict = verify_bag(folder, Trust())
    assert (verdict.sound, verdict.incomplete) == (True, (NO_KEY,))
    assert standalone(folder, ())["incomplete"] == [NO_KEY]


def test_a_policy_of_the_verifiers_own_counts_and_not_that_of_the_bag(tmp_path):
    files = {**Plan(witnesses=()).files(), "data/policy": b"quorum none\n"}
    folder = write_folder(with_manifest(files), tmp_path / "bag")
    policy = tmp_path / "policy"
    policy.write_text(bags.POLICY)
    assert ours(folder) == set()
    expected = {("NOT_WITNESSED", None)}
    assert ours(folder, Trust((), parse_policy(bags.POLICY.encode()))) == expected
    assert codes_of(standalone(folder, (), policy=policy)) == expected


KEPT = {
    "an earlier one": (lambda: Plan().checkpoint(200), set()),
    "a later one": (lambda: _longer().checkpoint(), {("TRUNCATED", 271)}),
    "of another history": (lambda: _other().checkpoint(200), {("ROOT_MISMATCH", None)}),
    "by another key": (lambda: Plan(signers=(bags.OTHER_KEY,)).checkpoint(200), {("BAD_SIGNATURE", None)}),
    "no checkpoint at all": (lambda: b"nothing", {("BAD_SIGNATURE", None)}),
    "cosigned before": (lambda: Plan(witnessed=bags.WITNESSED - 3600 + 99).checkpoint(200), {("RECORDED_AFTER_WITNESS", 105)}),
}  # fmt: skip


def _longer():
    plan = Plan()
    plan.lines.append(bags.spell(bags.document(271)))
    return plan


def _other():
    plan = Plan()
    plan.change(5, actor="person:else")
    return plan


@pytest.mark.parametrize("kept", KEPT)
def test_a_checkpoint_that_was_kept_shows_what_was_rewritten(kept, tmp_path):
    make, expected = KEPT[kept]
    folder, file = write_folder(sound(), tmp_path / "bag"), tmp_path / "kept"
    file.write_bytes(make())
    assert ours(folder, checkpoint=make()) == expected
    assert codes_of(standalone(folder, checkpoint=file)) == expected


@pytest.mark.parametrize(
    ("first", "forge", "expected"),
    [(2, False, set()), (2, True, {("RECEIPT_UNMATCHED", 2)}), (271, False, {("RECEIPT_UNMATCHED", 271)})],
)
def test_a_receipt_that_was_kept_is_held_against_the_bag(first, forge, expected, tmp_path):
    leaves = [leaf.hex() for leaf in _longer().tree().leaves[first - 1 : first + 1]]
    command = json.loads(_longer().lines[first - 1])["commandid"]
    receipt = {"command": command, "first_index": first, "leaves": ["0" * 64] * 2 if forge else leaves}
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "one.json").write_text(json.dumps(receipt))
    folder = write_folder(sound(), tmp_path / "bag")
    assert codes_of(standalone(folder, receipts=tmp_path / "kept")) == expected
    assert ours(folder, kept=read_receipts(tmp_path / "kept")) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("attack", "key", "code"), [("nothing", True, 0), ("one byte flipped", True, 3), ("nothing", False, 7)]
)
async def test_as_a_person_types_it_both_end_alike(attack, key, code, tmp_path):
    folder = write_folder(ALTERED[attack][0](), tmp_path / "bag")
    trusted = ["--vkey", str(LOG_KEY.key)] if key else []
    alone = run_alone(folder, *trusted)
    ended, out, err = await forthwith("verify", "--bag", str(folder), *trusted, url="")
    assert (alone.returncode, ended) == (code, code)
    told = {0: "no finding", 3: "LEAF_HASH at event 7", 7: "whose record this is cannot be told"}[code]
    assert told in alone.stdout and told in out
    assert "Traceback" not in alone.stderr + err


def test_what_makes_no_sense_is_refused_in_a_sentence(tmp_path):
    empty, none = tmp_path / "empty", tmp_path / "none"
    empty.mkdir()
    (tmp_path / "policy").write_text("quorum nobody\n")
    for asked, fault, told in (
        ({"bag": none}, FileNotFoundError, "There is no bag"),
        ({"bag": empty}, UsageFault, "holds no bagit.txt"),
        ({"bag": empty, "vkey": ("a+b+c",)}, UsageFault, "is no key"),
        ({"bag": empty, "vkey": ("none",)}, FileNotFoundError, "no file of keys"),
        ({"bag": empty, "deep": True}, UsageFault, "--deep"),
        ({"checkpoint": none}, FileNotFoundError, "There is no checkpoint"),
        ({"policy": tmp_path / "policy"}, UsageFault, "Line 1 of the policy"),
    ):
        with pytest.raises(fault, match=told):
            verify_command(**asked)
    assert run_alone(none).returncode == 4
    assert run_alone(empty).returncode == 2
    assert run_alone(empty, "--vkey", "a+b+c").returncode == 2


def test_the_stand_alone_program_is_one_file_of_the_standard_library_for_any_python_from_3_9_on():
    text = PROGRAM.read_text("utf-8")
    ast.parse(text, feature_version=(3, 9))
    assert len(text.splitlines()) < 620
    imported = {
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    }
    assert imported <= sys.stdlib_module_names
