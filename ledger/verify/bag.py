"""A bag as it lies on disk: a folder, or a zip that holds one (BagIt 1.0, RFC 8493)."""

import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

CHUNK = 1 << 20
DECLARATION = "bagit.txt"


class NoBag(ValueError):
    """What was named is no bag; the sentence says why."""


class Bag:
    """Files by their path inside the bag. A file outside of it is never opened, whatever the manifest says."""

    def __init__(self, path: Path) -> None:
        self._zip: zipfile.ZipFile | None = None
        self._root = ""
        self._path = path
        if path.is_dir():
            self.names = {
                each.relative_to(path).as_posix()
                for each in path.rglob("*")
                if each.is_file() and not each.is_symlink()
            }
        else:
            self._open_zip()
        if DECLARATION not in self.names:
            raise NoBag(f"“{path}” is no bag: it holds no {DECLARATION}.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._zip is not None:
            self._zip.close()

    def read(self, name: str) -> bytes:
        """The whole file; nothing where there is none."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The file, a megabyte at a time."""
        if name in self.names:
            with self._open(name) as file:
                while chunk := file.read(CHUNK):
                    yield chunk

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of the file without their ends, one at a time."""
        rest = b""
        for chunk in self.chunks(name):
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines
        if rest:
            yield rest

    def hash(self, name: str) -> str:
        whole = sha256()
        for chunk in self.chunks(name):
            whole.update(chunk)
        return whole.hexdigest()

    def _open(self, name: str) -> IO[bytes]:
        return self._zip.open(self._root + name) if self._zip else (self._path / name).open("rb")

    def _open_zip(self) -> None:
        try:
            self._zip = zipfile.ZipFile(self._path)
        except zipfile.BadZipFile:
            raise NoBag(f"“{self._path}” is neither a folder nor a zip.") from None
        names = [each.filename for each in self._zip.infolist() if not each.is_dir()]
        roots = [
            name.removesuffix(DECLARATION)
            for name in names
            if name == DECLARATION or name.endswith(f"/{DECLARATION}")
        ]
        self._root = min(roots, key=len, default="")
        self.names = {name.removeprefix(self._root) for name in names if name.startswith(self._root)}
