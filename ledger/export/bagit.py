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
from tempfile import SpooledTemporaryFile

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_UNIX, _FILE = 3, 0o100644 << 16

_IN_MEMORY = 1 << 20

# A file's path, and its bytes, whole or in parts.
Files = Iterable[tuple[str, bytes | Iterable[bytes]]]


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
            with place.open("wb") as file:
                file.writelines(content)
            octets += content.octets if name.startswith("data/") else 0
        beside.rename(to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return octets


def write_zip(files: Files, about: About, to: Path) -> int:
    """The same in one file, under one folder. Stored, not compressed: compressors differ from machine to machine."""
    if to.exists():
        raise BagInTheWay(f"“{to}” is there already; an export never writes over anything.")
    beside = to.with_name(f".{to.name}.unfinished")
    try:
        octets = 0
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
            for name, content in bag(files, about):
                _write_entry(archive, _entry(name, about.bagged_on), content)
                octets += content.octets if name.startswith("data/") else 0
        beside.rename(to)
    finally:
        beside.unlink(missing_ok=True)
    return octets


def zip_parts(files: Files, about: About) -> Iterator[bytes]:
    """The same bytes as `write_zip` writes, piece by piece, for whoever sends them on: no more than one file is held."""
    with _Piece() as piece:
        with zipfile.ZipFile(piece, "w", zipfile.ZIP_STORED) as archive:
            for name, content in bag(files, about):
                _write_entry(archive, _entry(name, about.bagged_on), content)
                yield from piece.taken()
        yield from piece.taken()


class _Piece(SpooledTemporaryFile[bytes]):
    """The end of a file whose beginning has been taken away already; places in it are those of the whole file."""

    def __init__(self) -> None:
        super().__init__(_IN_MEMORY)
        self._sent = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._sent + super().tell()

    def seek(self, place: int, whence: int = 0) -> int:
        return self._sent + super().seek(place - self._sent if whence == 0 else place, whence)

    def taken(self) -> Iterator[bytes]:
        """What was written since the last time."""
        end = super().seek(0, 2)
        super().seek(0)
        while part := self.read(_IN_MEMORY):
            yield part
        super().seek(0)
        self.truncate()
        self._sent += end


def _entry(name: str, dated: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"bag/{name}", (max(dated.year, 1980), dated.month, dated.day, 0, 0, 0))
    entry.create_system, entry.external_attr = _UNIX, _FILE
    return entry


def _write_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, content: Iterable[bytes]) -> None:
    """The size of an entry stands before it, so that it is written elsewhere first."""
    with SpooledTemporaryFile(_IN_MEMORY) as whole:
        for each in content:
            whole.write(each)
        entry.file_size = whole.tell()
        whole.seek(0)
        with archive.open(entry, "w") as there:
            shutil.copyfileobj(whole, there)


class Content:
    """The bytes of one file, to be read once; afterwards it knows how many they were, and their SHA-256."""

    def __init__(self, parts: bytes | Iterable[bytes]) -> None:
        self._parts = (parts,) if isinstance(parts, bytes) else parts
        self._hash = sha256()
        self.octets = 0

    def __iter__(self) -> Iterator[bytes]:
        for each in self._parts:
            self._hash.update(each)
            self.octets += len(each)
            yield each

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def bag(files: Files, about: About) -> Iterator[tuple[str, Content]]:
    """Every file of the bag with its path: the payload as it comes, then the tag files. Each is read before the next one."""
    payload: list[tuple[str, Content]] = []
    for name, parts in files:
        payload.append((f"data/{_fit(name)}", Content(parts)))
        yield payload[-1]
    octets = sum(content.octets for _, content in payload)
    tags = {
        "bag-info.txt": _info(about, octets, len(payload)),
        "bagit.txt": _DECLARATION,
        "manifest-sha256.txt": _manifest((path, content.digest) for path, content in payload),
    }
    for name, text in tags.items():
        yield name, Content(text)
    listed = ((name, sha256(text).hexdigest()) for name, text in tags.items())
    yield "tagmanifest-sha256.txt", Content(_manifest(listed))


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
