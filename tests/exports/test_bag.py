"""The bag: sound by another's reading, the same to the byte, and silent about what is withheld, in every file."""

import asyncio
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import bagit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.record import Head, Recorded
from domain.refusals import NotFound
from forthwith.bagging import EvidenceMixedUp, Material, about, bag_files
from ledger.canonical import leaf_hash
from ledger.export.bagit import About, BagInTheWay, write_folder, write_zip, zip_parts
from ledger.export.checkpoint import UnfitCheckpoint, read_stated, require_root, tiles
from ledger.export.events import ReadOnce, TooFewEvents, read_record
from ledger.export.withholding import Disclosure, Exemption, NothingToWithhold, divide
from ledger.privacy.disclosure import base64url, read_disclosure
from ledger.verify.tree import Tree
from tests.exports.conftest import NOTICE, SIGNER

ROOT = Path(__file__).parents[2]
A_DAY = date(2016, 6, 14)


async def written(material: Material, to: Path, *, zipped: bool = False) -> Path:
    write = write_zip if zipped else write_folder
    write(await bag_files(material), about(material), to)
    return to


def contents(folder: Path) -> dict[str, bytes]:
    return {
        each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()
    }


def test_the_bag_is_one_by_the_judgement_of_another(material: Material, bag_as_written: Path) -> None:
    found = bagit.Bag(str(bag_as_written))
    assert found.validate()
    assert found.info["Bagging-Date"] == material.events[-1].recorded.date().isoformat()
    assert found.version_info == (1, 0)


async def test_a_bag_that_is_sent_piece_by_piece_has_the_same_bytes(
    material: Material, tmp_path: Path
) -> None:
    file = await written(material, tmp_path / "bag.zip", zipped=True)
    pieces = list(zip_parts(await bag_files(material), about(material)))
    assert len(pieces) > 10
    assert b"".join(pieces) == file.read_bytes()


def test_a_bag_in_which_a_byte_has_changed_is_none(own_bag: Path) -> None:
    file = own_bag / "data" / "events.csv"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(own_bag)).validate()


async def test_everything_that_is_promised_lies_in_it(material: Material, tmp_path: Path) -> None:
    evidence = b"a letter"
    digest = hashlib.sha256(evidence).hexdigest()
    held = replace(material, policy=b"quorum none\n", evidence={digest: evidence})
    there = contents(await written(held, tmp_path / "bag"))
    promised = {
        "events.jsonl", "checkpoint", "keys.txt", "policy", "disclosures.jsonl", "withheld.jsonl", "ocel.json", "ocel.sqlite",
        "log.xes", "prov.json", "events.csv", "history.html", "conformance.json", "READ-ME.txt",
        f"evidence/sha256/{digest[:2]}/{digest}",
    }  # fmt: skip
    assert {f"data/{each}" for each in promised} <= there.keys()
    assert there["data/checkpoint"] == material.checkpoint
    assert there["data/keys.txt"] == material.keys
    for name in ("verify.py", "verify.html"):
        assert there[f"data/{name}"] == (ROOT / "ledger" / "standalone" / name).read_bytes()


def test_each_line_of_the_events_is_what_was_hashed(material: Material, bag_as_written: Path) -> None:
    lines = contents(bag_as_written)["data/events.jsonl"].split(b"\n")
    assert lines.pop() == b""
    assert [leaf_hash(line).hex() for line in lines] == [each.leaf for each in material.events]
    for line in lines:
        event = json.loads(line)
        assert event["specversion"] == "1.0"
        assert {"id", "source", "type", "time", "subject", "datacontenttype"} <= event.keys()


def test_the_tiles_lead_to_the_root_that_was_signed(material: Material, bag_as_written: Path) -> None:
    there = contents(bag_as_written)
    size = len(material.events)
    assert 256 * 2 < size < 256 * 3
    leaves = there["data/tile/0/000"] + there["data/tile/0/001"] + there[f"data/tile/0/002.p/{size - 512}"]
    tree = Tree()
    tree.extend([leaves[start : start + 32] for start in range(0, len(leaves), 32)])
    assert tree.root() == read_stated(material.checkpoint).root
    upper = Tree()
    upper.extend([leaves[start : start + 32] for start in range(0, 256 * 32, 32)])
    assert there["data/tile/1/000.p/2"][:32] == upper.root()


