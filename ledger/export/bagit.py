"""BagIt 1.0 (RFC 8493): a folder or a zip file whose every byte follows from what is put in.

Written by hand, because the usual library dates a bag by today and names itself in it.
"""

import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_UNIX, _FILE = 3, 0o100644 << 16

Files = Iterable[tuple[str, bytes]]


class BagInTheWay(FileExistsError):
    """There is something already where the bag is to be written."""


@dataclass(frozen=True, slots=True)
class About:
    """`bagged_on`: of the newest event, not of today."""

    bagged_on: date
    identifier: str
    description: str
    agent: str


def write_folder(files: Files, about: About, to: Path) -> int:
    """Write a bag; returns how many bytes of payload. Nothing is left behind where it fails. Raises BagInTheWay."""
    if to.exists():
        raise BagInTheWay(f"“{to}” is there already; an export never writes over anything.")
    beside = to.with_name(f".{to.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        octets = 0
        for name, content in bag(files, about):
            place = beside / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
            octets += len(content) if name.startswith("data/") else 0
        beside.rename(to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return octets


def write_zip(files: Files, about: About, to: Path) -> int:
    """The same in one file, under one folder. Stored, not compressed: compressors differ from machine to machine."""
    if to.exists():
        raise BagInTheWay(f"“{to}” is there already; an export never writes over anything.")
    beside = to.with_name(f".{to.name}.unfinished")
    dated = about.bagged_on
    try:
        octets = 0
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
            for name, content in bag(files, about):
                octets += len(content) if name.startswith("data/") else 0
                entry = zipfile.ZipInfo(
                    f"bag/{name}", (max(dated.year, 1980), dated.month, dated.day, 0, 0, 0)
                )
                entry.create_system, entry.external_attr = _UNIX, _FILE
                archive.writestr(entry, content)
        beside.rename(to)
    finally:
        beside.unlink(missing_ok=True)
    return octets


def bag(files: Files, about: About) -> Iterator[tuple[str, bytes]]:
    """Every file of the bag with its path: the payload as it comes, then the tag files."""
    payload: list[tuple[str, str, int]] = []
    for name, content in files:
        path = f"data/{_fit(name)}"
        payload.append((path, sha256(content).hexdigest(), len(content)))
        yield path, content
    octets = sum(size for _, _, size in payload)
    tags = {
        "bag-info.txt": _info(about, octets, len(payload)),
        "bagit.txt": _DECLARATION,
        "manifest-sha256.txt": _manifest((path, digest) for path, digest, _ in payload),
    }
    yield from tags.items()
    listed = ((name, sha256(content).hexdigest()) for name, content in tags.items())
    yield "tagmanifest-sha256.txt", _manifest(listed)


def _fit(name: str) -> str:
    """Paths are our own; one that leaves the bag or would have to be escaped is a fault of ours."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or any(each in name for each in "\r\n%"):
        raise ValueError(f"“{name}” cannot be the path of a file in a bag")
    return name


def _info(about: About, octets: int, count: int) -> bytes:
    return (
        f"Bag-Software-Agent: {about.agent}\n"
        f"Bagging-Date: {about.bagged_on.isoformat()}\n"
        f"External-Description: {about.description}\n"
        f"External-Identifier: {about.identifier}\n"
        f"Payload-Oxum: {octets}.{count}\n"
    ).encode()


def _manifest(lines: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(lines)).encode()
