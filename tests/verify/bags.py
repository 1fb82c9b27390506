"""Bags made by hand, sound or not: 270 events with commitments, an erasure, evidence, tiles and two witnesses.

Of the three files that events have lodged, one is there, one was erased, and one is withheld.
"""

from __future__ import annotations

import base64
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from ledger.log.checkpoint import Checkpoint, checkpoint_in
from ledger.log.keys import LOG, WITNESS, FileSigner, cosignature_by, signature_by
from ledger.log.notes import Note, parse
from ledger.log.tiles import Tile
from ledger.profile import spell
from ledger.verify.levels import Levels

ORIGIN = "forthwith.invalid/log"
LOG_KEY = FileSigner(ORIGIN, LOG, b"l" * 32)
OTHER_KEY = FileSigner(ORIGIN, LOG, b"o" * 32)
FIRST_WITNESS = FileSigner("witness.example/one", WITNESS, b"1" * 32)
SECOND_WITNESS = FileSigner("witness.example/two", WITNESS, b"2" * 32)
LENGTH = 270
WITNESSED = 1_465_905_600 + 3600  # an hour after noon on 14 June 2016
POLICY = (
    f"log {LOG_KEY.key}\nwitness one {FIRST_WITNESS.key}\nwitness two {SECOND_WITNESS.key}\n"
    "group both all one two\nquorum both\n"
)
SECRET, WITHHELD, ERASED, NESTED = "Ada Lovelace", "a passage", "an address", "a telephone number"
EVIDENCE = b"The minutes of the board.\n"


def disclosure(*said: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(said, ensure_ascii=False).encode()).decode().rstrip("=")


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")


NAME = disclosure("salt-1", "name", SECRET)
PASSAGE = disclosure("salt-2", "text", WITHHELD)
ADDRESS = disclosure("salt-3", "address", ERASED)
PHONE = disclosure("salt-4", "phone", NESTED)
LETTER = disclosure("salt-6", "name", "letter.txt")
PERSON = disclosure("salt-5", {"_sd": [digest(PHONE)], "role": "director"})


_KINDS = {5: "personal-data-erased.v1"} | dict.fromkeys((6, 8, 11), "evidence-lodged.v1")


