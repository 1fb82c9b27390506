"""The bag: sound by another's reading, the same to the byte, and silent about what is withheld, in every file."""

import asyncio
import base64
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import bagit
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.record import Head, Recorded
from domain.refusals import NotFound
from forthwith.bagging import EvidenceMixedUp, Material, about, bag_files
from ledger.canonical import leaf_hash
from ledger.export.bagit import About, BagInTheWay, write_folder, write_zip
from ledger.export.checkpoint import UnfitCheckpoint, read_stated, require_root, tiles
from ledger.export.events import ReadOnce, TooFewEvents, read_record
from ledger.export.withholding import Disclosure, Exemption, NothingToWithhold, divide
from ledger.reading import recorded_event, whole
from ledger.verify.tree import Tree
from tests.exports.conftest import NOTICE, SIGNER, signed_over

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


async def test_the_bag_is_one_by_the_judgement_of_another(material: Material, tmp_path: Path) -> None:
    folder = await written(material, tmp_path / "bag")
    found = bagit.Bag(str(folder))
    assert found.validate()
    assert found.info["Bagging-Date"] == material.events[-1].recorded.date().isoformat()
    assert found.version_info == (1, 0)


async def test_a_bag_in_which_a_byte_has_changed_is_none(material: Material, tmp_path: Path) -> None:
    folder = await written(material, tmp_path / "bag")
    file = folder / "data" / "events.csv"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(folder)).validate()


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


async def test_each_line_of_the_events_is_what_was_hashed(material: Material, tmp_path: Path) -> None:
    lines = contents(await written(material, tmp_path / "bag"))["data/events.jsonl"].split(b"\n")
    assert lines.pop() == b""
    assert [leaf_hash(line).hex() for line in lines] == [each.leaf for each in material.events]
    for line in lines:
        event = json.loads(line)
        assert event["specversion"] == "1.0"
        assert {"id", "source", "type", "time", "subject", "datacontenttype"} <= event.keys()


async def test_the_tiles_lead_to_the_root_that_was_signed(material: Material, tmp_path: Path) -> None:
    there = contents(await written(material, tmp_path / "bag"))
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


async def test_the_same_checkpoint_gives_the_same_bytes(material: Material, tmp_path: Path) -> None:
    first = contents(await written(material, tmp_path / "one"))
    again = contents(await written(material, tmp_path / "two"))
    assert first == again
    one = await written(material, tmp_path / "one.zip", zipped=True)
    two = await written(material, tmp_path / "two.zip", zipped=True)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {name.removeprefix("bag/"): archive.read(name) for name in archive.namelist()} == first


_ELSEWHERE = """
import asyncio, sys
from pathlib import Path
from domain.record import Head, Recorded
from forthwith.bagging import Material, about, bag_files
from ledger.export.bagit import write_zip
from ledger.reading import recorded_event
from ledger.canonical import leaf_hash

lines = Path(sys.argv[1]).read_bytes().split(b"\\n")[:-1]
events = [recorded_event(n, line, leaf_hash(line).hex()) for n, line in enumerate(lines, 1)]
material = Material(events=events, checkpoint=Path(sys.argv[2]).read_bytes(), keys=Path(sys.argv[4]).read_bytes())
write_zip(asyncio.run(bag_files(material)), about(material), Path(sys.argv[3]))
"""


def test_another_process_in_another_zone_on_another_day_gives_the_same_bytes(
    material: Material, tmp_path: Path
) -> None:
    from_bytes = [recorded_event(each.index, each.canonical, each.leaf) for each in material.events]
    material = replace(material, events=from_bytes)
    here = asyncio.run(written(material, tmp_path / "here.zip", zipped=True))
    (tmp_path / "events").write_bytes(b"".join(each.canonical + b"\n" for each in material.events))
    (tmp_path / "checkpoint").write_bytes(material.checkpoint)
    (tmp_path / "keys").write_bytes(material.keys)
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
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
            check=True,
            timeout=120,
        )
        assert there.read_bytes() == here.read_bytes()


async def test_with_a_notice_the_events_stay_whole(material: Material, tmp_path: Path) -> None:
    whole = contents(await written(material, tmp_path / "whole"))
    one = contents(await written(replace(material, notice=NOTICE), tmp_path / "one"))
    verifiable = [
        name for name in whole if name.startswith(("data/events.jsonl", "data/tile/", "data/checkpoint"))
    ]
    assert all(one[name] == whole[name] for name in verifiable)
    with pytest.raises(NotFound):
        await bag_files(replace(material, notice="nowhere"))


async def test_the_judgement_of_the_bag_is_that_of_its_events(material: Material, tmp_path: Path) -> None:
    there = contents(await written(material, tmp_path / "bag"))
    (verdict,) = json.loads(there["data/conformance.json"])["notices"]
    assert verdict["found"] == {"late": 0, "skipped": 2, "out of order": 0, "misdated": 0}