@given(st.integers(1, 700))
def test_every_size_has_its_tiles(size: int) -> None:
    """Against the list of the specification: full tiles, and one partial tile a level."""
    leaves = [hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(size)]
    found = dict(tiles(leaves))
    expected = {f"tile/0/{number:03}" for number in range(size // 256)}
    expected |= {f"tile/0/{size // 256:03}.p/{size % 256}"} if size % 256 else set()
    expected |= {f"tile/1/000.p/{size // 256}"} if size >= 256 else set()
    assert found.keys() == expected
    assert all(len(content) % 32 == 0 for content in found.values())


def test_beyond_a_thousand_tiles_the_path_has_another_step() -> None:
    paths = [path for path, _ in tiles([bytes(32)] * (256 * 1000 + 1)) if path.startswith("tile/0/")]
    assert paths[-2:] == ["tile/0/999", "tile/0/x001/000.p/1"]


@pytest.mark.slow
async def test_the_same_checkpoint_gives_the_same_bytes(
    material: Material, bag_as_written: Path, tmp_path: Path
) -> None:
    first = contents(bag_as_written)
    again = contents(await written(material, tmp_path / "two"))
    assert first == again
    one = await written(material, tmp_path / "one.zip", zipped=True)
    two = await written(material, tmp_path / "two.zip", zipped=True)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {name.removeprefix("bag/"): archive.read(name) for name in archive.namelist()} == first


_ELSEWHERE = """
import asyncio, json, sys
from pathlib import Path
from domain.record import Head, Recorded
from forthwith.bagging import Material, about, bag_files
from ledger.export.bagit import write_zip
from ledger.reading import recorded_event
from ledger.canonical import leaf_hash
from ledger.export.withholding import Disclosure

told = [Disclosure(**json.loads(line)) for line in Path(sys.argv[5]).read_bytes().splitlines()]
lines = Path(sys.argv[1]).read_bytes().split(b"\\n")[:-1]
events = [recorded_event(n, line, leaf_hash(line).hex()) for n, line in enumerate(lines, 1)]
material = Material(events=events, checkpoint=Path(sys.argv[2]).read_bytes(), keys=Path(sys.argv[4]).read_bytes(), disclosures=told)
write_zip(asyncio.run(bag_files(material)), about(material), Path(sys.argv[3]))
"""


@pytest.mark.slow
def test_another_process_in_another_zone_on_another_day_gives_the_same_bytes(
    material: Material, tmp_path: Path
) -> None:
    here = asyncio.run(written(material, tmp_path / "here.zip", zipped=True))
    (tmp_path / "events").write_bytes(b"".join(each.canonical + b"\n" for each in material.events))
    (tmp_path / "checkpoint").write_bytes(material.checkpoint)
    (tmp_path / "keys").write_bytes(material.keys)
    with zipfile.ZipFile(here) as archive:
        (tmp_path / "disclosures").write_bytes(archive.read("bag/data/disclosures.jsonl"))
    for seed, zone, locale in (("1", "Pacific/Kiritimati", "C"), ("4711", "America/St_Johns", "C.UTF-8")):
        there = tmp_path / f"there-{seed}.zip"
        subprocess.run(
            [
                sys.executable,
                "-c",
                _ELSEWHERE,
                tmp_path / "events",
                tmp_path / "checkpoint",
                there,
                tmp_path / "keys",
                tmp_path / "disclosures",
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
            check=True,
            timeout=120,
        )
        assert there.read_bytes() == here.read_bytes()


async def test_with_a_notice_the_events_stay_whole(
    material: Material, bag_as_written: Path, tmp_path: Path
) -> None:
    whole = contents(bag_as_written)
    one = contents(await written(replace(material, notice=NOTICE), tmp_path / "one"))
    verifiable = [
        name for name in whole if name.startswith(("data/events.jsonl", "data/tile/", "data/checkpoint"))
    ]
    assert all(one[name] == whole[name] for name in verifiable)
    with pytest.raises(NotFound):
        await bag_files(replace(material, notice="nowhere"))


def test_the_judgement_of_the_bag_is_that_of_its_events(bag_as_written: Path) -> None:
    there = contents(bag_as_written)
    (verdict,) = json.loads(there["data/conformance.json"])["notices"]
    assert verdict["found"] == {"late": 0, "skipped": 2, "out of order": 0, "misdated": 0}


VERIFIER = ROOT / "ledger" / "standalone" / "verify.py"


@pytest.mark.slow
@pytest.mark.parametrize("hidden", [False, True], ids=["all disclosed", "something withheld"])
def test_the_standalone_verifier_finds_the_bag_sound(
    material: Material, decision: Recorded, tmp_path: Path, hidden: bool
) -> None:
    schedule = (Exemption(decision.index, "FOIA s.40(2)", "It names a family."),) if hidden else ()
    to = asyncio.run(written(replace(material, exemptions=schedule), tmp_path / "bag"))
    for place in (
        to,
        asyncio.run(written(replace(material, exemptions=schedule), tmp_path / "bag.zip", zipped=True)),
    ):
        said = verified(place)
        assert (said.returncode, json.loads(said.stdout)["findings"]) == (0, [])


def test_the_standalone_verifier_sees_one_altered_letter(own_bag: Path) -> None:
    to = own_bag
    file = to / "data" / "events.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"version":1', b'"version":2', 1))
    assert verified(to).returncode == 3


def verified(bag: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(bag), "--vkey", str(SIGNER.key), "--json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# What is withheld.


@pytest.fixture
def decision(material: Material) -> Recorded:
    (made,) = [each for each in material.events if each.type == "decision-made.v1"]
    return made


def digests(bag: dict[str, bytes], name: str) -> set[tuple[int, str]]:
    found = [json.loads(line) for line in bag[f"data/{name}"].splitlines()]
    return {
        (each["index"], each.get("digest") or read_disclosure(each["disclosure"]).digest) for each in found
    }


async def test_what_is_withheld_stands_in_no_file_but_the_schedule_says_so(
    material: Material, decision: Recorded, bag_as_written: Path, tmp_path: Path
) -> None:
    """The proposal says the same words; whoever withholds them has to name both events."""
    reasons = decision.envelope.data["reasons"]
    said = [each.index for each in material.events if each.envelope.data.get("reasons") == reasons]
    schedule = tuple(Exemption(each, "FOIA s.40(2)", "It names a family.", "reasons") for each in said)
    shown = contents(bag_as_written)
    hidden = contents(await written(replace(material, exemptions=schedule), tmp_path / "hidden"))
    assert decision.index in said
    assert shown["data/withheld.jsonl"] == b""
    withheld = digests(hidden, "withheld.jsonl")
    assert {index for index, _ in withheld} == set(said)
    assert digests(shown, "disclosures.jsonl") == digests(hidden, "disclosures.jsonl") | withheld
    for line in hidden["data/withheld.jsonl"].splitlines():
        assert json.loads(line)["exemption"] == "FOIA s.40(2)"
    assert hidden["data/events.jsonl"] == shown["data/events.jsonl"]
    text = reasons.rstrip(".").encode()
    assert not [name for name, content in hidden.items() if text in content]
    for name in ("ocel.json", "log.xes", "prov.json", "events.csv", "history.html", "ocel.sqlite"):
        assert text in shown[f"data/{name}"]
        assert b"[withheld: FOIA s.40(2)" in hidden[f"data/{name}"]


async def test_what_is_not_disclosed_is_in_no_file(material: Material, tmp_path: Path) -> None:
    """What is for reading is made from the bag's own files: the words of events that were handed in are not used."""
    there = contents(await written(replace(material, disclosures=()), tmp_path / "bag"))
    assert b"Helen Marsh" not in b"".join(there.values())


def test_a_schedule_that_fits_nothing_is_refused() -> None:
    told = [Disclosure(7, base64url(b'["salt","text","words"]'))]
    assert divide(told, ()) == (told, [])
    for exemption in (Exemption(8, "FOIA s.40(2)", "why"), Exemption(7, "FOIA s.40(2)", "why", "reasons")):
        with pytest.raises(NothingToWithhold):
            divide(told, [exemption])


async def test_evidence_goes_by_its_hash(material: Material) -> None:
    with pytest.raises(EvidenceMixedUp):
        list(await bag_files(replace(material, evidence={"0" * 64: b"something else"})))


# What cannot become a bag.


@pytest.mark.parametrize(
    "note",
    [
        b"", b"\xff", b"origin\n1\n", b"origin\n1\nAAAA\n\n\xe2\x80\x94 origin AAAA\n",
        b"origin\n01\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 origin AAAA\n", b"origin\n1\n" + b"A" * 43 + b"=\n",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(note: bytes) -> None:
    with pytest.raises(UnfitCheckpoint):
        read_stated(note)


def test_a_checkpoint_of_other_events_is_refused(material: Material) -> None:
    leaves = [bytes.fromhex(each.leaf) for each in material.events]
    stated = read_stated(material.checkpoint)
    require_root(stated, leaves)
    with pytest.raises(UnfitCheckpoint):
        require_root(stated, [*leaves[:-1], bytes(32)])
    with pytest.raises(UnfitCheckpoint):
        require_root(replace(stated, root=bytes(32)), leaves)


async def test_a_record_that_lost_its_end_is_refused(material: Material) -> None:
    class Shorter(ReadOnce):
        async def head(self) -> Head:
            return Head(3, None)

    with pytest.raises(TooFewEvents):
        await read_record(Shorter(material.events), 4)  # type: ignore[arg-type]  # it reads and no more
    assert len(await read_record(Shorter(material.events), 2)) == 2  # type: ignore[arg-type]


def test_nothing_is_written_over_and_nothing_is_left_half(tmp_path: Path) -> None:
    def breaks() -> object:
        yield "one.txt", b"one"
        raise RuntimeError

    told = About(A_DAY, "an identifier", "a description", "forthwith 0")
    for write in (write_folder, write_zip):
        (tmp_path / "there").write_bytes(b"something")
        with pytest.raises(BagInTheWay):
            write([], told, tmp_path / "there")
        with pytest.raises(RuntimeError):
            write(breaks(), told, tmp_path / "bag")  # type: ignore[arg-type]  # it breaks
        assert sorted(each.name for each in tmp_path.iterdir()) == ["there"]


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "a%b", "a\nb"])
def test_a_path_that_leaves_the_bag_is_a_fault(name: str, tmp_path: Path) -> None:
    told = About(A_DAY, "an identifier", "a description", "forthwith 0")
    with pytest.raises(ValueError, match="cannot be the path"):
        write_folder([(name, b"")], told, tmp_path / "bag")
