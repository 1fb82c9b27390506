"""Caught mail on disk: one file for each Message-ID, in the form in which it came (RFC 5322)."""

import hashlib
import os
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Literal

_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """A mail as it was caught. `id` is safe in a link; `date` is its own, or that of its arrival, in UTC.

    `html` is what a stranger sent: it is shown only where it can do nothing.
    """

    id: str
    message_id: str
    sender: str
    to: str
    subject: str
    date: datetime
    text: str
    times_received: int = 1
    html: str = ""


class MailFolder:
    """A folder of mail. Written by one catcher, read by anybody."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, CaughtMail] = {}

    def keep(self, written: bytes) -> str:
        """Store a mail and return its id; the same Message-ID again only raises its count."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = _name_of(written)
        if self._mail_file(name).exists():
            _write_whole(self._count_file(name), f"{self._count(name) + 1}\n".encode())
        else:
            _write_whole(self._mail_file(name), written)
        return name

    def messages(self) -> list[CaughtMail]:
        """All of it, newest first."""
        names = [path.stem for path in self.folder.glob("*.eml") if _NAME.fullmatch(path.stem)]
        found = [mail for name in names if (mail := self.message(name)) is not None]
        return sorted(found, key=lambda mail: (mail.date, mail.to, mail.id), reverse=True)

    def message(self, name: str) -> CaughtMail | None:
        """One mail by its id, or None: a name that is none of ours never reaches the disk."""
        if not _NAME.fullmatch(name):
            return None
        if name not in self._read:
            try:
                self._read[name] = _caught(name, self._mail_file(name))
            except FileNotFoundError:
                return None
        return replace(self._read[name], times_received=self._count(name))

    def _count(self, name: str) -> int:
        try:
            return int(self._count_file(name).read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 1

    def _mail_file(self, name: str) -> Path:
        return self.folder / f"{name}.eml"

    def _count_file(self, name: str) -> Path:
        return self.folder / f"{name}.times"


def _name_of(written: bytes) -> str:
    """From the Message-ID, hashed, so that nothing a sender writes is ever part of a path."""
    mail = message_from_bytes(written, policy=policy.compat32)
    known_by = str(mail.get("Message-ID", "")).strip().encode("utf-8", "replace") or written
    return hashlib.sha256(known_by).hexdigest()[:32]


def _caught(name: str, path: Path) -> CaughtMail:
    arrived = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return CaughtMail(
        id=name,
        message_id=_header(mail, "Message-ID"),
        sender=_header(mail, "From"),
        to=_header(mail, "To"),
        subject=_header(mail, "Subject"),
        date=_date(mail, arrived),
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
    )


def _header(mail: EmailMessage, name: str) -> str:
    try:
        return str(mail.get(name, "")).strip()
    except Exception:  # noqa: BLE001 - a header that the email package trips over must not hide all other mail
        return "(cannot be read)"


def _date(mail: EmailMessage, arrived: datetime) -> datetime:
    try:
        date = parsedate_to_datetime(_header(mail, "Date"))
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return arrived


def _body(mail: EmailMessage, kind: Literal["plain", "html"]) -> str:
    body = mail.get_body((kind,))
    if body is None:
        return ""
    try:
        text = str(body.get_content())
    except LookupError:
        content = body.get_payload(decode=True)
        text = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return text.replace("\r\n", "\n")


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing: a reader, or a power cut, never meets half a mail."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