VERIFIER = ROOT / "ledger" / "standalone" / "verify.py"


@pytest.mark.parametrize("hidden", [False, True], ids=["all disclosed", "something withheld"])
def test_the_standalone_verifier_finds_the_bag_sound(
    with_a_secret: tuple[Material, Disclosure, str], tmp_path: Path, hidden: bool
) -> None:
    held, disclosure, _ = with_a_secret
    schedule = (Exemption(disclosure.index, "FOIA s.40(2)", "It names a family."),) if hidden else ()
    to = asyncio.run(written(replace(held, exemptions=schedule), tmp_path / "bag"))
    for place in (
        to,
        asyncio.run(written(replace(held, exemptions=schedule), tmp_path / "bag.zip", zipped=True)),
    ):
        said = verified(place)
        assert (said.returncode, json.loads(said.stdout)["findings"]) == (0, [])


def test_the_standalone_verifier_sees_one_altered_letter(material: Material, tmp_path: Path) -> None:
    to = asyncio.run(written(material, tmp_path / "bag"))
    file = to / "data" / "events.jsonl"
    file.write_bytes(file.read_bytes().replace(b"Two monthly reports", b"Ten monthly reports", 1))
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


def in_the_clear(event: Recorded) -> Recorded:
    """The event as it would be, had it committed to nothing."""
    canonical = whole(event)
    return replace(event, canonical=canonical, leaf=leaf_hash(canonical).hex())


def committed(events: Sequence[Recorded]) -> tuple[list[Recorded], Disclosure]:
    """The record as it would be, had it only committed to the reasons of the decision."""
    (made,) = [each for each in events if each.type == "decision-made.v1"]
    reasons = made.envelope.data["reasons"]
    content = orjson.dumps(["c2FsdHNhbHRzYWx0c2FsdA", "reasons", reasons])
    disclosure = Disclosure(made.index, _base64url(content))
    document = orjson.loads(made.canonical)
    del document["data"]["reasons"]
    document["data"]["_sd"] = [disclosure.digest]
    canonical = orjson.dumps(document, option=orjson.OPT_SORT_KEYS)
    altered = replace(made, canonical=canonical, leaf=leaf_hash(canonical).hex())
    return [altered if each is made else each for each in events], disclosure


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.fixture
def with_a_secret(material: Material) -> tuple[Material, Disclosure, str]:
    events, disclosure = committed([in_the_clear(each) for each in material.events])
    (made,) = [each for each in events if each.type == "decision-made.v1"]
    held = replace(material, events=events, checkpoint=signed_over(events), disclosures=(disclosure,))
    return held, disclosure, made.envelope.data["reasons"]


async def test_what_is_withheld_stands_in_no_file_but_the_schedule_says_so(
    with_a_secret: tuple[Material, Disclosure, str], tmp_path: Path
) -> None:
    held, disclosure, reasons = with_a_secret
    made = disclosure.index
    schedule = (Exemption(made, "FOIA s.40(2)", "It names a family.", "reasons"),)
    shown = contents(await written(held, tmp_path / "shown"))
    hidden = contents(await written(replace(held, exemptions=schedule), tmp_path / "hidden"))
    proposal = [
        each.index
        for each in held.events
        if each.type == "decision-proposed.v1" and each.envelope.data["reasons"] == reasons
    ]
    assert proposal  # the proposal says the same in clear, and is not withheld
    assert json.loads(shown["data/disclosures.jsonl"]) == {"index": made, "disclosure": disclosure.disclosure}
    assert shown["data/withheld.jsonl"] == b""
    assert hidden["data/disclosures.jsonl"] == b""
    assert json.loads(hidden["data/withheld.jsonl"]) == {
        "index": made,
        "digest": disclosure.digest,
        "exemption": "FOIA s.40(2)",
        "why": "It names a family.",
    }
    assert hidden["data/events.jsonl"] == shown["data/events.jsonl"]
    for name in ("ocel.json", "log.xes", "prov.json", "events.csv", "history.html", "ocel.sqlite"):
        before, after = shown[f"data/{name}"], hidden[f"data/{name}"]
        text = reasons.rstrip(".").encode()
        assert after.count(text) < before.count(text)
        assert b"[withheld: FOIA s.40(2)]" in after


def test_a_schedule_that_fits_nothing_is_refused() -> None:
    disclosure = Disclosure(7, _base64url(b'["salt","text","words"]'))
    assert divide([disclosure], ()) == ([disclosure], [])
    for exemption in (Exemption(8, "FOIA s.40(2)", "why"), Exemption(7, "FOIA s.40(2)", "why", "reasons")):
        with pytest.raises(NothingToWithhold):
            divide([disclosure], [exemption])


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
