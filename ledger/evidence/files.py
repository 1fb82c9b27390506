"""Where evidence is kept: objects written once, named by their SHA-256, in a folder or at S3, Azure or Google.

obstore is imported where a file is handled, so that an engine to which nobody sends files does not carry it about.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

_PREFIX = "sha256"


class EvidenceUnreachable(ConnectionError):
    """The place where evidence is kept does not answer, or refuses."""


class EvidenceMissing(FileNotFoundError):
    """No such file is kept."""


class EvidenceMismatch(Exception):
    """A file that is kept is not the one that was lodged."""

    code = "EVIDENCE_MISMATCH"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """`size` in bytes, `written` when."""

    sha256: str
    size: int
    written: datetime


class EvidenceFiles:
    """A store of files that were lodged. Nothing in it is ever written twice."""

    def __init__(self, place: str) -> None:
        """`place`: a folder, which is made, or a URL such as ``s3://bucket/prefix`` or ``az://container/prefix``."""
        from obstore.store import LocalStore, from_url

        if "://" in place:
            self._store = from_url(place)
        else:
            self._store = LocalStore(Path(place).expanduser().resolve(), mkdir=True)

    async def put(self, content: bytes) -> str:
        """Keep a file; returns its SHA-256. Raises EvidenceMismatch where another one stands under its hash."""
        import obstore
        from obstore.exceptions import AlreadyExistsError, BaseError

        digest = sha256(content).hexdigest()
        try:
            await obstore.put_async(self._store, _path(digest), content, mode="create")
        except AlreadyExistsError:
            await self.get(digest)
        except (BaseError, OSError) as fault:
            raise EvidenceUnreachable(f"The evidence could not be stored: {_words(fault)}") from fault
        return digest

    async def get(self, digest: str) -> bytes:
        """A file that still has its hash; raises EvidenceMissing, EvidenceMismatch, EvidenceUnreachable."""
        import obstore

        with _faults_of_reading(digest):
            found = await obstore.get_async(self._store, _path(digest))
            content = bytes(await found.bytes_async())
        return _as_lodged(content, digest)

    def read(self, digest: str) -> bytes:
        """The same, where nothing else waits meanwhile."""
        import obstore

        with _faults_of_reading(digest):
            content = bytes(obstore.get(self._store, _path(digest)).bytes())
        return _as_lodged(content, digest)

    async def remove(self, digest: str) -> None:
        """Delete a file for good; one that is gone already stays gone."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            await obstore.delete_async(self._store, _path(digest))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as fault:
            raise EvidenceUnreachable(f"The evidence could not be deleted: {_words(fault)}") from fault

    async def all(self) -> AsyncIterator[KeptFile]:
        """Every file that is kept, in no order."""
        import obstore
        from obstore.exceptions import BaseError

        try:
            async for page in obstore.list(self._store, _PREFIX):
                for each in page:
                    yield KeptFile(each["path"].rpartition("/")[2], each["size"], each["last_modified"])
        except (BaseError, OSError) as fault:
            raise EvidenceUnreachable(f"The evidence could not be listed: {_words(fault)}") from fault


@contextmanager
def _faults_of_reading(digest: str) -> Iterator[None]:
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError:
        raise EvidenceMissing(f"No file with the SHA-256 {digest} is kept.") from None
    except (BaseError, OSError) as fault:
        raise EvidenceUnreachable(f"The evidence could not be read: {_words(fault)}") from fault


def _as_lodged(content: bytes, digest: str) -> bytes:
    if sha256(content).hexdigest() != digest:
        raise EvidenceMismatch(
            f"The file that is kept as {digest} has another SHA-256: it is not what was lodged."
        )
    return content


def _path(digest: str) -> str:
    """As in a bag."""
    return f"{_PREFIX}/{digest[:2]}/{digest}"


def _words(fault: BaseException) -> str:
    return str(fault).splitlines()[0] if str(fault) else type(fault).__name__
