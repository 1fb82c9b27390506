"""A letter as the bytes of a mail (RFC 5322), in which nothing that people wrote can become a header."""

import hashlib
import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from activities.delivery.letter import Letter, one_line, subject_line

# Stricter than RFC 5321 on purpose: quoted local parts and addresses beyond ASCII are refused.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9](?:[A-Za-z0-9.-]{{0,251}}[A-Za-z0-9])?")
_SPECIAL = re.compile(r"""[()<>\[\]:;@\\,."=?]""")
LONGEST_NAME = 80
_HEADERS = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "MIME-Version",
}


class UnfitForMail(ValueError):
    """The letter or its address cannot be put into a mail safely. The sentence never holds the address."""


def is_address(text: str) -> bool:
    """Whether it is a plain mail address that every server understands: ``name@example.org``."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


def sender_address(sender: str) -> Address:
    """`Forthwith <forthwith@example.org>` or a bare address; raises ValueError with a sentence."""
    name, address = parseaddr(sender)
    if not is_address(address) or one_line(sender) != sender.strip():
        raise ValueError(
            f"“{sender}” cannot be the sender of mail; write for example Forthwith <name@example.org>."
        )
    return _named(name, address)


def mail_bytes(letter: Letter, sender: Address, address: str) -> bytes:
    """The same letter to the same address gives the same bytes. Raises UnfitForMail."""
    if not is_address(address):
        raise UnfitForMail("The address that is known for this person is not a plain mail address.")
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = _named(letter.to_name, address)
    mail["Subject"] = subject_line(letter.subject)
    mail["Date"] = format_datetime(letter.written_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    # Quoted-printable whatever the server offers, so that no line is ever too long or beyond seven bits.
    mail.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        # Of our own, because the library draws lots: the same letter must give the same bytes. “=_” is in no
        # quoted-printable line (RFC 2045 §6.7), so the text cannot hold it.
        mail.set_boundary(f"=_{hashlib.sha256(letter.message_id.encode()).hexdigest()[:32]}")
    written = mail.as_bytes()
    _must_read_back(written, address, parts=1 if letter.html is None else 2)
    return written


def _named(name: str, address: str) -> Address:
    """The name without the characters that mean something in an address.

    They could be quoted, but where Python folds a long line it forgets to, and the name becomes an address.
    """
    plain = " ".join(_SPECIAL.sub(" ", one_line(name)).split())[:LONGEST_NAME].strip()
    return Address(display_name=plain, addr_spec=address)


def _must_read_back(written: bytes, address: str, parts: int) -> None:
    """Folding in the email package has let text become headers before, so what was written is read again."""
    read = message_from_bytes(written, policy=policy.SMTP)
    expected = _HEADERS | ({"Content-Transfer-Encoding"} if parts == 1 else set())
    kinds = [each.get_content_type() for each in read.walk() if not each.is_multipart()]
    is_ours = sorted(read.keys()) == sorted(expected) and kinds == ["text/plain", "text/html"][:parts]
    if not is_ours or _recipients(read["To"].addresses) != [address]:
        raise UnfitForMail("The letter cannot be put into a mail in which only its text is text.")


def _recipients(addresses: Sequence[Address]) -> list[str]:
    return [each.addr_spec for each in addresses]
