"""`forthwith stamp`: a third party says when a checkpoint was there."""

import sys
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates

from forthwith.commands.opening import must_exist
from forthwith.exits import UsageFault
from forthwith.log_places import log_places
from forthwith.settings import Settings
from ledger.log.published import PublishedLog
from ledger.log.stamps import Stamp, keep

NEEDS_EXTRA = "Timestamps need an extra package: pip install 'forthwith[timestamp]'."


def stamp(*, url: str, roots: Path) -> None:
    """Have the newest checkpoint stamped by a timestamp authority (RFC 3161), and keep the token beside the log.

    Parameters
    ----------
    url
        The address of the authority.
    roots
        A file with the certificates (PEM) of the authorities that are trusted.
    """
    try:
        from ledger.log import stamping
    except ModuleNotFoundError:
        raise UsageFault(NEEDS_EXTRA) from None
    if not url.startswith(("http://", "https://")):
        raise UsageFault(f"“{url}” is no address of a timestamp authority.")
    trusted = authorities_in(roots)
    folder = log_places(Settings()).folder
    newest = PublishedLog(folder).newest()
    checkpoint = str(newest).encode()
    token = stamping.stamp(checkpoint, url, trusted)
    when = stamping.stamped_at(token, checkpoint, trusted)
    file = keep(folder, Stamp(newest.size, checkpoint, token))
    sys.stdout.write(f"{newest.size} events stamped at {when:%Y-%m-%dT%H:%M:%SZ}: {file}\n")


def authorities_in(roots: Path) -> tuple[Certificate, ...]:
    """The certificates of the authorities that are trusted; raises FileNotFoundError, UsageFault."""
    try:
        return tuple(load_pem_x509_certificates(must_exist(roots).read_bytes()))
    except ValueError:
        raise UsageFault(f"“{roots}” holds no certificates in PEM.") from None