def document(index: int) -> dict[str, object]:
    """Event `index`: two streams, a command for each event but for events 2 and 3, which one command has recorded."""
    stream, version = (
        ("notice/lancashire-2016", (index + 1) // 2)
        if index % 2
        else ("occ/lancashire-2016/report/1", index // 2)
    )
    data: dict[str, object] = {"text": f"Überblick {index}", "sections": [{"id": "6c", "nil": False}]}
    if index == 2:
        data["_sd"] = sorted([digest(NAME), digest(PASSAGE)])
    if index == 3:
        data["people"] = ["helen-marsh", {"...": digest(PERSON)}]
    if index == 4:
        data["person"] = {"_sd": [digest(ADDRESS)]}
    if index == 5:
        data = {
            "digests": [digest(ADDRESS)],
            "events": [4, 8],
            "reason": "asked for it",
            "authority": "UK GDPR, article 17",
        }
    if index == 6:
        data = {"sha256": sha256(EVIDENCE).hexdigest(), "name": "minutes.txt"}
    if index in (8, 11):
        data = {"sha256": sha256(b"gone").hexdigest(), "name": "gone.txt"}
    if index == 11:
        data["_sd"] = [digest(LETTER)]
    command = 2 if index == 3 else index
    return {
        "specversion": "1.0", "source": "forthwith", "datacontenttype": "application/json",
        "id": str(UUID(int=10_000 + index)), "commandid": str(UUID(int=command)),
        "type": _KINDS.get(index, "report-submitted.v1"),
        "subject": stream, "streamversion": version, "actor": "system:engine", "data": data,
        "effective": "2016-06-14T12:00:00.000000Z", "time": f"2016-06-14T12:{index // 60:02}:{index % 60:02}.000000Z",
    }  # fmt: skip


@dataclass
class Plan:
    """What goes into a bag before it is signed; a dishonest operator changes it here."""

    lines: list[bytes] = field(default_factory=lambda: [spell(document(at)) for at in range(1, LENGTH + 1)])
    shown: list[dict[str, object]] = field(
        default_factory=lambda: [
            {"index": 2, "disclosure": NAME},
            {"index": 3, "disclosure": PERSON},
            {"index": 3, "disclosure": PHONE},
        ]
    )
    withheld: list[dict[str, object]] = field(
        default_factory=lambda: [
            {"index": 2, "digest": digest(PASSAGE), "exemption": "FOIA s.40(2)", "why": "names a child"},
            {"index": 11, "digest": digest(LETTER), "exemption": "FOIA s.40(2)", "why": "names a child"},
        ]
    )
    evidence: dict[str, bytes] = field(default_factory=lambda: {sha256(EVIDENCE).hexdigest(): EVIDENCE})
    signers: tuple[FileSigner, ...] = (LOG_KEY,)
    witnesses: tuple[FileSigner, ...] = (FIRST_WITNESS, SECOND_WITNESS)
    witnessed: int = WITNESSED
    policy: str = POLICY

    def change(self, index: int, **fields: object) -> None:
        """Other words in an event, before it is signed."""
        self.lines[index - 1] = spell({**json.loads(self.lines[index - 1]), **fields})

    def tree(self) -> Levels:
        tree = Levels()
        tree.extend([sha256(b"\x00" + line).digest() for line in self.lines])
        return tree

    def checkpoint(self, size: int | None = None) -> bytes:
        size = len(self.lines) if size is None else size
        return note(
            Checkpoint(ORIGIN, size, self.tree().root(size)), self.signers, self.witnesses, self.witnessed
        )

    def files(self) -> dict[str, bytes]:
        """The bag, by path, without its manifest."""
        hashes = self.tree().levels
        files = {
            "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "data/events.jsonl": b"".join(line + b"\n" for line in self.lines),
            "data/checkpoint": self.checkpoint(),
            "data/keys.txt": f"{LOG_KEY.key}\n".encode(),
            "data/policy": self.policy.encode(),
            "data/disclosures.jsonl": _lines(self.shown),
            "data/withheld.jsonl": _lines(self.withheld),
            "data/ocel.json": b"{}\n",
        }
        for level, here in enumerate(hashes):
            for first in range(0, len(here), 256):
                held = here[first : first + 256]
                files[f"data/{Tile(level, first // 256, len(held)).path}"] = b"".join(held)
        for name, content in self.evidence.items():
            files[f"data/evidence/sha256/{name[:2]}/{name}"] = content
        return files


def note(
    checkpoint: Checkpoint, signers: tuple[FileSigner, ...], witnesses: tuple[FileSigner, ...], at: int
) -> bytes:
    text = checkpoint.text
    lines = [signature_by(each, text) for each in signers]
    lines += [cosignature_by(each, text, at) for each in witnesses]
    return str(Note(text, tuple(lines))).encode()


def with_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with a manifest over the payload, as a careful forger makes it afresh."""
    listed = sorted(name for name in files if name.startswith("data/"))
    manifest = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in listed)
    return {**files, "manifest-sha256.txt": manifest.encode()}


def write_folder(files: dict[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def write_zip(files: dict[str, bytes], file: Path) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"the-bag/{name}", content)
    return file


def sound() -> dict[str, bytes]:
    return with_manifest(Plan().files())


def _lines(objects: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(each).encode() + b"\n" for each in objects)


# Attacks: each gives the files of the bag.


def planned(change: Callable[[Plan], object]) -> dict[str, bytes]:
    """Whoever holds the key signs something false."""
    plan = Plan()
    change(plan)
    return with_manifest(plan.files())


def altered(change: Callable[[dict[str, bytes]], object]) -> dict[str, bytes]:
    """Whoever holds the bag alone changes it, and makes the manifest afresh."""
    files = Plan().files()
    change(files)
    return with_manifest(files)


def behind_the_manifest(change: Callable[[dict[str, bytes]], object]) -> dict[str, bytes]:
    files = sound()
    change(files)
    return files


def edit_line(index: int, change: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    def edit(files: dict[str, bytes]) -> None:
        lines = files["data/events.jsonl"].split(b"\n")
        lines[index - 1] = change(lines[index - 1])
        files["data/events.jsonl"] = b"\n".join(lines)

    return edit


def edit_lines(change: Callable[[list[bytes]], object]) -> Callable[[dict[str, bytes]], None]:
    def edit(files: dict[str, bytes]) -> None:
        lines = files["data/events.jsonl"].splitlines(keepends=True)
        change(lines)
        files["data/events.jsonl"] = b"".join(lines)

    return edit


def put(name: str, content: bytes | None) -> Callable[[dict[str, bytes]], None]:
    """Another content for a file; None removes it."""

    def change(files: dict[str, bytes]) -> None:
        if content is None:
            del files[name]
        else:
            files[name] = content

    return change


def forged_checkpoint(change: Callable[[Checkpoint], Checkpoint]) -> bytes:
    """The genuine signatures under another text."""
    genuine = parse(Plan().checkpoint())
    return str(Note(change(checkpoint_in(genuine)).text, genuine.signatures)).encode()


def without_cosignature() -> bytes:
    genuine = parse(Plan().checkpoint())
    return str(Note(genuine.text, genuine.signatures[:2])).encode()


def with_wrong_cosignature() -> bytes:
    genuine = parse(Plan().checkpoint())
    wrong = replace(genuine.signatures[2], signature=genuine.signatures[1].signature)
    return str(Note(genuine.text, (*genuine.signatures[:2], wrong))).encode()


def older_checkpoint() -> bytes:
    return Plan().checkpoint(200)


def swap(lines: list[bytes], one: int, other: int) -> None:
    lines[one - 1], lines[other - 1] = lines[other - 1], lines[one - 1]


def repeat_command(plan: Plan) -> None:
    plan.change(100, commandid=json.loads(plan.lines[49])["commandid"])


TILE = "data/tile/0/000"
EVIDENCE_FILE = f"data/evidence/sha256/{sha256(EVIDENCE).hexdigest()[:2]}/{sha256(EVIDENCE).hexdigest()}"
ALTERED: dict[str, tuple[Callable[[], dict[str, bytes]], set[tuple[str, int | None]]]] = {
    "nothing": (sound, set()),
    "one byte flipped": (lambda: altered(edit_line(7, lambda line: line.replace(b"6c", b"6d"))), {("LEAF_HASH", 7), ("ROOT_MISMATCH", None)}),
    "one byte flipped, tiles made to fit": (lambda: altered(lambda files: (edit_line(7, lambda line: line.replace(b"6c", b"6d"))(files), [files.pop(name) for name in list(files) if "/tile/" in name])), {("ROOT_MISMATCH", None)}),
    "two events swapped": (lambda: altered(edit_lines(lambda lines: swap(lines, 10, 12))), {("LEAF_HASH", 10), ("ROOT_MISMATCH", None), ("STREAM_GAP", 10), ("STREAM_GAP", 12), ("STREAM_GAP", 14), ("TIME_REGRESSION", 11), ("TIME_REGRESSION", 12)}),
    "the newest event removed": (lambda: altered(edit_lines(lambda lines: lines.pop())), {("TRUNCATED", 270)}),
    "an event put in the middle": (lambda: altered(edit_lines(lambda lines: lines.insert(50, spell(document(51) | {"commandid": str(UUID(int=777)), "streamversion": 27}) + b"\n"))), {("LEAF_HASH", 51), ("ROOT_MISMATCH", None), ("ROOT_MISMATCH", 271), ("STREAM_GAP", 51), ("STREAM_GAP", 52)}),
    "an event put at the end": (lambda: altered(edit_lines(lambda lines: lines.append(spell(document(271)) + b"\n"))), {("ROOT_MISMATCH", 271)}),
    "the file of events removed": (lambda: altered(put("data/events.jsonl", None)), {("TRUNCATED", 1), ("DISCLOSURE_SUBSTITUTED", 2), ("DISCLOSURE_SUBSTITUTED", 3), ("DISCLOSURE_SUBSTITUTED", 11)}),
    "signed: a version left out": (lambda: planned(lambda plan: plan.change(LENGTH, streamversion=136)), {("STREAM_GAP", 270)}),
    "signed: recorded earlier": (lambda: planned(lambda plan: plan.change(60, time="1999-01-01T00:00:00.000000Z")), {("TIME_REGRESSION", 60)}),
    "signed: a command repeated": (lambda: planned(repeat_command), {("DUPLICATE_COMMAND", 100)}),
    "signed: other spelling": (lambda: planned(lambda plan: plan.lines.__setitem__(269, plan.lines[269].replace(b'","', b'", "', 1))), {("NOT_CANONICAL", 270)}),
    "signed: a fraction": (lambda: planned(lambda plan: plan.change(LENGTH, data={"share": 0.5})), {("NOT_CANONICAL", 270)}),
    "signed: an accent in two pieces": (lambda: planned(lambda plan: plan.change(LENGTH, data={"text": "U\u0308"})), {("NOT_CANONICAL", 270)}),
    "signed: a key twice": (lambda: planned(lambda plan: plan.lines.__setitem__(269, plan.lines[269].replace(b'{"actor"', b'{"actor":"x","actor"', 1))), {("NOT_CANONICAL", 270)}),
    "signed: minus nought": (lambda: planned(lambda plan: plan.lines.__setitem__(269, plan.lines[269].replace(b'"nil":false', b'"nil":-0', 1))), {("NOT_CANONICAL", 270)}),
    "signed: a time that is no time": (lambda: planned(lambda plan: plan.change(LENGTH, time="now")), {("NOT_CANONICAL", 270)}),
    "signed: recorded after the witness": (lambda: planned(lambda plan: setattr(plan, "witnessed", WITNESSED - 3600 + 199)), {("RECORDED_AFTER_WITNESS", 205)}),
    "another key": (lambda: planned(lambda plan: setattr(plan, "signers", (OTHER_KEY,))), {("BAD_SIGNATURE", None)}),
    "the size in the checkpoint changed": (lambda: altered(put("data/checkpoint", forged_checkpoint(lambda said: replace(said, size=200)))), {("BAD_SIGNATURE", None), ("NOT_WITNESSED", None), ("ROOT_MISMATCH", None), ("ROOT_MISMATCH", 201)}),
    "an older checkpoint": (lambda: altered(put("data/checkpoint", older_checkpoint())), {("ROOT_MISMATCH", 201)}),
    "no checkpoint": (lambda: altered(put("data/checkpoint", None)), {("BAD_SIGNATURE", None)}),
    "no signature": (lambda: altered(put("data/checkpoint", Plan().checkpoint().split(b"\n\n")[0] + b"\n\n")), {("BAD_SIGNATURE", None)}),
    "a cosignature removed": (lambda: altered(put("data/checkpoint", without_cosignature())), {("NOT_WITNESSED", None)}),
    "a cosignature replaced": (lambda: altered(put("data/checkpoint", with_wrong_cosignature())), {("BAD_SIGNATURE", None), ("NOT_WITNESSED", None)}),
    "a tile changed": (lambda: altered(lambda files: files.__setitem__(TILE, files[TILE][:320] + b"\0" * 32 + files[TILE][352:])), {("LEAF_HASH", 11)}),
    "a tile of nodes changed": (lambda: altered(put("data/tile/1/000.p/1", b"\0" * 32)), {("ROOT_MISMATCH", 1)}),
    "a disclosure removed": (lambda: planned(lambda plan: plan.shown.pop(0)), {("DISCLOSURE_MISSING", 2)}),
    "a disclosure within one removed": (lambda: planned(lambda plan: plan.shown.pop(2)), {("DISCLOSURE_MISSING", 3)}),
    "a disclosure replaced": (lambda: planned(lambda plan: plan.shown.__setitem__(0, {"index": 2, "disclosure": disclosure("salt-1", "name", "Somebody Else")})), {("DISCLOSURE_SUBSTITUTED", 2)}),
    "a disclosure of another event": (lambda: planned(lambda plan: plan.shown.__setitem__(0, {"index": 9, "disclosure": NAME})), {("DISCLOSURE_MISSING", 2), ("DISCLOSURE_SUBSTITUTED", 9)}),
    "a disclosure that is none": (lambda: planned(lambda plan: plan.shown.append({"index": 7, "disclosure": "%%%"})), {("DISCLOSURE_SUBSTITUTED", 7)}),
    "disclosures that are no lines": (lambda: altered(put("data/withheld.jsonl", b"[]\n")), {("DISCLOSURE_MISSING", 2), ("DISCLOSURE_MISSING", 11), ("EVIDENCE_MISMATCH", 11), ("DISCLOSURE_SUBSTITUTED", None)}),
    "withheld without an exemption": (lambda: planned(lambda plan: plan.withheld[0].pop("exemption")), {("DISCLOSURE_MISSING", 2)}),
    "all disclosures removed": (lambda: altered(put("data/disclosures.jsonl", None)), {("DISCLOSURE_MISSING", 2), ("DISCLOSURE_MISSING", 3)}),
    "erased without an erasure": (lambda: planned(lambda plan: plan.change(5, type="report-submitted.v1")), {("DISCLOSURE_MISSING", 4), ("EVIDENCE_MISMATCH", 8)}),
    "evidence changed": (lambda: altered(put(EVIDENCE_FILE, b"other minutes")), {("EVIDENCE_MISMATCH", None)}),
    "evidence removed": (lambda: behind_the_manifest(put(EVIDENCE_FILE, None)), {("EVIDENCE_MISMATCH", None), ("EVIDENCE_MISMATCH", 6)}),
    "evidence removed, and from the manifest": (lambda: altered(put(EVIDENCE_FILE, None)), {("EVIDENCE_MISMATCH", 6)}),
    "evidence removed that was withheld by nobody": (lambda: planned(lambda plan: plan.withheld.pop()), {("DISCLOSURE_MISSING", 11), ("EVIDENCE_MISMATCH", 11)}),
    "evidence removed that was not erased": (lambda: planned(lambda plan: plan.change(5, data={"digests": [digest(ADDRESS)], "events": [4]})), {("EVIDENCE_MISMATCH", 8)}),
    "a value that was erased is back": (lambda: planned(lambda plan: plan.shown.append({"index": 4, "disclosure": ADDRESS})), {("DISCLOSURE_SUBSTITUTED", 4)}),
    "a view changed": (lambda: behind_the_manifest(put("data/ocel.json", b"{ }\n")), {("PROJECTION_DRIFT", None)}),
    "a file added": (lambda: behind_the_manifest(put("data/extra", b"")), {("PROJECTION_DRIFT", None)}),
    "no manifest": (lambda: behind_the_manifest(put("manifest-sha256.txt", None)), {("PROJECTION_DRIFT", None)}),
}  # fmt: skip
